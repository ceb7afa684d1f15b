"""Two people editing one thing: a page remembers what it showed, and who saves second is told what changed meanwhile. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from hashlib import blake2b
from typing import Any

from eventday.kernel.errors import Refusal

_SHOWN = 60  # characters; of a longer value the beginning is shown and the whole compared by its digest


@dataclass(frozen=True)
class Change:
    """One field that is not as it was shown: its name, the text then and the text now; empty where there was nothing."""

    name: str
    then: str
    now: str


class Stale(Refusal):
    """Somebody changed it since the page was shown. `now` is the stamp for the page that asks again: sent back, it overwrites."""

    code = "stale"

    def __init__(self, changes: tuple[Change, ...], now: str) -> None:
        super().__init__("", count=len(changes))
        self.changes = changes
        self.now = now


def stamp(record: object) -> str:
    """A dataclass's or a mapping's values as they were read, for the hidden field `seen`: JSON, each value its text or beginning and digest."""
    return json.dumps({name: _text(value) for name, value in _values(record).items()}, ensure_ascii=False, separators=(",", ":"))


def changes(then: str, now: str) -> tuple[Change, ...]:
    """What differs between two stamps, in the order of the second. A `then` that cannot be read differs in everything."""
    before, after = _read(then), _read(now)
    return tuple(Change(name, _shown(before.get(name, "")), _shown(text)) for name, text in after.items() if before.get(name) != text)


def refuse_stale(seen: str | None, record: object) -> None:
    """To be called under the lock, with the record as it is now. None (an import, a program) is not held to what it saw.

    Raises: Stale.
    """
    if seen is None:
        return
    now = stamp(record)
    found = changes(seen, now)
    if found:
        raise Stale(found, now)


def _values(record: object) -> Mapping[str, Any]:
    return record if isinstance(record, Mapping) else vars(record)


def _text(value: object) -> str:
    text = _plain(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…\n{blake2b(text.encode(), digest_size=6).hexdigest()}"


def _plain(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, (list, tuple)):
        return "; ".join(_plain(one) for one in value)
    return "" if value is None else str(value)


def _shown(text: str) -> str:
    head, mark, _ = text.rpartition("…\n")
    return f"{head}…" if mark else text


def _read(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
