"""An organiser's list of facts, each with its outcome as it stands: three statements a page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from eventday.checkins import facts
from eventday.checkins.domain import Settled
from eventday.checkins.models import CheckIn
from eventday.db import db
from eventday.programme.domain import Slot
from eventday.registrations.models import Pass
from eventday.registrations.passes import format_code

PAGE = 200
After = tuple[datetime, UUID, UUID]


@dataclass(frozen=True)
class Listed:
    """A fact as stored. `code` is the pass's typed code."""

    id: UUID
    device_id: UUID
    sequence: int
    pass_id: UUID | None
    code: str | None
    slot_id: UUID | None
    at: datetime
    received_at: datetime
    kind: str
    by: str
    settled: Settled

    @property
    def place(self) -> After:
        return (self.received_at, self.device_id, self.id)


def facts_at(slot: Slot, *, after: After | None, limit: int) -> list[Listed]:
    """The facts that devices of the slot's commune sent for it, in the order in which they arrived, from behind `after` on."""
    order = (CheckIn.received_at, CheckIn.device_id, CheckIn.id)
    query = (
        select(CheckIn, Pass.typed)
        .outerjoin(Pass, Pass.id == CheckIn.pass_id)
        .where(CheckIn.commune_code == slot.commune_code, CheckIn.slot_id == slot.id, CheckIn.event_id == slot.event_id)
        .order_by(*order)
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(*order) > tuple_(*after))
    rows = db.session.execute(query).all()
    keys = [(row.CheckIn.device_id, row.CheckIn.id) for row in rows]
    settled = facts.settled(db.session(), keys, {row.CheckIn.pass_id for row in rows if row.CheckIn.pass_id})
    return [_listed(row, settled[key][1]) for row, key in zip(rows, keys, strict=True)]


def _listed(row: Any, settled: Settled) -> Listed:
    fact: CheckIn = row.CheckIn
    return Listed(
        id=fact.id,
        device_id=fact.device_id,
        sequence=fact.sequence,
        pass_id=fact.pass_id,
        code=format_code(row.typed) if row.typed else None,
        slot_id=fact.slot_id,
        at=fact.at,
        received_at=fact.received_at,
        kind=fact.kind,
        by=fact.by,
        settled=settled,
    )
