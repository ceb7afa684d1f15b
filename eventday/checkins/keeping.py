"""What scanners saw keeps the slot it was seen at."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.checkins.models import CheckIn
from eventday.registrations.errors import SlotHadPeople


def refuse_where_seen(session: Session, slot_ids: Collection[UUID]) -> None:
    """What a slot's removal asks first. Raises: SlotHadPeople."""
    seen = select(CheckIn.id).where(CheckIn.slot_id.in_(slot_ids)).limit(1)
    if session.scalar(seen) is not None:
        raise SlotHadPeople
