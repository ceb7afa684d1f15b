"""Changing a commune's thing, and what carries its name: an organisation's activities say its new one."""

from datetime import datetime
from uuid import UUID

from eventday.db import transaction
from eventday.places import editing
from eventday.places.entries import Entry, HostEntry
from eventday.programme.hosts import rename_host


def change(commune: str, thing_id: UUID, entry: Entry, *, seen: str, now: datetime) -> int:
    """Returns how many activities were written anew. Raises: NameTaken, NoSuchThing, Stale, HostsMeet."""
    with transaction() as session:
        before, after = editing.change_in(session, commune, thing_id, entry, seen=seen, now=now)
        if not isinstance(after, HostEntry) or after.name == before.name:
            return 0
        return rename_host(session, commune, (before.name, *before.aliases), after.name, now=now)
