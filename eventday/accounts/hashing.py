"""Argon2id, with a bound on how much of it runs at once: each hash costs 46 MiB and a tenth of a second of a processor."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from eventday.accounts.domain import normal
from eventday.kernel.errors import TryLater

HASHER = PasswordHasher(time_cost=2, memory_cost=47104, parallelism=1)
AT_ONCE, WAITING = 1, 6  # in each process: of its 16 threads, most stay free for who is in already
_COMMON = Path(__file__).parent / "data" / "common-passwords.txt"
_room = threading.BoundedSemaphore(AT_ONCE + WAITING)
_running = threading.BoundedSemaphore(AT_ONCE)


@cache
def common_passwords() -> frozenset[str]:
    """What is tried first by whoever guesses, in small letters."""
    return frozenset(_COMMON.read_text(encoding="utf-8").splitlines())


@cache
def _nobody() -> str:
    """A hash that no password fits: whoever does not exist is checked for as long as who does."""
    return HASHER.hash("no password is this one, whatever is typed")


def hash_of(password: str) -> str:
    """Raises: TryLater."""
    with _turn():
        return HASHER.hash(normal(password))


def fits(password: str, hashed: str | None) -> bool:
    """Whether the password is the one of the hash; takes as long where there is none. Raises: TryLater."""
    against = hashed or _nobody()
    with _turn():
        try:
            HASHER.verify(against, normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return hashed is not None


def is_outdated(hashed: str) -> bool:
    """Whether the hash was made with less work than is asked for now."""
    return HASHER.check_needs_rehash(hashed)


@contextmanager
def _turn() -> Iterator[None]:
    if not _room.acquire(blocking=False):
        raise TryLater(seconds=2)
    try:
        with _running:
            yield
    finally:
        _room.release()
