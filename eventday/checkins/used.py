"""What scanners saw at an event: asked before it is deleted."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.checkins.models import CheckIn


def has_facts(session: Session, event_id: UUID, communes: Collection[str]) -> bool:
    """Whether anything was scanned in these communes, a foreign pass among it: facts are kept for ever."""
    there = (CheckIn.commune_code.in_(communes), CheckIn.event_id == event_id)
    return session.scalar(select(CheckIn.device_id).where(*there).limit(1)) is not None
