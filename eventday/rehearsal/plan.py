"""The demo's timetable as activities, slots and wishes of one commune."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from eventday.db import transaction
from eventday.kernel.clock import VIETNAM
from eventday.places import queries as places
from eventday.places.domain import ONLINE, Space
from eventday.programme import plan, skills
from eventday.programme import queries as programme
from eventday.programme.domain import Event, Kind
from eventday.programme.planned import Planned
from eventday.programme.service import find_activity
from eventday.rehearsal import sources
from eventday.rehearsal.choices import Bookable
from eventday.rehearsal.locality import Locality
from eventday.rehearsal.sources import Line


@dataclass(frozen=True)
class Offered:
    """A slot with seats and what the timetable says of its crowd."""

    id: UUID
    bookable: Bookable


def add(event: Event, locality: Locality) -> list[Offered]:
    """Add the timetable to a commune's plan. Returns the slots with seats, in the timetable's order."""
    spaces = {space.full_name: space for space in places.spaces(locality.code)}
    rows = [_row(event, locality, line, spaces) for line in sources.lines()]
    with transaction() as session:
        plan.apply(session, event.id, locality.code, rows)
        _attest(session, event, locality, rows)
    ids = {(slot.title, slot.starts_at): slot.id for slot in programme.slots(event.id, locality.code)}
    placed = [(line, row) for line, row in zip(sources.lines(), rows, strict=True) if line.crowd and row.is_placed]
    return [Offered(ids[row.title, _moment(row.day, line.start)], _bookable(row, line)) for line, row in placed]


def _attest(session: Session, event: Event, locality: Locality, rows: Sequence[Planned]) -> None:
    """Say for each activity of the list what its stamps attest."""
    said = {row.key: sources.offers()[line.code].skill for line, row in zip(sources.lines(), rows, strict=True)}
    for (kind, title, host), skill in said.items():
        activity_id = find_activity(session, event.id, locality.code, Kind(kind), title, host)
        if activity_id and skill:
            skills.attest_in(session, activity_id, skill)


def _row(event: Event, locality: Locality, line: Line, spaces: dict[str, Space]) -> Planned:
    offer = sources.offers()[line.code]
    space = spaces[locality.named(line.place)] if line.place else None
    return Planned(
        title=locality.named(offer.title),
        kind=Kind(offer.kind),
        host=locality.named(offer.host),
        space_id=space.id if space else None,
        space_capacity=space.capacity if space else 0,
        placed_online=space is not None and space.kind == ONLINE,
        day=event.first_day + timedelta(days=line.day - 1) if line.day else None,
        start=line.start,
        end=line.end,
        capacity=line.capacity,
        description=locality.named(offer.description),
        audience=offer.audience,
        equipment=offer.equipment,
    )


def _bookable(row: Planned, line: Line) -> Bookable:
    return Bookable(_moment(row.day, row.start), _moment(row.day, row.end), row.effective_capacity, line.crowd, row.audience)


def _moment(day: date | None, hour: time | None) -> datetime:
    if day is None or hour is None:
        raise ValueError("a wish has no moment")
    return datetime.combine(day, hour, tzinfo=VIETNAM)
