"""What organisers see, from facts alone: lists in their order, figures, freshness. Codes and figures here; the words are in `messages`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from eventday.kernel.clock import day_of
from eventday.kernel.text import fold
from eventday.programme.domain import Admission, Event, Kind, Slot, Wish

FRESH, STALE = timedelta(minutes=5), timedelta(minutes=60)


def lacks(wish: Wish) -> list[str]:
    """What a wish still needs to become a slot: day, start, end, place."""
    needs = (("day", wish.day), ("start", wish.start), ("end", wish.end), ("place", wish.space_id))
    return [name for name, value in needs if value is None]


@dataclass(frozen=True)
class VenueSlots:
    """A venue's slots of a day, in order of start; `venue` is empty where a slot has no place (online)."""

    venue: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Day:
    day: date
    venues: tuple[VenueSlots, ...]


def by_day_and_venue(slots: Iterable[Slot]) -> list[Day]:
    """Slots by day and within it by venue in Vietnamese order (Đ after D, not after V); what is online or nowhere comes last."""
    ordered = sorted(slots, key=lambda slot: (day_of(slot.starts_at), *_venue_order(slot), slot.starts_at, slot.title))
    return [
        Day(day, tuple(VenueSlots(venue, tuple(group)) for venue, group in groupby(members, key=lambda slot: slot.venue)))
        for day, members in groupby(ordered, key=lambda slot: day_of(slot.starts_at))
    ]


def _venue_order(slot: Slot) -> tuple[bool, str, str]:
    return (not slot.venue or slot.kind is Kind.ONLINE, fold(slot.venue), slot.venue)


def by_day(slots: Iterable[Slot]) -> list[tuple[date, list[Slot]]]:
    """Slots by day, within it in order of start."""
    ordered = sorted(slots, key=lambda slot: (slot.starts_at, slot.title))
    return [(day, list(members)) for day, members in groupby(ordered, key=lambda slot: day_of(slot.starts_at))]


@dataclass(frozen=True)
class Freshness:
    """How long ago something was heard of: tone good (< 5 minutes), warn (< 60) or bad; `code` with `count` gives the words."""

    tone: str
    code: str
    count: int = 0


def freshness(seen_at: datetime | None, now: datetime) -> Freshness:
    if seen_at is None:
        return Freshness("bad", "never")
    ago = max(now - seen_at, timedelta())
    tone = "good" if ago < FRESH else "warn" if ago < STALE else "bad"
    minutes = int(ago / timedelta(minutes=1))
    if minutes < 1:
        return Freshness(tone, "just_now")
    if minutes < 60:
        return Freshness(tone, "minutes", minutes)
    return Freshness(tone, "hours", minutes // 60) if minutes < 48 * 60 else Freshness(tone, "days", minutes // 1440)


def most_timely(events: Sequence[Event], today: date) -> list[Event]:
    """The events with the one to work on first: the running one, else the next, else the last; then the newest first."""
    coming = sorted((event for event in events if event.last_day >= today), key=lambda event: event.first_day)
    newest = sorted(events, key=lambda event: event.first_day, reverse=True)
    first = coming[0] if coming else newest[0] if newest else None
    return [first, *(event for event in newest if event is not first)] if first else []


@dataclass(frozen=True)
class PlanFigures:
    """Registrations and seats of a plan's slots that people register for; cancelled slots count nowhere."""

    seated: int
    waiting: int
    seats: int
    full: int


def figures(slots: Iterable[Slot]) -> PlanFigures:
    counted = [slot for slot in slots if slot.admission is Admission.SEATS and not slot.cancelled_at]
    return PlanFigures(
        seated=sum(slot.taken for slot in counted),
        waiting=sum(slot.waiting for slot in counted),
        seats=sum(slot.capacity for slot in counted),
        full=sum(1 for slot in counted if slot.taken >= slot.capacity),
    )


@dataclass(frozen=True)
class BoardLine:
    """A slot on the day: how many came, of how many with a seat (None where nobody registers), how many stamps, and its state now.

    Open booths of the same hours are one line: `booths` says how many, `slot` is the first of them.
    """

    slot: Slot
    came: int
    of: int | None
    state: str
    stamps: int = 0
    booths: int = 1


@dataclass(frozen=True)
class BoardDay:
    day: date
    lines: tuple[BoardLine, ...]


def phase(event: Event, now: datetime) -> str:
    """coming, running or over."""
    today = day_of(now)
    return "over" if today > event.last_day else "running" if today >= event.first_day else "coming"


def board_days(event: Event, slots: Sequence[Slot], came: Mapping[UUID, int], stamps: Mapping[UUID, int], now: datetime) -> list[BoardDay]:
    """The day's slots as they stand: while the event runs only today's, otherwise all of them by day; booths, joined by their hours, last."""
    today = day_of(now)
    shown = [slot for slot in slots if phase(event, now) != "running" or day_of(slot.starts_at) == today]
    return [BoardDay(day, tuple(_board_line(alike, came, stamps, now) for alike in _joined(members))) for day, members in by_day(shown)]


def _joined(slots: Iterable[Slot]) -> list[list[Slot]]:
    """Each slot alone, then the booths that are walked into, those of the same hours together."""
    alone: list[list[Slot]] = []
    booths: dict[tuple[datetime, datetime], list[Slot]] = {}
    for slot in slots:
        if slot.kind is Kind.BOOTH and slot.admission is Admission.OPEN and not slot.cancelled_at:
            booths.setdefault((slot.starts_at, slot.ends_at), []).append(slot)
        else:
            alone.append([slot])
    return [*sorted(alone, key=lambda found: found[0].kind is Kind.BOOTH), *booths.values()]


def _board_line(alike: Sequence[Slot], came: Mapping[UUID, int], stamps: Mapping[UUID, int], now: datetime) -> BoardLine:
    slot = alike[0]
    state = "cancelled" if slot.cancelled_at else "over" if now >= slot.ends_at else "running" if now >= slot.starts_at else "coming"
    entries, done = (sum(counts.get(one.id, 0) for one in alike) for counts in (came, stamps))
    return BoardLine(slot, entries, slot.taken if slot.admission is Admission.SEATS else None, state, done, booths=len(alike))
