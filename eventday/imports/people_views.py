"""The page that registers a list of people: upload for a slot, look, then take the very same file."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from eventday.access.domain import Role
from eventday.access.guards import needs, this_person
from eventday.catalogue import queries as catalogue
from eventday.imports import enlisting, limits, people_look, service, tasks, uploads
from eventday.imports.errors import BadWorkbook, TooLargeWorkbook, UploadGone
from eventday.imports.people_look import PeopleLook
from eventday.jobs import queries
from eventday.jobs.domain import State
from eventday.kernel import clock
from eventday.kernel.errors import NotFound, Refusal
from eventday.kernel.ids import parse
from eventday.programme import queries as programme
from eventday.programme.domain import Admission, Event, Slot, SlotStatus
from eventday.web.messages import sentence, sentence_of
from eventday.web.translation import translated as _

blueprint = Blueprint("people_imports", __name__)
PAGE = "/lam-viec/<commune:code>/<event>/nguoi-tham-gia/nhap"


@blueprint.errorhandler(RequestEntityTooLarge)
def _tell_too_large(_: RequestEntityTooLarge) -> Response:
    """What a guard would not even read is told beside the field as well."""
    at = request.view_args or {}
    refusal = TooLargeWorkbook(megabytes=limits.MAX_BYTES // 1024 // 1024)
    return _page(at["code"], service.event_of(at["code"], at["event"]), status=refusal.status, error=sentence_of(refusal))


def _commune(code: str, **_: str) -> str:
    return code


@blueprint.get(PAGE)
@needs(Role.ORGANISER, of=_commune)
def show_people_import(code: str, event: str) -> Response:
    """The upload; with `tep` and `slot`, what that file would make; while the worker looks, how far it is; with `xong`, that it was taken."""
    found = service.event_of(code, event)
    if not request.args.get("tep"):
        return _page(code, found)
    slot = enlisting.slot_of(found, code, parse(request.args.get("slot")))
    try:
        return _show_file(code, found, slot, request.args["tep"])
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(code, found, status=refusal.status, error=sentence_of(refusal))


@blueprint.post(PAGE)
@needs(Role.ORGANISER, of=_commune, upload=2 * limits.MAX_BYTES)
def upload_people(code: str, event: str) -> Response:
    """Keep the file and show what it would make; one that cannot be read is told beside the field."""
    found = service.event_of(code, event)
    if not request.form.get("slot"):
        return _page(code, found, status=422, slot_error=sentence("slot_missing"))
    slot = enlisting.slot_of(found, code, parse(request.form["slot"]))
    file: FileStorage | None = request.files.get("file")
    if file is None or not file.filename:
        return _page(code, found, status=422, error=sentence("file_missing"))
    data, person = file.stream.read(limits.MAX_BYTES + 1), this_person().id
    try:
        if len(data) > limits.MAX_BYTES:
            raise TooLargeWorkbook(megabytes=limits.MAX_BYTES // 1024 // 1024)
        token = uploads.keep(tasks.folder(), file.filename, data, tasks.owner(slot, person))
    except BadWorkbook as refusal:
        return _page(code, found, status=refusal.status, error=sentence_of(refusal))
    if uploads.fetch(tasks.folder(), token, tasks.owner(slot, person)).is_large:
        tasks.begin(tasks.LOOK, code, tasks.arguments(found, slot, token, person), person)
    return _go(found, slot, tep=token, slot=slot.id)


@blueprint.post(f"{PAGE}/<token>")
@needs(Role.ORGANISER, of=_commune)
def confirm_people(code: str, event: str, token: str) -> Response:
    """Register the very people who were looked at; where that no longer goes, the file is shown again."""
    found = service.event_of(code, event)
    slot = enlisting.slot_of(found, code, parse(request.form.get("slot")))
    try:
        kept, agreed = uploads.fetch(tasks.folder(), token, tasks.owner(slot, this_person().id)), "dong-y" in request.form
        seen = _seen(kept, found, slot)
        if seen and seen.children and not agreed:
            return make_response(_file_page(found, slot, token, kept, seen, unasked=True), 422)
        if seen is None or (seen.count > limits.MANY and not seen.wrong):
            return _hand_over(found, slot, token, children_agree=agreed)
        return _take(found, slot, token, kept, agreed)
    except UploadGone as refusal:
        return _page(code, found, status=refusal.status, error=sentence_of(refusal))


def _seen(kept: uploads.Kept, event: Event, slot: Slot) -> PeopleLook | None:
    """What the list would do: of a large one, what the worker saw; None where it has not looked yet."""
    if kept.is_large:
        return people_look.JSON.validate_json(kept.look) if kept.look else None
    return people_look.look(kept, event, slot, now=clock.now())


def _take(event: Event, slot: Slot, token: str, kept: uploads.Kept, agreed: bool) -> Response:
    people = enlisting.read_sheets(kept.sheets, event, slot.commune_code)
    looked = enlisting.enlist(people, slot, dry_run=False, now=clock.now(), children_agree=agreed)
    if looked.errors:
        return make_response(_file_page(event, slot, token, kept, people_look.in_words(people, looked)), 409)
    uploads.drop(tasks.folder(), token)
    new, known, same = looked.counts().values()
    return _go(event, slot, xong=1, ca=slot.id, moi=new, co=known, giu=same)


def _hand_over(event: Event, slot: Slot, token: str, *, children_agree: bool) -> Response:
    """What would be waited for too long, the worker does; the page of background work shows how far it is."""
    person = this_person().id
    tasks.begin(tasks.IMPORT, slot.commune_code, tasks.arguments(event, slot, token, person, children_agree=children_agree), person)
    return make_response(redirect(url_for("workspace.show_jobs", code=slot.commune_code, event=event.code, da="giao"), 303))


def _show_file(code: str, event: Event, slot: Slot, token: str) -> Response:
    kept = uploads.fetch(tasks.folder(), token, tasks.owner(slot, this_person().id))
    seen = _seen(kept, event, slot)
    if seen:
        return _file_page(event, slot, token, kept, seen)
    job = queries.latest(tasks.LOOK, code, tasks.arguments(event, slot, token, this_person().id))
    if job is None or job.state is State.DONE:
        raise UploadGone
    there: dict[str, Any] = {"code": code, "event": event.code}
    crumb = _("Người tham gia"), url_for("workspace.show_people", **there)
    other = url_for("people_imports.show_people_import", **there, slot=slot.id)
    return _page(code, event, template="imports/work.html", job=job, is_look=True, crumb=crumb, other=other)


def _file_page(event: Event, slot: Slot, token: str, kept: uploads.Kept, seen: PeopleLook, **more: Any) -> Response:
    page: dict[str, Any] = {"template": "imports/people_ready.html", "slot": slot, "token": token, "name": kept.name, "look": seen}
    return _page(slot.commune_code, event, **page, many_sheets=seen.many_sheets, **more)


def _go(event: Event, of: Slot, **more: Any) -> Response:
    return make_response(redirect(url_for("people_imports.show_people_import", code=of.commune_code, event=event.code, **more), 303))


def _page(code: str, event: Event, *, template: str = "imports/people_upload.html", status: int = 200, **context: object) -> Response:
    now = clock.now()
    slots = [slot for slot in programme.slots(event.id, code) if slot.admission is Admission.SEATS]
    page = render_template(
        template,
        commune=catalogue.commune(code),
        event=event,
        tab="people",
        slots=[slot for slot in slots if slot.status(now) in (SlotStatus.OPEN, SlotStatus.FULL)],
        chosen=request.args.get("slot", ""),
        counts={word: request.args.get(word, 0, type=int) for word in ("moi", "co", "giu")},
        done=next((slot for slot in slots if str(slot.id) == request.args.get("ca")), None) if "xong" in request.args else None,
        megabytes=limits.MAX_BYTES // 1024 // 1024,
        **context,
    )
    return make_response(page, status)
