"""Many people at once, straight into the tables: what lists cost with them. Names are as various as the demo's; their passes open nothing."""

import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, count
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.access.models import Device
from eventday.audit import service as audit
from eventday.checkins.models import CheckIn
from eventday.db import Base, table, transaction
from eventday.jobs.domain import State
from eventday.jobs.models import Job
from eventday.kernel import ids, name
from eventday.kernel.clock import VIETNAM, day_of
from eventday.kernel.text import fold
from eventday.places.models import Hamlet, Space
from eventday.programme.domain import Admission, Event, Kind
from eventday.programme.models import Activity, Plan, Slot
from eventday.registrations import keys, passes
from eventday.registrations.domain import Status
from eventday.registrations.doubles import Candidate, doubles
from eventday.registrations.models import Household, Pass, PassTerm, Registration
from eventday.registrations.terms import terms_of
from eventday.rehearsal import sources
from eventday.rehearsal.people import Family, Population, Somebody

_HALF_HOURS = 28  # of a day, from 07:00 on
_SPREAD = 0x9E3779B97F  # odd, so that typed codes lie anywhere and none comes twice: drawn by chance, two of 200,000 are alike once in fifty times
_NUMBERS = count(random.SystemRandom().randrange(2**40))
Row = dict[str, Any]
Place = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """What a commune gets. The first slot has `first` people, `waiting` of them without a seat; the other slots share the rest.

    Everybody is registered once; the share `came` of them has entered. `acts` are entries of its log.
    """

    commune: str
    people: int
    slots: int
    first: int = 0
    waiting: int = 0
    came: float = 0.0
    acts: int = 0
    jobs: int = 0
    devices: int = 1


@dataclass(frozen=True)
class Seat:
    """Who comes where; `queue` is the place in the queue, None for a seat."""

    slot_id: UUID
    queue: int | None


def fill(event: Event, crowd: Crowd, *, now: datetime) -> None:
    """Add a crowd to a commune of the catalogue; what is there already stays."""
    place: Place = {"event_id": event.id, "commune_code": crowd.commune}
    with transaction() as session:
        seats = _programme(session, event, place, crowd, now)
        pass_ids = _people(session, place, crowd, seats, now)
        _gates(session, place, crowd, list(zip(pass_ids, seats, strict=True)), now)
        _add(session, Job, (_job(event, crowd.commune, now + timedelta(minutes=n)) for n in range(crowd.jobs)))
        for n in range(crowd.acts):
            thing = ("slot", str(seats[n % len(seats)].slot_id))
            audit.note(session, crowd.commune, "changed", thing, {"capacity": n}, {"capacity": n + 1}, now + timedelta(seconds=n))


def _add(session: Session, model: type[Base], rows: Iterable[Row]) -> None:
    """By the driver's own bulk way, values bound as the columns' types have them: for a million rows that is twice as quick."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    dialect = session.connection().dialect
    columns = [column for column in table(model).columns if column.key in first or column.default is not None]
    binds = [column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is for column in columns]
    absent = [getattr(column.default, "arg", None) for column in columns]
    read = [(column.key, bind, value) for column, bind, value in zip(columns, binds, absent, strict=True)]
    names = ", ".join(dialect.identifier_preparer.quote(column.name) for column in columns)
    values = (tuple(bind(row.get(key, value)) for key, bind, value in read) for row in chain([first], rows))
    _write(session, f"{model.__tablename__} ({names})", len(columns), values)


def _as_it_is(value: Any) -> Any:
    return value


def _write(session: Session, where: str, width: int, values: Iterator[tuple[Any, ...]]) -> None:
    cursor: Any = session.connection().connection.cursor()
    if session.get_bind().dialect.name == "sqlite":
        cursor.executemany(f"INSERT INTO {where} VALUES ({', '.join('?' * width)})", values)
        return
    with cursor.copy(f"COPY {where} FROM STDIN") as copy:
        for one in values:
            copy.write_row(one)


def _programme(session: Session, event: Event, place: Place, crowd: Crowd, now: datetime) -> list[Seat]:
    """An activity for each slot, spaces in turn. Returns everybody's place."""
    plan = session.get(Plan, tuple(place.values())) or Plan(**place, published_at=now, last_number=0)
    numbers = range(plan.last_number + 1, plan.last_number + crowd.slots + 1)
    plan.last_number += crowd.slots
    session.add(plan)
    session.flush()
    spaces: list[UUID | None] = [*session.scalars(select(Space.id).where(Space.commune_code == crowd.commune))] or [None]
    activities = [_activity(number) | place for number in numbers]
    sizes = _sizes(crowd)
    slots = [_slot(event, n, spaces) | {"number": number, "activity_id": activities[n]["id"]} | place for n, number in enumerate(numbers)]
    for n, slot in enumerate(slots):
        waiting = crowd.waiting if n == 0 else 0
        slot |= {"capacity": max(1, sizes[n] - waiting + (n > 0)), "taken": sizes[n] - waiting, "waiting": waiting, "queue": waiting}
    _add(session, Activity, activities)
    _add(session, Slot, slots)
    return [
        Seat(slot["id"], None if n < slot["taken"] else n - slot["taken"] + 1) for slot, size in zip(slots, sizes, strict=True) for n in range(size)
    ]


def _sizes(crowd: Crowd) -> list[int]:
    """How many people each slot has."""
    others = max(1, crowd.slots - 1)
    rest = crowd.people - crowd.first
    return [crowd.first, *(rest // others + (n < rest % others) for n in range(others))][: crowd.slots]


def _activity(number: int) -> Row:
    title = f"Hướng dẫn dùng dịch vụ công trực tuyến, lớp {number:05}"
    words = {"kind": (Kind.CLASS, Kind.TALK)[number % 2], "title": title, "title_key": fold(title), "host": "UBND xã", "host_key": "ubnd xa"}
    return {"id": ids.new(), "co_hosts": []} | words | dict.fromkeys(("description", "audience", "equipment", "speaker", "note", "join_url"), "")


def _slot(event: Event, n: int, spaces: list[UUID | None]) -> Row:
    """Each space is used every half hour, first on the first day, then on the second."""
    day, half_hour = divmod(n // len(spaces) % (2 * _HALF_HOURS), _HALF_HOURS)
    starts = datetime.combine(event.first_day, datetime.min.time(), VIETNAM) + timedelta(days=day, hours=7, minutes=30 * half_hour)
    return {
        "id": ids.new(),
        "space_id": spaces[n % len(spaces)],
        "starts_at": starts,
        "ends_at": starts + timedelta(minutes=30),
        "admission": Admission.SEATS,
    }


def _people(session: Session, place: Place, crowd: Crowd, seats: list[Seat], now: datetime) -> list[UUID]:
    chance = random.Random(f"{crowd}")
    hamlets = list(session.scalars(select(Hamlet.id).where(Hamlet.commune_code == crowd.commune)))
    population = Population(chance, sources.name_parts(), hamlets=len(hamlets) or 1, year=now.year)
    families = list(population.families(crowd.people, first_phone=chance.randrange(10**6)))
    households = [place | {"id": ids.new(), "phone": family.phone, "created_at": now} for family in families]
    of_family = [one["id"] for one, family in zip(households, families, strict=True) for _ in family.people]
    key_id = keys.signing_key(session, place["event_id"], now=now).key_id
    made = [place | _pass(somebody, hamlets, key_id, now - timedelta(hours=n % 300)) for n, somebody in enumerate(_everybody(families))]
    alike = _alike(made, families)
    terms = ((row["id"], term) for row, phone in zip(made, _phones(families), strict=True) for term in terms_of(row["name_key"], phone))
    _add(session, Household, households)
    _add(session, Pass, (row | {"household_id": household, "alike": row["id"] in alike} for row, household in zip(made, of_family, strict=True)))
    _add(session, PassTerm, (place | {"term": term, "pass_id": pass_id} for pass_id, term in terms))
    _add(session, Registration, (place | _registration(row, seat) for row, seat in zip(made, seats, strict=True)))
    return [row["id"] for row in made]


def _alike(made: Iterable[Row], families: Iterable[Family]) -> set[UUID]:
    """Who would have the mark of a likely double: the later one of each pair."""
    told = zip(made, _phones(families), strict=True)
    return {pair.other for pair in doubles([Candidate(row["id"], row["name_key"], row["birth_year"], phone) for row, phone in told])}


def _everybody(families: Iterable[Family]) -> Iterator[Somebody]:
    return (somebody for family in families for somebody in family.people)


def _phones(families: Iterable[Family]) -> Iterator[str]:
    return (family.phone for family in families for _ in family.people)


def _pass(somebody: Somebody, hamlets: list[UUID], key_id: int, created_at: datetime) -> Row:
    code = (next(_NUMBERS) * _SPREAD % 2**40).to_bytes(5, "big") + os.urandom(3)
    made = {"id": ids.new(), "code": code.hex(), "typed": passes.typed_of(code), "key_id": key_id, "spare": False, "generation": 0}
    hamlet = hamlets[somebody.hamlet or 0] if hamlets else None
    called = {"name": somebody.name, "name_key": fold(somebody.name), "sort_key": name.sort_key(somebody.name), "guardian": somebody.guardian}
    facts = {"birth_year": somebody.birth_year, "gender": somebody.gender, "group": somebody.group, "hamlet_id": hamlet}
    return made | called | facts | {"holder_hash": os.urandom(32), "source": "web", "created_at": created_at}


def _registration(row: Row, seat: Seat) -> Row:
    status = Status.CONFIRMED if seat.queue is None else Status.WAITING
    about = {"id": ids.new(), "pass_id": row["id"], "slot_id": seat.slot_id, "status": status, "queue": seat.queue}
    return about | {"source": row["source"], "created_at": row["created_at"]}


def _gates(session: Session, place: Place, crowd: Crowd, people: list[tuple[UUID, Seat]], now: datetime) -> None:
    """Scanners, and what they saw: each who came enters by the gate and at the slot."""
    device_ids = [ids.new() for _ in range(crowd.devices)]
    known = {"slot_ids": [], "manual": False, "enrolled_at": now, "seen_at": now}
    rows = [place | known | {"id": one, "secret_hash": os.urandom(32), "name": f"Máy quét {n + 1}"} for n, one in enumerate(device_ids)]
    _add(session, Device, rows)
    sequence = count(1)
    came = ((pass_id, slot) for pass_id, seat in people[: int(len(people) * crowd.came)] for slot in (None, seat.slot_id))
    seen = {"day": day_of(now), "kind": "entry", "by": "scan"}
    _add(session, CheckIn, (place | seen | _fact(pass_id, slot, device_ids, next(sequence), now) for pass_id, slot in came))


def _fact(pass_id: UUID, slot: UUID | None, device_ids: list[UUID], number: int, now: datetime) -> Row:
    device, at = device_ids[number % len(device_ids)], now + timedelta(seconds=number % 3600)
    return {
        "device_id": device,
        "id": ids.new(),
        "sequence": number,
        "pass_id": pass_id,
        "slot_id": slot,
        "at": at,
        "received_at": at,
    }


def _job(event: Event, commune: str, now: datetime) -> Row:
    """A report that was made; its file is not kept any more."""
    asked = {"name": "reports.build", "arguments": {"event": event.code, "commune": commune, "page": "/"}, "commune_code": commune}
    times = {"created_at": now, "run_at": now, "started_at": now, "finished_at": now + timedelta(seconds=4)}
    return asked | times | {"id": ids.new(), "state": State.DONE, "progress": 100, "result": {"file": "gone.pdf", "bytes": 90_000}}
