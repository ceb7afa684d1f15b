"""Deleting a whole event with the plans of its communes, and putting it back for a day. Who deletes has asked whether anybody has to do with it."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import db
from eventday.kernel.errors import NotFound
from eventday.programme import models, packing
from eventday.programme.events import refuse_known
from eventday.programme.records import Reading
from eventday.programme.removing import KEPT_FOR

Beside = Mapping[str, list[dict[str, Any]]]  # packed rows of other features by their table, which those take out and put back themselves
_PARTS: tuple[Any, ...] = (models.Plan, models.Activity, models.Slot, models.Wish)  # each after what it names


@dataclass(frozen=True)
class Contents:
    """What a commune has made in an event: slots with the cancelled ones, wishes, whether all that is public."""

    activities: int = 0
    slots: int = 0
    wishes: int = 0
    is_public: bool = False


def contents(session: Reading, event_id: UUID) -> dict[str, Contents]:
    """By commune, in order of code; who has only opened an empty plan is left out. Four statements."""
    activities, slots, wishes = (_counted(session, model, event_id) for model in (models.Activity, models.Slot, models.Wish))
    public = select(models.Plan.commune_code).where(models.Plan.event_id == event_id, models.Plan.published_at.is_not(None))
    published = set(session.scalars(public))
    communes = sorted(published.union(activities, slots, wishes))
    return {code: Contents(activities.get(code, 0), slots.get(code, 0), wishes.get(code, 0), code in published) for code in communes}


def _counted(session: Reading, model: Any, event_id: UUID) -> dict[str, int]:
    query: Select[Any] = select(model.commune_code, func.count()).where(model.event_id == event_id)
    return {row[0]: row[1] for row in session.execute(query.group_by(model.commune_code))}


def remove_in(session: Session, event_id: UUID, province: str, beside: Beside, *, now: datetime) -> None:
    """Delete the event that the caller holds, with all plans in it; each commune's log tells what it lost. `beside` is kept with it.

    Raises: IntegrityError where something else hangs on it.
    """
    event, made = session.get_one(models.Event, event_id), contents(session, event_id)
    rows = {model.__tablename__: list(session.scalars(select(model).where(model.event_id == event_id))) for model in _PARTS}
    kept = {name: [packing.packed(row) for row in each] for name, each in ({models.Event.__tablename__: [event]} | rows).items()}
    for model in (models.Removed, *reversed(_PARTS)):
        session.execute(delete(model).where(model.event_id == event_id))
    session.execute(delete(models.Event).where(models.Event.id == event_id))
    session.execute(delete(models.RemovedEvent).where((models.RemovedEvent.removed_at < now - KEPT_FOR) | (models.RemovedEvent.id == event_id)))
    session.add(models.RemovedEvent(id=event_id, province_code=province, removed_at=now, content=kept | dict(beside)))
    _note(session, event, made, "removed", now)


def restore_in(session: Session, province: str, event_id: UUID, *, now: datetime) -> tuple[str, Beside]:
    """Put back an event that was deleted within the day, with the plans in it; returns its code and what was kept beside it.

    Raises: NotFound, EventExists, IntegrityError where a place of theirs was deleted since.
    """
    kept = _kept(session, province, event_id, now)
    if kept is None:
        raise NotFound
    (event,) = _unpacked(models.Event, kept)
    refuse_known(session, event.code)
    for model in (models.Event, *_PARTS):
        session.add_all(_unpacked(model, kept))
        session.flush()
    session.execute(delete(models.RemovedEvent).where(models.RemovedEvent.id == event_id))
    _note(session, event, contents(session, event_id), "restored", now)
    return str(event.code), kept


def removed_name(province: str, event_id: UUID | None, *, now: datetime) -> str:
    """What an event was called that can be put back; empty where there is none."""
    kept = _kept(db.session, province, event_id, now) if event_id else None
    return str(kept[models.Event.__tablename__][0]["name"]) if kept else ""


def removed_as(province: str, code: str, *, now: datetime) -> UUID | None:
    """The id of the event that was deleted last under this code and can be put back."""
    known = models.RemovedEvent
    query = select(known.id, known.content).where(known.province_code == province, known.removed_at >= now - KEPT_FOR)
    rows = db.session.execute(query.order_by(known.removed_at.desc()))
    return next((row.id for row in rows if row.content[models.Event.__tablename__][0]["code"] == code), None)


def _kept(session: Reading, province: str, event_id: UUID, now: datetime) -> dict[str, Any] | None:
    known = models.RemovedEvent
    query = select(known.content).where(known.id == event_id, known.province_code == province, known.removed_at >= now - KEPT_FOR)
    return session.scalars(query).first()


def _unpacked(model: Any, kept: Mapping[str, Collection[dict[str, Any]]]) -> list[Any]:
    return [packing.unpacked(model, values) for values in kept[model.__tablename__]]


def _note(session: Session, event: models.Event, made: Mapping[str, Contents], action: str, now: datetime) -> None:
    """In the province's log, and in that of each commune that had made something."""
    about = {"name": event.name, "code": event.code, "first_day": event.first_day, "last_day": event.last_day}
    sides = [(event.province_code, about | {"communes": len(made)}), *((code, {"name": event.name} | asdict(one)) for code, one in made.items())]
    for chain, values in sides:
        before, after = (values, None) if action == "removed" else (None, values)
        note(session, chain, action, ("event", str(event.id)), before, after, now)
