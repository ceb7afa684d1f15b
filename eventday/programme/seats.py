"""The counters of a slot: each change is one conditional update, so that no seat is given twice (docs/decisions/0003).

All functions compose: they are given the session of an open transaction. Whoever locks several slots does so in order of id.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Update, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from eventday.db import core, table
from eventday.kernel.errors import NotFound
from eventday.programme import models
from eventday.programme.domain import Admission
from eventday.programme.errors import NoRegistrationNeeded, SlotCancelled, SlotClosed

_SLOTS, _PLANS = table(models.Slot), table(models.Plan)
_SLOT, _PLAN = _SLOTS.c, _PLANS.c
_OPENNESS = (
    select(_SLOT.id, _SLOT.event_id, _SLOT.commune_code, _SLOT.starts_at, _SLOT.closes_at, _SLOT.cancelled_at, _SLOT.admission, _PLAN.published_at)
    .select_from(_SLOTS.outerjoin(_PLANS, and_(_PLAN.event_id == _SLOT.event_id, _PLAN.commune_code == _SLOT.commune_code)))
    .where(_SLOT.id.in_(bindparam("ids", expanding=True)))
)
_THIS = _SLOT.id == bindparam("slot")
_STANDS = _SLOT.cancelled_at.is_(None)
_TAKE = update(_SLOTS).where(_THIS, _STANDS, _SLOT.taken < _SLOT.capacity, _SLOT.waiting == 0).values(taken=_SLOT.taken + 1)
_JOIN = (
    update(_SLOTS)
    .where(_THIS, _STANDS, _SLOT.waiting < bindparam("limit"), or_(_SLOT.taken >= _SLOT.capacity, _SLOT.waiting > 0))
    .values(waiting=_SLOT.waiting + 1, queue=_SLOT.queue + 1)
    .returning(_SLOT.queue)
)
_SEAT_FROM_QUEUE = (
    update(_SLOTS).where(_THIS, _STANDS, _SLOT.taken < _SLOT.capacity, _SLOT.waiting > 0).values(taken=_SLOT.taken + 1, waiting=_SLOT.waiting - 1)
)
_GIVE_BACK = update(_SLOTS).where(_THIS).values(taken=_SLOT.taken - 1)
_LEAVE = update(_SLOTS).where(_THIS).values(waiting=_SLOT.waiting - 1)
_LOCKED = select(_SLOT.commune_code).where(_THIS).with_for_update()


@dataclass(frozen=True)
class OpenSlot:
    """A slot that people can register for now."""

    id: UUID
    event_id: UUID
    commune_code: str
    starts_at: datetime


def open_slots(session: Session, slot_ids: Collection[UUID], *, now: datetime) -> list[OpenSlot]:
    """The slots in order of id, all of them open for registration.

    Raises: NotFound, SlotCancelled, NoRegistrationNeeded, SlotClosed (over, or the plan is not published).
    """
    if not slot_ids:
        return []
    rows = sorted(core(session).execute(_OPENNESS, {"ids": list(slot_ids)}), key=lambda row: row.id)
    if len(rows) < len(set(slot_ids)):
        raise NotFound
    for row in rows:
        _check_open(row, now)
    return [OpenSlot(row.id, row.event_id, row.commune_code, row.starts_at) for row in rows]


def _check_open(row: Any, now: datetime) -> None:
    if row.cancelled_at:
        raise SlotCancelled(slot=str(row.id))
    if row.admission == Admission.OPEN:
        raise NoRegistrationNeeded(slot=str(row.id))
    if row.published_at is None or now >= (row.closes_at or row.starts_at):
        raise SlotClosed(slot=str(row.id))


def take_seat(session: Session, slot_id: UUID) -> bool:
    """Take a seat for a newcomer: only if one is free and nobody waits."""
    return _done(session, _TAKE, slot_id)


def take_seats(session: Session, slot_id: UUID, many: int) -> int:
    """As `take_seat` so many times at once; how many were taken."""
    return core(session).execute(_TAKE, [{"slot": slot_id}] * many).rowcount if many else 0


def join_queue(session: Session, slot_id: UUID, limit: int) -> int | None:
    """The next number of the queue, or None where `limit` people wait already, or nobody and a seat is free."""
    number: int | None = core(session).scalar(_JOIN, {"slot": slot_id, "limit": limit})
    return number


def seat_from_queue(session: Session, slot_id: UUID) -> bool:
    """Turn one place in the queue into a seat, if one is free; the caller knows whose."""
    return _done(session, _SEAT_FROM_QUEUE, slot_id)


def give_back_seat(session: Session, slot_id: UUID) -> None:
    """Free a seat that a cancelled registration held."""
    _done(session, _GIVE_BACK, slot_id)


def leave_queue(session: Session, slot_id: UUID) -> None:
    """Free a place on the waiting list; its number is never given again."""
    _done(session, _LEAVE, slot_id)


def set_capacity(session: Session, slot_id: UUID, capacity: int) -> bool:
    """False where more seats than that are taken."""
    fits = or_(_SLOT.taken <= capacity, _SLOT.admission == Admission.OPEN)
    return _done(session, update(_SLOTS).where(_THIS, fits).values(capacity=capacity), slot_id)


def lock(session: Session, slot_id: UUID) -> str:
    """Wait for whoever is changing the slot; SQLite's transaction has the lock already. Returns its commune. Raises: NotFound."""
    commune: str | None = core(session).scalar(_LOCKED, {"slot": slot_id})
    if commune is None:
        raise NotFound
    return commune


def cancel(session: Session, slot_id: UUID, *, now: datetime) -> bool:
    """Mark a slot as cancelled and empty its counters; False where it was already."""
    return _done(session, update(_SLOTS).where(_THIS, _STANDS).values(cancelled_at=now, taken=0, waiting=0), slot_id)


def reopen(session: Session, slot_id: UUID) -> None:
    """Take back that a slot was cancelled; its counters stay empty."""
    _done(session, update(_SLOTS).where(_THIS).values(cancelled_at=None), slot_id)


def cancel_event(session: Session, event_id: UUID, *, now: datetime) -> dict[str, int]:
    """Cancel all slots of an event that stand, in order of id, and empty their counters; how many of each commune. The caller holds the event."""
    mine = (_SLOT.event_id == event_id, _STANDS)
    held = core(session).scalars(select(_SLOT.commune_code).where(*mine).order_by(_SLOT.id).with_for_update()).all()
    core(session).execute(update(_SLOTS).where(*mine).values(cancelled_at=now, taken=0, waiting=0))
    return dict(Counter(held))


def reopen_event(session: Session, event_id: UUID, cancelled_at: datetime) -> None:
    """Take that back for the slots that were cancelled at that moment; their counters stay empty."""
    core(session).execute(update(_SLOTS).where(_SLOT.event_id == event_id, _SLOT.cancelled_at == cancelled_at).values(cancelled_at=None))


def _done(session: Session, statement: Update, slot_id: UUID) -> bool:
    return core(session).execute(statement, {"slot": slot_id}).rowcount == 1
