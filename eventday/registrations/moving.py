"""What the desk does with one registration: take it to another slot, give the person one more. Each is one transaction.

Locks in the order of `service`: the pass, then slots by id, last the audit's head.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import transaction
from eventday.kernel.errors import NotFound
from eventday.programme import seats
from eventday.registrations import merged, service, waiting
from eventday.registrations.domain import Placed, Source, Status
from eventday.registrations.errors import RegisteredThere
from eventday.registrations.models import Pass, Registration


def move(registration_id: UUID, slot_id: UUID, *, now: datetime) -> Placed:
    """Take a person to another slot of the event: a seat there or the next place in its queue; the seat left behind moves the waiting up.

    Raises: NotFound, RegisteredThere, SlotClosed, SlotCancelled, NoRegistrationNeeded, WaitingListFull; then nothing has happened.
    """
    with transaction() as session:
        found = _locked(session, registration_id)
        for each in sorted({found.slot_id, slot_id}):
            seats.lock(session, each)
        target = seats.open_slots(session, [slot_id], now=now)[0]
        if target.event_id != found.event_id or not waiting.stands(session, found.id):
            raise NotFound
        if _stands_at(session, found.pass_id, slot_id):
            raise RegisteredThere
        placed = service.add_in(session, found.pass_id, found.event_id, [slot_id], Source.DESK, now=now)[0]
        waiting.end(session, found.id, found.slot_id, now=now)
        waiting.move_up(session, found.slot_id, now=now)
        before, after = {"slot_id": found.slot_id, "status": found.status}, {"slot_id": slot_id, "status": placed.status}
        note(session, found.commune_code, "moved", ("registration", str(placed.id)), before, after, now)
        return placed


def add(pass_id: UUID, slot_id: UUID, *, now: datetime) -> Placed:
    """Register somebody for one more slot. Raises: NotFound, SlotClosed, SlotCancelled, NoRegistrationNeeded, WaitingListFull."""
    with transaction() as session:
        found = merged.lock(session, merged.ASKED.id == pass_id)
        if found is None:
            raise NotFound
        placed = service.add_in(session, found.id, found.event_id, [slot_id], Source.DESK, now=now)[0]
        note(session, found.commune_code, "added", ("registration", str(placed.id)), None, {"slot_id": slot_id, "status": placed.status}, now)
        return placed


def _locked(session: Session, registration_id: UUID) -> Any:
    """The registration, its pass locked; its status may change until its slot is locked too. Raises: NotFound."""
    columns = (Registration.id, Registration.pass_id, Registration.slot_id, Registration.event_id, Registration.commune_code, Registration.status)
    query = select(*columns).where(Registration.id == registration_id)
    found = session.execute(query).first()
    while found:
        session.execute(select(Pass.id).where(Pass.id == found.pass_id).with_for_update(key_share=True))
        before, found = found, session.execute(query).first()
        if found and found.pass_id == before.pass_id:  # else the pass was merged while we waited for it
            return found
    raise NotFound


def _stands_at(session: Session, pass_id: UUID, slot_id: UUID) -> bool:
    query = select(Registration.id).where(Registration.pass_id == pass_id, Registration.slot_id == slot_id, Registration.status != Status.CANCELLED)
    return session.execute(query).first() is not None
