"""What changing a slot does to the people who registered for it: each function without a session is one transaction.

Locks: the plan, then its slots in order of id.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import transaction
from eventday.kernel.errors import NotFound
from eventday.programme import occurrences, records, seats
from eventday.programme.drafts import Occurrence, OccurrenceDraft
from eventday.programme.errors import PlaceNeeded, SlotCancelled
from eventday.programme.service import begin_plan
from eventday.registrations import waiting
from eventday.registrations.domain import Status
from eventday.registrations.errors import AdmissionFixed, CapacityBelowTaken, SlotHadPeople
from eventday.registrations.models import Registration
from eventday.web.edits import refuse_stale


@dataclass(frozen=True)
class Cancelled:
    """How many people had a seat or waited when a slot was cancelled."""

    confirmed: int
    waiting: int


def change_slot(event_id: UUID, commune: str, slot_id: UUID, draft: OccurrenceDraft, *, seen: str | None, now: datetime) -> list[UUID]:
    """Change when, where and for how many; who waits moves up into new seats. Returns their registrations.

    A slot that nobody ever registered for may become a wish again. Raises: NotFound, Stale, BadSlot, SlotCancelled, PlaceNeeded,
    AdmissionFixed, CapacityBelowTaken, SpaceGone.
    """
    with occurrences.in_a_space(), transaction() as session:
        begin_plan(session, event_id, commune)
        refuse_stale(seen, records.occurrence(session, event_id, commune, slot_id).seen)  # a wish again, it may be
        before = _locked(session, event_id, commune, slot_id)
        refuse_stale(seen, before.seen)
        occurrences.refuse_wrong(session, event_id, draft)
        moved = _unplace(session, event_id, commune, before, draft) if draft.lacks(before.kind) else _change(session, before, draft, now)
        occurrences.noted(session, event_id, commune, before, now)
        return moved


def _locked(session: Session, event_id: UUID, commune: str, slot_id: UUID) -> Occurrence:
    """The slot as it stands, nobody registering meanwhile. Raises: NotFound, SlotCancelled."""
    records.occurrence(session, event_id, commune, slot_id)
    seats.lock(session, slot_id)
    found = records.occurrence(session, event_id, commune, slot_id)
    if found.cancelled_at:
        raise SlotCancelled(slot=str(slot_id))
    return found


def _change(session: Session, before: Occurrence, draft: OccurrenceDraft, now: datetime) -> list[UUID]:
    if draft.admission is not before.admission and before.people:
        raise AdmissionFixed(people=before.people)
    occurrences.change_in(session, before, draft)
    _set_capacity(session, before.id, draft.capacity or 0)
    return waiting.move_up(session, before.id, now=now)


def _unplace(session: Session, event_id: UUID, commune: str, before: Occurrence, draft: OccurrenceDraft) -> list[UUID]:
    if _registered(session, [before.id]):
        raise PlaceNeeded
    occurrences.replace(session, event_id, commune, before, draft)
    return []


def change_capacity(slot_id: UUID, capacity: int, *, now: datetime) -> list[UUID]:
    """Give a slot another number of seats; who waits moves up into new ones. Returns their registrations.

    Raises: NotFound, CapacityBelowTaken.
    """
    with transaction() as session:
        seats.lock(session, slot_id)
        _set_capacity(session, slot_id, capacity)
        return waiting.move_up(session, slot_id, now=now)


def _set_capacity(session: Session, slot_id: UUID, capacity: int) -> None:
    if not seats.set_capacity(session, slot_id, capacity):
        confirmed = select(func.count()).where(Registration.slot_id == slot_id, Registration.status == Status.CONFIRMED)
        raise CapacityBelowTaken(taken=session.execute(confirmed).scalar_one())


def cancel_slot(slot_id: UUID, *, now: datetime) -> Cancelled:
    """Cancel a slot and every registration at it; a second time nothing happens. Raises: NotFound."""
    with transaction() as session:
        commune = seats.lock(session, slot_id)
        counted = select(Registration.status, func.count()).where(Registration.slot_id == slot_id).group_by(Registration.status)
        people = {row[0]: row[1] for row in session.execute(counted)}
        if not seats.cancel(session, slot_id, now=now):
            return Cancelled(0, 0)
        standing = update(Registration).where(Registration.slot_id == slot_id, Registration.status != Status.CANCELLED)
        session.execute(standing.values(status=Status.CANCELLED, cancelled_at=now).execution_options(synchronize_session=False))
        touched = Cancelled(people.get(Status.CONFIRMED, 0), people.get(Status.WAITING, 0))
        note(session, commune, "cancelled", ("slot", str(slot_id)), {**vars(touched), "cancelled_at": None}, {"cancelled_at": now}, now)
        return touched


def reopen_slot(event_id: UUID, commune: str, slot_id: UUID, *, now: datetime) -> None:
    """Take a cancelling back, where nobody lost a place by it; a second time nothing happens. Raises: NotFound, SlotHadPeople,
    PlaceNeeded (its room was deleted), BadSlot (the event has its day no more).
    """
    with transaction() as session:
        begin_plan(session, event_id, commune)
        if not records.occurrence(session, event_id, commune, slot_id).is_slot:
            raise NotFound
        seats.lock(session, slot_id)
        before = records.occurrence(session, event_id, commune, slot_id)
        if _lost_a_place(session, before):
            raise SlotHadPeople
        if before.cancelled_at:
            _refuse_unplaced(session, event_id, before)
            seats.reopen(session, slot_id)
            note(session, commune, "restored", ("slot", str(slot_id)), {"cancelled_at": before.cancelled_at}, {"cancelled_at": None}, now)


def _refuse_unplaced(session: Session, event_id: UUID, slot: Occurrence) -> None:
    if slot.draft.lacks(slot.kind):
        raise PlaceNeeded
    occurrences.refuse_wrong(session, event_id, slot.draft)


def _lost_a_place(session: Session, slot: Occurrence) -> bool:
    query = select(Registration.id).where(Registration.slot_id == slot.id, Registration.cancelled_at == slot.cancelled_at)
    return slot.cancelled_at is not None and session.scalar(query.limit(1)) is not None


def refuse_where_registered(session: Session, slot_ids: Collection[UUID]) -> None:
    """What a slot's removal asks first: whoever ever registered keeps it. Locks the slots, in the order given. Raises: SlotHadPeople."""
    for slot_id in slot_ids:
        seats.lock(session, slot_id)
    if _registered(session, slot_ids):
        raise SlotHadPeople


def _registered(session: Session, slot_ids: Collection[UUID]) -> bool:
    return session.scalar(select(Registration.id).where(Registration.slot_id.in_(slot_ids)).limit(1)) is not None
