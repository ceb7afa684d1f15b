"""A commune's plan of one event taken over into another: what is offered, when and where. Nothing of people, nothing that was cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import table, transaction
from eventday.kernel import ids
from eventday.programme import models, records
from eventday.programme.domain import Event
from eventday.programme.drafts import Occurrence, OccurrenceDraft, carried_over
from eventday.programme.errors import NothingToCopy
from eventday.programme.events import refuse_other_days
from eventday.programme.occurrences import insert
from eventday.programme.records import Reading
from eventday.programme.service import begin_plan, next_numbers

_ANEW = {"join_url": ""}  # last year's room is shut: who came by its link would wait before a closed door


@dataclass(frozen=True)
class Copy:
    """What would be added to a plan. `outside`: of `wishes`, slots whose day the event does not have; `known`: activities that are there already."""

    activities: Sequence[models.Activity]
    occurrences: Sequence[tuple[Occurrence, OccurrenceDraft]]
    known: int

    @property
    def slots(self) -> int:
        return sum(not draft.lacks(one.kind) for one, draft in self.occurrences)

    @property
    def wishes(self) -> int:
        return len(self.occurrences) - self.slots

    @property
    def outside(self) -> int:
        return sum(one.is_slot and draft.day is None for one, draft in self.occurrences)


def look(session: Reading, source: Event, target: Event, commune: str) -> Copy:
    """What copying would add; four statements whatever the length."""
    there = {_key(one) for one in _activities(session, target, commune)}
    every = _activities(session, source, commune)
    new = {one.id: one for one in every if _key(one) not in there}
    found = [one for one in records.occurrences_of_plan(session, source.id, commune) if one.activity_id in new and not one.cancelled_at]
    return Copy(tuple(new.values()), [(one, carried_over(one.draft, source, target)) for one in found], len(every) - len(new))


def copy_plan(source: Event, target: Event, commune: str, *, now: datetime) -> tuple[int, UUID]:
    """Add what is not there yet: how many activities, and the id under which that is taken back. Raises: NothingToCopy."""
    with transaction() as session:
        begin_plan(session, target.id, commune)
        refuse_other_days(session, target)
        copy = look(session, source, target, commune)
        if not copy.activities:
            raise NothingToCopy
        made = _write(session, copy, target, commune)
        counts = {"activities": len(copy.activities), "slots": copy.slots, "wishes": copy.wishes, "source": source.name}
        note(session, commune, "copied", ("plan", str(target.id)), None, counts, now)
        kept = models.Removed(id=ids.new(), event_id=target.id, commune_code=commune, removed_at=now, content={"copied": list(map(str, made))})
        session.add(kept)
        return len(made), kept.id


def _write(session: Session, copy: Copy, target: Event, commune: str) -> list[UUID]:
    new_ids = {one.id: ids.new() for one in copy.activities}
    for one in copy.activities:
        values = {column.key: getattr(one, column.key) for column in table(models.Activity).columns}
        session.add(models.Activity(**values | _ANEW | {"id": new_ids[one.id], "event_id": target.id}))
    session.flush()
    ordered = sorted(copy.occurrences, key=lambda pair: pair[0].number)
    for number, (before, draft) in zip(next_numbers(session, target.id, commune, len(ordered)), ordered, strict=True):
        shared: dict[str, Any] = {"id": ids.new(), "number": number, "activity_id": new_ids[before.activity_id]}
        insert(session, before.kind, draft, shared | {"event_id": target.id, "commune_code": commune})
    return list(new_ids.values())


def _activities(session: Reading, event: Event, commune: str) -> list[models.Activity]:
    query = select(models.Activity).where(models.Activity.event_id == event.id, models.Activity.commune_code == commune)
    return list(session.scalars(query.order_by(models.Activity.id)))


def _key(one: models.Activity) -> tuple[str, str, str]:
    return one.kind, one.title_key, one.host_key
