"""Placing people at a slot: a seat or the next place in the queue, and moving up. All functions compose; the caller commits.

Whoever changes a slot's registrations holds the slot's row (the counter's update, or `seats.lock`), then touches registrations:
never the other way round, so that no two of them wait for each other.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from eventday.db import core, table
from eventday.kernel import ids
from eventday.programme import seats
from eventday.programme.seats import OpenSlot
from eventday.registrations.domain import Placed, Source, Status
from eventday.registrations.errors import WaitingListFull
from eventday.registrations.models import Registration

_TABLE = table(Registration)
_INSERT = insert(_TABLE)
_HERE = (_TABLE.c.slot_id == bindparam("slot"), _TABLE.c.status == Status.WAITING)
_WAITING_BEFORE = select(func.count()).where(*_HERE, _TABLE.c.commune_code == bindparam("commune"), _TABLE.c.queue <= bindparam("queue"))
_NEXT = select(_TABLE.c.id).where(*_HERE).order_by(_TABLE.c.queue).limit(1)
_THIS = _TABLE.c.id == bindparam("registration")
_STATUS = select(_TABLE.c.status).where(_THIS)
_MOVE_UP = update(_TABLE).where(_THIS).values(status=Status.CONFIRMED, moved_up_at=bindparam("now"))
_CANCEL = update(_TABLE).where(_THIS).values(status=Status.CANCELLED, cancelled_at=bindparam("now"))


def place(session: Session, pass_id: UUID, slot: OpenSlot, source: Source, *, limit: int, now: datetime) -> Placed:
    """A seat, else the next place in the queue. Raises: WaitingListFull where `limit` people wait; SlotCancelled."""
    taken, queue = _seat_or_queue(session, slot.id, limit)
    if not taken and queue is None:
        seats.lock(session, slot.id)  # a seat may have become free between the two: held, they cannot contradict each other
        taken, queue = _seat_or_queue(session, slot.id, limit)
    if not taken and queue is None:
        seats.open_slots(session, [slot.id], now=now)  # it may have been cancelled since we looked
        raise WaitingListFull(slot=str(slot.id))
    return _add(session, pass_id, slot, source, Status.CONFIRMED if taken else Status.WAITING, queue, now)


def _seat_or_queue(session: Session, slot_id: UUID, limit: int) -> tuple[bool, int | None]:
    taken = seats.take_seat(session, slot_id)
    return taken, None if taken else seats.join_queue(session, slot_id, limit)


def place_all(session: Session, pass_ids: Sequence[UUID], slot: OpenSlot, source: Source, *, limit: int, now: datetime) -> None:
    """Seats for the first of them, places in the queue for the others. Raises: WaitingListFull with `place`, how many had one; SlotCancelled."""
    seats.lock(session, slot.id)
    seated = seats.take_seats(session, slot.id, len(pass_ids))
    rows = [_values(one, slot, source, Status.CONFIRMED, None, now) for one in pass_ids[:seated]]
    for place, pass_id in enumerate(pass_ids[seated:], seated):
        queue = seats.join_queue(session, slot.id, limit)
        if queue is None:
            seats.open_slots(session, [slot.id], now=now)  # as above
            raise WaitingListFull(slot=str(slot.id), place=place)
        rows.append(_values(pass_id, slot, source, Status.WAITING, queue, now))
    if rows:
        core(session).execute(_INSERT, rows)


def seat(session: Session, pass_id: UUID, slot: OpenSlot, source: Source, *, now: datetime) -> Placed | None:
    """A seat for somebody who stands at the door, or None: they do not queue."""
    return _add(session, pass_id, slot, source, Status.CONFIRMED, None, now) if seats.take_seat(session, slot.id) else None


def _add(session: Session, pass_id: UUID, slot: OpenSlot, source: Source, status: Status, queue: int | None, now: datetime) -> Placed:
    values = _values(pass_id, slot, source, status, queue, now)
    core(session).execute(_INSERT, values)
    return Placed(values["id"], slot.id, status, position(session, slot.commune_code, slot.id, queue) if queue is not None else None)


def _values(pass_id: UUID, slot: OpenSlot, source: Source, status: Status, queue: int | None, now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {"id": ids.new(), "pass_id": pass_id, "slot_id": slot.id, "event_id": slot.event_id, "commune_code": slot.commune_code}
    return values | {"status": status, "queue": queue, "source": source, "created_at": now, "moved_up_at": None, "cancelled_at": None}


def position(session: Session, commune: str, slot_id: UUID, queue: int) -> int:
    """How many wait up to this number of the queue, itself among them."""
    return core(session).execute(_WAITING_BEFORE, {"commune": commune, "slot": slot_id, "queue": queue}).scalar_one()


def move_up(session: Session, slot_id: UUID, *, now: datetime) -> list[UUID]:
    """Give free seats to who waits, in order; returns their registrations. The caller holds the slot's row."""
    moved: list[UUID] = []
    while (first := core(session).scalar(_NEXT, {"slot": slot_id})) and seats.seat_from_queue(session, slot_id):
        core(session).execute(_MOVE_UP, {"registration": first, "now": now})
        moved.append(first)
    return moved


def stands(session: Session, registration_id: UUID) -> bool:
    """Whether it is not cancelled. The caller holds the slot's row."""
    return core(session).scalar(_STATUS, {"registration": registration_id}) != Status.CANCELLED


def end(session: Session, registration_id: UUID, slot_id: UUID, *, now: datetime) -> bool:
    """Cancel one registration and give back what it held; False where it was cancelled already. The caller holds the slot's row."""
    status = core(session).scalar(_STATUS, {"registration": registration_id})
    if status == Status.CANCELLED:
        return False
    core(session).execute(_CANCEL, {"registration": registration_id, "now": now})
    if status == Status.CONFIRMED:
        seats.give_back_seat(session, slot_id)
    else:
        seats.leave_queue(session, slot_id)
    return True
