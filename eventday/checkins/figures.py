"""What pages and reports count: how many came, where, and who is inside. Every figure counts passes, not scans."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from eventday.programme.domain import Admission, Slot


@dataclass(frozen=True, kw_only=True)
class LiveSlot:
    """A slot with who has come: `confirmed` people have a seat, `admitted` passes were let in (on any day),
    `online` were there online; `stamps` exercises were done, one a pass and day."""

    slot: Slot
    confirmed: int
    waiting: int
    admitted: int
    online: int
    stamps: int

    @property
    def id(self) -> UUID:
        return self.slot.id


def live_slot(slot: Slot, *, admitted: int, online: int, stamps: int) -> LiveSlot:
    """A slot with who came; nobody has a seat where nobody registers."""
    confirmed = 0 if slot.admission is Admission.OPEN else slot.taken
    return LiveSlot(slot=slot, confirmed=confirmed, waiting=slot.waiting, admitted=admitted, online=online, stamps=stamps)


@dataclass(frozen=True, kw_only=True)
class LiveDevice:
    """A scanner. `clock_off`: by how many seconds its clock is ahead, where that is more than two minutes; `unsent`: how many scans it said
    still lay in it when it was heard of last."""

    id: UUID
    name: str
    commune: str
    enrolled_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None
    clock_off: int | None
    unsent: int | None


@dataclass(frozen=True, kw_only=True)
class Live:
    """The day as it stands. `registered`: passes with a confirmed registration; `admitted`: with an admitted entry;
    `inside`: whose last entry or exit is an entry; `walk_ins`: of the admitted, those made at the gate;
    `online`: presences at online slots, a pass and slot one, in none of the others."""

    registered: int
    admitted: int
    inside: int
    walk_ins: int
    online: int
    slots: tuple[LiveSlot, ...]
    devices: tuple[LiveDevice, ...]


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A commune's day, and how many came (the first entry of each on a day) in which quarter of an hour, told by its start, in order of
    time; quarters without anybody are left out."""

    live: Live
    arrivals: tuple[tuple[datetime, int], ...]


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """A pass admitted at a slot (None: the gate) on a Vietnamese day, at the time of its earliest entry there.

    `is_walk_in`: the pass was made on the spot. `is_confirmed`: it has a seat there (never where the slot is open, nor at the gate).
    """

    slot_id: UUID | None
    pass_id: UUID
    day: date
    at: datetime
    is_walk_in: bool
    is_confirmed: bool


@dataclass(frozen=True, kw_only=True)
class Present:
    """A pass that was at an online slot, where it has a seat, by its holder's word."""

    slot_id: UUID
    pass_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Stamped:
    """A pass that has done the exercise at a slot (or at the gate, None) on a Vietnamese day; repeats are one."""

    slot_id: UUID | None
    pass_id: UUID
    day: date


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What scanners saw of one pass: by slot (None: the gate) when it was let in first, and its stamps, the earliest first."""

    entered: Mapping[UUID | None, datetime]
    stamps: tuple[Stamped, ...]
