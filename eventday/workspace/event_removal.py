"""Deleting an event with all that communes have prepared in it, while nobody has registered and nothing was scanned; and putting it back."""

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
from eventday.programme.errors import EventInUse, PlaceGone
from eventday.programme.records import Reading
from eventday.registrations import used as registrations
from eventday.reports import removed as reports
from eventday.web.edits import refuse_stale


def can_go(event_id: UUID, province: str) -> bool:
    """Whether nobody ever registered for the event and nothing was scanned at it."""
    return not _has_people(db.session(), event_id, _communes(province))


def what_goes(event_id: UUID, province: str) -> dict[str, dict[str, Any]]:
    """By commune: activities, slots, wishes, is_public, scanners that will be refused, whether its report is begun."""
    return _told(db.session, event_id, scanners.standing(db.session(), event_id, _communes(province)))


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
            refuse_stale(seen, _told(session, event_id, refused))
            letters = reports.take_out(session, event_id, now=now)
            removed_events.remove_in(session, event_id, province, {reports.NAME: letters}, now=now)
    except IntegrityError:
        raise EventInUse from None


def restore(province: str, event_id: UUID, *, now: datetime) -> str:
    """Put back an event that was deleted within the day, with plans and reports; returns its code.

    Raises: NotFound, EventExists, PlaceGone where a place of the plans was deleted since.
    """
    try:
        with transaction() as session:
            code, kept = removed_events.restore_in(session, province, event_id, now=now)
            reports.put_back(session, kept.get(reports.NAME, ()), now=now)
            return code
    except IntegrityError:
        raise PlaceGone from None


def _has_people(session: Session, event_id: UUID, communes: list[str]) -> bool:
    return registrations.has_people(session, event_id) or checkins.has_facts(session, event_id, communes)


def _told(session: Reading, event_id: UUID, devices: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    made, written = removed_events.contents(session, event_id), reports.written(session, event_id)
    return {code: _of_commune(made.get(code), devices.get(code, 0), code in written) for code in sorted({*made, *devices, *written})}


def _of_commune(made: removed_events.Contents | None, scanners: int, has_report: bool) -> dict[str, Any]:
    return asdict(made or removed_events.Contents()) | {"scanners": scanners, "has_report": has_report}


def _communes(province: str) -> list[str]:
    return [commune.code for commune in catalogue.communes_of_province(province)]
