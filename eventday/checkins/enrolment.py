"""Letting a phone become a scanner: what its place may be."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from eventday.access import service as access
from eventday.checkins.errors import NoEvent, SlotNotHere
from eventday.programme import queries as programme
from eventday.programme.domain import Event


def open_enrolment(commune: str, slot_ids: Collection[UUID], *, event: str | None, manual: bool, now: datetime) -> str:
    """A code for a scanner of the commune, or of some of its slots, at an event (an id or short code; None: the one shown).

    Raises: NotFound, NoEvent, SlotNotHere.
    """
    found: Event | None = programme.event(event) if event else programme.event_shown(commune, now)
    if found is None:
        raise NoEvent
    known = programme.slots_by_id(slot_ids)
    for slot_id in slot_ids:
        slot = known.get(slot_id)
        if slot is None or (slot.event_id, slot.commune_code) != (found.id, commune):
            raise SlotNotHere(slot=str(slot_id))
    return access.open_enrolment(found.id, commune, slot_ids, manual=manual, now=now)
