"""What merging the passes of one person keeps, moves and ends. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from eventday.registrations.domain import Source, Status

_TOLD = ("name", "phone", "birth_year", "gender", "hamlet_id", "group")
_OF_A_CHILD = ("guardian", "child_agrees")


@dataclass(frozen=True)
class Holding:
    """A registration that stands; `queue` is its number where it waits."""

    id: UUID
    pass_id: UUID
    slot_id: UUID
    status: Status
    queue: int | None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A pass to be merged: what is known of its person (by the names of `people.Details`) and what it holds."""

    pass_id: UUID
    source: Source
    created_at: datetime
    details: Mapping[str, Any]
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True)
class Clash:
    """A slot that several of the passes hold: `stays` is the best place, the others end."""

    slot_id: UUID
    stays: Holding
    ends: tuple[Holding, ...]


@dataclass(frozen=True)
class Plan:
    """What merging does. `filled`: what the kept pass gets because it lacked it; `left`: what stood otherwise on the others."""

    kept_id: UUID
    moved: tuple[Holding, ...]
    clashes: tuple[Clash, ...]
    filled: Mapping[str, Any]
    left: tuple[tuple[str, Any], ...]

    @property
    def ended(self) -> tuple[Holding, ...]:
        return tuple(one for clash in self.clashes for one in clash.ends)

    @property
    def shown(self) -> dict[str, object]:
        """All that a preview says, to be compared when it is done."""
        stays = [(one.id, one.status) for one in self.moved] + [(clash.stays.id, clash.stays.status) for clash in self.clashes]
        told = {"kept": self.kept_id, "stays": stays, "ends": [(one.id, one.status) for one in self.ended]}
        return {name: str(value) for name, value in {**told, "filled": sorted(self.filled.items()), "left": self.left}.items()}


def first_choice(parts: Sequence[Part]) -> Part:
    """The pass to keep unless somebody chooses: one from before the day, then the oldest."""
    return min(parts, key=lambda one: (one.source is Source.WALK_IN, one.created_at, one.pass_id))


def plan(kept: Part, others: Sequence[Part]) -> Plan:
    """Of several places at one slot the best stays: a seat, then the nearest in the queue, then the kept pass's own."""
    by_slot: dict[UUID, list[Holding]] = {}
    for part in (kept, *others):
        for one in part.holdings:
            by_slot.setdefault(one.slot_id, []).append(one)
    ranked = [sorted(by_slot[slot], key=lambda one: _rank(one, kept.pass_id)) for slot in sorted(by_slot)]
    clashes = tuple(Clash(first.slot_id, first, tuple(rest)) for first, *rest in ranked if rest)
    moved = tuple(first for first, *rest in ranked if not rest and first.pass_id != kept.pass_id)
    filled = _filled(kept, others)
    return Plan(kept.pass_id, moved, clashes, filled, _left({**kept.details, **filled}, others))


def _rank(one: Holding, kept_id: UUID) -> tuple[bool, int, bool, UUID]:
    return (one.status is not Status.CONFIRMED, one.queue or 0, one.pass_id != kept_id, one.id)


def _filled(kept: Part, others: Sequence[Part]) -> dict[str, Any]:
    """What the kept pass lacks and another has. A child's adult only comes from where the same year of birth stands."""
    found: dict[str, Any] = {}
    for other in others:
        for name in _TOLD:
            if kept.details[name] is None and other.details[name] is not None:
                found.setdefault(name, other.details[name])
        if other.details["birth_year"] == found.get("birth_year", kept.details["birth_year"]):
            for name in _OF_A_CHILD:
                if kept.details[name] is None and other.details[name] is not None:
                    found.setdefault(name, other.details[name])
    before_the_day = [other.source for other in others if other.source is not Source.WALK_IN]
    if kept.source is Source.WALK_IN and before_the_day:  # they are counted as who registered before
        found["source"] = before_the_day[0]
    return found


def _left(stands: Mapping[str, Any], others: Sequence[Part]) -> tuple[tuple[str, Any], ...]:
    told = ((name, other.details[name]) for other in others for name in _TOLD)
    return tuple(dict.fromkeys((name, value) for name, value in told if value is not None and value != stands[name]))
