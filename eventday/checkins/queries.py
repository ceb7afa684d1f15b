"""Counting check-ins from end to end. Plain values; a fixed number of statements, whatever the length. Which facts count: `counted`."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select

from eventday.access import queries as access
from eventday.access.domain import Place
from eventday.catalogue import queries as catalogue
from eventday.checkins import counted, facts
from eventday.checkins.domain import Key, Kind, Outcome
from eventday.checkins.figures import Attendance, Live, LiveDevice, Present, Stamped, Visit, live_slot
from eventday.checkins.models import CheckIn, Presence
from eventday.db import db
from eventday.programme import queries as programme
from eventday.registrations.domain import Source, Status
from eventday.registrations.models import Pass, Registration


def live(place: Place, event_id: UUID) -> Live:
    """An event as it stands in a commune, or in all communes of a province: at most nine statements. `watch` has a commune's at less cost."""
    communes = [place.commune] if place.commune else [found.code for found in catalogue.communes_of_province(place.province or "")]
    taken_back = counted.undone(event_id, communes)
    admitted = _admitted_by_slot(event_id, communes, taken_back)
    came, inside, walk_ins = _people(event_id, communes, taken_back)
    online, stamps = online_by_slot(event_id, communes), _stamps_by_slot(event_id, communes, taken_back)
    return Live(
        registered=registered(event_id, communes),
        admitted=came,
        inside=inside,
        walk_ins=walk_ins,
        online=sum(online.values()),
        slots=tuple(
            live_slot(one, admitted=admitted.get(one.id, 0), online=online.get(one.id, 0), stamps=stamps.get(one.id, 0))
            for one in programme.slots(event_id, place.commune)
        ),
        devices=devices(event_id, communes),
    )


def attendance(event_id: UUID, commune: str) -> list[Attendance]:
    """Every pass admitted at each place and day of a commune, by time: two statements."""
    seen = counted.entries(event_id, [commune], counted.undone(event_id, [commune]))
    columns = (CheckIn.slot_id, counted.WHO, CheckIn.day)
    told = (func.max(counted.MADE_BY).label("source"), func.min(CheckIn.at).label("at"), func.max(counted.IS_CONFIRMED).label("is_confirmed"))
    rows = db.session.execute(seen.with_only_columns(*columns, *told).group_by(*columns).order_by(func.min(CheckIn.at), counted.WHO))
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


def stamps(event_id: UUID, commune: str) -> list[Stamped]:
    """Who did the exercise where, on which day: two statements."""
    columns = (CheckIn.slot_id, counted.WHO, CheckIn.day)
    query = counted.standing(event_id, [commune], counted.undone(event_id, [commune]), [Kind.STAMP]).with_only_columns(*columns).distinct()
    return [Stamped(slot_id=row.slot_id, pass_id=row.pass_id, day=row.day) for row in db.session.execute(query.order_by(*columns))]


def presences(event_id: UUID, commune: str) -> list[Present]:
    """Who was at which online slot of a commune, by time: one statement."""
    since = func.min(Presence.at).label("at")
    query = counted.present(event_id, [commune]).with_only_columns(Presence.slot_id, counted.WHO, since).group_by(Presence.slot_id, counted.WHO)
    rows = db.session.execute(query.order_by(since, counted.WHO))
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


def online_by_slot(event_id: UUID, communes: Collection[str]) -> dict[UUID, int]:
    """How many were at which online slot where they have a seat."""
    rows = db.session.execute(counted.present(event_id, communes).add_columns(func.count(counted.WHO.distinct())).group_by(Presence.slot_id))
    return {row[0]: row[1] for row in rows}


def _admitted_by_slot(event_id: UUID, communes: Collection[str], taken_back: Collection[Key]) -> dict[UUID, int]:
    query = counted.entries(event_id, communes, taken_back).where(CheckIn.slot_id.is_not(None))
    people = query.with_only_columns(CheckIn.slot_id, func.count(counted.WHO.distinct())).group_by(CheckIn.slot_id)
    return {row[0]: row[1] for row in db.session.execute(people) if row[0]}


def _stamps_by_slot(event_id: UUID, communes: Collection[str], taken_back: Collection[Key]) -> dict[UUID, int]:
    query = counted.standing(event_id, communes, taken_back, [Kind.STAMP]).where(CheckIn.slot_id.is_not(None))
    done = query.with_only_columns(CheckIn.slot_id, counted.WHO, CheckIn.day).distinct().subquery()
    return {row[0]: row[1] for row in db.session.execute(select(done.c.slot_id, func.count()).group_by(done.c.slot_id))}


def _people(event_id: UUID, communes: Collection[str], taken_back: Collection[Key]) -> tuple[int, int, int]:
    """Passes that were admitted, that are inside, and that were admitted and made at the gate."""
    seen = counted.seen(event_id, communes, taken_back)
    last = func.row_number().over(partition_by=counted.WHO, order_by=(CheckIn.at.desc(), CheckIn.id.desc(), CheckIn.device_id.desc()))
    ranked = seen.with_only_columns(counted.WHO, CheckIn.kind, counted.MADE_BY.label("source"), last.label("rank")).subquery()
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


def registered(event_id: UUID, communes: Collection[str]) -> int:
    """Passes with a confirmed registration."""
    query = select(func.count(Registration.pass_id.distinct())).where(
        Registration.commune_code.in_(communes), Registration.event_id == event_id, Registration.status == Status.CONFIRMED
    )
    return db.session.execute(query).scalar_one()


def devices(event_id: UUID, communes: Collection[str]) -> tuple[LiveDevice, ...]:
    """The scanners, revoked ones among them."""
    return tuple(
        LiveDevice(
            id=found.device.id,
            name=found.device.name,
            commune=found.device.commune,
            enrolled_at=found.enrolled_at,
            seen_at=found.seen_at,
            revoked_at=found.revoked_at,
            clock_off=found.clock_off,
            unsent=found.unsent,
        )
        for found in access.known_devices(event_id, communes)
    )
