"""Which known spaces a text that names none of them may mean. Pure."""

import difflib
import re
from collections.abc import Sequence

from eventday.kernel.text import fold
from eventday.places.domain import Space

_MANY, _CLOSE = 3, 0.82


def near_names(text: str, spaces: Sequence[Space]) -> tuple[str, ...]:
    """Up to three known spaces that the text may mean, the likeliest first: most of its words, or nearly its letters; never another number."""
    likeness = _Likeness(fold(text))
    scored: dict[str, float] = {}
    for space in spaces:
        best = max(likeness.to(fold(name)) for name in (space.full_name, *space.aliases))
        if best >= _CLOSE:
            scored[space.full_name] = best
    return tuple(sorted(scored, key=lambda name: (-scored[name], name))[:_MANY])


class _Likeness:
    """How much names are like one text, 0 to 1."""

    def __init__(self, wanted: str) -> None:
        self._words, self._numbers = set(wanted.split()), re.findall(r"\d+", wanted)
        self._letters = difflib.SequenceMatcher(None, b=wanted)

    def to(self, name: str) -> float:
        if not self._words or self._numbers != re.findall(r"\d+", name):
            return 0
        shared = len(self._words & set(name.split()))
        if shared > 1 and shared >= _CLOSE * len(self._words):
            return shared / len(self._words)
        self._letters.set_seq1(name)
        return self._letters.ratio() if min(self._letters.real_quick_ratio(), self._letters.quick_ratio()) >= _CLOSE else 0
