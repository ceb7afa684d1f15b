"""When somebody with a seat may enter what is online, and when being there counts. Pure."""

from datetime import datetime, timedelta

from eventday.programme.domain import Kind, Slot

_EARLY = timedelta(hours=1)  # time to install what the room needs, and to ask somebody for help


def opens_at(slot: Slot) -> datetime:
    """From when on its join link is shown."""
    return slot.starts_at - _EARLY


def is_open(slot: Slot, now: datetime) -> bool:
    """Whether the join link may be shown: from an hour before until the end."""
    return _is_held(slot) and opens_at(slot) <= now < slot.ends_at


def is_on(slot: Slot, now: datetime) -> bool:
    """Whether being there counts now: during the slot."""
    return _is_held(slot) and slot.starts_at <= now < slot.ends_at


def _is_held(slot: Slot) -> bool:
    return slot.kind is Kind.ONLINE and slot.cancelled_at is None
