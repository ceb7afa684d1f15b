"""Telling of a person: what became of an account is noted wherever the person works."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.access import models, queries
from eventday.access.domain import Grant, Place, Role
from eventday.access.observers import Values, tell


def grants_of(session: Session, person_id: UUID) -> list[Grant]:
    """What a person may do, within the open transaction."""
    session.flush()
    rows = session.execute(select(models.Grant.role, models.Grant.scope).where(models.Grant.person_id == person_id).order_by(models.Grant.scope))
    return [Grant(Role(role), queries.place(scope)) for role, scope in rows]


def tell_of_person(session: Session, person_id: UUID, action: str, before: Values, after: Values, now: datetime) -> None:
    """Tell of an account at each place the person works at; of who works nowhere, to the country."""
    for place in _places(session, person_id):
        tell(session, place, action, ("person", str(person_id)), before, after, now)


def tell_of_session(session: Session, person_id: UUID | None, action: str, after: Values, now: datetime) -> None:
    """As `tell_of_person`, of signing in and out; without a person (nobody has the address) to the country."""
    for place in _places(session, person_id) if person_id else [Place()]:
        tell(session, place, action, ("session", str(person_id or "")), None, after, now)


def _places(session: Session, person_id: UUID) -> list[Place]:
    return [grant.place for grant in grants_of(session, person_id)] or [Place()]
