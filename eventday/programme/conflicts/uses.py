"""What takes up spaces, hosts and equipment, and what is said where two of them clash. Pure."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from eventday.kernel.text import fold
from eventday.places.domain import ONLINE, Space
from eventday.programme.domain import Asked, Kind, Slot

_ON_A_PITCH = (Kind.BOOTH, Kind.STATION)
_MEETINGS = (Kind.CONFERENCE, Kind.TALK, Kind.CLASS)
_EVERYBODY = ("moi nguoi", "moi doi tuong", "nguoi dan", "nhan dan", "toan dan", "toan the nhan dan", "ba con", "tat ca")


class Code(StrEnum):
    """Why it clashes."""

    SPACE_TAKEN = "space_taken"
    PITCHES_FULL = "pitches_full"
    OVER_CAPACITY = "over_capacity"
    OUTSIDE_HOURS = "outside_hours"
    HOST_TWICE = "host_twice"
    EQUIPMENT_SHORT = "equipment_short"
    AUDIENCE_TWICE = "audience_twice"


@dataclass(frozen=True, kw_only=True)
class Use:
    """Something that takes place. `key` tells it from the others (a slot's id, a row of a file); rounds of one activity have the same `activity`.

    Times are aware. `space` is None where it has none yet or is online without one; `people` are those there at once (a slot's capacity);
    `equipment` is text as people write it: “loa, micro:1; máy chiếu:1” or “10 máy tính”.
    """

    key: Hashable
    activity: Hashable
    title: str
    kind: Kind
    starts_at: datetime
    ends_at: datetime
    space: Space | None = None
    people: int = 0
    host: str = ""
    audience: str = ""
    equipment: str = ""

    @property
    def at(self) -> Space | None:
        """The space that it takes up: what is online takes none."""
        return None if self.space is None or self.space.kind == ONLINE else self.space

    @property
    def on_a_pitch(self) -> bool:
        """Booths and stations share a yard, each on a pitch of its own; a conference beside them takes none."""
        return self.space is not None and self.space.pitches > 0 and self.kind in _ON_A_PITCH

    @property
    def busy_host(self) -> str:
        """Who must be there in person, folded: an organisation minds several booths at once, and goes on air from any of them."""
        return fold(self.host) if self.kind in _MEETINGS else ""

    @property
    def busy_audience(self) -> str:
        """Who is asked to come for the whole of it, folded; empty where all people are."""
        audience = fold(self.audience) if self.kind in _MEETINGS else ""
        return "" if audience.startswith(_EVERYBODY) else audience


@dataclass(frozen=True)
class Conflict:
    """What clashes: its uses in order of start (one alone, where it clashes with the space itself), from when to when.

    `what` names the thing they fight for (the space's full name, the host, the equipment, the audience); `wanted` is what they take
    of it together, `available` what there is, in `unit`s where it is equipment.
    """

    code: Code
    uses: tuple[Use, ...]
    starts_at: datetime
    ends_at: datetime
    what: str
    wanted: int = 0
    available: int = 0
    unit: str = ""

    @property
    def is_warning(self) -> bool:
        """Whether it may well be meant so."""
        return self.code is Code.AUDIENCE_TWICE

    def touches(self, key: Hashable) -> bool:
        return any(use.key == key for use in self.uses)


def uses_of(slots: Iterable[Slot], asked: Mapping[UUID, Asked], spaces: Mapping[UUID, Space]) -> list[Use]:
    """The uses of slots that are not cancelled; `asked` by their activity."""
    return [
        Use(
            key=slot.id,
            activity=slot.activity_id,
            title=slot.title,
            kind=slot.kind,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            space=spaces.get(slot.space_id) if slot.space_id else None,
            people=slot.capacity,
            host=slot.host,
            audience=asked[slot.activity_id].audience,
            equipment=asked[slot.activity_id].equipment,
        )
        for slot in slots
        if not slot.cancelled_at
    ]
