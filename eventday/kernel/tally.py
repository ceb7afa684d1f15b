"""The sum of what many add, from which one's share can be taken out and put in anew. Pure."""

from collections import Counter
from collections.abc import Collection, Hashable
from typing import Generic, TypeVar

Part = tuple[str, Hashable]
_Name = TypeVar("_Name", bound=Hashable)


class Tally(Generic[_Name]):
    """`counts` has how often each part is in the shares, `different` how many parts of each kind there are; a part begins with its kind."""

    def __init__(self) -> None:
        self.counts: Counter[Part] = Counter()
        self.different: Counter[str] = Counter()
        self._shares: dict[_Name, Collection[Part]] = {}

    def put(self, name: _Name, share: Collection[Part]) -> None:
        """Somebody's share (a part may be in it repeatedly) instead of what it was."""
        for part in self._shares.pop(name, ()):
            self._add(part, -1)
        for part in share:
            self._add(part, 1)
        if share:
            self._shares[name] = share

    def _add(self, part: Part, by: int) -> None:
        before = self.counts[part]
        self.counts[part] = before + by
        if not before:
            self.different[part[0]] += 1
        elif before + by == 0:
            del self.counts[part]
            self.different[part[0]] -= 1
