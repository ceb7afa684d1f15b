"""Figures of a commune's event day; documents print what stands here and count nothing. Pure.

“People” are passes, each counted once wherever they were seen. “Attendances” are a pass at a slot on a day. The two never share a column.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from eventday.programme.domain import Kind
from eventday.reports.facts import ActivityFact, HamletFact

MEETINGS = (Kind.CONFERENCE, Kind.TALK)  # told of together
SMALLEST_PUBLIC = 5  # people of a village below this number could be recognised


class Age(StrEnum):
    CHILD = "under_16"
    YOUNG = "16_35"
    MIDDLE = "36_59"
    OLD = "from_60"
    UNKNOWN = "unknown"


def age_of(birth_year: int | None, year: int) -> Age:
    if birth_year is None:
        return Age.UNKNOWN
    age = year - birth_year
    return Age.CHILD if age < 16 else Age.YOUNG if age <= 35 else Age.MIDDLE if age <= 59 else Age.OLD


@dataclass(frozen=True, kw_only=True)
class Count:
    """People: registered before (confirmed: those of them with a seat), came in person (of_registered and walk_ins are among them).

    Attendances in halls and yards, online ones, and stamps, counted apart.
    """

    registered: int = 0
    confirmed: int = 0
    of_registered: int = 0
    came: int = 0
    walk_ins: int = 0
    attendances: int = 0
    online: int = 0
    stamps: int = 0

    @property
    def all_attendances(self) -> int:
        return self.attendances + self.online


@dataclass(frozen=True)
class ActivityFigures:
    """`seats` over all its slots, None where nobody registers."""

    fact: ActivityFact
    count: Count

    @property
    def seats(self) -> int | None:
        return None if self.fact.is_open else sum(slot.capacity for slot in self.fact.slots)


@dataclass(frozen=True)
class HamletFigures:
    """`hamlet` None: from elsewhere, or not told."""

    hamlet: HamletFact | None
    count: Count
    genders: Counter[str]
    ages: Counter[Age]


@dataclass(frozen=True)
class Group:
    """People who share something (a channel, a gender, an age)."""

    key: str
    registered: int
    of_registered: int
    walk_ins: int
    came: int


@dataclass(frozen=True)
class Arrivals:
    """People who were first seen in the half hour from `start` (Vietnamese wall time)."""

    start: time
    registered: int
    walk_ins: int

    @property
    def people(self) -> int:
        return self.registered + self.walk_ins


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A commune's figures. `issued_at_gate`: passes of walk-ins, let in or not; `waiting`: people left without a seat.

    `activities` in order of their beginning; `learners`: people with a stamp; `skills`: most stamped first.
    """

    totals: Count
    by_kind: dict[Kind, Count]
    by_hamlet: tuple[HamletFigures, ...]
    activities: tuple[ActivityFigures, ...]
    channels: tuple[Group, ...]
    genders: tuple[Group, ...]
    ages: tuple[Group, ...]
    arrivals: tuple[Arrivals, ...]
    issued_at_gate: int
    waiting: int
    learners: int
    skills: tuple[tuple[str, int], ...]
    slots: int

    @property
    def passes(self) -> int:
        return self.totals.registered + self.issued_at_gate

    def of_kind(self, *kinds: Kind) -> tuple[ActivityFigures, ...]:
        return tuple(activity for activity in self.activities if activity.fact.kind in kinds)

    def is_registered_for(self, kind: Kind) -> bool:
        """Whether people register for anything of this kind, so that nobody registered means something."""
        return any(one.seats is not None for one in self.of_kind(kind))

    def group(self, groups: Sequence[Group], key: str) -> int:
        """How many of that group came."""
        return next((group.came for group in groups if group.key == key), 0)


def is_public(count: Count) -> bool:
    """Whether a village's figures may stand on a public page: nobody or at least five people came and registered."""
    return all(people == 0 or people >= SMALLEST_PUBLIC for people in (count.registered, count.came, count.walk_ins))
