"""Adding and changing what is offered. Whom a change touches is for the page that asks to say; nothing of a person changes here."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import transaction
from eventday.kernel import ids
from eventday.kernel.text import fold
from eventday.programme import models, records, skills
from eventday.programme.domain import Kind, default_admission
from eventday.programme.drafts import ActivityDraft
from eventday.programme.errors import ActivityExists, PlaceNeeded
from eventday.programme.service import begin_plan
from eventday.web.edits import refuse_stale

_SAME = models.Activity.event_id, models.Activity.commune_code, models.Activity.kind, models.Activity.title_key, models.Activity.host_key


def add_activity(event_id: UUID, commune: str, draft: ActivityDraft, *, now: datetime) -> UUID:
    """Raises: ActivityExists where one of the same kind, title and host is there."""
    with transaction() as session:
        begin_plan(session, event_id, commune)
        _refuse_twin(session, event_id, commune, draft, None)
        activity_id = ids.new()
        session.add(models.Activity(id=activity_id, event_id=event_id, commune_code=commune, **_columns(draft)))
        session.flush()
        skills.attest_in(session, activity_id, draft.skill)
        note(session, commune, "added", ("activity", str(activity_id)), None, asdict(draft), now)
        return activity_id


def change_activity(event_id: UUID, commune: str, activity_id: UUID, draft: ActivityDraft, *, seen: str | None, now: datetime) -> None:
    """Raises: NotFound, Stale, ActivityExists, PlaceNeeded (a slot without a place stays online)."""
    with transaction() as session:
        begin_plan(session, event_id, commune)
        before = records.activity(session, event_id, commune, activity_id)
        refuse_stale(seen, before)
        _refuse_twin(session, event_id, commune, draft, activity_id)
        _change_kind(session, activity_id, before.kind, draft.kind)
        session.execute(update(models.Activity).where(models.Activity.id == activity_id).values(**_columns(draft)))
        skills.attest_in(session, activity_id, draft.skill)
        note(session, commune, "changed", ("activity", str(activity_id)), asdict(before), asdict(draft), now)


def _columns(draft: ActivityDraft) -> dict[str, object]:
    values = {name: value for name, value in asdict(draft).items() if name != "skill"}
    return values | {"title_key": fold(draft.title), "host_key": fold(draft.host), "co_hosts": list(draft.co_hosts)}


def _refuse_twin(session: Session, event_id: UUID, commune: str, draft: ActivityDraft, own_id: UUID | None) -> None:
    values = (event_id, commune, *draft.key)
    query = select(models.Activity.id).where(*(column == value for column, value in zip(_SAME, values, strict=True)))
    found = session.scalar(query)
    if found is not None and found != own_id:
        raise ActivityExists(activity=str(found))


def _change_kind(session: Session, activity_id: UUID, old: Kind, new: Kind) -> None:
    """Slots that nobody registered for are entered as the new kind is; what was online needs a place to be anything else."""
    if old is new:
        return
    mine = models.Slot.activity_id == activity_id
    placeless = select(models.Slot.id).where(mine, models.Slot.space_id.is_(None), models.Slot.cancelled_at.is_(None)).limit(1)
    if old is Kind.ONLINE and session.scalar(placeless):
        raise PlaceNeeded
    if default_admission(old) is not default_admission(new):
        nobody = (models.Slot.taken == 0, models.Slot.waiting == 0, models.Slot.admission == default_admission(old))
        session.execute(update(models.Slot).where(mine, *nobody).values(admission=default_admission(new)))
