"""Deleting an event with all that communes have prepared in it, while nobody has registered and nothing was scanned."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventday.access import scanners
from eventday.catalogue import queries as catalogue
from eventday.checkins import used as checkins
from eventday.db import db, transaction
from eventday.programme import events, removed_events
from eventday.programme.errors import EventInUse
from eventday.registrations import used as registrations
from eventday.web.edits import refuse_stale


def can_go(event_id: UUID, province: str) -> bool:
    """Whether nobody ever registered for the event and nothing was scanned at it."""
    return not _has_people(db.session(), event_id, _communes(province))


def what_goes(event_id: UUID, province: str) -> dict[str, dict[str, Any]]:
    """By commune: activities, slots, wishes, is_public, scanners that will be refused."""
    return _told(removed_events.contents(db.session, event_id), scanners.standing(db.session(), event_id, _communes(province)))


def remove(event_id: UUID, province: str, *, seen: str | None, now: datetime) -> None:
    """`seen` is the stamp of what was shown to go. Raises: NotFound, Stale, EventInUse.

    Locks: scanners, then the event, then all that is deleted; who registers at this moment waits and finds nothing, or was first.
    """
    communes = _communes(province)
    try:
        with transaction() as session:
            refused = scanners.revoke_all(session, event_id, communes, now=now)
            events.hold(session, event_id, to_delete=True)
            if _has_people(session, event_id, communes):
                raise EventInUse
            refuse_stale(seen, _told(removed_events.contents(session, event_id), refused))
            removed_events.remove_in(session, event_id, province, now=now)
    except IntegrityError:
        raise EventInUse from None


def _has_people(session: Session, event_id: UUID, communes: list[str]) -> bool:
    return registrations.has_people(session, event_id) or checkins.has_facts(session, event_id, communes)


def _told(made: Mapping[str, removed_events.Contents], devices: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    nothing = removed_events.Contents()
    return {code: asdict(made.get(code, nothing)) | {"scanners": devices.get(code, 0)} for code in sorted({*made, *devices})}


def _communes(province: str) -> list[str]:
    return [commune.code for commune in catalogue.communes_of_province(province)]
