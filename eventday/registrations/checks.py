"""Do the counters of slots say what the registrations say? They change together; this compares them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from eventday.db import db
from eventday.programme import queries as programme
from eventday.programme.domain import Admission
from eventday.registrations.domain import Status
from eventday.registrations.models import Registration


@dataclass(frozen=True)
class Finding:
    """A slot where something is wrong. `code`: taken_differs, waiting_differs, seat_free_while_waiting."""

    slot_id: UUID
    code: str
    counted: int
    found: int


def seats_and_people() -> list[Finding]:
    """Everything that is wrong with the counters, over all events."""
    query = select(Registration.slot_id, Registration.status, func.count()).group_by(Registration.slot_id, Registration.status)
    facts = {(slot_id, status): count for slot_id, status, count in db.session.execute(query)}
    slots = [slot for event in programme.events() for slot in programme.slots(event.id) if slot.admission is Admission.SEATS]
    found: list[Finding] = []
    for slot in slots:
        confirmed, waiting = facts.get((slot.id, Status.CONFIRMED), 0), facts.get((slot.id, Status.WAITING), 0)
        if confirmed != slot.taken:
            found.append(Finding(slot.id, "taken_differs", slot.taken, confirmed))
        if waiting != slot.waiting:
            found.append(Finding(slot.id, "waiting_differs", slot.waiting, waiting))
        if waiting and confirmed < slot.capacity and not slot.cancelled_at:
            found.append(Finding(slot.id, "seat_free_while_waiting", slot.capacity - confirmed, waiting))
    return found
