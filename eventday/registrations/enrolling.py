"""Many people for one slot, all or nobody. What can be made ready is made before the transaction: while it lasts nobody else registers on SQLite."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from eventday.db import db, transaction
from eventday.kernel import ids
from eventday.kernel.errors import NotFound
from eventday.programme import seats
from eventday.programme.seats import OpenSlot
from eventday.registrations import indexing, issuing, keys, suspects, waiting
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Status
from eventday.registrations.issuing import StoredPass
from eventday.registrations.models import Household, Registration

_AT_ONCE = 50  # passes whose doubles are looked for together


@dataclass(frozen=True)
class _Newcomer:
    """Somebody of a request, and the pass that is made for them unless they have one: its values and codes."""

    request: RegistrationRequest
    person: PersonRequest
    values: dict[str, Any]
    drawn: StoredPass


@dataclass(frozen=True)
class Ready:
    """Requests of one way and commune with all that is written for them."""

    households: Sequence[tuple[UUID, RegistrationRequest]]
    people: Sequence[_Newcomer]


def ready(requests: Sequence[RegistrationRequest], *, now: datetime) -> Ready:
    """Draw and compute everything, outside of any transaction. Raises: NoFreeKey."""
    if not requests:
        return Ready((), ())
    with transaction() as session:  # what all passes of the event share: made once, kept whatever becomes of the list
        keys.signing_key(session, requests[0].event_id, now=now)
        issuing.consent_version(session, requests[0])
    households = [(ids.new(), request) for request in requests]
    return Ready(households, [one for household_id, request in households for one in _newcomers(request, household_id, now)])


def _newcomers(request: RegistrationRequest, household_id: UUID, now: datetime) -> list[_Newcomer]:
    found = []
    for person, key in zip(request.people, issuing.identities_of(request), strict=True):
        values = issuing.values_of(request, person, key, household_id, now)
        drawn = issuing.draw(db.session(), request, person, values["name"], now=now)
        found.append(_Newcomer(request, person, values, drawn))
    return found


def enrol(session: Session, all_of: Ready, slot_id: UUID, *, limit: int, now: datetime) -> None:
    """Give each a pass and a place at the slot, in their order; who stands there stays. Composes.

    Raises: as `service.register`; WaitingListFull with `place`, how many were placed before.
    """
    if not all_of.people:
        return
    (slot,) = seats.open_slots(session, [slot_id], now=now)
    if slot.event_id != all_of.people[0].request.event_id:
        raise NotFound
    issuing.add_households(session, all_of.households, now=now)
    stored = _passes(session, all_of.people, now)
    _forget_empty(session, all_of, stored)
    _tell_of(session, all_of.people, stored, now)
    waiting.place_all(session, _not_there_yet(session, stored, slot), slot, all_of.people[0].request.source, limit=limit, now=now)


def _passes(session: Session, people: Sequence[_Newcomer], now: datetime) -> list[StoredPass]:
    """In order of identity, as everybody takes them."""
    stored: dict[int, StoredPass] = {}
    for index in sorted(range(len(people)), key=lambda index: people[index].values["identity"] or b""):
        one = people[index]
        stored[index] = issuing.find_or_make(session, one.request, one.person, one.values, now=now, first=one.drawn)
    return [stored[index] for index in range(len(people))]


def _forget_empty(session: Session, all_of: Ready, stored: Sequence[StoredPass]) -> None:
    """A household whose people all had a pass already."""
    used = {one.values["household_id"] for one, made in zip(all_of.people, stored, strict=True) if made.is_new}
    empty = [household_id for household_id, _ in all_of.households if household_id not in used]
    for start in range(0, len(empty), 500):
        session.execute(delete(Household).where(Household.id.in_(empty[start : start + 500])))


def _tell_of(session: Session, people: Sequence[_Newcomer], stored: Sequence[StoredPass], now: datetime) -> None:
    """Make them findable, mark who may be a double, keep what they agreed to."""
    request = people[0].request
    made = [(new.id, new.name_key, one.request.phone) for one, new in zip(people, stored, strict=True) if new.is_new]
    indexing.index_all(session, request.commune_code, request.event_id, made)
    indexing.show_in(session, request.commune_code, {one.id for one in stored if not one.is_new})
    suspected = [one.id for one in stored if one.may_be_double]
    for start in range(0, len(suspected), _AT_ONCE):
        suspects.mark(session, suspected[start : start + _AT_ONCE])
    issuing.add_consents(session, request, {one.id for one in stored}, now=now)


def _not_there_yet(session: Session, stored: Sequence[StoredPass], slot: OpenSlot) -> list[UUID]:
    """Each once, in their order."""
    found = [one.id for one in stored if not one.is_new]
    standing = select(Registration.pass_id).where(Registration.slot_id == slot.id, Registration.status != Status.CANCELLED)
    there: set[UUID] = set()
    for start in range(0, len(found), 500):
        there |= set(session.scalars(standing.where(Registration.pass_id.in_(found[start : start + 500]))))
    return [pass_id for pass_id in dict.fromkeys(one.id for one in stored) if pass_id not in there]
