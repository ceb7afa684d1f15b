"""A province opens its event and changes its name and days."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Place, Role
from eventday.access.guards import needs
from eventday.audit.editors import who, who_removed
from eventday.catalogue import queries as catalogue
from eventday.db import db
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.programme import events, records, removed_events
from eventday.programme import queries as programme
from eventday.programme.domain import Event
from eventday.programme.errors import BadDays, DaysInUse, EventExists
from eventday.web.edits import Stale, stamp
from eventday.web.forms import fail
from eventday.web.messages import sentence_of
from eventday.web.translation import lazily as _l
from eventday.workspace import event_removal
from eventday.workspace.forms.programme import EventForm, NewEventForm
from eventday.workspace.views.frame import blueprint

EVENTS = "/tinh/<province>/ngay-hoi"


def province_of(province: str, **_: object) -> Place:
    """Raises: NotFound where there is no such province: then nobody is told more."""
    if catalogue.province(province) is None:
        raise NotFound
    return Place(province=province)


@blueprint.get(f"{EVENTS}/moi")
@needs(Role.ORGANISER, of=province_of)
def show_new_event(province: str) -> Response:
    """`?tu=` begins as another event a year later; `da` with `muc` say which one was deleted a moment ago."""
    source, removed = request.args.get("tu"), parse(request.args.get("muc"))
    form = NewEventForm.a_year_later(event_of(province, source)) if source else NewEventForm()
    return _page(
        province, form, done=request.args.get("da", ""), removed=removed, removed_name=removed_events.removed_name(province, removed, now=clock.now())
    )


@blueprint.post(f"{EVENTS}/moi")
@needs(Role.ORGANISER, of=province_of)
def add_event(province: str) -> Response:
    form = NewEventForm(request.form)
    draft = form.draft()
    if draft is None:
        return _page(province, form, status=422)
    try:
        events.open_event(province, form.code.data or "", draft, now=clock.now())
    except EventExists as refused:
        fail(form.code, sentence_of(refused))
        return _page(province, form, status=422)
    return make_response(redirect(url_for("workspace.show_event", province=province, event=form.code.data, da="them"), 303))


@blueprint.get(f"{EVENTS}/<event>")
@needs(Role.ORGANISER, of=province_of)
def show_event(province: str, event: str) -> Response:
    found = event_of(province, event)
    draft = records.event(db.session, found.id)
    return _page(
        province,
        EventForm(data=vars(draft)),
        event=found,
        seen=stamp(draft),
        done=request.args.get("da", ""),
        lost=request.args.get("nguoi", 0, type=int),
    )


@blueprint.post(f"{EVENTS}/<event>")
@needs(Role.ORGANISER, of=province_of)
def change_event(province: str, event: str) -> Response:
    form, seen = EventForm(request.form), request.form.get("seen", "")
    if "dua-lai" in request.form:
        _bring_back(province, event)
    try:
        return _change(province, event, form, seen)
    except NotFound:
        return _gone(province, event, form, seen)


def _bring_back(province: str, event: str) -> None:
    """Raises: NotFound where the form names another than the one that was deleted under this address; EventExists, PlaceGone."""
    removed = removed_events.removed_as(province, event, now=clock.now())
    if removed is None or str(removed) != request.form["dua-lai"]:
        raise NotFound
    event_removal.restore(province, removed, now=clock.now())


def _gone(province: str, event: str, form: EventForm, seen: str) -> Response:
    """What was typed, with the way to put the event back. Raises: NotFound where it was not deleted within the day."""
    removed = removed_events.removed_as(province, event, now=clock.now())
    if removed is None:
        raise NotFound
    return _page(province, form, seen=seen, gone=removed, who=who_removed(province, removed), status=409)


def _change(province: str, event: str, form: EventForm, seen: str) -> Response:
    """Raises: NotFound."""
    found, draft = event_of(province, event), form.draft()
    if draft is None:
        return _page(province, form, event=found, seen=seen, status=422)
    try:
        events.change_event(found.id, province, draft, seen=seen, now=clock.now())
    except (DaysInUse, BadDays) as refused:
        fail(form.last_day if draft.last_day < found.last_day else form.first_day, sentence_of(refused))
        return _page(province, form, event=found, seen=seen, status=422)
    except Stale as stale:
        return _page(province, form, event=found, seen=stale.now, stale=stale, who=who(province, found.id, stale), status=409)
    return make_response(redirect(url_for("workspace.show_event", province=province, event=event, da="luu"), 303))


def event_of(province: str, code: str) -> Event:
    """Raises: NotFound."""
    found = programme.event(code)
    if found.province_code != province:
        raise NotFound
    return found


def _page(province: str, form: EventForm, *, event: Event | None = None, status: int = 200, **context: Any) -> Response:
    known_province = catalogue.province(province)
    known = {"seen": "", "stale": None, "who": "", "done": "", "removed_name": "", "lost": 0, "gone": None} | context
    hint = _l("Chỉ dùng chữ thường không dấu, chữ số, dấu gạch nối. Sau này không đổi được.")
    page = render_template("workspace/event.html", commune=None, event=None, edited=event, province=known_province, form=form, hint=hint, **known)
    return make_response(page, status)
