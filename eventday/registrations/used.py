"""Who lives in a hamlet, or has a pass at an event: asked before it is deleted."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventday.registrations import models


def people_of_hamlet(session: Session, hamlet_id: UUID) -> int:
    """How many passes name the hamlet."""
    return session.scalar(select(func.count()).select_from(models.Pass).where(models.Pass.hamlet_id == hamlet_id)) or 0


def has_people(session: Session, event_id: UUID) -> bool:
    """Whether anybody ever got a pass at the event: who cancelled everything still has it."""
    return session.scalar(select(models.Pass.id).where(models.Pass.event_id == event_id).limit(1)) is not None
