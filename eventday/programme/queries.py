"""Reading a programme: plain values, a fixed number of statements whatever the length."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, Table, bindparam, func, select

from eventday.catalogue import queries as catalogue
from eventday.db import db, table
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.places.queries import PLACE, with_place
from eventday.programme import models
from eventday.programme.domain import Activity, Admission, Asked, Event, Kind, Part, Plan, Slot, Wish

# Tables, not models: a long plan is read by every page, and rows through the ORM cost twice as much.
_EVENTS, _PLANS, _SLOTS, _WISHES = table(models.Event), table(models.Plan), table(models.Slot), table(models.Wish)
_ACTIVITIES, _SKILLS = table(models.Activity), table(models.Skill)
_OF_EVENT, _PLAN, _SLOT, _WISH, _ACTIVITY = _EVENTS.c, _PLANS.c, _SLOTS.c, _WISHES.c, _ACTIVITIES.c

_EVENT = select(
    _OF_EVENT.id, _OF_EVENT.code, _OF_EVENT.name, _OF_EVENT.province_code, _OF_EVENT.first_day, _OF_EVENT.last_day, _OF_EVENT.cancelled_at
)
_EVENT_BY_ID, _EVENT_BY_CODE = _EVENT.where(_OF_EVENT.id == bindparam("id")), _EVENT.where(_OF_EVENT.code == bindparam("code"))

_SLOT_NAMES, _ACTIVITY_NAMES = tuple(Slot.__dataclass_fields__), tuple(Activity.__dataclass_fields__)
_KINDS, _ADMISSIONS = {str(kind): kind for kind in Kind}, {str(admission): admission for admission in Admission}


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
    return [Event(*row) for row in db.session.execute(_EVENT.order_by(_OF_EVENT.first_day, _OF_EVENT.code))]


def events_of(commune: str, *, published_only: bool = True) -> list[Event]:
    """The events that a commune has a plan in, the earliest first."""
    query = _EVENT.join(_PLANS, _PLAN.event_id == _OF_EVENT.id).where(_PLAN.commune_code == commune)
    if published_only:
        query = query.where(_PLAN.published_at.is_not(None))
    return [Event(*row) for row in db.session.execute(query.order_by(_OF_EVENT.first_day))]


def event_shown(commune: str, now: datetime) -> Event | None:
    """The event that a commune's page shows: the published one that is running, else the next, else the last; else its province's next or last."""
    mine = events_of(commune)
    if mine:
        return _most_timely(mine, day_of(now))
    found = catalogue.commune(commune)
    return event_of_province(found.province_code, now) if found else None


def event_of_province(code: str, now: datetime) -> Event | None:
    """The event of a province that is running, else the next, else the last."""
    query = _EVENT.where(_OF_EVENT.province_code == code).order_by(_OF_EVENT.first_day)
    return _most_timely([Event(*row) for row in db.session.execute(query)], day_of(now))


def _most_timely(events: list[Event], today: date) -> Event | None:
    coming = [event for event in events if event.last_day >= today]
    return coming[0] if coming else events[-1] if events else None


def plan(event_id: UUID, commune: str) -> Plan:
    """The state of a plan; one that was never begun is an empty, unpublished one."""
    published = select(_PLAN.published_at).where(_PLAN.event_id == event_id, _PLAN.commune_code == commune).scalar_subquery()
    counted = (_counted(_SLOTS, event_id, commune), _counted(_WISHES, event_id, commune))
    published_at, slots, wishes = db.session.execute(select(published, *counted)).one()
    return Plan(published_at=published_at, slots=slots, wishes=wishes)


def _counted(rows: Table, event_id: UUID, commune: str) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows).where(rows.c.event_id == event_id, rows.c.commune_code == commune).scalar_subquery()


def published_communes(event_id: UUID | None = None) -> list[str]:
    """Codes of the communes with a published plan, of one event or of any."""
    query = select(_PLAN.commune_code).distinct().where(_PLAN.published_at.is_not(None)).order_by(_PLAN.commune_code)
    return list(db.session.scalars(query if event_id is None else query.where(_PLAN.event_id == event_id)))


def slots(event_id: UUID, commune: str | None = None, *, published_only: bool = False) -> list[Slot]:
    """Slots of an event, of one commune or all, in order of start and title; cancelled ones among them."""
    query = _slots().where(_SLOT.event_id == event_id)
    if commune is not None:
        query = query.where(_SLOT.commune_code == commune)
    if published_only:
        query = query.join(_PLANS, (_PLAN.event_id == _SLOT.event_id) & (_PLAN.commune_code == _SLOT.commune_code)).where(
            _PLAN.published_at.is_not(None)
        )
    query = query.order_by(_SLOT.commune_code, _SLOT.starts_at, _ACTIVITY.title_key, _SLOT.id)
    return [_slot(row) for row in db.session.execute(query)]


def slots_of_activity(activity_id: UUID) -> list[Slot]:
    query = _slots().where(_SLOT.activity_id == activity_id).order_by(_SLOT.starts_at, _SLOT.id)
    return [_slot(row) for row in db.session.execute(query)]


def slot(slot_id: UUID) -> Slot:
    """Raises: NotFound."""
    row = db.session.execute(_slots().where(_SLOT.id == slot_id)).first()
    if row is None:
        raise NotFound
    return _slot(row)


def slots_by_id(ids: Collection[UUID]) -> dict[UUID, Slot]:
    """Those of the slots that exist."""
    if not ids:
        return {}
    return {row.id: _slot(row) for row in db.session.execute(_slots().where(_SLOT.id.in_(ids)))}


def is_published(event_id: UUID, commune: str) -> bool:
    query = select(_PLAN.published_at).where(_PLAN.event_id == event_id, _PLAN.commune_code == commune)
    return db.session.scalar(query) is not None


def _slots() -> Select[*tuple[Any, ...]]:
    columns = (
        _SLOT.id,
        _SLOT.activity_id,
        _SLOT.event_id,
        _SLOT.commune_code,
        _ACTIVITY.title,
        _ACTIVITY.kind,
        _ACTIVITY.host,
        _SLOT.space_id,
        *(func.coalesce(one, "").label(one.name) for one in PLACE),
        _SLOT.starts_at,
        _SLOT.ends_at,
        func.coalesce(_SLOT.closes_at, _SLOT.starts_at).label("closes_at"),
        _SLOT.admission,
        _SLOT.capacity,
        _SLOT.taken,
        _SLOT.waiting,
        _SLOT.cancelled_at,
    )
    return with_place(select(*columns).join(_ACTIVITIES, _ACTIVITY.id == _SLOT.activity_id), _SLOT.space_id)


def _slot(row: Any) -> Slot:
    """Its values are taken together: to ask a row for each by name costs three times as much."""
    told = dict(zip(_SLOT_NAMES, row, strict=True))
    return Slot(**{**told, "kind": _KINDS[told["kind"]], "admission": _ADMISSIONS[told["admission"]]})


def activities(event_id: UUID, commune: str) -> list[Activity]:
    """A commune's activities, by kind and title."""
    return _by_kind(_activities().where(_ACTIVITY.event_id == event_id, _ACTIVITY.commune_code == commune))


def asked(event_id: UUID, commune: str) -> dict[UUID, Asked]:
    """What each of a commune's activities asks for."""
    query = select(_ACTIVITY.id, _ACTIVITY.audience, _ACTIVITY.equipment).where(_ACTIVITY.event_id == event_id, _ACTIVITY.commune_code == commune)
    return {activity_id: Asked(audience, equipment) for activity_id, audience, equipment in db.session.execute(query)}


def bare_activities(event_id: UUID, commune: str) -> list[Activity]:
    """Those with neither slot nor wish."""
    used = [select(rows.c.id).where(rows.c.activity_id == _ACTIVITY.id).exists() for rows in (_SLOTS, _WISHES)]
    mine = (_ACTIVITY.event_id == event_id, _ACTIVITY.commune_code == commune)
    return _by_kind(_activities().where(*mine, ~used[0], ~used[1]))


def _by_kind(query: Select[*tuple[Any, ...]]) -> list[Activity]:
    return [_activity(row) for row in db.session.execute(query.order_by(_ACTIVITY.kind, _ACTIVITY.title_key))]


def activity(activity_id: UUID) -> Activity:
    """Raises: NotFound."""
    row = db.session.execute(_activities().where(_ACTIVITY.id == activity_id)).first()
    if row is None:
        raise NotFound
    return _activity(row)


def activities_by_id(ids: Collection[UUID]) -> dict[UUID, Activity]:
    """Those of the activities that exist."""
    if not ids:
        return {}
    return {row.id: _activity(row) for row in db.session.execute(_activities().where(_ACTIVITY.id.in_(ids)))}


_ACTIVITY_COLUMNS = (*(_ACTIVITY[name] for name in _ACTIVITY_NAMES if name != "skill"), _SKILLS.c.title.label("skill"))


def _activities() -> Select[*tuple[Any, ...]]:
    return select(*_ACTIVITY_COLUMNS).select_from(_ACTIVITIES).outerjoin(_SKILLS, _SKILLS.c.id == _ACTIVITY.skill_id)


def _activity(row: Any) -> Activity:
    told = dict(zip(_ACTIVITY_NAMES, row, strict=True))
    return Activity(**{**told, "kind": _KINDS[told["kind"]], "co_hosts": tuple(told["co_hosts"])})


def wishes(event_id: UUID, commune: str) -> list[Wish]:
    """What is wanted but not placed, in the order it came in."""
    query = (
        with_place(select(*_WISHES.c, _ACTIVITY.title, _ACTIVITY.kind, _ACTIVITY.host, *PLACE), _WISH.space_id)
        .join(_ACTIVITIES, _ACTIVITY.id == _WISH.activity_id)
        .where(_WISH.event_id == event_id, _WISH.commune_code == commune)
        .order_by(_WISH.number)
    )
    return [
        Wish(
            id=row.id,
            activity_id=row.activity_id,
            title=row.title,
            kind=Kind(row.kind),
            host=row.host,
            day=row.day,
            start=row.start,
            end=row.end,
            part=Part(row.part) if row.part else None,
            space_id=row.space_id,
            place=row.place or "",
            capacity=row.capacity,
        )
        for row in db.session.execute(query)
    ]
