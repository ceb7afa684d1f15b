"""Who may do what, where. Pure: one function decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID


class Role(IntEnum):
    """A higher role may do all that a lower one may."""

    VIEWER = 1
    DESK = 2
    ORGANISER = 3


@dataclass(frozen=True)
class Place:
    """The country (both None), a province, or a commune of a province. Codes as the state writes them: 2 and 5 digits."""

    province: str | None = None
    commune: str | None = None

    def contains(self, other: "Place") -> bool:
        """Whether the other place is this one or lies within it."""
        if self.commune:
            return self.commune == other.commune
        return self.province is None or self.province == other.province

    def __str__(self) -> str:
        return f"commune:{self.commune}" if self.commune else f"province:{self.province}" if self.province else "country"


@dataclass(frozen=True)
class Grant:
    """A role at a place."""

    role: Role
    place: Place


@dataclass(frozen=True)
class Person:
    """Somebody (or some program, by an API token) who acts here."""

    id: UUID
    name: str
    grants: Sequence[Grant]


@dataclass(frozen=True)
class Device:
    """A volunteer's enrolled phone: its commune, the slots it is for (none: all of its commune), and whether it may search by name."""

    id: UUID
    name: str
    event_id: UUID
    commune: str
    slot_ids: frozenset[UUID]
    manual: bool


def may(person: Person, role: Role, place: Place) -> bool:
    """Whether one of the person's grants has the role, or a higher one, at the place or at a place that contains it."""
    return any(grant.role >= role and grant.place.contains(place) for grant in person.grants)


def knows_of(person: Person, place: Place) -> bool:
    """Whether the place lies in the person's scope at all: what does not, does not exist for them."""
    return any(grant.place.contains(place) for grant in person.grants)


def may_invite(person: Person, role: Role, place: Place) -> bool:
    """Whether the person may give others the role at the place, or take it away: within their own scope, and nothing above their own role."""
    return may(person, max(role, Role.ORGANISER), place)


def answers_for(person: Person, grants: Sequence[Grant]) -> bool:
    """Whether all that somebody has lies within what the person may give: only then may they hand out a link that signs in as that somebody."""
    return all(may_invite(person, grant.role, grant.place) for grant in grants)
