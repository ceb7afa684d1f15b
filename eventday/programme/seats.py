"""The counters of a slot: each change is one conditional update, so that no seat is given twice (docs/decisions/0003).

All functions compose: they are given the session of an open transaction. Whoever locks several slots does so in order of id.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from eventday.kernel.errors import NotFound
from eventday.programme import models
from eventday.programme.domain import Admission
from eventday.programme.errors import NoRegistrationNeeded, SlotCancelled, SlotClosed

_SLOT = models.Slot
_OPENNESS = (_SLOT.id, _SLOT.event_id, _SLOT.commune_code, _SLOT.starts_at, _SLOT.closes_at, _SLOT.cancelled_at, _SLOT.admission)


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
    plan_of_slot = and_(models.Plan.event_id == _SLOT.event_id, models.Plan.commune_code == _SLOT.commune_code)
    query = select(*_OPENNESS, models.Plan.published_at).outerjoin(models.Plan, plan_of_slot).where(_SLOT.id.in_(slot_ids))
    rows = sorted(session.execute(query), key=lambda row: row.id)
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
    return _change(session, slot_id, _SLOT.cancelled_at.is_(None), _SLOT.taken < _SLOT.capacity, _SLOT.waiting == 0, taken=_SLOT.taken + 1)


def join_queue(session: Session, slot_id: UUID, limit: int) -> int | None:
    """The next number of the queue, or None where `limit` people wait already."""
    return session.scalar(
        update(_SLOT)
        .where(_SLOT.id == slot_id, _SLOT.cancelled_at.is_(None), _SLOT.waiting < limit)
        .values(waiting=_SLOT.waiting + 1, queue=_SLOT.queue + 1)
        .returning(_SLOT.queue)
    )


def seat_from_queue(session: Session, slot_id: UUID) -> bool:
    """Turn one place in the queue into a seat, if one is free; the caller knows whose."""
    return _change(
        session,
        slot_id,
        _SLOT.cancelled_at.is_(None),
        _SLOT.taken < _SLOT.capacity,
        _SLOT.waiting > 0,
        taken=_SLOT.taken + 1,
        waiting=_SLOT.waiting - 1,
    )


def give_back_seat(session: Session, slot_id: UUID) -> None:
    """Free a seat that a cancelled registration held."""
    _change(session, slot_id, taken=_SLOT.taken - 1)


def leave_queue(session: Session, slot_id: UUID) -> None:
    """Free a place on the waiting list; its number is never given again."""
    _change(session, slot_id, waiting=_SLOT.waiting - 1)


def set_capacity(session: Session, slot_id: UUID, capacity: int) -> bool:
    """False where more seats than that are taken."""
    return _change(session, slot_id, (_SLOT.taken <= capacity) | (_SLOT.admission == Admission.OPEN), capacity=capacity)


def lock(session: Session, slot_id: UUID) -> None:
    """Wait for whoever is changing the slot; SQLite's transaction has the lock already. Raises: NotFound."""
    if session.scalar(select(_SLOT.id).where(_SLOT.id == slot_id).with_for_update()) is None:
        raise NotFound


def cancel(session: Session, slot_id: UUID, *, now: datetime) -> bool:
    """Mark a slot as cancelled and empty its counters; False where it was already."""
    return _change(session, slot_id, _SLOT.cancelled_at.is_(None), cancelled_at=now, taken=0, waiting=0)


def _change(session: Session, slot_id: UUID, *conditions: ColumnElement[bool], **values: Any) -> bool:
    done = session.execute(update(_SLOT).where(_SLOT.id == slot_id, *conditions).values(**values).execution_options(synchronize_session=False))
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]
