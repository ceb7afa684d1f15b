"""Reading the audit: whole chains to verify them, a page of entries to read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import chain as chained
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_, union

from eventday.audit import models
from eventday.audit.chains import End, Fault, Link, first_fault
from eventday.audit.domain import Entry
from eventday.db import db

_FIELDS = [field.name for field in fields(Entry)]
_ENTRY = [getattr(models.Entry, name) for name in (*_FIELDS, "previous", "hash")]
_LINKS = select(*_ENTRY).order_by(models.Entry.number).execution_options(yield_per=500)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries: of whom (an actor's id), of which kind of thing, of one thing, from a moment on and before another. Empty: all."""

    actor_id: str = ""
    kind: str = ""
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Verified:
    """A chain that was walked: how many entries its head tells of and the last hash (0 and none where the head is gone), the first fault."""

    chain: str
    count: int
    hash: bytes
    fault: Fault | None


def chains() -> list[str]:
    """All chains there are, also those whose head is gone."""
    return sorted(db.session.scalars(union(select(models.Head.chain), select(models.Entry.chain))))


def verify(chain: str) -> Verified:
    """Walk one chain from its first entry. Others may add to it meanwhile: its head and its entries are read in one statement."""
    head_columns = models.Head.count.label("head_count"), models.Head.hash.label("head_hash")
    with_head = _LINKS.add_columns(*head_columns).select_from(models.Head).outerjoin(models.Entry, models.Entry.chain == models.Head.chain)
    rows = iter(db.session.execute(with_head.where(models.Head.chain == chain)))
    first = next(rows, None)
    if first is None:
        return Verified(chain, 0, b"", first_fault(_links(db.session.execute(_LINKS.where(models.Entry.chain == chain))), None))
    end = End(first.head_count, first.head_hash)
    return Verified(chain, end.count, end.hash, first_fault(_links(chained([first], rows)), end))


def _links(rows: Iterable[Any]) -> Iterator[Link]:
    """A head without entries comes as one row without a number."""
    return (Link(_entry(row), row.previous, row.hash) for row in rows if row.number is not None)


def _entry(row: Any) -> Entry:
    return Entry(**{name: getattr(row, name) for name in _FIELDS})


def entries(chain: str, wanted: Wanted, *, after: int | None = None, limit: int = 50) -> list[Entry]:
    """The newest entries of a chain, or those older than the entry numbered `after`: one statement, by an index whatever is wanted."""
    query = select(*(getattr(models.Entry, name) for name in _FIELDS)).where(models.Entry.chain == chain, *_conditions(wanted))
    if after is not None:
        at = select(models.Entry.at).where(models.Entry.chain == chain, models.Entry.number == after).scalar_subquery()
        query = query.where(tuple_(models.Entry.at, models.Entry.number) < tuple_(at, after))
    rows = db.session.execute(query.order_by(models.Entry.at.desc(), models.Entry.number.desc()).limit(limit))
    return [_entry(row) for row in rows]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    exact = {models.Entry.actor_id: wanted.actor_id, models.Entry.subject_kind: wanted.kind, models.Entry.subject_id: wanted.subject_id}
    found: list[ColumnElement[bool]] = [column == value for column, value in exact.items() if value]
    if wanted.since:
        found.append(models.Entry.at >= wanted.since)
    if wanted.until:
        found.append(models.Entry.at < wanted.until)
    return found


def actors(chain: str) -> list[tuple[str, str]]:
    """(kind, id) of everybody who is in a chain: a step through the index for each, however long the chain is."""
    here = models.Entry.chain == chain
    found = select(func.min(models.Entry.actor_id).label("id")).where(here).cte("actor_ids", recursive=True)
    next_id = select(func.min(models.Entry.actor_id)).where(here, models.Entry.actor_id > found.c.id).scalar_subquery()
    found = found.union_all(select(next_id).where(found.c.id.is_not(None)))
    kind = select(models.Entry.actor_kind).where(here, models.Entry.actor_id == found.c.id).order_by(models.Entry.at).limit(1).scalar_subquery()
    return [(row.kind, row.id) for row in db.session.execute(select(kind.label("kind"), found.c.id).where(found.c.id.is_not(None)))]
