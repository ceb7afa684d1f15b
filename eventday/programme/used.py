"""What of the programme stands on a commune's places, hosts and equipment: asked before one of them is deleted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.kernel.text import fold
from eventday.programme import models


@dataclass(frozen=True, order=True)
class Use:
    """An activity that uses it, in which event (its code), and whether everything of it that does is cancelled."""

    title: str
    event: str
    activity_id: UUID
    cancelled: bool = False


def uses_of_spaces(session: Session, space_ids: Collection[UUID]) -> list[Use]:
    """Activities with a slot or a wish in one of the spaces, by title."""
    found: dict[UUID, Use] = {}
    for model, cancelled in ((models.Slot, models.Slot.cancelled_at.is_not(None)), (models.Wish, models.Wish.id.is_(None))):
        query = _uses(cancelled).join(model, model.activity_id == models.Activity.id).where(model.space_id.in_(space_ids))
        for use in _read(session, query):
            known = found.get(use.activity_id)
            found[use.activity_id] = use if known is None or known.cancelled else known
    return sorted(found.values())


def leave_spaces(session: Session, commune: str, space_ids: Collection[UUID], *, now: datetime) -> dict[UUID, UUID]:
    """Cancelled slots name the spaces no more; which named which. What stands there stays there: then the space cannot go."""
    slots = _locked(session, models.Slot.space_id.in_(space_ids), models.Slot.cancelled_at.is_not(None))
    left = {slot.id: slot.space_id for slot, _ in slots if slot.space_id}
    for slot, title in slots:
        _write_space(session, commune, slot, title, None, now)
    return left


def return_to_spaces(session: Session, commune: str, left: Mapping[UUID, UUID], *, now: datetime) -> int:
    """Take that back for slots that are there and name no other space; returns how many."""
    slots = _locked(session, models.Slot.id.in_(left), models.Slot.commune_code == commune, models.Slot.space_id.is_(None))
    for slot, title in slots:
        _write_space(session, commune, slot, title, left[slot.id], now)
    return len(slots)


def _locked(session: Session, *which: ColumnElement[bool]) -> Sequence[Any]:
    titled = select(models.Slot, models.Activity.title).join(models.Activity, models.Activity.id == models.Slot.activity_id).where(*which)
    return session.execute(titled.order_by(models.Slot.id).with_for_update(of=models.Slot)).all()


def _write_space(session: Session, commune: str, slot: models.Slot, title: str, space_id: UUID | None, now: datetime) -> None:
    before = {"title": title, "space_id": slot.space_id}
    slot.space_id = space_id
    session.flush()
    note(session, commune, "changed", ("slot", str(slot.id)), before, before | {"space_id": space_id}, now)


def uses_of_host(session: Session, commune: str, name: str) -> list[Use]:
    """Activities that the organisation is in charge of, or helps with, by title."""
    query = _uses(models.Activity.host_key).add_columns(models.Activity.co_hosts).where(models.Activity.commune_code == commune)
    key = fold(name)
    return sorted(Use(*row[:3]) for row in session.execute(query) if key in {row[3], *map(fold, row[4])})


def uses_of_equipment(session: Session, commune: str, name: str) -> list[Use]:
    """Activities whose equipment names it, by title."""
    query = _uses(models.Activity.equipment).where(models.Activity.commune_code == commune, models.Activity.equipment != "")
    key = f" {fold(name)} "
    return sorted(Use(*row[:3]) for row in session.execute(query) if key in f" {fold(row[3])} ")


def _uses(*more: ColumnElement[Any] | Any) -> Select[*tuple[Any, ...]]:
    query = select(models.Activity.title, models.Event.code, models.Activity.id, *more)
    return query.join(models.Event, models.Event.id == models.Activity.event_id)


def _read(session: Session, query: Select[*tuple[Any, ...]]) -> list[Use]:
    return [Use(title, event, activity_id, bool(cancelled)) for title, event, activity_id, cancelled in session.execute(query)]
