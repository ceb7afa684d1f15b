"""Guessing passwords is slowed: tries are counted in the database, so that the limit holds over processes and restarts."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from eventday.access.models import Guesses
from eventday.db import transaction
from eventday.kernel.errors import Refusal

WINDOW = timedelta(minutes=15)


class TooManyGuesses(Refusal):
    """Too many tries; `seconds` until the next may be made."""

    code = "too_many_guesses"
    status = 429


def key(*parts: str) -> bytes:
    """What a count is kept under; it cannot be read back into an address or a name without guessing."""
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).digest()


def count(limits: Mapping[bytes, int], *, now: datetime) -> None:
    """Count a try under each key before it is made, so that tries made at once cannot pass together. One transaction.

    Raises: TooManyGuesses where one of the limits is reached; then nothing is counted.
    """
    with transaction() as session:
        for each in sorted(limits):
            _count_one(session, each, limits[each], now)


def give_back(keys: Mapping[bytes, int], *, now: datetime) -> None:
    """The try was right: it is no guess."""
    with transaction() as session:
        for each in sorted(keys):
            session.execute(update(Guesses).where(Guesses.key == each, Guesses.count > 0).values(count=Guesses.count - 1))
    forget(now=now)


def forget(*, now: datetime) -> int:
    """Drop counts that no longer slow anybody. One transaction; returns how many."""
    with transaction() as session:
        done = session.execute(delete(Guesses).where(Guesses.since <= now - 2 * WINDOW))
        return int(done.rowcount)  # type: ignore[attr-defined]


def _count_one(session: Session, each: bytes, limit: int, now: datetime) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(Guesses).values(key=each, count=0, since=now).on_conflict_do_nothing())
    found = session.execute(select(Guesses.count, Guesses.since).where(Guesses.key == each).with_for_update()).one()
    number, since = found
    if since <= now - WINDOW:
        number, since = 0, now
    if number >= limit:
        raise TooManyGuesses(seconds=max(1, int((since + WINDOW - now).total_seconds())))
    session.execute(update(Guesses).where(Guesses.key == each).values(count=number + 1, since=since))
