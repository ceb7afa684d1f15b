"""What is offered: added, changed, copied, deleted."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response, make_response, render_template, request

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.audit.editors import who
from eventday.checkins.keeping import refuse_where_seen
from eventday.db import db
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.places import queries as places
from eventday.programme import activities, records, removing
from eventday.programme import queries as programme
from eventday.programme.drafts import ActivityDraft
from eventday.programme.errors import ActivityExists, PlaceNeeded
from eventday.programme.kind_words import NAMES
from eventday.registrations.errors import SlotHadPeople
from eventday.registrations.slots import refuse_where_registered
from eventday.web.edits import Stale, stamp
from eventday.web.forms import fail
from eventday.web.messages import sentence_of
from eventday.web.translation import lazily as _l
from eventday.workspace import previews, queries
from eventday.workspace.forms.programme import ActivityForm
from eventday.workspace.queries import Desk
from eventday.workspace.views.frame import PAGE, blueprint, commune_of
from eventday.workspace.views.gone import bring_back, gone_page
from eventday.workspace.views.way_back import to, to_plan

_ACTIVITY = f"{PAGE}/ke-hoach/hoat-dong"
KEEPERS = (refuse_where_registered, refuse_where_seen)


@blueprint.get(f"{_ACTIVITY}/moi")
@needs(Role.ORGANISER, of=commune_of)
def show_new_activity(code: str, event: str) -> Response:
    """`?tu=` begins as a copy of another."""
    at = queries.desk(code, event)
    source = parse(request.args.get("tu"))
    copied = records.activity(db.session, at.event.id, code, source) if source else None
    form = ActivityForm.of_draft(replace(copied, title=str(_l("%(title)s (bản sao)", title=copied.title))[:200])) if copied else ActivityForm()
    return _page(at, form, copied=copied)


@blueprint.post(f"{_ACTIVITY}/moi")
@needs(Role.ORGANISER, of=commune_of)
def add_activity(code: str, event: str) -> Response:
    at, form = queries.desk(code, event), ActivityForm(request.form)
    draft = form.draft(places.hosts(code))
    if draft is None:
        return _page(at, form, status=422)
    try:
        activity_id = activities.add_activity(at.event.id, code, draft, now=clock.now())
    except ActivityExists as refused:
        return _twin(at, form, refused)
    return to("workspace.show_new_occurrence", at, activity_id=activity_id, da="them")


@blueprint.get(f"{_ACTIVITY}/<uuid:activity_id>")
@needs(Role.ORGANISER, of=commune_of)
def show_activity(code: str, event: str, activity_id: UUID) -> Response:
    at = queries.desk(code, event)
    found = records.activity(db.session, at.event.id, code, activity_id)
    return _page(at, ActivityForm.of_draft(found), activity_id=activity_id, seen=stamp(found))


@blueprint.post(f"{_ACTIVITY}/<uuid:activity_id>")
@needs(Role.ORGANISER, of=commune_of)
def change_activity(code: str, event: str, activity_id: UUID) -> Response:
    """Asked first where people who registered would notice; `sua` goes back to the form with what was typed."""
    at, form = queries.desk(code, event), ActivityForm(request.form)
    if (unable := bring_back(at, activity_id)) is not None:
        return unable
    try:
        before = records.activity(db.session, at.event.id, code, activity_id)
    except NotFound:
        return gone_page(at, activity_id)
    seen = request.form.get("seen", "")
    draft = form.draft(places.hosts(code))
    if draft is None or "sua" in request.form:
        return _page(at, form, activity_id=activity_id, seen=seen, status=422 if draft is None else 200)
    if "xac-nhan" not in request.form and (preview := _preview(at, activity_id, before, draft)):
        return preview
    return _save(at, form, activity_id, draft, seen)


def _save(at: Desk, form: ActivityForm, activity_id: UUID, draft: ActivityDraft, seen: str) -> Response:
    try:
        activities.change_activity(at.event.id, at.commune.code, activity_id, draft, seen=seen, now=clock.now())
    except NotFound:
        return gone_page(at, activity_id)
    except ActivityExists as refused:
        return _twin(at, form, refused, activity_id=activity_id, seen=seen)
    except PlaceNeeded:
        fail(form.kind, _l("Hoạt động này còn ca trực tuyến chưa có phòng. Hãy ghi phòng cho từng ca bên dưới trước khi đổi loại."))
        return _page(at, form, activity_id=activity_id, seen=seen, status=422)
    except Stale as stale:
        return _page(at, form, activity_id=activity_id, seen=stale.now, stale=stale, who=who(at.commune.code, activity_id, stale), status=409)
    return to_plan(at, da="luu", anchor=f"hd-{activity_id}")


def _preview(at: Desk, activity_id: UUID, before: ActivityDraft, draft: ActivityDraft) -> Response | None:
    people = previews.people_of(records.occurrences(db.session, activity_id))
    names = previews.changed_of_activity(before, draft) if people.people else ()
    if not names:
        return None
    form = ActivityForm.of_draft(draft)
    words = {str(kind): str(word) for kind, word in NAMES.items()}
    changes = [(form[name].label.text, *(words.get(str(getattr(one, name)), getattr(one, name)) for one in (before, draft))) for name in names]
    return make_response(
        render_template(
            "workspace/preview.html",
            **vars(at),
            tab="plan",
            title=before.title,
            touched=people,
            changes=changes,
            clashes=[],
            kept=list(request.form.items(multi=True)),
            back=request.full_path.rstrip("?"),
            plan=programme.plan(at.event.id, at.commune.code),
            slot_id=None,
        )
    )


@blueprint.get(f"{_ACTIVITY}/<uuid:activity_id>/xoa")
@needs(Role.ORGANISER, of=commune_of)
def show_activity_removal(code: str, event: str, activity_id: UUID) -> Response:
    return _removal(queries.desk(code, event), activity_id)


@blueprint.post(f"{_ACTIVITY}/<uuid:activity_id>/xoa")
@needs(Role.ORGANISER, of=commune_of)
def remove_activity(code: str, event: str, activity_id: UUID) -> Response:
    at = queries.desk(code, event)
    try:
        removed_id = removing.remove_activity(at.event.id, code, activity_id, keepers=KEEPERS, now=clock.now())
    except SlotHadPeople:
        return _removal(at, activity_id, refused=True)
    return to_plan(at, da="xoa", muc=removed_id)


@blueprint.post(f"{PAGE}/ke-hoach/hoan-tac/<uuid:removed_id>")
@needs(Role.ORGANISER, of=commune_of)
def restore_removed(code: str, event: str, removed_id: UUID) -> Response:
    at = queries.desk(code, event)
    removing.restore(at.event.id, code, removed_id, keepers=KEEPERS, now=clock.now())
    return to_plan(at, da="hoan-tac")


def _removal(at: Desk, activity_id: UUID, *, refused: bool = False) -> Response:
    found = records.activity(db.session, at.event.id, at.commune.code, activity_id)
    occurrences = records.occurrences(db.session, activity_id)
    people = previews.people_of(occurrences)
    page = render_template(
        "workspace/activity_removal.html", **vars(at), tab="plan", activity=found, activity_id=activity_id, occurrences=occurrences,
        touched=people, refused=refused, plan=programme.plan(at.event.id, at.commune.code),
    )  # fmt: skip
    return make_response(page, 409 if refused else 200)


def _twin(at: Desk, form: ActivityForm, refused: ActivityExists, **known: Any) -> Response:
    fail(form.title, sentence_of(refused))
    return _page(at, form, twin=refused.facts["activity"], status=422, **known)


def _page(at: Desk, form: ActivityForm, *, activity_id: UUID | None = None, status: int = 200, **context: Any) -> Response:
    known = {"seen": "", "stale": None, "who": "", "twin": None, "copied": None} | context
    page = render_template(
        "workspace/activity.html",
        **vars(at),
        tab="plan",
        form=form,
        activity_id=activity_id,
        occurrences=records.occurrences(db.session, activity_id) if activity_id else [],
        places={space.id: space.full_name for space in places.spaces(at.commune.code)},
        hosts=places.hosts(at.commune.code),
        words={str(kind): word for kind, word in NAMES.items()},
        plan=programme.plan(at.event.id, at.commune.code),
        **known,
    )
    return make_response(page, status)
