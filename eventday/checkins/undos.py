"""What undos take back, where an undo may itself be undone. Pure."""

from collections.abc import Mapping
from typing import TypeVar

_Key = TypeVar("_Key")


def taken_back(undos: Mapping[_Key, _Key]) -> set[_Key]:
    """Of undos and what each is against: what is undone. An undo that is itself undone takes nothing back.

    Undos that take each other back in a circle change nothing.
    """
    against: dict[_Key, int] = {}
    for key in undos.values():
        against[key] = against.get(key, 0) + 1
    undone: set[_Key] = set()
    standing = [key for key in undos if key not in against]
    while standing:
        taken = undos[standing.pop()]
        if taken in undone:
            continue
        undone.add(taken)
        if taken in undos:
            freed = undos[taken]
            against[freed] -= 1
            if against[freed] == 0 and freed in undos and freed not in undone:
                standing.append(freed)
    return undone
