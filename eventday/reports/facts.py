"""What a commune's figures are made of: who registered, who was seen, what took place. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from eventday.programme.domain import Admission, Kind


@dataclass(frozen=True)
class Place:
    """A registration of a person: `status` confirmed, waiting or cancelled; `on_the_spot` where a volunteer made it at the door."""

    slot_id: UUID
    status: str
    on_the_spot: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonFact:
    """A pass that is not revoked. `channel` is where it was made (web, api, desk, import, walk_in)."""

    id: UUID
    channel: str
    hamlet_id: UUID | None = None
    birth_year: int | None = None
    gender: str | None = None
    places: tuple[Place, ...] = ()

    @property
    def is_walk_in(self) -> bool:
        return self.channel == "walk_in"

    @property
    def is_registered(self) -> bool:
        """Registered before: not made at the gate, and not everything cancelled. A pass alone, without a slot, counts."""
        return not self.is_walk_in and (not self.places or any(place.status != "cancelled" for place in self.places))


@dataclass(frozen=True)
class Seen:
    """Somebody who was there: an admitted entry (`slot_id` None: the gate), a stamp (its `at` is None), or a presence online."""

    pass_id: UUID
    slot_id: UUID | None
    day: date
    at: datetime | None
    is_stamp: bool = False
    is_online: bool = False

    @property
    def is_in_person(self) -> bool:
        return not self.is_stamp and not self.is_online


@dataclass(frozen=True, kw_only=True)
class SlotFact:
    """A slot that was not cancelled. Times are aware UTC."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    venue: str
    admission: Admission
    capacity: int


@dataclass(frozen=True, kw_only=True)
class ActivityFact:
    """`slots` took place; `cancelled` did not, but what was scanned there is not lost."""

    id: UUID
    title: str
    kind: Kind
    host: str
    skill: str | None
    slots: tuple[SlotFact, ...]
    cancelled: tuple[UUID, ...] = ()

    @property
    def slot_ids(self) -> tuple[UUID, ...]:
        return (*(slot.id for slot in self.slots), *self.cancelled)

    @property
    def is_open(self) -> bool:
        """Whether nobody registers for any of its slots."""
        return all(slot.admission is Admission.OPEN for slot in self.slots)


@dataclass(frozen=True)
class HamletFact:
    id: UUID
    name: str
    households: int | None
    population: int | None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a commune's figures are made of. `people` hold everyone in `seen`."""

    year: int
    activities: Sequence[ActivityFact]
    hamlets: Sequence[HamletFact]
    people: Sequence[PersonFact]
    seen: Sequence[Seen]
