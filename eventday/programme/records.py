"""What is in a plan as its editor sees it: read fresh, also under a lock. All functions compose."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, scoped_session

from eventday.kernel.clock import local
from eventday.kernel.errors import NotFound
from eventday.programme import models
from eventday.programme.domain import Admission, Kind, Part, default_admission
from eventday.programme.drafts import ActivityDraft, EventDraft, Occurrence

Reading = Session | scoped_session[Any]
_FRESH = {"populate_existing": True}
_OF_ACTIVITY = ("title", "host", "description", "audience", "equipment", "speaker", "note", "join_url")


def event(session: Reading, event_id: UUID) -> EventDraft:
    """Raises: NotFound."""
    found = session.scalar(select(models.Event).where(models.Event.id == event_id).execution_options(**_FRESH))
    if found is None:
        raise NotFound
    return EventDraft(name=found.name, first_day=found.first_day, last_day=found.last_day)


def activity(session: Reading, event_id: UUID, commune: str, activity_id: UUID) -> ActivityDraft:
    """Raises: NotFound where it is not one of this plan."""
    query = select(models.Activity, models.Skill.title).outerjoin(models.Skill, models.Skill.id == models.Activity.skill_id)
    query = query.where(models.Activity.id == activity_id, models.Activity.event_id == event_id, models.Activity.commune_code == commune)
    row = session.execute(query.execution_options(**_FRESH)).first()
    if row is None:
        raise NotFound
    found, skill = row
    texts = {name: getattr(found, name) for name in _OF_ACTIVITY}
    return ActivityDraft(kind=Kind(found.kind), co_hosts=tuple(found.co_hosts), skill=skill or "", **texts)


def occurrence(session: Reading, event_id: UUID, commune: str, occurrence_id: UUID) -> Occurrence:
    """The slot or wish of that id. Raises: NotFound where it is not one of this plan."""
    for model, made in _MADE:
        query = select(model, models.Activity).join(models.Activity, models.Activity.id == model.activity_id)
        query = query.where(model.id == occurrence_id, model.event_id == event_id, model.commune_code == commune)
        row = session.execute(query.execution_options(**_FRESH)).first()
        if row:
            found: Occurrence = made(*row)
            return found
    raise NotFound


def occurrences(session: Reading, activity_id: UUID) -> list[Occurrence]:
    """An activity's slots in order of start, then its wishes in order of number."""
    return _occurrences(session, models.Activity.id == activity_id)


def occurrences_of_plan(session: Reading, event_id: UUID, commune: str) -> list[Occurrence]:
    """A plan's slots in order of start, cancelled ones among them, then its wishes in order of number."""
    return _occurrences(session, (models.Activity.event_id == event_id) & (models.Activity.commune_code == commune))


def _occurrences(session: Reading, which: ColumnElement[bool]) -> list[Occurrence]:
    found: list[Occurrence] = []
    for model, made in _MADE:
        query = select(model, models.Activity).join(models.Activity, models.Activity.id == model.activity_id).where(which)
        query = query.order_by(model.starts_at if model is models.Slot else model.number, model.id)
        found += [made(*row) for row in session.execute(query.execution_options(**_FRESH))]
    return found


def told(occurrence: Occurrence) -> dict[str, object]:
    """An occurrence as the audit keeps it."""
    return {"title": occurrence.title, **asdict(occurrence.draft), "cancelled_at": occurrence.cancelled_at}


def of_slot(slot: models.Slot, activity: models.Activity) -> Occurrence:
    """A slot as it stands, with its activity's row."""
    starts, ends = local(slot.starts_at), local(slot.ends_at)
    return Occurrence(
        id=slot.id,
        number=slot.number,
        activity_id=slot.activity_id,
        kind=Kind(activity.kind),
        title=activity.title,
        is_slot=True,
        day=starts.date(),
        start=starts.time(),
        end=ends.time(),
        part=None,
        space_id=slot.space_id,
        capacity=slot.capacity,
        admission=Admission(slot.admission),
        closes_at=slot.closes_at,
        taken=slot.taken,
        waiting=slot.waiting,
        cancelled_at=slot.cancelled_at,
    )


def of_wish(wish: models.Wish, activity: models.Activity) -> Occurrence:
    """A wish as it stands, with its activity's row."""
    return Occurrence(
        id=wish.id,
        number=wish.number,
        activity_id=wish.activity_id,
        kind=Kind(activity.kind),
        title=activity.title,
        is_slot=False,
        day=wish.day,
        start=wish.start,
        end=wish.end,
        part=Part(wish.part) if wish.part else None,
        space_id=wish.space_id,
        capacity=wish.capacity,
        admission=default_admission(Kind(activity.kind)),
        closes_at=None,
    )


_MADE: tuple[tuple[Any, Any], ...] = ((models.Slot, of_slot), (models.Wish, of_wish))
