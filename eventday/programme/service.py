"""Changing a programme: each function is one transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import transaction
from eventday.kernel import ids
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.kernel.text import fold, tidy
from eventday.programme import models
from eventday.programme.domain import Admission, Event, Kind, default_admission
from eventday.programme.errors import BadSlot, EmptyPlan, EventExists


@dataclass(frozen=True)
class Published:
    """What became public, and whether it was before."""

    slots: int
    wishes: int
    was_published: bool


def add_event(code: str, name: str, province_code: str, first_day: date, last_day: date) -> Event:
    """Raises: EventExists."""
    with transaction() as session:
        if session.scalar(select(models.Event.id).where(models.Event.code == code)):
            raise EventExists
        event = Event(ids.new(), code, name, province_code, first_day, last_day)
        session.add(models.Event(id=event.id, code=code, name=name, province_code=province_code, first_day=first_day, last_day=last_day))
        return event


def publish(event_id: UUID, commune: str, *, now: datetime) -> Published:
    """Make a commune's plan public. Raises: EmptyPlan where it has no slot."""
    with transaction() as session:
        begin_plan(session, event_id, commune)
        slots = _count(session, models.Slot, event_id, commune)
        if slots == 0:
            raise EmptyPlan
        is_new = _publish(session, event_id, commune, now)
        return Published(slots, _count(session, models.Wish, event_id, commune), was_published=not is_new)


def begin_plan(session: Session, event_id: UUID, commune: str) -> int:
    """Make the plan's row if there is none, lock it for this transaction, and return the number given last."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(models.Plan).values(event_id=event_id, commune_code=commune, last_number=0).on_conflict_do_nothing())
    locked = select(models.Plan.last_number).where(models.Plan.event_id == event_id, models.Plan.commune_code == commune).with_for_update()
    return session.execute(locked).scalar_one()


def next_number(session: Session, event_id: UUID, commune: str) -> int:
    """A number for a new slot or wish of the plan, never given before."""
    number = begin_plan(session, event_id, commune) + 1
    session.execute(update(models.Plan).where(models.Plan.event_id == event_id, models.Plan.commune_code == commune).values(last_number=number))
    return number


def add_slot(
    event_id: UUID,
    commune: str,
    *,
    title: str,
    kind: Kind,
    capacity: int,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    host: str = "",
    space_id: UUID | None = None,
    admission: Admission | None = None,
    publish: bool = False,
) -> UUID:
    """Add one slot (and its activity, where there is no equal one). Raises: BadSlot, NotFound (event, space)."""
    with transaction() as session:
        _check(session, event_id, starts_at, ends_at, capacity)
        number = next_number(session, event_id, commune)
        activity_id = find_activity(session, event_id, commune, kind, title, host) or _add_activity(session, event_id, commune, kind, title, host)
        slot = models.Slot(
            id=ids.new(),
            number=number,
            activity_id=activity_id,
            event_id=event_id,
            commune_code=commune,
            space_id=space_id,
            starts_at=starts_at,
            ends_at=ends_at,
            admission=admission or default_admission(kind),
            capacity=capacity,
        )
        session.add(slot)
        about = {"title": tidy(title), "kind": kind, "starts_at": starts_at, "ends_at": ends_at, "space_id": space_id, "capacity": capacity}
        note(session, commune, "added", ("slot", str(slot.id)), None, about, now)
        if publish:
            _publish(session, event_id, commune, now)
        return slot.id


def find_activity(session: Session, event_id: UUID, commune: str, kind: Kind, title: str, host: str) -> UUID | None:
    """The activity with the same folded title, kind and host."""
    return session.scalar(
        select(models.Activity.id).where(
            models.Activity.event_id == event_id,
            models.Activity.commune_code == commune,
            models.Activity.kind == kind,
            models.Activity.title_key == fold(title),
            models.Activity.host_key == fold(host),
        )
    )


def _add_activity(session: Session, event_id: UUID, commune: str, kind: Kind, title: str, host: str) -> UUID:
    activity = models.Activity(
        id=ids.new(),
        event_id=event_id,
        commune_code=commune,
        kind=kind,
        title=tidy(title),
        title_key=fold(title),
        host=tidy(host),
        host_key=fold(host),
    )
    session.add(activity)
    session.flush()
    return activity.id


def _check(session: Session, event_id: UUID, starts_at: datetime, ends_at: datetime, capacity: int) -> None:
    event = session.execute(select(models.Event.first_day, models.Event.last_day).where(models.Event.id == event_id)).first()
    if event is None:
        raise NotFound
    if starts_at >= ends_at or capacity < 0 or not event.first_day <= day_of(starts_at) <= event.last_day:
        raise BadSlot


def _publish(session: Session, event_id: UUID, commune: str, now: datetime) -> bool:
    done = session.execute(
        update(models.Plan)
        .where(models.Plan.event_id == event_id, models.Plan.commune_code == commune, models.Plan.published_at.is_(None))
        .values(published_at=now)
    )
    is_new = bool(done.rowcount == 1)  # type: ignore[attr-defined]
    if is_new:
        note(session, commune, "published", ("plan", str(event_id)), None, None, now)
    return is_new


def _count(session: Session, model: type[models.Slot] | type[models.Wish], event_id: UUID, commune: str) -> int:
    query = select(func.count()).select_from(model).where(model.event_id == event_id, model.commune_code == commune)
    return session.execute(query).scalar_one()
