"""What an organiser has to do, and how far the work is, from facts alone. Codes and figures here; the words are in `messages`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from eventday.kernel.clock import day_of
from eventday.programme.conflicts import Conflict
from eventday.programme.domain import Event, Plan, Slot, Wish
from eventday.workspace.domain import STALE

_DEVICES_FROM = 3  # days before the event from which a missing scanner is something to do
_ROOMS_FROM = 7  # days before the event from which a missing way into an online room is something to do
_CONFLICTS = 4  # a line each; with more than these the day has other trouble, and the plan's page lists all


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Where a commune's work stands. `seen` has, for each device in use, when it was heard of last (None: never); `conflicts` are gathered,
    `doubles` says how many pairs of passes may be one person's, `children` of how many the adult or their own agreement is not written down,
    both empty where none; `roomless` are online slots to come without their join link.
    """

    event: Event
    plan: Plan
    slots: Sequence[Slot]
    wishes: Sequence[Wish]
    seen: Sequence[datetime | None]
    now: datetime
    conflicts: Sequence[Conflict] = ()
    doubles: str = ""
    roomless: Sequence[Slot] = ()
    children: str = ""

    @property
    def days_left(self) -> int:
        """Days until the first day; 0 on it, negative after it."""
        return (self.event.first_day - day_of(self.now)).days

    @property
    def clashing(self) -> list[Conflict]:
        """What must still be mended: not what may be meant so, nor what is past."""
        return [one for one in self.conflicts if not one.is_warning and one.ends_at > self.now]

    @property
    def is_running(self) -> bool:
        return self.event.first_day <= day_of(self.now) <= self.event.last_day

    @property
    def is_over(self) -> bool:
        return day_of(self.now) > self.event.last_day


@dataclass(frozen=True)
class Todo:
    """Something to do: its code, and the facts that its sentence names."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)
    slot_id: UUID | None = None


def todos(at: Situation) -> list[Todo]:
    """What needs doing now, the worst first; nothing for an event that was called off."""
    if at.event.cancelled_at:
        return []
    found = [_plan_todo(at), *_conflict_todos(at), _wishes_todo(at), _room_todo(at), _queue_todo(at), _devices_todo(at)]
    found += [Todo("children", {"children": at.children}) if at.children else None]
    found += [Todo("doubles", {"pairs": at.doubles}) if at.doubles else None, Todo("report") if at.is_over else None]
    return [todo for todo in found if todo]


def _plan_todo(at: Situation) -> Todo | None:
    if at.is_over or at.plan.published_at:
        return None
    if at.plan.slots:
        return Todo("unpublished", {"slots": at.plan.slots})
    return None if at.wishes else Todo("empty_plan")


def _conflict_todos(at: Situation) -> list[Todo]:
    """A line each for the first few, one for the rest. The one to mend is the side that came when the place was taken."""
    found = at.clashing
    shown = found if len(found) <= _CONFLICTS + 1 else found[:_CONFLICTS]
    people = {slot.id: slot.taken + slot.waiting for slot in at.slots}
    lines = [Todo("conflict", {"conflict": one, "people": sum(people.get(cast(UUID, use.key), 0) for use in one.uses)}, _key(one)) for one in shown]
    return [*lines, Todo("conflicts", {"conflicts": len(found) - len(shown)})] if len(shown) < len(found) else lines


def _key(conflict: Conflict) -> UUID:
    return cast(UUID, conflict.uses[-1].key)


def _wishes_todo(at: Situation) -> Todo | None:
    if not at.wishes or at.is_over:
        return None
    return Todo("wishes", {"wishes": len(at.wishes), "first": at.wishes[0].title})


def _room_todo(at: Situation) -> Todo | None:
    """The next one first: nobody gets in."""
    if not at.roomless or at.days_left > _ROOMS_FROM:
        return None
    first = min(at.roomless, key=lambda slot: (slot.starts_at, slot.title))
    facts: dict[str, object] = {"slots": len(at.roomless), "title": first.title, "starts_at": first.starts_at, "activity_id": first.activity_id}
    return Todo("no_room", facts, first.id)


def _queue_todo(at: Situation) -> Todo | None:
    full = [slot for slot in at.slots if slot.waiting and not slot.cancelled_at and slot.starts_at > at.now]
    if not full:
        return None
    most = max(full, key=lambda slot: slot.waiting)
    facts: dict[str, object] = {"slots": len(full), "people": sum(slot.waiting for slot in full), "title": most.title, "most": most.waiting}
    return Todo("queue", facts, most.id)


def _devices_todo(at: Situation) -> Todo | None:
    if at.is_over or not at.plan.slots or at.days_left > _DEVICES_FROM:
        return None
    if not at.seen:
        return Todo("no_device")
    silent = sum(1 for moment in at.seen if moment is None or at.now - moment >= STALE)
    return Todo("silent_devices", {"devices": silent}) if silent and at.is_running else None


@dataclass(frozen=True)
class Step:
    """One phase of the work. `state` is done, now or later; `code` with the figures is its word of state."""

    name: str
    state: str
    code: str
    facts: dict[str, object] = field(default_factory=dict)


def steps(at: Situation) -> list[Step]:
    """The six phases, from the plan to the report."""
    published = at.plan.published_at
    published_on: dict[str, object] = {"day": f"{day_of(published):%d/%m}"} if published else {}
    opened = bool(published) and not at.is_over
    return [
        Step("plan", "done" if at.plan.slots else "now", "slots", {"slots": at.plan.slots}),
        Step("timetable", _timetable_state(at), *_timetable_words(at)),
        Step("publish", "done" if published else "now" if at.plan.slots else "later", "published" if published else "unpublished", published_on),
        Step("register", "done" if published and at.is_over else "now" if opened else "later", "open" if opened else "closed"),
        Step("day", "done" if at.is_over else "now" if at.is_running else "later", *_day_words(at)),
        Step("report", "now" if at.is_over else "later", "due" if at.is_over else "afterwards"),
    ]


def _timetable_state(at: Situation) -> str:
    return "now" if (at.wishes or at.clashing) and not at.is_over else "done" if at.plan.slots else "later"


def _timetable_words(at: Situation) -> tuple[str, dict[str, object]]:
    return ("clashing", {"conflicts": len(at.clashing)}) if at.clashing else ("unplaced", {"wishes": len(at.wishes)})


def _day_words(at: Situation) -> tuple[str, dict[str, object]]:
    if at.is_over:
        return "over", {}
    return ("running", {}) if at.is_running else ("days_left", {"days": at.days_left})
