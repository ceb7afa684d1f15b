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
from eventday.programme.errors import BadSlot, EmptyPlan, EventCancelled, EventExists


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
    """Make the plan's row if there is none, lock it for this transaction, and return the number given last.

    The event is held before it, together with others who change plans: its days stay as they are until the end.
    Raises: NotFound (the event), EventCancelled.
    """
    held = session.execute(select(models.Event.cancelled_at).where(models.Event.id == event_id).with_for_update(read=True)).first()
    if held is None:
        raise NotFound
    if held.cancelled_at:
        raise EventCancelled
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(models.Plan).values(event_id=event_id, commune_code=commune, last_number=0).on_conflict_do_nothing())
    locked = select(models.Plan.last_number).where(models.Plan.event_id == event_id, models.Plan.commune_code == commune).with_for_update()
    return session.execute(locked).scalar_one()


def next_number(session: Session, event_id: UUID, commune: str) -> int:
    """A number for a new slot or wish of the plan, never given before."""
    return next_numbers(session, event_id, commune, 1)[0]


def next_numbers(session: Session, event_id: UUID, commune: str, count: int) -> range:
    """So many of them at once."""
    last = begin_plan(session, event_id, commune)
    mine = (models.Plan.event_id == event_id, models.Plan.commune_code == commune)
    session.execute(update(models.Plan).where(*mine).values(last_number=last + count))
    return range(last + 1, last + count + 1)


@dataclass(frozen=True, kw_only=True)
class NewSlot:
    """One slot and what it is of. `admission` None: as its kind is entered. Times are aware."""

    title: str
    kind: Kind
    capacity: int
    starts_at: datetime
    ends_at: datetime
    host: str = ""
    space_id: UUID | None = None
    admission: Admission | None = None


def add_slot(event_id: UUID, commune: str, slot: NewSlot, *, now: datetime, publish: bool = False) -> UUID:
    """Add one slot (and its activity, where there is no equal one). Raises: BadSlot, NotFound (event, space)."""
    with transaction() as session:
        number = next_number(session, event_id, commune)
        _check(session, event_id, slot)
        activity_id = find_activity(session, event_id, commune, slot.kind, slot.title, slot.host) or _add_activity(session, event_id, commune, slot)
        values = {name: getattr(slot, name) for name in ("space_id", "starts_at", "ends_at", "capacity")}
        values |= {"id": ids.new(), "number": number, "activity_id": activity_id, "event_id": event_id, "commune_code": commune}
        session.add(models.Slot(**values, admission=slot.admission or default_admission(slot.kind)))
        note(session, commune, "added", ("slot", str(values["id"])), None, vars(slot), now)
        if publish:
            _publish(session, event_id, commune, now)
        return UUID(str(values["id"]))


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


def _add_activity(session: Session, event_id: UUID, commune: str, slot: NewSlot) -> UUID:
    title, host = tidy(slot.title), tidy(slot.host)
    activity = models.Activity(id=ids.new(), event_id=event_id, commune_code=commune, kind=slot.kind, title=title, host=host)
    activity.title_key, activity.host_key = fold(title), fold(host)
    session.add(activity)
    session.flush()
    return activity.id


def _check(session: Session, event_id: UUID, slot: NewSlot) -> None:
    event = session.execute(select(models.Event.first_day, models.Event.last_day).where(models.Event.id == event_id)).first()
    if event is None:
        raise NotFound
    if slot.starts_at >= slot.ends_at or slot.capacity < 0 or not event.first_day <= day_of(slot.starts_at) <= event.last_day:
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
