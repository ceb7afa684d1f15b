"""UUIDs of version 7 (RFC 9562 §5.7): sorted by the time they were made."""

import os
import threading
import time
from datetime import timedelta
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new() -> UUID:
    """A fresh UUIDv7: 48 bits of milliseconds, 74 random bits. One process never makes a smaller one after a greater one."""
    global _last
    random = os.urandom(14)
    value = (time.time_ns() // 1_000_000 & (1 << 48) - 1) << 74 | int.from_bytes(random[:10], "big") >> 6
    with _lock:
        _last = value = value if value > _last else _last + 1 + int.from_bytes(random[10:], "big")
    milliseconds, middle, rest = value >> 74, value >> 62 & 0xFFF, value & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 0x7 << 76 | middle << 64 | 0b10 << 62 | rest)


def made_within(ago: timedelta) -> UUID:
    """Smaller than all that were made from so long ago on, however the clock of the day is shifted."""
    milliseconds = time.time_ns() // 1_000_000 - int(ago.total_seconds() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0b10 << 62)


def parse(text: object) -> UUID | None:
    """The UUID a text spells, or None."""
    try:
        return UUID(text) if isinstance(text, str) and len(text) == 36 else None
    except ValueError:
        return None
