"""Does what clients were told agree with what the server has at the end? Pure: a history of attempts against a list of registrations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from proofs.claims import Claim

NOTHING_LOST = "every acknowledged seat is there"


class Said(StrEnum):
    """What a client was told. `UNKNOWN`: nothing certain (no answer, or one that asks to come again); it asks again with the same key."""

    SEAT = "seat"
    FULL = "full"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Attempt:
    """One request of a client, who has a phone and a key of their own. Moments are seconds of one monotonic clock.

    `told`: the code of the pass for a seat, else the status or the kind of failure.
    """

    phone: str
    key: str
    asked: float
    answered: float
    said: Said
    told: str


@dataclass(frozen=True)
class Kept:
    """A seat that the server has."""

    phone: str
    code: str


def judge(history: Sequence[Attempt], kept: Sequence[Kept], capacity: int) -> list[Claim]:
    """Nothing acknowledged is lost, nothing oversold, nothing doubled, nothing made up, and “full” was true."""
    codes = defaultdict(set)
    for one in kept:
        codes[one.phone].add(one.code)
    seats = [one for one in history if one.said is Said.SEAT]
    last = {one.phone: one for one in history}
    return [
        _none(NOTHING_LOST, {one.phone for one in seats if one.told not in codes[one.phone]}),
        Claim("never more seats given than there are", len(kept) <= capacity, f"{len(kept)} of {capacity}"),
        _none("one seat a phone, no code twice", _several(one.phone for one in kept) | _several(one.code for one in kept)),
        _none("one key has one answer", _several_answers(seats)),
        _none("nobody is there who did not ask", {one.phone for one in kept} - set(last)),
        _none("who was told “full” is not there", {phone for phone, one in last.items() if one.said is Said.FULL and codes[phone]}),
        _none("every client has a certain answer in the end", {phone for phone, one in last.items() if one.said is Said.UNKNOWN}),
        *_about_full(history, len(kept), capacity),
    ]


def told_by(history: Sequence[Attempt]) -> str:
    """How often clients were told what."""
    times = Counter(one.said if one.said is Said.SEAT else one.told for one in history)
    return ", ".join(f"{told} {count} ×" for told, count in times.most_common())


def _about_full(history: Sequence[Attempt], kept: int, capacity: int) -> list[Claim]:
    """Nobody cancels: once full it stays full, and who asked for the first time after that gets no seat."""
    fulls = [one.answered for one in history if one.said is Said.FULL]
    if not fulls:
        return []
    first_asked: dict[str, float] = {}
    for one in history:
        first_asked.setdefault(one.key, one.asked)
    late = {one.phone for one in history if one.said is Said.SEAT and first_asked[one.key] > min(fulls)}
    return [
        Claim("“full” was true: every seat is taken at the end", kept == capacity, f"{kept} of {capacity}"),
        _none("after the first “full” nobody new gets in", late),
    ]


def _none(text: str, wrong: set[str]) -> Claim:
    return Claim(text, not wrong, f"{len(wrong)}, e.g. {sorted(wrong)[:3]}" if wrong else "")


def _several(values: Iterable[str]) -> set[str]:
    return {value for value, times in Counter(values).items() if times > 1}


def _several_answers(seats: Sequence[Attempt]) -> set[str]:
    told = defaultdict(set)
    for one in seats:
        told[one.key].add(one.told)
    return {key for key, answers in told.items() if len(answers) > 1}
