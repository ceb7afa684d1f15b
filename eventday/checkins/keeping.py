"""Who was seen somewhere, by a scanner or online, keeps the slot, and the merging of the passes that were seen."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.checkins.models import CheckIn, Presence
from eventday.registrations.errors import MergedWasSeen, SlotHadPeople


def refuse_where_seen(session: Session, slot_ids: Collection[UUID]) -> None:
    """What a slot's removal asks first. Raises: SlotHadPeople."""
    for slot_id in (CheckIn.slot_id, Presence.slot_id):
        if session.scalar(select(slot_id).where(slot_id.in_(slot_ids)).limit(1)) is not None:
            raise SlotHadPeople


def refuse_where_seen_since(session: Session, pass_ids: Collection[UUID], since: datetime) -> None:
    """What taking a merging back asks first. Raises: MergedWasSeen."""
    for pass_id, at in ((CheckIn.pass_id, CheckIn.received_at), (Presence.pass_id, Presence.at)):
        if session.scalar(select(pass_id).where(pass_id.in_(pass_ids), at >= since).limit(1)) is not None:
            raise MergedWasSeen
