"""Calling a whole event off, and taking that back while nobody lost a place by it: each function without a session is one transaction.

Locks: the event, then its slots in order of id; who changes a plan holds the event first as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select, update
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import db, transaction
from eventday.programme import events, records, seats
from eventday.registrations.domain import Status
from eventday.registrations.errors import EventHadPeople
from eventday.registrations.models import Registration


@dataclass(frozen=True)
class People:
    """Who stands registered: how many people, and of their registrations those with a seat and those that wait."""

    people: int = 0
    confirmed: int = 0
    waiting: int = 0


def people_of(event_id: UUID) -> dict[str, People]:
    """By commune; one statement. Communes where nobody stands registered are left out."""
    return {row.commune: People(row.people, row.confirmed, row.waiting) for row in db.session.execute(_people(event_id))}


def _people(event_id: UUID) -> Select[*tuple[Any, ...]]:
    of = {status: func.sum(case((Registration.status == status, 1), else_=0)) for status in (Status.CONFIRMED, Status.WAITING)}
    query = select(
        Registration.commune_code.label("commune"),
        func.count(Registration.pass_id.distinct()).label("people"),
        of[Status.CONFIRMED].label("confirmed"),
        of[Status.WAITING].label("waiting"),
    )
    return query.where(*_standing(event_id)).group_by(Registration.commune_code)


def cancel_event(event_id: UUID, province: str, *, now: datetime) -> int:
    """Cancel every slot of an event and every registration; returns how many people lose a place. A second time nothing happens.

    Raises: NotFound.
    """
    with transaction() as session:
        if events.hold(session, event_id):
            return 0
        slots = seats.cancel_event(session, event_id, now=now)
        people = {row.commune: row.people for row in session.execute(_people(event_id))}
        gone = update(Registration).where(*_standing(event_id)).values(status=Status.CANCELLED, cancelled_at=now)
        session.execute(gone.execution_options(synchronize_session=False))
        events.call_off(session, event_id, now)
        _note(session, (event_id, records.event(session, event_id).name), province, slots, people, now)
        return sum(people.values())


def reopen_event(event_id: UUID, province: str, *, now: datetime) -> None:
    """Take it back: slots that went with the event stand again. Raises: NotFound, EventHadPeople."""
    with transaction() as session:
        cancelled_at = events.hold(session, event_id)
        if cancelled_at is None:
            return
        lost = select(Registration.id).where(Registration.event_id == event_id, Registration.cancelled_at == cancelled_at)
        if session.scalar(lost.limit(1)):
            raise EventHadPeople
        seats.reopen_event(session, event_id, cancelled_at)
        events.call_off(session, event_id, None)
        off = {"name": records.event(session, event_id).name, "cancelled_at": cancelled_at}
        note(session, province, "restored", ("event", str(event_id)), off, off | {"cancelled_at": None}, now)


def _note(session: Session, event: tuple[UUID, str], province: str, slots: Mapping[str, int], people: Mapping[str, int], now: datetime) -> None:
    """In the province's log, and in that of each commune whose slots went."""
    subject, name = ("event", str(event[0])), {"name": event[1]}
    whole = {"communes": len(slots), "slots": sum(slots.values()), "people": sum(people.values())}
    note(session, province, "cancelled", subject, None, name | whole, now)
    for commune, count in slots.items():
        note(session, commune, "cancelled", subject, None, name | {"slots": count, "people": people.get(commune, 0)}, now)


def _standing(event_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return Registration.event_id == event_id, Registration.status != Status.CANCELLED
