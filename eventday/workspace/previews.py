"""What an organiser is told before a change that people would notice. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventday.programme.domain import Admission, Kind
from eventday.programme.drafts import ActivityDraft, Occurrence, OccurrenceDraft

_MOVED = ("day", "start", "end", "space_id", "closes_at", "capacity")
_SEEN_OF_ACTIVITY = ("title", "kind", "host", "join_url")


@dataclass(frozen=True)
class Touched:
    """People who would notice: with a seat, and waiting. `moved_up` of those who wait would get a seat."""

    confirmed: int
    waiting: int
    moved_up: int = 0

    @property
    def people(self) -> int:
        return self.confirmed + self.waiting


def touched_by(slot: Occurrence, draft: OccurrenceDraft) -> Touched:
    """Whom a slot's change touches; nobody where nothing changes that they would notice."""
    if not slot.people or not changed_fields(slot, draft):
        return Touched(0, 0)
    room = max(0, (draft.capacity or 0) - slot.taken) if slot.admission is Admission.SEATS else 0
    return Touched(slot.taken, slot.waiting, min(slot.waiting, room))


def changed_fields(before: Occurrence, draft: OccurrenceDraft) -> tuple[str, ...]:
    """Names of what differs, but for the way in."""
    return tuple(name for name in _MOVED if getattr(before.draft, name) != getattr(draft, name))


def changed_of_activity(before: ActivityDraft, after: ActivityDraft) -> tuple[str, ...]:
    """Names of what people who registered would notice."""
    return tuple(name for name in _SEEN_OF_ACTIVITY if getattr(before, name) != getattr(after, name))


def people_of(occurrences: Sequence[Occurrence]) -> Touched:
    """Everybody at these slots; cancelled ones have nobody."""
    return Touched(sum(one.taken for one in occurrences), sum(one.waiting for one in occurrences))


def stands_somewhere(kind: Kind, before: Occurrence, draft: OccurrenceDraft) -> bool:
    """Whether the change puts something at a place and time where it was not: then what clashes is told first."""
    moved = set(changed_fields(before, draft)) & {"day", "start", "end", "space_id", "capacity"}
    return not draft.lacks(kind) and (bool(moved) or not before.is_slot)
