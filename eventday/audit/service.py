"""Writing down what was done, in the transaction that does it."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from eventday.access.actor import acting
from eventday.audit.domain import FIRST, Entry, hash_of, kept, label_of
from eventday.audit.models import Entry as EntryRow
from eventday.audit.models import Head
from eventday.db import at_the_end

_NOTED = "audit_noted"


def note(
    session: Session,
    commune: str,
    action: str,
    subject: tuple[str, str],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    now: datetime,
) -> None:
    """Add what was done to the commune's chain (or to a province's or the country's: its code, or `country`), by who acts now.

    `subject` is (kind, id as text); a `title` or `name` among its values is kept as what it is called. `before` is None for what is
    new, `after` for what is gone; where both are there, only what differs is kept, and nothing where nothing does. May be called at
    any point of the transaction: the chain's head is locked last of all locks. Words for it stand in `audit/messages`.
    """
    old, new = kept(subject[0], before, after)
    if before is not None and after is not None and not new:
        return
    noted: list[Entry] = session.info.setdefault(_NOTED, [])
    if not noted:
        at_the_end(session, lambda: _write(session, noted))
    who = acting()
    label = label_of(subject[0], before, after)
    noted.append(Entry(commune, 0, now, who.kind, who.id[:80], action, *subject, label, old, new))


def note_of_staff(
    session: Session,
    commune: str,
    action: str,
    subject: tuple[str, str],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    now: datetime,
) -> None:
    """As `note`, but only where a signed-in person or an API token acts.

    For what residents and scanners do through the same services: registrations and check-ins are their own log.
    """
    if acting().kind in ("person", "token"):
        note(session, commune, action, subject, before, after, now)


def _write(session: Session, noted: list[Entry]) -> None:
    for chain, entries in groupby(sorted(noted, key=lambda entry: entry.chain), key=lambda entry: entry.chain):
        _append(session, chain, list(entries))


def _append(session: Session, chain: str, entries: list[Entry]) -> None:
    count, last = _lock_head(session, chain)
    rows = []
    for number, entry in enumerate(entries, count + 1):
        values = {**vars(entry), "number": number}
        previous, last = last, hash_of(Entry(**values), last)
        rows.append({**values, "previous": previous, "hash": last})
    session.execute(insert(EntryRow), rows)
    session.execute(update(Head).where(Head.chain == chain).values(count=count + len(rows), hash=last))


def _lock_head(session: Session, chain: str) -> tuple[int, bytes]:
    """How many entries the chain has and the hash of the last; its row stays locked until the end of the transaction."""
    locked = select(Head.count, Head.hash).where(Head.chain == chain).with_for_update()
    found = session.execute(locked).first()
    if found is None:
        fresh = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        session.execute(fresh(Head).values(chain=chain, count=0, hash=FIRST).on_conflict_do_nothing())
        found = session.execute(locked).one()
    count, last = found
    return count, last
