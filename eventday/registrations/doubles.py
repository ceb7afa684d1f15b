"""Which passes are likely one person's, and why. Pure: only a person can say whether it is so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from uuid import UUID

_CROWD = 8  # as many of one name and year, or under one phone, are a common name or a village head's phone


class Reason(StrEnum):
    """Why two passes may be one person's."""

    SAME_NAME_AND_YEAR = "same_name_and_year"
    SAME_PHONE_AND_NAME = "same_phone_and_name"
    SAME_PHONE_ALIKE_NAME = "same_phone_alike_name"


@dataclass(frozen=True)
class Candidate:
    """A pass as this rule sees it: the folded name, the phone (E.164) of its household."""

    pass_id: UUID
    name_key: str
    birth_year: int | None
    phone: str | None


@dataclass(frozen=True)
class Double:
    """Two passes, the older id first, and the strongest reason."""

    one: UUID
    other: UUID
    reason: Reason


def doubles(people: Sequence[Candidate]) -> list[Double]:
    """Pairs of passes of one event that are likely one person's: the same folded name and birth year, or the same phone and an alike name."""
    by_name = _together(people, lambda one: (one.name_key, one.birth_year) if one.birth_year else None)
    by_phone = _together(people, lambda one: one.phone)
    found: dict[tuple[UUID, UUID], Double] = {}
    for group in (*by_name, *by_phone):
        for one, other in combinations(sorted(group, key=lambda each: each.pass_id), 2):
            reason = _reason(one, other)
            if reason:
                found.setdefault((one.pass_id, other.pass_id), Double(one.pass_id, other.pass_id, reason))
    return sorted(found.values(), key=lambda double: (double.one, double.other))


def groups(pairs: Iterable[Double]) -> list[list[UUID]]:
    """Passes that hang together by pairs, in the order of the first pair of each group."""
    found: list[list[UUID]] = []
    for pair in pairs:
        touched = [group for group in found if pair.one in group or pair.other in group]
        joined = list(dict.fromkeys([*(one for group in touched for one in group), pair.one, pair.other]))
        at = found.index(touched[0]) if touched else len(found)
        found = [group for group in found if group not in touched]
        found.insert(at, joined)
    return found


def _together(people: Iterable[Candidate], key: Callable[[Candidate], object]) -> list[list[Candidate]]:
    groups: dict[object, list[Candidate]] = {}
    for one in people:
        if (name := key(one)) is not None:
            groups.setdefault(name, []).append(one)
    return [group for group in groups.values() if 1 < len(group) <= _CROWD]


def _reason(one: Candidate, other: Candidate) -> Reason | None:
    years = {one.birth_year, other.birth_year}
    if one.name_key == other.name_key and len(years) == 1 and one.birth_year:
        return Reason.SAME_NAME_AND_YEAR
    if one.phone is None or one.phone != other.phone or len(years - {None}) > 1:
        return None
    if one.name_key == other.name_key:
        return Reason.SAME_PHONE_AND_NAME
    return Reason.SAME_PHONE_ALIKE_NAME if alike(one.name_key, other.name_key) else None


def alike(one: str, other: str) -> bool:
    """Whether two folded names may be one: the same given name, and the words of the shorter in their order in the longer; or one letter differs."""
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) > 1 and short[-1] == long[-1] and _in_order(short, long):
        return True
    return len(one) > 5 and _one_letter_apart(one, other)


def _in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def _one_letter_apart(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    for at, (left, right) in enumerate(zip(short, long, strict=False)):
        if left != right:
            return short[at + (len(short) == len(long)) :] == long[at + 1 :]
    return len(short) != len(long)
