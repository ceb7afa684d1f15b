"""Who goes where in the demo: full slots with people waiting, others with room. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eventday.registrations.domain import Group
from eventday.rehearsal.people import Family, Somebody

ROOMY = 45  # so many seats stay free in a hall
_QUEUE = 5
_SHARE = {"most": 0.85, "some": 0.5, "few": 0.1, "none": 0.0}
_WEIGHT = {"most": 4.0, "some": 2.0, "few": 0.5}
_OLD, _YOUNG = 55, 18
_JOINS = 0.85
_SECOND = 0.6


@dataclass(frozen=True)
class Bookable:
    """A slot with seats. `crowd` as in the timetable, `audience` as in the list of activities."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    crowd: str
    audience: str

    @property
    def limit(self) -> int:
        """How many may register; a full slot has some who wait."""
        if self.crowd == "full":
            return self.capacity + _QUEUE
        share = round(self.capacity * _SHARE[self.crowd])
        return min(share, self.capacity - ROOMY) if self.capacity >= 2 * ROOMY else share

    def suits(self, person: Somebody) -> bool:
        if self.audience == "Người cao tuổi":
            return person.years >= _OLD
        if self.audience == "Học sinh":
            return person.years < _YOUNG
        if self.audience.startswith("Cán bộ"):
            return person.group is Group.OFFICIAL
        return person.years >= _YOUNG

    def overlaps(self, other: "Bookable") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass
class _Booking:
    """What has been chosen so far: by person (family, place in it) the numbers of slots, and how many each slot has."""

    slots: Sequence[Bookable]
    chosen: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    taken: list[int] = field(default_factory=list)

    def add(self, who: tuple[int, int], person: Somebody, number: int) -> bool:
        slot, mine = self.slots[number], self.chosen.setdefault(who, [])
        if self.taken[number] >= slot.limit or not slot.suits(person) or any(slot.overlaps(self.slots[other]) for other in mine):
            return False
        mine.append(number)
        self.taken[number] += 1
        return True


def choose(families: Sequence[Family], slots: Sequence[Bookable], rng: random.Random) -> list[list[tuple[int, ...]]]:
    """For each family, for each of its people, the numbers of the slots that they register for."""
    booking = _Booking(slots, taken=[0] * len(slots))
    _fill(booking, families, rng)
    _spread(booking, families, rng)
    return [[tuple(booking.chosen.get((f, p), ())) for p in range(len(family.people))] for f, family in enumerate(families)]


def _fill(booking: _Booking, families: Sequence[Family], rng: random.Random) -> None:
    for number, slot in enumerate(booking.slots):
        if slot.crowd == "full":
            for f in rng.sample(range(len(families)), len(families)):
                _join(booking, f, families[f], number)


def _spread(booking: _Booking, families: Sequence[Family], rng: random.Random) -> None:
    numbers = [number for number, slot in enumerate(booking.slots) if slot.crowd in _WEIGHT]
    weights = [_WEIGHT[booking.slots[number].crowd] for number in numbers]
    for f, family in enumerate(families):
        for number in rng.choices(numbers, weights, k=2 if rng.random() < _SECOND else 1):
            members = [p for p in range(len(family.people)) if rng.random() < _JOINS]
            _join(booking, f, family, number, members)


def _join(booking: _Booking, f: int, family: Family, number: int, members: Sequence[int] | None = None) -> None:
    for p in range(len(family.people)) if members is None else members:
        booking.add((f, p), family.people[p], number)
