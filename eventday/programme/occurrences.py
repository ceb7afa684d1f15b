"""Writing slots and wishes. Functions without a session are one transaction; slots with people change in `registrations.slots`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import names_what_is_gone, transaction
from eventday.kernel import ids
from eventday.kernel.errors import NotFound
from eventday.programme import models, records
from eventday.programme.domain import Event, Kind
from eventday.programme.drafts import Occurrence, OccurrenceDraft, wrong_occurrence
from eventday.programme.errors import BadSlot, PlaceNeeded, SpaceGone
from eventday.programme.service import begin_plan, next_number
from eventday.web.edits import refuse_stale

_OF_WISH = ("day", "start", "end", "part", "space_id", "capacity")


def add_occurrence(event_id: UUID, commune: str, activity_id: UUID, draft: OccurrenceDraft, *, now: datetime) -> UUID:
    """A slot where the draft has all that one needs, else a wish. Raises: NotFound (the activity), BadSlot, SpaceGone."""
    with in_a_space(), transaction() as session:
        number = next_number(session, event_id, commune)
        activity = records.activity(session, event_id, commune, activity_id)
        refuse_wrong(session, event_id, draft)
        occurrence_id = ids.new()
        shared = {"id": occurrence_id, "number": number, "activity_id": activity_id, "event_id": event_id, "commune_code": commune}
        kind = insert(session, activity.kind, draft, shared)
        note(session, commune, "added", (kind, str(occurrence_id)), None, _told(session, event_id, commune, occurrence_id), now)
        return occurrence_id


def change_wish(event_id: UUID, commune: str, wish_id: UUID, draft: OccurrenceDraft, *, seen: str | None, now: datetime) -> None:
    """Change a wish; once it has a day, hours and a place it is a slot of the same id and number.

    Raises: NotFound (also where it was placed meanwhile in the way it was seen), Stale, BadSlot, SpaceGone.
    """
    with in_a_space(), transaction() as session:
        begin_plan(session, event_id, commune)
        before = records.occurrence(session, event_id, commune, wish_id)
        refuse_stale(seen, before.seen)
        if before.is_slot:
            raise NotFound
        refuse_wrong(session, event_id, draft)
        if draft.lacks(before.kind):
            session.execute(update(models.Wish).where(models.Wish.id == wish_id).values(**{name: getattr(draft, name) for name in _OF_WISH}))
        else:
            replace(session, event_id, commune, before, draft)
        noted(session, event_id, commune, before, now)


@contextmanager
def in_a_space() -> Iterator[None]:
    """Around a transaction that puts something into a space. Raises: SpaceGone where that is deleted at this very moment."""
    try:
        yield
    except IntegrityError as error:
        if names_what_is_gone(error):
            raise SpaceGone from None
        raise


def change_in(session: Session, before: Occurrence, draft: OccurrenceDraft) -> None:
    """Write what a slot's draft says but for its capacity, which `seats.set_capacity` guards. The caller holds plan and slot."""
    if draft.lacks(before.kind):
        raise PlaceNeeded
    values = {"starts_at": draft.starts_at(), "ends_at": draft.ends_at(), "space_id": draft.space_id, "closes_at": draft.closes_at}
    session.execute(update(models.Slot).where(models.Slot.id == before.id).values(**values, admission=draft.admission))


def replace(session: Session, event_id: UUID, commune: str, before: Occurrence, draft: OccurrenceDraft) -> None:
    """Make a slot of a wish, or a wish of a slot that nobody has to do with, under the same id and number. The caller holds the plan."""
    model = models.Slot if before.is_slot else models.Wish
    session.execute(delete(model).where(model.id == before.id))
    shared = {"id": before.id, "number": before.number, "activity_id": before.activity_id, "event_id": event_id, "commune_code": commune}
    insert(session, before.kind, draft, shared)


def refuse_wrong(session: Session, event_id: UUID, draft: OccurrenceDraft) -> None:
    """Raises: BadSlot, NotFound (the event)."""
    row = session.execute(select(models.Event).where(models.Event.id == event_id)).scalar_one_or_none()
    if row is None:
        raise NotFound
    event = Event(row.id, row.code, row.name, row.province_code, row.first_day, row.last_day, row.cancelled_at)
    if wrong_occurrence(draft, event) or (draft.capacity or 0) < 0:
        raise BadSlot


def noted(session: Session, event_id: UUID, commune: str, before: Occurrence, now: datetime) -> None:
    """Keep in the audit what a slot or wish was and is."""
    session.flush()
    after = records.occurrence(session, event_id, commune, before.id)
    note(session, commune, "changed", ("slot" if after.is_slot else "wish", str(before.id)), records.told(before), records.told(after), now)


def _told(session: Session, event_id: UUID, commune: str, occurrence_id: UUID) -> dict[str, object]:
    session.flush()
    return records.told(records.occurrence(session, event_id, commune, occurrence_id))


def insert(session: Session, kind: Kind, draft: OccurrenceDraft, shared: Mapping[str, Any]) -> str:
    """Add a slot or, where the draft lacks something, a wish; returns which. `shared`: its ids and number. The caller holds the plan."""
    if draft.lacks(kind):
        session.add(models.Wish(**shared, **{name: getattr(draft, name) for name in _OF_WISH}))
        return "wish"
    values: dict[str, Any] = {"starts_at": draft.starts_at(), "ends_at": draft.ends_at(), "space_id": draft.space_id}
    values |= {"admission": draft.admission, "closes_at": draft.closes_at, "capacity": draft.capacity or 0}
    session.add(models.Slot(**shared, **values))
    return "slot"
