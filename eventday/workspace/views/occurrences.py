"""When and where: a slot or a wish added, copied, changed, cancelled, deleted."""

from dataclasses import replace
from uuid import UUID

from flask import Response, request

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.audit.editors import who
from eventday.db import db
from eventday.kernel import clock
from eventday.kernel.errors import NotFound, Refusal
from eventday.kernel.ids import parse
from eventday.places import queries as places
from eventday.programme import occurrences, records, removing
from eventday.programme.domain import default_admission
from eventday.programme.drafts import ActivityDraft, Occurrence, OccurrenceDraft
from eventday.programme.errors import BadSlot, PlaceNeeded, SlotCancelled, SpaceGone
from eventday.registrations import slots
from eventday.registrations.errors import AdmissionFixed, CapacityBelowTaken, SlotHadPeople
from eventday.web.edits import Stale, stamp
from eventday.web.forms import fail
from eventday.web.messages import sentence_of
from eventday.workspace import previews, queries
from eventday.workspace.clashes import clashes
from eventday.workspace.forms.programme import OccurrenceForm
from eventday.workspace.queries import Desk
from eventday.workspace.views.activities import KEEPERS
from eventday.workspace.views.frame import PAGE, blueprint, commune_of
from eventday.workspace.views.gone import bring_back, gone_page
from eventday.workspace.views.occurrence_pages import form_page, preview_page, removal_page
from eventday.workspace.views.way_back import to_plan

_NEW = f"{PAGE}/ke-hoach/hoat-dong/<uuid:activity_id>/ca-moi"
_OCCURRENCE = f"{PAGE}/ke-hoach/ca/<uuid:occurrence_id>"
_FIELDS: dict[type[Refusal], str] = {CapacityBelowTaken: "capacity", AdmissionFixed: "admission", PlaceNeeded: "space_id"}
_FIELDS |= {SpaceGone: "space_id", SlotCancelled: "day", BadSlot: "day"}


@blueprint.get(_NEW)
@needs(Role.ORGANISER, of=commune_of)
def show_new_occurrence(code: str, event: str, activity_id: UUID) -> Response:
    """`?tu=` begins as a copy of another; else with the event's day, where it has one only."""
    at = queries.desk(code, event)
    activity = records.activity(db.session, at.event.id, code, activity_id)
    source = parse(request.args.get("tu"))
    draft = records.occurrence(db.session, at.event.id, code, source).draft if source else OccurrenceDraft(admission=default_admission(activity.kind))
    if at.event.first_day == at.event.last_day:
        draft = replace(draft, day=at.event.first_day)
    return form_page(at, _offered(at, OccurrenceForm.of_draft(draft)), activity, activity_id)


@blueprint.post(_NEW)
@needs(Role.ORGANISER, of=commune_of)
def add_occurrence(code: str, event: str, activity_id: UUID) -> Response:
    """Asked first where it would clash with what stands."""
    at = queries.desk(code, event)
    if (unable := bring_back(at, activity_id)) is not None:
        return unable
    try:
        activity = records.activity(db.session, at.event.id, code, activity_id)
    except NotFound:
        return gone_page(at, activity_id)
    form = _offered(at, OccurrenceForm(request.form))
    draft = form.draft(at.event, activity.kind, _capacities(at))
    if draft is None or "sua" in request.form:
        return form_page(at, form, activity, activity_id, status=422 if draft is None else 200)
    found = clashes(at, "new", activity_id, activity, draft)
    if found and "xac-nhan" not in request.form:
        return preview_page(at, activity.title, None, draft, found)
    try:
        occurrence_id = occurrences.add_occurrence(at.event.id, code, activity_id, draft, now=clock.now())
    except NotFound:
        return gone_page(at, activity_id)
    except (SpaceGone, BadSlot) as refused:
        return form_page(at, _failed(at, form, refused), activity, activity_id, status=422)
    return to_plan(at, f"ca-{occurrence_id}", da="them-ca")


@blueprint.get(_OCCURRENCE)
@needs(Role.ORGANISER, of=commune_of)
def show_occurrence(code: str, event: str, occurrence_id: UUID) -> Response:
    at = queries.desk(code, event)
    found, activity = _found(at, occurrence_id)
    if found.cancelled_at:
        return removal_page(at, found, activity)
    form = _offered(at, OccurrenceForm.of_draft(found.draft))
    told = clashes(at, found.id, found.activity_id, activity, found.draft) if found.is_slot else []
    return form_page(at, form, activity, found.activity_id, occurrence=found, seen=stamp(found.seen), clashes=told)


@blueprint.post(_OCCURRENCE)
@needs(Role.ORGANISER, of=commune_of)
def change_occurrence(code: str, event: str, occurrence_id: UUID) -> Response:
    """Asked first where people would notice or where it would clash; `sua` goes back to the form with what was typed."""
    at = queries.desk(code, event)
    if (unable := bring_back(at, occurrence_id)) is not None:
        return unable
    try:
        found, activity = _found(at, occurrence_id)
    except NotFound:
        return gone_page(at, occurrence_id)
    form = _offered(at, OccurrenceForm(request.form))
    draft = form.draft(at.event, activity.kind, _capacities(at))
    if draft is None or "sua" in request.form:
        seen = request.form.get("seen", "")
        return form_page(at, form, activity, found.activity_id, occurrence=found, seen=seen, status=422 if draft is None else 200)
    if "xac-nhan" not in request.form and (preview := _preview(at, found, activity, draft)):
        return preview
    return _save(at, found, activity, form, draft)


def _preview(at: Desk, found: Occurrence, activity: ActivityDraft, draft: OccurrenceDraft) -> Response | None:
    """None where there is nothing to ask; what the service would refuse is refused first."""
    if found.is_slot and draft.capacity is not None and draft.capacity < found.taken:
        return None
    moves = previews.stands_somewhere(activity.kind, found, draft)
    told = clashes(at, found.id, found.activity_id, activity, draft) if moves else []
    if not told and not previews.touched_by(found, draft).people:
        return None
    return preview_page(at, activity.title, found, draft, told)


def _save(at: Desk, found: Occurrence, activity: ActivityDraft, form: OccurrenceForm, draft: OccurrenceDraft) -> Response:
    seen, moved = request.form.get("seen", ""), 0
    try:
        if found.is_slot:
            moved = len(slots.change_slot(at.event.id, at.commune.code, found.id, draft, seen=seen, now=clock.now()))
        else:
            occurrences.change_wish(at.event.id, at.commune.code, found.id, draft, seen=seen, now=clock.now())
    except NotFound:
        return gone_page(at, found.id)
    except tuple(_FIELDS) as refused:
        return form_page(at, _failed(at, form, refused), activity, found.activity_id, occurrence=found, seen=seen, status=422)
    except Stale as stale:
        return form_page(
            at,
            form,
            activity,
            found.activity_id,
            occurrence=found,
            seen=stale.now,
            stale=stale,
            status=409,
            who=who(at.commune.code, found.id, stale),
        )
    return to_plan(at, f"ca-{found.id}", da="luu", len=moved or None)


@blueprint.get(f"{_OCCURRENCE}/huy")
@needs(Role.ORGANISER, of=commune_of)
def show_removal(code: str, event: str, occurrence_id: UUID) -> Response:
    at = queries.desk(code, event)
    return removal_page(at, *_found(at, occurrence_id))


@blueprint.post(f"{_OCCURRENCE}/huy")
@needs(Role.ORGANISER, of=commune_of)
def cancel_occurrence(code: str, event: str, occurrence_id: UUID) -> Response:
    """Cancels a slot; where nobody lost a place by it, the answer offers to take it back."""
    at = queries.desk(code, event)
    found, _ = _found(at, occurrence_id)
    if not found.is_slot:
        return _remove(at, occurrence_id)
    touched = slots.cancel_slot(occurrence_id, now=clock.now())
    people = touched.confirmed + touched.waiting
    return to_plan(at, f"ca-{occurrence_id}", da="huy", nguoi=people or None, muc=None if people else occurrence_id)


@blueprint.post(f"{_OCCURRENCE}/xoa")
@needs(Role.ORGANISER, of=commune_of)
def remove_occurrence(code: str, event: str, occurrence_id: UUID) -> Response:
    return _remove(queries.desk(code, event), occurrence_id)


@blueprint.post(f"{_OCCURRENCE}/mo-lai")
@needs(Role.ORGANISER, of=commune_of)
def reopen_occurrence(code: str, event: str, occurrence_id: UUID) -> Response:
    at = queries.desk(code, event)
    slots.reopen_slot(at.event.id, code, occurrence_id, now=clock.now())
    return to_plan(at, f"ca-{occurrence_id}", da="hoan-tac")


def _remove(at: Desk, occurrence_id: UUID) -> Response:
    try:
        removed_id = removing.remove_occurrence(at.event.id, at.commune.code, occurrence_id, keepers=KEEPERS, now=clock.now())
    except SlotHadPeople:
        return removal_page(at, *_found(at, occurrence_id), refused=True)
    return to_plan(at, None, da="xoa", muc=removed_id)


def _found(at: Desk, occurrence_id: UUID) -> tuple[Occurrence, ActivityDraft]:
    """Raises: NotFound."""
    found = records.occurrence(db.session, at.event.id, at.commune.code, occurrence_id)
    return found, records.activity(db.session, at.event.id, at.commune.code, found.activity_id)


def _failed(at: Desk, form: OccurrenceForm, refused: Refusal) -> OccurrenceForm:
    """The form with what it may offer now, and the reason beside its field."""
    fail(_offered(at, form)[_FIELDS[type(refused)]], sentence_of(refused))
    return form


def _offered(at: Desk, form: OccurrenceForm) -> OccurrenceForm:
    return form.offer(at.event, places.spaces(at.commune.code))


def _capacities(at: Desk) -> dict[UUID, int]:
    return {space.id: space.capacity for space in places.spaces(at.commune.code)}
