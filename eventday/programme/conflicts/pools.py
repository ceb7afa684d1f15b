"""What of the commune's equipment a text asks for. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from eventday.kernel.text import fold, tidy
from eventday.places.domain import Equipment

_PARTS = re.compile(r"[;\n•+]| và ", re.IGNORECASE)
_COUNT_FIRST = re.compile(r"^(?P<count>\d{1,5})\s*(?P<name>\D.*)$")
_COUNT_LAST = re.compile(r"^(?P<name>.*?\D)\s*(?P<count>\d{1,5})\s*(?P<unit>[^\d,]{0,15})$")
_WORD = re.compile(r"[^\W_]+")
_UNITS = ("cai", "chiec", "bo")


def renamed(text: str, old: str, new: str, others: Collection[str]) -> str:
    """What people ask for, with a thing's new name wherever it says the old one. `others` are the names of the other things: what is one
    of theirs (“máy tính bảng”) is not the shorter one (“máy tính”)."""
    words, done, result = list(_WORD.finditer(text)), 0, ""
    folded, wanted = [fold(word[0]) for word in words], fold(old).split()
    names = sorted((fold(name).split() for name in {*others, old}), key=len, reverse=True)
    at = 0
    while at < len(words):
        name = next((name for name in names if name and folded[at : at + len(name)] == name), [""])
        if name == wanted:
            result += text[done : words[at].start()] + new
            done = words[at + len(name) - 1].end()
        at += len(name)
    return result + text[done:]


@dataclass(frozen=True)
class Pool:
    """Things that are lent: those of one name, or of all names that begin with a shorter one (“máy tính” is any computer)."""

    name: str
    unit: str
    available: int
    keys: frozenset[str]


class Pools:
    """The commune's equipment, by what people call it."""

    def __init__(self, equipment: Sequence[Equipment]) -> None:
        self._known = {fold(item.name): item for item in equipment}
        self._units = {*_UNITS, *(fold(item.unit) for item in equipment)}

    def asked(self, text: str) -> dict[str, int]:
        """How many of each; what the commune does not own is brought by who needs it."""
        counts: dict[str, int] = {}
        for part in _PARTS.split(text):
            for key, count in self._of_part(tidy(part)):
                counts[key] = counts.get(key, 0) + count
        return counts

    def pool(self, key: str) -> Pool:
        """The pool that a key of `asked` draws on."""
        items = [self._known[name] for name in self._names(key)]
        name = items[0].name if key in self._known else " ".join(items[0].name.split()[: len(key.split())])
        return Pool(name, items[0].unit, sum(item.in_commune for item in items), frozenset(map(fold, (item.name for item in items))) | {key})

    def _names(self, key: str) -> list[str]:
        return [key] if key in self._known else [name for name in self._known if name.startswith(f"{key} ")]

    def _of_part(self, part: str) -> list[tuple[str, int]]:
        """“loa, micro:1” is one thing, “10 máy tính, 2 máy chiếu” are two: the longest name that is known counts."""
        pieces = part.split(",")
        found: list[tuple[str, int]] = []
        while pieces:
            for length in range(len(pieces), 0, -1):
                if one := self._counted(tidy(",".join(pieces[:length]))):
                    found.append(one)
                    break
            pieces = pieces[length:]
        return found

    def _counted(self, text: str) -> tuple[str, int] | None:
        for match in (None, _COUNT_FIRST.match(text), _COUNT_LAST.match(text)):
            key = self._key(match["name"] if match else text)
            if key:
                return key, int(match["count"]) if match else 1
        return None

    def _key(self, name: str) -> str:
        """The name as it is known, without a unit before it (“2 bộ loa”); a shorter name of one thing alone is that thing."""
        folded = fold(name)
        unit = next((unit for unit in self._units if folded.startswith(f"{unit} ")), "")
        for key in (folded, folded.removeprefix(f"{unit} ")):
            names = self._names(key) if key else []
            if names:
                return names[0] if len(names) == 1 else key
        return ""
