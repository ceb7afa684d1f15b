"""What scanners saw keeps the slot it was seen at, and the merging of the passes that were seen."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.checkins.models import CheckIn
from eventday.registrations.errors import MergedWasSeen, SlotHadPeople


def refuse_where_seen(session: Session, slot_ids: Collection[UUID]) -> None:
    """What a slot's removal asks first. Raises: SlotHadPeople."""
    seen = select(CheckIn.id).where(CheckIn.slot_id.in_(slot_ids)).limit(1)
    if session.scalar(seen) is not None:
        raise SlotHadPeople


def refuse_where_seen_since(session: Session, pass_ids: Collection[UUID], since: datetime) -> None:
    """What taking a merging back asks first. Raises: MergedWasSeen."""
    seen = select(CheckIn.id).where(CheckIn.pass_id.in_(pass_ids), CheckIn.received_at >= since).limit(1)
    if session.scalar(seen) is not None:
        raise MergedWasSeen
