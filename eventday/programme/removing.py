"""Taking things out of a plan, and putting them back for a day. Only what nobody has to do with is ever deleted."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import transaction
from eventday.kernel import ids
from eventday.kernel.errors import NotFound
from eventday.programme import models, packing, records
from eventday.programme.errors import ActivityExists, PlaceGone
from eventday.programme.occurrences import refuse_wrong
from eventday.programme.records import Reading
from eventday.programme.service import begin_plan

KEPT_FOR = timedelta(days=1)
Keeper = Callable[[Session, Collection[UUID]], None]
_OCCURRENCES: tuple[Any, ...] = (models.Slot, models.Wish)


def remove_occurrence(event_id: UUID, commune: str, occurrence_id: UUID, *, keepers: Collection[Keeper], now: datetime) -> UUID:
    """Delete a slot or wish; returns the id under which it can be put back.

    `keepers` refuse for slots that other features hold on to. Raises: NotFound, whatever a keeper raises.
    """
    with transaction() as session:
        begin_plan(session, event_id, commune)
        before = records.occurrence(session, event_id, commune, occurrence_id)
        for keeper in keepers:
            keeper(session, [before.id] if before.is_slot else [])
        note(session, commune, "removed", ("slot" if before.is_slot else "wish", str(before.id)), records.told(before), None, now)
        return _take_out(session, event_id, commune, [(model, model.id == occurrence_id) for model in _OCCURRENCES], now)


def remove_activity(event_id: UUID, commune: str, activity_id: UUID, *, keepers: Collection[Keeper], now: datetime) -> UUID:
    """Delete an activity with its slots and wishes; as `remove_occurrence`."""
    with transaction() as session:
        begin_plan(session, event_id, commune)
        before = records.activity(session, event_id, commune, activity_id)
        slot_ids = [one.id for one in records.occurrences(session, activity_id) if one.is_slot]
        for keeper in keepers:
            keeper(session, sorted(slot_ids))
        note(session, commune, "removed", ("activity", str(activity_id)), vars(before), None, now)
        parts = [(model, model.activity_id == activity_id) for model in _OCCURRENCES]
        return _take_out(session, event_id, commune, [*parts, (models.Activity, models.Activity.id == activity_id)], now)


def _take_out(session: Session, event_id: UUID, commune: str, parts: Collection[tuple[Any, Any]], now: datetime) -> UUID:
    content: dict[str, Any] = {}
    for model, which in parts:
        content[model.__tablename__] = [packing.packed(row) for row in session.scalars(select(model).where(which))]
    for model, which in parts:
        session.execute(delete(model).where(which))
    session.execute(delete(models.Removed).where(models.Removed.removed_at < now - KEPT_FOR))
    removed = models.Removed(id=ids.new(), event_id=event_id, commune_code=commune, removed_at=now, content=content)
    session.add(removed)
    return removed.id


def restore(event_id: UUID, commune: str, removed_id: UUID, *, keepers: Collection[Keeper] = (), now: datetime) -> None:
    """Put back what was deleted, with its ids and numbers, or take out again what was copied; once only.

    Raises: NotFound (unknown, put back already, or its activity is gone), ActivityExists where an equal one was added meanwhile,
    BadSlot where the event has its day no more, PlaceGone, whatever a keeper raises.
    """
    try:
        _restore(event_id, commune, removed_id, keepers, now)
    except IntegrityError:
        raise PlaceGone from None


def _restore(event_id: UUID, commune: str, removed_id: UUID, keepers: Collection[Keeper], now: datetime) -> None:
    with transaction() as session:
        begin_plan(session, event_id, commune)
        mine = (models.Removed.event_id == event_id, models.Removed.commune_code == commune)
        removed = session.scalar(select(models.Removed).where(models.Removed.id == removed_id, *mine))
        if removed is None:
            raise NotFound
        for model in (models.Activity, models.Slot, models.Wish):
            for values in removed.content.get(model.__tablename__, []):
                _put_back(session, packing.unpacked(model, values), now)
        if copied := [UUID(text) for text in removed.content.get("copied", [])]:
            _take_back(session, event_id, commune, copied, keepers, now)
        session.delete(removed)


def removed_with(session: Reading, event_id: UUID, commune: str, thing_id: UUID) -> UUID | None:
    """Under which id a slot, wish or activity is kept that was deleted last; None where it is not."""
    mine = (models.Removed.event_id == event_id, models.Removed.commune_code == commune)
    for kept in session.scalars(select(models.Removed).where(*mine).order_by(models.Removed.removed_at.desc())):
        if any(str(thing_id) == values["id"] for rows in kept.content.values() for values in rows if isinstance(values, dict)):
            return kept.id
    return None


def _take_back(session: Session, event_id: UUID, commune: str, copied: Collection[UUID], keepers: Collection[Keeper], now: datetime) -> None:
    """Take out activities that were copied here, with all that was added to them since."""
    slot_ids = sorted(session.scalars(select(models.Slot.id).where(models.Slot.activity_id.in_(copied))))
    for keeper in keepers:
        keeper(session, slot_ids)
    for model in _OCCURRENCES:
        session.execute(delete(model).where(model.activity_id.in_(copied)))
    session.execute(delete(models.Activity).where(models.Activity.id.in_(copied)))
    note(session, commune, "removed", ("plan", str(event_id)), {"activities": len(copied), "slots": len(slot_ids)}, None, now)


def _put_back(session: Session, row: Any, now: datetime) -> None:
    if isinstance(row, models.Activity):
        _refuse_twin(session, row)
    elif session.get(models.Activity, row.activity_id) is None:
        raise NotFound
    if isinstance(row, models.Slot):
        refuse_wrong(session, row.event_id, records.of_slot(row, session.get_one(models.Activity, row.activity_id)).draft)
    session.add(row)
    session.flush()
    kind = {models.Activity: "activity", models.Slot: "slot", models.Wish: "wish"}[type(row)]
    told = row.title if isinstance(row, models.Activity) else session.get_one(models.Activity, row.activity_id).title
    note(session, row.commune_code, "restored", (kind, str(row.id)), None, {"title": told}, now)


def _refuse_twin(session: Session, row: models.Activity) -> None:
    names = ("event_id", "commune_code", "kind", "title_key", "host_key")
    twin = session.scalar(select(models.Activity.id).filter_by(**{name: getattr(row, name) for name in names}))
    if twin:
        raise ActivityExists(activity=str(twin))
