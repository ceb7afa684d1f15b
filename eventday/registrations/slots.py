"""What changing a slot does to the people who registered for it: each function is one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from eventday.db import transaction
from eventday.programme import seats
from eventday.registrations import waiting
from eventday.registrations.domain import Status
from eventday.registrations.errors import CapacityBelowTaken
from eventday.registrations.models import Registration


@dataclass(frozen=True)
class Cancelled:
    """How many people had a seat or waited when a slot was cancelled."""

    confirmed: int
    waiting: int


def change_capacity(slot_id: UUID, capacity: int, *, now: datetime) -> list[UUID]:
    """Give a slot another number of seats; who waits moves up into new ones. Returns their registrations.

    Raises: NotFound, CapacityBelowTaken.
    """
    with transaction() as session:
        seats.lock(session, slot_id)
        if not seats.set_capacity(session, slot_id, capacity):
            confirmed = select(func.count()).where(Registration.slot_id == slot_id, Registration.status == Status.CONFIRMED)
            raise CapacityBelowTaken(taken=session.execute(confirmed).scalar_one())
        return waiting.move_up(session, slot_id, now=now)


def cancel_slot(slot_id: UUID, *, now: datetime) -> Cancelled:
    """Cancel a slot and every registration at it; a second time nothing happens. Raises: NotFound."""
    with transaction() as session:
        seats.lock(session, slot_id)
        counted = select(Registration.status, func.count()).where(Registration.slot_id == slot_id).group_by(Registration.status)
        people = {row[0]: row[1] for row in session.execute(counted)}
        if not seats.cancel(session, slot_id, now=now):
            return Cancelled(0, 0)
        standing = update(Registration).where(Registration.slot_id == slot_id, Registration.status != Status.CANCELLED)
        session.execute(standing.values(status=Status.CANCELLED, cancelled_at=now).execution_options(synchronize_session=False))
        return Cancelled(people.get(Status.CONFIRMED, 0), people.get(Status.WAITING, 0))
