"""A repeated request gets the answer of the first (docs/decisions/0003).

The row is written in the transaction of the work: no work, no row. On PostgreSQL a concurrent repeat waits for it in the
insert, on SQLite for the write lock.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from eventday.db import core, db, table, transaction
from eventday.kernel.errors import Refusal
from eventday.web.models import IdempotencyKey

LIFE = timedelta(days=3)
_TABLE = table(IdempotencyKey)
_INSERTS = {
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.key),
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.key),
}
_SELECT = select(_TABLE.c.body_hash, _TABLE.c.response).where(_TABLE.c.bearer == bindparam("bearer"), _TABLE.c.key == bindparam("key"))
_KEEP = update(_TABLE).where(_TABLE.c.bearer == bindparam("of_bearer"), _TABLE.c.key == bindparam("of_key")).values(response=bindparam("answer"))


class IdempotencyKeyReused(Refusal):
    """The same key with another body."""

    code = "idempotency_key_reused"
    status = 422


@dataclass(frozen=True)
class IdempotentCall:
    """Whose key it is (a token's id; `form`), the key, and the hash of what is asked for."""

    bearer: str
    key: str
    body_hash: bytes

    @classmethod
    def of(cls, bearer: str, key: str, body: Any) -> "IdempotentCall":
        """`body` is what JSON can say, and ids and days as their text; the order of its fields does not matter. A long key is kept as its hash."""
        text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
        kept = key if len(key) <= 200 else hashlib.sha256(key.encode(errors="replace")).hexdigest()
        return cls(bearer, kept, hashlib.sha256(text.encode()).digest())


def kept(call: IdempotentCall) -> str | None:
    """What was kept for the key, read without a lock. Raises: IdempotencyKeyReused."""
    row = db.session.execute(_SELECT, {"bearer": call.bearer, "key": call.key}).first()
    return _same(call, row) if row else None


def claim(session: Session, call: IdempotentCall, *, now: datetime) -> str | None:
    """Make the key this transaction's, or return what was kept for it; waits for whoever is at work under it.

    Raises: IdempotencyKeyReused.
    """
    insert = _INSERTS[core(session).dialect.name]
    values = {"bearer": call.bearer, "key": call.key, "body_hash": call.body_hash, "response": None, "created_at": now}
    if core(session).execute(insert, values).first():
        return None
    return _same(call, core(session).execute(_SELECT, {"bearer": call.bearer, "key": call.key}).one())


def keep(session: Session, call: IdempotentCall, response: str) -> None:
    """Keep the answer under the claimed key. Bearer secrets do not belong in it: it is stored as it is."""
    core(session).execute(_KEEP, {"of_bearer": call.bearer, "of_key": call.key, "answer": response})


def forget(*, now: datetime) -> int:
    """Drop answers older than three days: nobody repeats so late, and they name people. One transaction; returns how many."""
    with transaction() as session:
        done = session.execute(delete(_TABLE).where(_TABLE.c.created_at < now - LIFE))
        return int(done.rowcount)  # type: ignore[attr-defined]


def _same(call: IdempotentCall, row: Any) -> str:
    if row.body_hash != call.body_hash:
        raise IdempotencyKeyReused
    return str(row.response)
