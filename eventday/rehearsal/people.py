"""Invented households: names by rough usage, ages and hamlets. Pure: the same random numbers give the same people."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from eventday.registrations.domain import Gender, Group, needs_child_agreement, needs_guardian
from eventday.rehearsal.sources import Part

_PEOPLES = {"kinh": 80, "thai": 12, "tho": 4, "mong": 2, "khomu": 2}
_SIZES = {1: 35, 2: 35, 3: 18, 4: 12}
_ADULT_GROUPS = {Group.RESIDENT: 78, Group.OFFICIAL: 12, Group.WORKER: 10}
_KNOWS_YEAR = 0.95
_T = TypeVar("_T")


@dataclass(frozen=True)
class Somebody:
    """A person of the demo. `years` is the age in the event's year; `hamlet` counts from 0; None: did not say."""

    name: str
    years: int
    birth_year: int | None
    gender: Gender
    group: Group
    hamlet: int | None
    guardian: str | None
    child_agrees: bool | None


@dataclass(frozen=True)
class Family:
    """People who register together under one phone number (E.164)."""

    phone: str
    people: tuple[Somebody, ...]


class Population:
    """Draws families until so many people are there."""

    def __init__(self, rng: random.Random, parts: Sequence[Part], *, hamlets: int, year: int) -> None:
        self._rng, self._hamlets, self._year = rng, hamlets, year
        self._pools: dict[tuple[str, str, str], tuple[list[str], list[int]]] = {}
        for part in parts:
            for gender in ("male", "female") if part.gender == "any" else (part.gender,):
                texts, weights = self._pools.setdefault((part.people, part.part, gender), ([], []))
                texts.append(part.text)
                weights.append(part.weight)

    def families(self, people: int, *, first_phone: int) -> Iterator[Family]:
        left, number = people, first_phone
        while left > 0:
            size = min(left, self._choose(_SIZES))
            yield Family(_phone(number), self._family(size))
            left, number = left - size, number + 1

    def _family(self, size: int) -> tuple[Somebody, ...]:
        people, hamlet = self._choose(_PEOPLES), self._rng.randrange(self._hamlets)
        adult = self._somebody(people, self._adult_age(), hamlet)
        family_name = adult.name.split()[0]
        others = [self._somebody(people, self._any_age(), hamlet, guardian=adult.name, family_name=family_name) for _ in range(size - 1)]
        return (adult, *others)

    def _somebody(self, people: str, years: int, hamlet: int, *, guardian: str | None = None, family_name: str | None = None) -> Somebody:
        gender = self._rng.choice((Gender.FEMALE, Gender.MALE))
        family_name = family_name or self._part(people, "family", gender)
        is_child = needs_guardian(years)
        return Somebody(
            name=f"{family_name} {self._part(people, 'middle', gender)} {self._part(people, 'given', gender)}",
            years=years,
            birth_year=self._year - years if is_child or self._rng.random() < _KNOWS_YEAR else None,
            gender=gender,
            group=Group.PUPIL if years < 19 else self._choose(_ADULT_GROUPS),
            hamlet=hamlet,
            guardian=guardian if is_child else None,
            child_agrees=True if needs_child_agreement(years) else None,
        )

    def _part(self, people: str, part: str, gender: Gender) -> str:
        texts, weights = self._pools[people, part, gender.value]
        return self._rng.choices(texts, weights)[0]

    def _adult_age(self) -> int:
        return self._rng.choice((self._rng.randint(20, 54), self._rng.randint(55, 82)))

    def _any_age(self) -> int:
        return self._rng.choice((self._rng.randint(8, 17), self._rng.randint(18, 54), self._rng.randint(55, 85)))

    def _choose(self, weights: dict[_T, int]) -> _T:
        return self._rng.choices(list(weights), list(weights.values()))[0]


def _phone(number: int) -> str:
    """One of a run of numbers of the form 0900 0xx xxx."""
    return f"+8490{number % 100_000:07}"
