"""Who says that they live in a hamlet: asked before it is deleted."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventday.registrations import models


def people_of_hamlet(session: Session, hamlet_id: UUID) -> int:
    """How many passes name the hamlet."""
    return session.scalar(select(func.count()).select_from(models.Pass).where(models.Pass.hamlet_id == hamlet_id)) or 0
