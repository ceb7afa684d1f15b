"""What an organiser writes of an event, an activity, a slot or wish, and what is wrong with it. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from eventday.kernel.clock import VIETNAM, local
from eventday.kernel.text import fold
from eventday.programme.domain import Admission, Event, Kind, Part
from eventday.programme.planned import ONLINE_CAPACITY

LONGEST_EVENT = 62  # days: a campaign of two months
EVENT_YEARS = range(2000, 2100)  # at the ends of the calendar a day has no hours elsewhere, a year no next one
Problems = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class EventDraft:
    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class ActivityDraft:
    """All that is offered, apart from when and where. `skill`: the title that its stamps attest, empty for none."""

    kind: Kind
    title: str
    host: str = ""
    co_hosts: tuple[str, ...] = ()
    description: str = ""
    audience: str = ""
    equipment: str = ""
    speaker: str = ""
    note: str = ""
    join_url: str = ""
    skill: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Activities with equal keys are one."""
        return self.kind, fold(self.title), fold(self.host)


@dataclass(frozen=True, kw_only=True)
class OccurrenceDraft:
    """When and where. `start`, `end` are Vietnamese wall time of `day`; None is what is not known yet; `closes_at` None: when it starts."""

    day: date | None = None
    start: time | None = None
    end: time | None = None
    part: Part | None = None
    space_id: UUID | None = None
    capacity: int | None = None
    admission: Admission = Admission.SEATS
    closes_at: datetime | None = None

    def lacks(self, kind: Kind) -> tuple[str, ...]:
        """What it needs to be a slot: day, start, end, space_id (what is online needs none)."""
        needs = (("day", self.day), ("start", self.start), ("end", self.end), ("space_id", self.space_id or kind is Kind.ONLINE or None))
        return tuple(name for name, value in needs if value is None)

    def starts_at(self) -> datetime:
        """Only of a draft that lacks neither day nor start."""
        assert self.day
        assert self.start
        return datetime.combine(self.day, self.start, tzinfo=VIETNAM)

    def ends_at(self) -> datetime:
        assert self.day
        assert self.end
        return datetime.combine(self.day, self.end, tzinfo=VIETNAM)


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """A slot or a wish. `day`, `start`, `end` are Vietnamese wall time; `taken` and `waiting` are people who registered."""

    id: UUID
    number: int
    activity_id: UUID
    kind: Kind
    title: str
    is_slot: bool
    day: date | None
    start: time | None
    end: time | None
    part: Part | None
    space_id: UUID | None
    capacity: int | None
    admission: Admission
    closes_at: datetime | None
    taken: int = 0
    waiting: int = 0
    cancelled_at: datetime | None = None

    @property
    def people(self) -> int:
        return self.taken + self.waiting

    @property
    def draft(self) -> OccurrenceDraft:
        """What a form shows of it."""
        return OccurrenceDraft(
            day=self.day,
            start=self.start,
            end=self.end,
            part=self.part,
            space_id=self.space_id,
            capacity=self.capacity,
            admission=self.admission,
            closes_at=self.closes_at,
        )

    @property
    def seen(self) -> dict[str, object]:
        """What its page's stamp is made of: as a form shows it."""
        return asdict(self.draft) | {"closes_at": f"{local(self.closes_at):%H:%M %d/%m/%Y}" if self.closes_at else None}


def carried_over(draft: OccurrenceDraft, source: Event, target: Event) -> OccurrenceDraft:
    """The same so many days after the first day of another event; without a day where that event has no such day."""
    later = target.first_day - source.first_day
    day = draft.day + later if draft.day else None
    if day is None or not target.first_day <= day <= target.last_day:
        return replace(draft, day=None, closes_at=None)
    return replace(draft, day=day, closes_at=draft.closes_at + later if draft.closes_at else None)


def seats_of(draft: OccurrenceDraft, kind: Kind, space_capacity: int) -> int | None:
    """A slot's capacity: as written, else its space's; None where neither says one."""
    if draft.capacity is not None:
        return draft.capacity
    return space_capacity or (ONLINE_CAPACITY if kind is Kind.ONLINE else None)


def wrong_event(draft: EventDraft) -> Problems:
    """Fields with what is wrong: far_off, last_before_first, too_long."""
    if draft.first_day.year not in EVENT_YEARS:
        return (("first_day", "far_off"),)
    if draft.last_day < draft.first_day:
        return (("last_day", "last_before_first"),)
    return (("last_day", "too_long"),) if draft.last_day - draft.first_day >= timedelta(days=LONGEST_EVENT) else ()


def wrong_occurrence(draft: OccurrenceDraft, event: Event) -> Problems:
    """Fields with what is wrong: outside_days, end_before_start, closes_after_end."""
    found = []
    if draft.day and not event.first_day <= draft.day <= event.last_day:
        found.append(("day", "outside_days"))
    if draft.start and draft.end and draft.end <= draft.start:
        found.append(("end", "end_before_start"))
    elif draft.closes_at and draft.day and draft.end and draft.closes_at > draft.ends_at():
        found.append(("closes_at", "closes_after_end"))
    return tuple(found)


def days_of(event: Event) -> Sequence[date]:
    """The event's days, in order."""
    return [event.first_day + timedelta(days=number) for number in range((event.last_day - event.first_day).days + 1)]
