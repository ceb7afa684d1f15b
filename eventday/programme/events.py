"""Opening a province's event, changing its name and days."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import transaction
from eventday.kernel import ids
from eventday.kernel.clock import VIETNAM, day_of
from eventday.kernel.errors import NotFound
from eventday.programme import models, records
from eventday.programme.domain import Event
from eventday.programme.drafts import EventDraft, wrong_event
from eventday.programme.errors import BadDays, DaysChanged, DaysInUse, EventCancelled, EventExists
from eventday.web.edits import refuse_stale


def open_event(province: str, code: str, draft: EventDraft, *, now: datetime) -> None:
    """A new event of a province. Raises: EventExists (the code), BadDays."""
    with transaction() as session:
        _refuse_wrong(draft)
        refuse_known(session, code)
        event_id = ids.new()
        session.add(models.Event(id=event_id, code=code, province_code=province, **asdict(draft)))
        note(session, province, "added", ("event", str(event_id)), None, asdict(draft), now)


def change_event(event_id: UUID, province: str, draft: EventDraft, *, seen: str | None, now: datetime) -> None:
    """Raises: NotFound, Stale, BadDays, DaysInUse where slots (but cancelled ones) or wishes would lie outside."""
    with transaction() as session:
        hold(session, event_id)
        before = records.event(session, event_id)
        refuse_stale(seen, before)
        _refuse_wrong(draft)
        _refuse_cut(session, event_id, draft)
        session.execute(update(models.Event).where(models.Event.id == event_id).values(**asdict(draft)))
        note(session, province, "changed", ("event", str(event_id)), asdict(before), asdict(draft), now)


def hold(session: Session, event_id: UUID, *, to_delete: bool = False) -> datetime | None:
    """Hold an event, alone: whoever changes a plan in it waits or has finished (`service.begin_plan`), who registers only `to_delete`.

    Returns when it was called off. Raises: NotFound.
    """
    query = select(models.Event.id, models.Event.cancelled_at).where(models.Event.id == event_id)
    found = session.execute(query.with_for_update(key_share=not to_delete)).first()
    if found is None:
        raise NotFound
    cancelled_at: datetime | None = found.cancelled_at
    return cancelled_at


def refuse_called_off(session: Session, event_id: UUID) -> None:
    """For what is about no slot: those tell it themselves. Raises: NotFound, EventCancelled."""
    found = session.execute(select(models.Event.cancelled_at).where(models.Event.id == event_id)).first()
    if found is None:
        raise NotFound
    if found.cancelled_at:
        raise EventCancelled


def refuse_other_days(session: Session, event: Event) -> None:
    """For what was made ready before the plan was held. Raises: DaysChanged."""
    now = records.event(session, event.id)
    if (now.first_day, now.last_day) != (event.first_day, event.last_day):
        raise DaysChanged


def call_off(session: Session, event_id: UUID, when: datetime | None) -> None:
    """Write down that an event is off since then, or (None) that it is on again. The caller holds it."""
    session.execute(update(models.Event).where(models.Event.id == event_id).values(cancelled_at=when))


def refuse_known(session: Session, code: str) -> None:
    """Raises: EventExists."""
    if session.scalar(select(models.Event.id).where(models.Event.code == code)):
        raise EventExists


def _refuse_wrong(draft: EventDraft) -> None:
    problems = wrong_event(draft)
    if problems:
        raise BadDays(f"/{problems[0][0]}")


def _refuse_cut(session: Session, event_id: UUID, draft: EventDraft) -> None:
    opens = datetime.combine(draft.first_day, datetime.min.time(), tzinfo=VIETNAM)
    closes = datetime.combine(draft.last_day + timedelta(days=1), datetime.min.time(), tzinfo=VIETNAM)
    slots = select(models.Slot.commune_code, models.Slot.starts_at).where(
        models.Slot.event_id == event_id, models.Slot.cancelled_at.is_(None), or_(models.Slot.starts_at < opens, models.Slot.starts_at >= closes)
    )
    wishes = select(models.Wish.commune_code, models.Wish.day).where(
        models.Wish.event_id == event_id, or_(models.Wish.day < draft.first_day, models.Wish.day > draft.last_day)
    )
    cut = [(code, day_of(starts_at)) for code, starts_at in session.execute(slots)] + [(code, day) for code, day in session.execute(wishes) if day]
    if cut:
        days = sorted({day for _, day in cut})
        raise DaysInUse(count=len(cut), communes=len({code for code, _ in cut}), first=f"{days[0]:%d/%m/%Y}", last=f"{days[-1]:%d/%m/%Y}")
