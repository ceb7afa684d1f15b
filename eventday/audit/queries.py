"""Walking chains to verify them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import chain as chained
from typing import Any

from sqlalchemy import select, union

from eventday.audit import models
from eventday.audit.chains import End, Fault, Link, first_fault
from eventday.audit.domain import Entry
from eventday.db import db

_FIELDS = [field.name for field in fields(Entry)]
_ENTRY = [getattr(models.Entry, name) for name in (*_FIELDS, "previous", "hash")]
_LINKS = select(*_ENTRY).order_by(models.Entry.number).execution_options(yield_per=500)


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
