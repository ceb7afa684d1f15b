"""Counting check-ins. Plain values; a fixed number of statements, whatever the length.

What an entry means follows `domain.settle`: it counts where its verdict is empty, its pass stands, nothing took it back, and it was
at the gate, at an open slot, or where the pass is confirmed. Undos are few: they are settled in Python and left out by key.
Plans (tests/checkins/test_live.py looks at them): facts by ix_checkins_commune_code_event_id_received_at, undos by their partial
index, passes by primary key, registrations by uq_registrations_pass_slot_live.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, extract, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from eventday.access import queries as access
from eventday.access.domain import Place
from eventday.catalogue import queries as catalogue
from eventday.checkins import facts
from eventday.checkins.domain import Fact, Key, Kind, Outcome, undone_keys
from eventday.checkins.figures import Attendance, Live, LiveDevice, LiveSlot, Present, Stamped, Visit
from eventday.checkins.models import CheckIn, Presence
from eventday.db import db
from eventday.programme import models as programme_models
from eventday.programme import queries as programme
from eventday.programme.domain import Admission, Slot
from eventday.registrations.domain import Source, Status
from eventday.registrations.models import Pass, Registration

_SLOT = programme_models.Slot
_QUARTER, _EPOCH = timedelta(minutes=15), datetime(1970, 1, 1, tzinfo=UTC)
_kept = aliased(Pass)
_WHO = func.coalesce(Pass.merged_into, Pass.id).label("pass_id")  # the person, whichever of their codes was seen
_MADE_BY = case((Pass.merged_into.is_(None), Pass.source), else_=select(_kept.source).where(_kept.id == Pass.merged_into).scalar_subquery())
_UNDO: ColumnElement[str] = literal_column("'undo'")  # as the partial index says it: a bound value would not use it


def live(place: Place, event_id: UUID) -> Live:
    """An event as it stands in a commune, or in all communes of a province: at most eight statements."""
    communes = [place.commune] if place.commune else [found.code for found in catalogue.communes_of_province(place.province or "")]
    undone = _undone(event_id, communes)
    admitted = _admitted_by_slot(event_id, communes, undone)
    came, inside, walk_ins = _people(event_id, communes, undone)
    online = _online_by_slot(event_id, communes)
    return Live(
        registered=_registered(event_id, communes),
        admitted=came,
        inside=inside,
        walk_ins=walk_ins,
        online=sum(online.values()),
        slots=tuple(_live_slot(slot, admitted.get(slot.id, 0), online.get(slot.id, 0)) for slot in programme.slots(event_id, place.commune)),
        devices=_devices(event_id, communes),
    )


def attendance(event_id: UUID, commune: str) -> list[Attendance]:
    """Every pass admitted at each place and day of a commune, by time: two statements."""
    seen = _entries(event_id, [commune], _undone(event_id, [commune]))
    columns = (CheckIn.slot_id, _WHO, CheckIn.day)
    told = (func.max(_MADE_BY).label("source"), func.min(CheckIn.at).label("at"), func.max(_IS_CONFIRMED).label("is_confirmed"))
    rows = db.session.execute(seen.with_only_columns(*columns, *told).group_by(*columns).order_by(func.min(CheckIn.at), _WHO))
    return [
        Attendance(
            slot_id=row.slot_id,
            pass_id=row.pass_id,
            day=row.day,
            at=row.at,
            is_walk_in=row.source == Source.WALK_IN,
            is_confirmed=bool(row.is_confirmed),
        )
        for row in rows
    ]


def arrivals(event_id: UUID, commune: str, day: date | None = None) -> list[tuple[datetime, int]]:
    """How many passes came (the first entry of each on a day) in which quarter of an hour, told by its start, in order of time; of one
    Vietnamese day or of all. Quarters without anybody are left out. Two statements."""
    entries = _entries(event_id, [commune], _undone(event_id, [commune]))
    if day is not None:
        entries = entries.where(CheckIn.day == day)
    first = entries.with_only_columns(func.min(CheckIn.at).label("at")).group_by(_WHO, CheckIn.day).subquery()
    quarter = func.floor(extract("epoch", first.c.at) / _QUARTER.total_seconds()).label("quarter")
    counts = db.session.execute(select(quarter, func.count()).group_by(quarter).order_by(quarter))
    return [(_EPOCH + int(row[0]) * _QUARTER, row[1]) for row in counts]


def stamps(event_id: UUID, commune: str) -> list[Stamped]:
    """Who did the exercise where, on which day: two statements."""
    columns = (CheckIn.slot_id, _WHO, CheckIn.day)
    query = _standing(event_id, [commune], _undone(event_id, [commune]), [Kind.STAMP]).with_only_columns(*columns).distinct()
    return [Stamped(slot_id=row.slot_id, pass_id=row.pass_id, day=row.day) for row in db.session.execute(query.order_by(*columns))]


def presences(event_id: UUID, commune: str) -> list[Present]:
    """Who was at which online slot of a commune, by time: one statement."""
    since = func.min(Presence.at).label("at")
    query = _present(event_id, [commune]).with_only_columns(Presence.slot_id, _WHO, since).group_by(Presence.slot_id, _WHO)
    rows = db.session.execute(query.order_by(since, _WHO))
    return [Present(slot_id=row.slot_id, pass_id=row.pass_id, at=row.at) for row in rows]


def presences_of(pass_id: UUID) -> dict[UUID, datetime]:
    """When somebody first said to be at which online slot, by any of their codes."""
    codes = select(Pass.id).where(or_(Pass.id == pass_id, Pass.merged_into == pass_id))
    query = select(Presence.slot_id, func.min(Presence.at).label("at")).where(Presence.pass_id.in_(codes)).group_by(Presence.slot_id)
    return {row.slot_id: row.at for row in db.session.execute(query)}


def visit(pass_id: UUID) -> Visit:
    """What scanners saw of one person, by any of their codes: one statement where they saw nothing, else three."""
    codes = select(Pass.id).where(or_(Pass.id == pass_id, Pass.merged_into == pass_id))
    rows = db.session.execute(select(CheckIn.device_id, CheckIn.id).where(CheckIn.pass_id.in_(codes)))
    keys = [(row.device_id, row.id) for row in rows]
    found = sorted(facts.settled(db.session(), keys, [pass_id]).values(), key=lambda one: one[0].at)
    entered: dict[UUID | None, datetime] = {}
    for fact, settled in found:
        if settled.outcome is Outcome.ADMITTED:
            entered.setdefault(fact.slot, fact.at)
    stamped = [fact for fact, settled in found if fact.kind is Kind.STAMP and settled.outcome is Outcome.RECORDED]
    stamps = dict.fromkeys(Stamped(slot_id=fact.slot, pass_id=pass_id, day=fact.day) for fact in stamped)
    return Visit(entered=entered, stamps=tuple(stamps))


def _undone(event_id: UUID, communes: Collection[str]) -> set[Key]:
    """The facts of a place that count nowhere."""
    query = select(CheckIn.device_id, CheckIn.id, CheckIn.of, CheckIn.verdict, CheckIn.commune_code, CheckIn.day, CheckIn.at).where(
        CheckIn.commune_code.in_(communes), CheckIn.event_id == event_id, CheckIn.kind == _UNDO
    )
    return undone_keys(
        Fact(
            device=row.device_id,
            id=row.id,
            kind=Kind.UNDO,
            pass_id=None,
            commune=row.commune_code,
            slot=None,
            day=row.day,
            at=row.at,
            of=row.of,
            verdict=row.verdict,
        )
        for row in db.session.execute(query)
    )


def _standing(event_id: UUID, communes: Collection[str], undone: Collection[Key], kinds: Collection[Kind]) -> Select[*tuple[Any, ...]]:
    """Facts of these kinds that prove something and were not taken back, with their pass."""
    query = (
        select(CheckIn.pass_id)
        .join(Pass, Pass.id == CheckIn.pass_id)
        .where(
            CheckIn.commune_code.in_(communes),
            CheckIn.event_id == event_id,
            CheckIn.kind.in_(kinds),
            CheckIn.verdict.is_(None),
            Pass.revoked_at.is_(None),
        )
    )
    return query.where(tuple_(CheckIn.device_id, CheckIn.id).not_in(undone)) if undone else query


_IS_CONFIRMED = case((Registration.id.is_not(None), 1), else_=0)
_MAY_ENTER = or_(CheckIn.slot_id.is_(None), _SLOT.admission == Admission.OPEN, Registration.id.is_not(None))
_CANCELLED: ColumnElement[str] = literal_column("'cancelled'")  # as the partial index of a pass's standing registrations says it


def _seat_at(slot_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Whether the person has a seat at the slot of a fact."""
    stands = and_(Registration.status != _CANCELLED, Registration.status == Status.CONFIRMED)
    return and_(Registration.pass_id == _WHO, Registration.slot_id == slot_id, stands)


def _with_right(query: Select[*tuple[Any, ...]], may_enter: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return query.outerjoin(_SLOT, _SLOT.id == CheckIn.slot_id).outerjoin(Registration, _seat_at(CheckIn.slot_id)).where(may_enter)


def _entries(event_id: UUID, communes: Collection[str], undone: Collection[Key]) -> Select[*tuple[Any, ...]]:
    """Entries that admit, the repeats among them."""
    return _with_right(_standing(event_id, communes, undone, [Kind.ENTRY]), _MAY_ENTER)


def _present(event_id: UUID, communes: Collection[str]) -> Select[*tuple[Any, ...]]:
    """Who was online where they have a seat, with a pass that stands."""
    return (
        select(Presence.slot_id)
        .join(Pass, Pass.id == Presence.pass_id)
        .join(Registration, _seat_at(Presence.slot_id))
        .where(Presence.commune_code.in_(communes), Presence.event_id == event_id, Pass.revoked_at.is_(None))
    )


def _online_by_slot(event_id: UUID, communes: Collection[str]) -> dict[UUID, int]:
    rows = db.session.execute(_present(event_id, communes).add_columns(func.count(_WHO.distinct())).group_by(Presence.slot_id))
    return {row[0]: row[1] for row in rows}


def _admitted_by_slot(event_id: UUID, communes: Collection[str], undone: Collection[Key]) -> dict[UUID, int]:
    query = _entries(event_id, communes, undone).where(CheckIn.slot_id.is_not(None))
    counted = query.with_only_columns(CheckIn.slot_id, func.count(_WHO.distinct())).group_by(CheckIn.slot_id)
    return {row[0]: row[1] for row in db.session.execute(counted) if row[0]}


def _people(event_id: UUID, communes: Collection[str], undone: Collection[Key]) -> tuple[int, int, int]:
    """Passes that were admitted, that are inside, and that were admitted and made at the gate."""
    seen = _with_right(_standing(event_id, communes, undone, [Kind.ENTRY, Kind.EXIT]), or_(CheckIn.kind == Kind.EXIT, _MAY_ENTER))
    last = func.row_number().over(partition_by=_WHO, order_by=(CheckIn.at.desc(), CheckIn.id.desc(), CheckIn.device_id.desc()))
    ranked = seen.with_only_columns(_WHO, CheckIn.kind, _MADE_BY.label("source"), last.label("rank")).subquery()
    is_entry = ranked.c.kind == Kind.ENTRY
    came = case((is_entry, ranked.c.pass_id))
    row = db.session.execute(
        select(
            func.count(came.distinct()),
            func.count(case((and_(is_entry, ranked.c.rank == 1), 1))),
            func.count(case((and_(is_entry, ranked.c.source == Source.WALK_IN), ranked.c.pass_id)).distinct()),
        )
    ).one()
    return row[0], row[1], row[2]


def _registered(event_id: UUID, communes: Collection[str]) -> int:
    query = select(func.count(Registration.pass_id.distinct())).where(
        Registration.commune_code.in_(communes), Registration.event_id == event_id, Registration.status == Status.CONFIRMED
    )
    return db.session.execute(query).scalar_one()


def _live_slot(slot: Slot, admitted: int, online: int) -> LiveSlot:
    confirmed = 0 if slot.admission is Admission.OPEN else slot.taken
    return LiveSlot(slot=slot, confirmed=confirmed, waiting=slot.waiting, admitted=admitted, online=online)


def _devices(event_id: UUID, communes: Collection[str]) -> tuple[LiveDevice, ...]:
    return tuple(
        LiveDevice(
            id=found.device.id,
            name=found.device.name,
            commune=found.device.commune,
            enrolled_at=found.enrolled_at,
            seen_at=found.seen_at,
            revoked_at=found.revoked_at,
            clock_off=found.clock_off,
        )
        for found in access.known_devices(event_id, communes)
    )
