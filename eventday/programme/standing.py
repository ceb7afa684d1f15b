"""What stands in a plan, as the rows that would ask for it: what an export writes and an import compares with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from eventday.db import db
from eventday.programme import models
from eventday.programme.domain import Kind
from eventday.programme.drafts import Occurrence
from eventday.programme.planned import Planned
from eventday.programme.records import of_slot, of_wish

_WHEN = ("number", "day", "start", "end", "part", "space_id", "capacity")


@dataclass(frozen=True)
class Stands:
    """A slot or wish as it stands; `planned.number` is its “Mã”. `cancelled_at` only for slots."""

    planned: Planned
    is_slot: bool
    cancelled_at: datetime | None = None


def standing(event_id: UUID, commune: str) -> list[Stands]:
    """Slots in order of start, then wishes by number: two statements whatever the length."""
    slots = [_stands(of_slot(*row), row[1]) for row in db.session.execute(_with_activity(models.Slot, event_id, commune))]
    wishes = [_stands(of_wish(*row), row[1]) for row in db.session.execute(_with_activity(models.Wish, event_id, commune))]
    return sorted(slots, key=_by_start) + sorted(wishes, key=lambda one: one.planned.number or 0)


def _with_activity(model: type[models.Slot] | type[models.Wish], event_id: UUID, commune: str) -> Any:
    query = select(model, models.Activity).join(models.Activity, models.Activity.id == model.activity_id)
    return query.where(model.event_id == event_id, model.commune_code == commune)


def _by_start(one: Stands) -> tuple[Any, ...]:
    return one.planned.day, one.planned.start, one.planned.number


def _stands(found: Occurrence, activity: models.Activity) -> Stands:
    when = {name: getattr(found, name) for name in _WHEN}
    return Stands(Planned(**_about(activity), **when), found.is_slot, found.cancelled_at)


def _about(activity: models.Activity) -> dict[str, Any]:
    said = {name: getattr(activity, name) for name in ("title", "host", "description", "audience", "equipment", "speaker", "note")}
    return said | {"kind": Kind(activity.kind), "co_hosts": tuple(activity.co_hosts)}
