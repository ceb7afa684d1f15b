"""UUIDs of version 7 (RFC 9562 §5.7): sorted by the time they were made."""

import os
import time
from uuid import UUID


def new() -> UUID:
    """A fresh UUIDv7: 48 bits of milliseconds, 74 random bits."""
    random = int.from_bytes(os.urandom(10), "big")
    milliseconds = time.time_ns() // 1_000_000
    return UUID(int=(milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (random >> 68 & 0xFFF) << 64 | 0b10 << 62 | random & (1 << 62) - 1)


def parse(text: object) -> UUID | None:
    """The UUID a text spells, or None."""
    try:
        return UUID(text) if isinstance(text, str) and len(text) == 36 else None
    except ValueError:
        return None
