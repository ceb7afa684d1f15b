"""Where a device stands in the changes of its bundle. Pure.

A cursor is the server's time when the bundle was read, and short digests of what was told then. Time alone is not sound: a change
is stamped before it is committed, so one may become visible after a bundle that is younger than its stamp. So what changed within
`WINDOW` before the cursor is looked at again, and left out only where its digest says that it was told just so. In a rush, with
more changes in the window than digests are carried, some are told twice, which harms nothing: a device replaces by id.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

WINDOW = timedelta(minutes=2)
_DIGEST = 5
_MOST = 600
_TIME = 7
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Cursor:
    """`at` is aware UTC, in whole milliseconds."""

    at: datetime
    told: frozenset[bytes]

    @property
    def since(self) -> datetime:
        """What changed before this was told for certain."""
        return self.at - WINDOW

    def knows(self, item: object) -> bool:
        return digest(item) in self.told


def digest(item: object) -> bytes:
    """Five bytes of a JSON value's hash: two of 600 items are alike once in 10^6 bundles."""
    return hashlib.sha256(json.dumps(item, sort_keys=True).encode()).digest()[:_DIGEST]


def write(at: datetime, told: Iterable[bytes]) -> str:
    """A cursor as it travels: safe in an address, at most about 4 KB. Of too many digests the last are dropped."""
    kept = list(dict.fromkeys(told))[:_MOST]
    raw = int(at.timestamp() * 1000).to_bytes(_TIME, "big") + b"".join(kept)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read(text: str, now: datetime) -> Cursor | None:
    """The cursor, or None where it is none, or is of a time to come (a server's clock was set back): then everything is told."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        at = datetime.fromtimestamp(int.from_bytes(raw[:_TIME], "big") / 1000, UTC)
    except (ValueError, OverflowError, OSError, binascii.Error):
        return None
    told = raw[_TIME:]
    if len(raw) < _TIME or len(told) % _DIGEST or at > now:
        return None
    return Cursor(at, frozenset(told[start : start + _DIGEST] for start in range(0, len(told), _DIGEST)))


def untold(items: Collection[_Item], cursor: Cursor | None) -> list[_Item]:
    """Those of the items that the device does not have just so."""
    return [item for item in items if cursor is None or not cursor.knows(item)]
