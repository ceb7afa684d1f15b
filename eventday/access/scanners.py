"""All scanners of an event at once."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from eventday.access import models, observers, queries


def standing(session: Session, event_id: UUID, communes: Collection[str]) -> Mapping[str, int]:
    """How many scanners each commune has that work."""
    return Counter(session.scalars(select(models.Device.commune_code).where(*_standing(event_id, communes))))


def revoke_all(session: Session, event_id: UUID, communes: Collection[str], *, now: datetime) -> Mapping[str, int]:
    """Refuse them from the next request on, and let no code make another; how many of each commune. Composes.

    They are locked in order of id, and what one of them is sending now has come before.
    """
    session.execute(delete(models.Enrolment).where(models.Enrolment.event_id == event_id))
    held = select(models.Device).where(*_standing(event_id, communes)).order_by(models.Device.id).with_for_update()
    devices = session.scalars(held).all()
    for device in devices:
        device.revoked_at = now
        observers.tell(session, queries.commune_place(device.commune_code), "revoked", ("device", str(device.id)), {"name": device.name}, None, now)
    session.flush()
    return Counter(device.commune_code for device in devices)


def _standing(event_id: UUID, communes: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return models.Device.commune_code.in_(communes), models.Device.event_id == event_id, models.Device.revoked_at.is_(None)
