"""What stands in a plan, as the rows that would ask for it: what an export writes and an import compares with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from eventday.db import db
from eventday.kernel.clock import local
from eventday.programme import models
from eventday.programme.domain import Kind, Part
from eventday.programme.planned import Planned


@dataclass(frozen=True)
class Stands:
    """A slot or wish as it stands; `planned.number` is its “Mã”. `cancelled_at` only for slots."""

    planned: Planned
    is_slot: bool
    cancelled_at: datetime | None = None


def standing(event_id: UUID, commune: str) -> list[Stands]:
    """Slots in order of start, then wishes by number: two statements whatever the length."""
    slots = [_of_slot(slot, activity) for slot, activity in db.session.execute(_with_activity(models.Slot, event_id, commune))]
    wishes = [_of_wish(wish, activity) for wish, activity in db.session.execute(_with_activity(models.Wish, event_id, commune))]
    return sorted(slots, key=_by_start) + sorted(wishes, key=lambda one: one.planned.number or 0)


def _with_activity(model: type[models.Slot] | type[models.Wish], event_id: UUID, commune: str) -> Any:
    query = select(model, models.Activity).join(models.Activity, models.Activity.id == model.activity_id)
    return query.where(model.event_id == event_id, model.commune_code == commune)


def _by_start(one: Stands) -> tuple[Any, ...]:
    return one.planned.day, one.planned.start, one.planned.number


def _of_slot(slot: models.Slot, activity: models.Activity) -> Stands:
    starts, ends = local(slot.starts_at), local(slot.ends_at)
    when: dict[str, Any] = {"day": starts.date(), "start": starts.time(), "end": ends.time(), "space_id": slot.space_id, "capacity": slot.capacity}
    return Stands(Planned(**_about(activity), number=slot.number, **when), True, slot.cancelled_at)


def _of_wish(wish: models.Wish, activity: models.Activity) -> Stands:
    when = {name: getattr(wish, name) for name in ("day", "start", "end", "space_id", "capacity")}
    return Stands(Planned(**_about(activity), number=wish.number, part=Part(wish.part) if wish.part else None, **when), False)


def _about(activity: models.Activity) -> dict[str, Any]:
    said = {name: getattr(activity, name) for name in ("title", "host", "description", "audience", "equipment", "speaker", "note")}
    return said | {"kind": Kind(activity.kind), "co_hosts": tuple(activity.co_hosts)}
