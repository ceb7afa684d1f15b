"""The words of a programme and the rules that need nothing but facts."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    BOOTH = "booth"
    CONFERENCE = "conference"
    TALK = "talk"
    STATION = "station"
    CLASS = "class"
    ONLINE = "online"


class Admission(StrEnum):
    """`SEATS`: people register, capacity is seats. `OPEN`: nobody registers, capacity is people at once."""

    SEATS = "seats"
    OPEN = "open"


class Part(StrEnum):
    """A part of a day, where a plan names no hour."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    ALL_DAY = "all_day"


class SlotStatus(StrEnum):
    """What the API says of a slot."""

    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"
    CANCELLED = "cancelled"


def default_admission(kind: Kind) -> Admission:
    """Booths and stations are walked into, the rest is registered for (product.md, `admission`)."""
    return Admission.OPEN if kind in (Kind.BOOTH, Kind.STATION) else Admission.SEATS


@dataclass(frozen=True)
class Event:
    id: UUID
    code: str
    name: str
    province_code: str
    first_day: date
    last_day: date
    cancelled_at: datetime | None = None


@dataclass(frozen=True)
class Seats:
    """The counters of a slot with seats."""

    capacity: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)


@dataclass(frozen=True)
class Seating:
    """How many people of one request are seated and how many wait."""

    seated: int
    waiting: int


def seat(people: int, seats: Seats) -> Seating:
    """Say how many people of one request are seated and how many wait, in the order given.

    A freed place belongs to the first person waiting, so newcomers are seated only while nobody waits.
    """
    seated = 0 if seats.waiting else min(people, seats.free)
    return Seating(seated=seated, waiting=people - seated)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A slot with all that pages, the API and the scanner say of it. Times are aware UTC."""

    id: UUID
    activity_id: UUID
    event_id: UUID
    commune_code: str
    title: str
    kind: Kind
    host: str
    space_id: UUID | None
    space: str
    venue: str
    place: str
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    admission: Admission
    capacity: int
    taken: int
    waiting: int
    cancelled_at: datetime | None

    @property
    def seats(self) -> Seats:
        return Seats(self.capacity, self.taken, self.waiting)

    @property
    def left(self) -> int | None:
        """Seats that a newcomer can still get; None where nobody registers."""
        if self.admission is Admission.OPEN:
            return None
        return 0 if self.waiting else self.seats.free

    def status(self, now: datetime) -> SlotStatus:
        """Full means that a newcomer would wait; closed that registration is over (or, where open, the slot is)."""
        if self.cancelled_at:
            return SlotStatus.CANCELLED
        if now >= (self.ends_at if self.admission is Admission.OPEN else self.closes_at):
            return SlotStatus.CLOSED
        return SlotStatus.FULL if self.left == 0 else SlotStatus.OPEN


@dataclass(frozen=True, kw_only=True)
class Wish:
    """An occurrence that is wanted but lacks a day, an hour or a place. `start` and `end` are Vietnamese wall time."""

    id: UUID
    activity_id: UUID
    title: str
    kind: Kind
    host: str
    day: date | None
    start: time | None
    end: time | None
    part: Part | None
    space_id: UUID | None
    place: str
    capacity: int | None


@dataclass(frozen=True, kw_only=True)
class Activity:
    """What is offered, apart from when and where."""

    id: UUID
    event_id: UUID
    commune_code: str
    kind: Kind
    title: str
    host: str
    co_hosts: tuple[str, ...]
    description: str
    audience: str
    equipment: str
    speaker: str
    join_url: str
    skill: str | None


@dataclass(frozen=True)
class Asked:
    """What an activity asks of the day: who is to come, and with what, both as people write it."""

    audience: str
    equipment: str


@dataclass(frozen=True)
class Plan:
    """The state of a commune's programme in an event."""

    published_at: datetime | None
    slots: int
    wishes: int
