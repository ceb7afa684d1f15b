"""What a process remembers of what it looked at last, so that it need not read it whole again. Whoever uses it asks what changed since."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

from flask import current_app

_MOST = 16
_Thing = TypeVar("_Thing")


def remembered(name: str, key: Hashable, make: Callable[[], _Thing]) -> _Thing:
    """This process's thing of that key, of the sixteen of that name that were asked for last; made where there is none."""
    known: OrderedDict[Hashable, _Thing]
    lock: Lock
    known, lock = current_app.extensions.setdefault(name, (OrderedDict(), Lock()))
    with lock:
        if key not in known:
            known[key] = make()
        known.move_to_end(key)
        while len(known) > _MOST:
            known.popitem(last=False)
        return known[key]
