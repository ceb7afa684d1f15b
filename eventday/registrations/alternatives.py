"""Where else somebody may register who finds a slot closed, full, called off or gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventday.programme import queries as programme
from eventday.programme.domain import Slot
from eventday.programme.offer import Offer, offer_of

_MOST = 12


@dataclass(frozen=True)
class Alternative:
    slot: Slot
    offer: Offer


def of_activity(activity_id: UUID, now: datetime, *, waiting_limit: int, but: UUID | None = None) -> list[Alternative]:
    """Its other slots that one can register for now, in order of start."""
    slots = [slot for slot in programme.slots_of_activity(activity_id) if slot.id != but]
    public = bool(slots) and programme.is_published(slots[0].event_id, slots[0].commune_code)
    return _open(slots, now, waiting_limit) if public else []


def of_commune(event_id: UUID, commune: str, now: datetime, *, waiting_limit: int) -> list[Alternative]:
    """The next slots of its plan that one can register for now, whichever the activity."""
    return _open(programme.slots(event_id, commune, published_only=True), now, waiting_limit)[:_MOST]


def _open(slots: Iterable[Slot], now: datetime, waiting_limit: int) -> list[Alternative]:
    found = [Alternative(slot, offer_of(slot, now, waiting_limit)) for slot in slots]
    return [one for one in found if one.offer.can_register]
