"""Reading a programme: plain values, a fixed number of statements whatever the length."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, bindparam, func, select

from eventday.catalogue import queries as catalogue
from eventday.db import db, table
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.places.queries import PLACE, with_place
from eventday.programme import models
from eventday.programme.domain import Activity, Admission, Event, Kind, Part, Plan, Slot, Wish

_EVENT = select(
    models.Event.id,
    models.Event.code,
    models.Event.name,
    models.Event.province_code,
    models.Event.first_day,
    models.Event.last_day,
    models.Event.cancelled_at,
)


_HOT = table(models.Event).c
_EVENT_COLUMNS = select(_HOT.id, _HOT.code, _HOT.name, _HOT.province_code, _HOT.first_day, _HOT.last_day, _HOT.cancelled_at)
_EVENT_BY_ID, _EVENT_BY_CODE = _EVENT_COLUMNS.where(_HOT.id == bindparam("id")), _EVENT_COLUMNS.where(_HOT.code == bindparam("code"))


def event(key: str) -> Event:
    """The event of an id or a short code. Raises: NotFound."""
    if "\x00" in key:
        raise NotFound  # PostgreSQL's text cannot even be compared with it
    by_id = parse(key)
    row = db.session.execute(_EVENT_BY_ID, {"id": by_id}).first() if by_id else db.session.execute(_EVENT_BY_CODE, {"code": key}).first()
    if row is None:
        raise NotFound
    return Event(*row)


def events() -> list[Event]:
    """All events, the earliest first."""
    return [Event(*row) for row in db.session.execute(_EVENT.order_by(models.Event.first_day, models.Event.code))]


def events_of(commune: str, *, published_only: bool = True) -> list[Event]:
    """The events that a commune has a plan in, the earliest first."""
    query = _EVENT.join(models.Plan, models.Plan.event_id == models.Event.id).where(models.Plan.commune_code == commune)
    if published_only:
        query = query.where(models.Plan.published_at.is_not(None))
    return [Event(*row) for row in db.session.execute(query.order_by(models.Event.first_day))]


def event_shown(commune: str, now: datetime) -> Event | None:
    """The event that a commune's page shows: the published one that is running, else the next, else the last; else its province's next or last."""
    mine = events_of(commune)
    if mine:
        return _most_timely(mine, day_of(now))
    found = catalogue.commune(commune)
    return event_of_province(found.province_code, now) if found else None


def event_of_province(code: str, now: datetime) -> Event | None:
    """The event of a province that is running, else the next, else the last."""
    query = _EVENT.where(models.Event.province_code == code).order_by(models.Event.first_day)
    return _most_timely([Event(*row) for row in db.session.execute(query)], day_of(now))


def _most_timely(events: list[Event], today: date) -> Event | None:
    coming = [event for event in events if event.last_day >= today]
    return coming[0] if coming else events[-1] if events else None


def plan(event_id: UUID, commune: str) -> Plan:
    """The state of a plan; one that was never begun is an empty, unpublished one."""
    published = select(models.Plan.published_at).where(models.Plan.event_id == event_id, models.Plan.commune_code == commune).scalar_subquery()
    counted = (_counted(models.Slot, event_id, commune), _counted(models.Wish, event_id, commune))
    published_at, slots, wishes = db.session.execute(select(published, *counted)).one()
    return Plan(published_at=published_at, slots=slots, wishes=wishes)


def _counted(model: type[models.Slot] | type[models.Wish], event_id: UUID, commune: str) -> ScalarSelect[int]:
    return select(func.count()).select_from(model).where(model.event_id == event_id, model.commune_code == commune).scalar_subquery()


def published_communes(event_id: UUID | None = None) -> list[str]:
    """Codes of the communes with a published plan, of one event or of any."""
    query = select(models.Plan.commune_code).distinct().where(models.Plan.published_at.is_not(None)).order_by(models.Plan.commune_code)
    return list(db.session.scalars(query if event_id is None else query.where(models.Plan.event_id == event_id)))


def slots(event_id: UUID, commune: str | None = None, *, published_only: bool = False) -> list[Slot]:
    """Slots of an event, of one commune or all, in order of start and title; cancelled ones among them."""
    query = _slots().where(models.Slot.event_id == event_id)
    if commune is not None:
        query = query.where(models.Slot.commune_code == commune)
    if published_only:
        query = query.join(
            models.Plan, (models.Plan.event_id == models.Slot.event_id) & (models.Plan.commune_code == models.Slot.commune_code)
        ).where(models.Plan.published_at.is_not(None))
    query = query.order_by(models.Slot.commune_code, models.Slot.starts_at, models.Activity.title_key, models.Slot.id)
    return [_slot(row) for row in db.session.execute(query)]


def slots_of_activity(activity_id: UUID) -> list[Slot]:
    query = _slots().where(models.Slot.activity_id == activity_id).order_by(models.Slot.starts_at, models.Slot.id)
    return [_slot(row) for row in db.session.execute(query)]


def slot(slot_id: UUID) -> Slot:
    """Raises: NotFound."""
    row = db.session.execute(_slots().where(models.Slot.id == slot_id)).first()
    if row is None:
        raise NotFound
    return _slot(row)


def slots_by_id(ids: Collection[UUID]) -> dict[UUID, Slot]:
    """Those of the slots that exist."""
    if not ids:
        return {}
    return {row.id: _slot(row) for row in db.session.execute(_slots().where(models.Slot.id.in_(ids)))}


def is_published(event_id: UUID, commune: str) -> bool:
    query = select(models.Plan.published_at).where(models.Plan.event_id == event_id, models.Plan.commune_code == commune)
    return db.session.scalar(query) is not None


def _slots() -> Select[*tuple[Any, ...]]:
    query = select(
        models.Slot.id,
        models.Slot.activity_id,
        models.Slot.event_id,
        models.Slot.commune_code,
        models.Activity.title,
        models.Activity.kind,
        models.Activity.host,
        models.Slot.space_id,
        *PLACE,
        models.Slot.starts_at,
        models.Slot.ends_at,
        models.Slot.closes_at,
        models.Slot.admission,
        models.Slot.capacity,
        models.Slot.taken,
        models.Slot.waiting,
        models.Slot.cancelled_at,
    ).join(models.Activity, models.Activity.id == models.Slot.activity_id)
    return with_place(query, models.Slot.space_id)


def _slot(row: Any) -> Slot:
    return Slot(
        id=row.id,
        activity_id=row.activity_id,
        event_id=row.event_id,
        commune_code=row.commune_code,
        title=row.title,
        kind=Kind(row.kind),
        host=row.host,
        space_id=row.space_id,
        space=row.space or "",
        venue=row.venue or "",
        place=row.place or "",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        closes_at=row.closes_at or row.starts_at,
        admission=Admission(row.admission),
        capacity=row.capacity,
        taken=row.taken,
        waiting=row.waiting,
        cancelled_at=row.cancelled_at,
    )


def activities(event_id: UUID, commune: str) -> list[Activity]:
    """A commune's activities, by kind and title."""
    return _by_kind(_activities().where(models.Activity.event_id == event_id, models.Activity.commune_code == commune))


def bare_activities(event_id: UUID, commune: str) -> list[Activity]:
    """Those with neither slot nor wish."""
    used = [select(model.id).where(model.activity_id == models.Activity.id).exists() for model in (models.Slot, models.Wish)]
    mine = (models.Activity.event_id == event_id, models.Activity.commune_code == commune)
    return _by_kind(_activities().where(*mine, ~used[0], ~used[1]))


def _by_kind(query: Select[*tuple[Any, ...]]) -> list[Activity]:
    return [_activity(row) for row in db.session.execute(query.order_by(models.Activity.kind, models.Activity.title_key))]


def activity(activity_id: UUID) -> Activity:
    """Raises: NotFound."""
    row = db.session.execute(_activities().where(models.Activity.id == activity_id)).first()
    if row is None:
        raise NotFound
    return _activity(row)


def activities_by_id(ids: Collection[UUID]) -> dict[UUID, Activity]:
    """Those of the activities that exist."""
    if not ids:
        return {}
    return {row.id: _activity(row) for row in db.session.execute(_activities().where(models.Activity.id.in_(ids)))}


_ACTIVITY = tuple(getattr(models.Activity, name) for name in Activity.__dataclass_fields__ if name != "skill")  # columns: entities cost twice as much


def _activities() -> Select[*tuple[Any, ...]]:
    return select(*_ACTIVITY, models.Skill.title.label("skill")).outerjoin(models.Skill, models.Skill.id == models.Activity.skill_id)


def _activity(row: Any) -> Activity:
    return Activity(**{**row._mapping, "kind": Kind(row.kind), "co_hosts": tuple(row.co_hosts)})


def wishes(event_id: UUID, commune: str) -> list[Wish]:
    """What is wanted but not placed, in the order it came in."""
    query = (
        with_place(select(models.Wish, models.Activity.title, models.Activity.kind, models.Activity.host, *PLACE), models.Wish.space_id)
        .join(models.Activity, models.Activity.id == models.Wish.activity_id)
        .where(models.Wish.event_id == event_id, models.Wish.commune_code == commune)
        .order_by(models.Wish.number)
    )
    return [
        Wish(
            id=wish.id,
            activity_id=wish.activity_id,
            title=title,
            kind=Kind(kind),
            host=host,
            day=wish.day,
            start=wish.start,
            end=wish.end,
            part=Part(wish.part) if wish.part else None,
            space_id=wish.space_id,
            place=place or "",
            capacity=wish.capacity,
        )
        for wish, title, kind, host, _, _, place in db.session.execute(query)
    ]
