"""What communes have written of an event that is deleted: their letters go with it, and come back with it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.programme import packing
from eventday.programme.records import Reading
from eventday.reports.models import ReportSettings

NAME = ReportSettings.__tablename__


def written(session: Reading, event_id: UUID) -> list[str]:
    """The communes that have begun their letter, in order of code."""
    return list(session.scalars(select(ReportSettings.commune_code).where(ReportSettings.event_id == event_id).order_by(ReportSettings.commune_code)))


def take_out(session: Session, event_id: UUID, *, now: datetime) -> list[dict[str, Any]]:
    """Delete the letters of an event that the caller holds; returns what `put_back` asks for."""
    rows = session.scalars(select(ReportSettings).where(ReportSettings.event_id == event_id).order_by(ReportSettings.commune_code)).all()
    kept = [packing.packed(row) for row in rows]
    session.execute(delete(ReportSettings).where(ReportSettings.event_id == event_id))
    for values in kept:
        _note(session, values, "removed", now)
    return kept


def put_back(session: Session, kept: Collection[dict[str, Any]], *, now: datetime) -> None:
    for values in kept:
        session.add(packing.unpacked(ReportSettings, values))
        _note(session, values, "restored", now)


def _note(session: Session, values: dict[str, Any], action: str, now: datetime) -> None:
    said = {name: value for name, value in values.items() if name not in ("event_id", "commune_code", "changed_at", "texts")} | values["texts"]
    before, after = (said, None) if action == "removed" else (None, said)
    note(session, values["commune_code"], action, ("report", values["event_id"]), before, after, now)
