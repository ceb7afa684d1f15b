"""What stands in a commune's plan as uses of spaces, hosts and equipment, for `conflicts`."""

from collections.abc import Iterable
from uuid import UUID

from eventday.places import queries as places
from eventday.programme import queries
from eventday.programme.conflicts import Conflict, Use, conflicts, conflicts_of
from eventday.programme.conflicts.uses import uses_of
from eventday.programme.domain import Slot


def uses_in(event_id: UUID, commune: str, slots: Iterable[Slot] | None = None) -> list[Use]:
    """The plan's uses, three statements; `slots` are all of the plan's where the caller has read them."""
    known = queries.slots(event_id, commune) if slots is None else slots
    return uses_of(known, queries.asked(event_id, commune), {space.id: space for space in places.spaces(commune)})


def conflicts_in(event_id: UUID, commune: str, slots: Iterable[Slot] | None = None) -> list[Conflict]:
    """All that clashes in the plan, by time; four statements."""
    return conflicts(uses_in(event_id, commune, slots), places.equipment(commune))


def conflicts_with(event_id: UUID, commune: str, use: Use) -> list[Conflict]:
    """What would clash if `use` stood in the plan: a new one with a key of its own, or a slot as it was typed, its id the key."""
    return conflicts_of(use, uses_in(event_id, commune), places.equipment(commune))
