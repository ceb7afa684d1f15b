"""Changing a commune's thing, and what carries its name: activities say the new one of an organisation or of equipment."""

from datetime import datetime
from uuid import UUID

from eventday.db import transaction
from eventday.places import editing
from eventday.places import queries as places
from eventday.places.entries import Entry, EquipmentEntry, HostEntry
from eventday.programme.renaming import rename_equipment, rename_host


def change(commune: str, thing_id: UUID, entry: Entry, *, seen: str, now: datetime) -> int:
    """Returns how many activities were written anew. Raises: NameTaken, NoSuchThing, Stale, HostsMeet."""
    others = [item.name for item in places.equipment(commune)]
    with transaction() as session:
        before, after = editing.change_in(session, commune, thing_id, entry, seen=seen, now=now)
        if after.name == before.name:
            return 0
        if isinstance(after, HostEntry):
            return rename_host(session, commune, (before.name, *before.aliases), after.name, now=now)
        if isinstance(after, EquipmentEntry):
            return rename_equipment(session, commune, before.name, after.name, others, now=now)
        return 0
