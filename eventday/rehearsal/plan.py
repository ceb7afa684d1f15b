"""The demo's timetable as activities and slots of one commune."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from eventday.kernel.clock import VIETNAM
from eventday.places import queries as places
from eventday.programme import service
from eventday.programme.domain import Admission, Event, Kind, default_admission
from eventday.rehearsal import sources
from eventday.rehearsal.choices import Bookable
from eventday.rehearsal.locality import Locality
from eventday.rehearsal.sources import Line


@dataclass(frozen=True)
class Planned:
    """A slot with seats and what its timetable says of the crowd."""

    id: UUID
    bookable: Bookable


def add(event: Event, locality: Locality, *, now: datetime) -> list[Planned]:
    """Add the timetable to a commune's plan. Returns the slots with seats, in the timetable's order."""
    spaces = {space.full_name: space.id for space in places.spaces(locality.code)}
    added = [(line, _add_slot(event, locality, line, spaces, now)) for line in sources.lines() if line.is_placed]
    return [Planned(slot_id, bookable(event, line)) for line, slot_id in added if line.crowd]


def bookable(event: Event, line: Line) -> Bookable:
    starts_at, ends_at = _hours(event, line)
    return Bookable(starts_at, ends_at, line.capacity or 0, line.crowd, sources.offers()[line.code].audience)


def _add_slot(event: Event, locality: Locality, line: Line, spaces: dict[str, UUID], now: datetime) -> UUID:
    offer = sources.offers()[line.code]
    starts_at, ends_at = _hours(event, line)
    return service.add_slot(
        event.id,
        locality.code,
        title=locality.named(offer.title),
        kind=Kind(offer.kind),
        host=locality.named(offer.host),
        capacity=line.capacity or 0,
        starts_at=starts_at,
        ends_at=ends_at,
        space_id=spaces[locality.named(line.place)],
        admission=Admission.SEATS if line.crowd else default_admission(Kind(offer.kind)),
        now=now,
    )


def _hours(event: Event, line: Line) -> tuple[datetime, datetime]:
    if line.day is None or line.start is None or line.end is None:
        raise ValueError(f"{line.code} is a wish")
    day = event.first_day + timedelta(days=line.day - 1)
    return _moment(day, line.start), _moment(day, line.end)


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=VIETNAM)
