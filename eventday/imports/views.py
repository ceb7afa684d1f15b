"""The page that imports a plan: upload, look, then take the very same file."""

from pathlib import Path
from uuid import UUID

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from eventday import instance
from eventday.access.domain import Role
from eventday.access.guards import needs, this_person
from eventday.catalogue import queries as catalogue
from eventday.imports import corrections, excerpt, export, mending, messages, printing, service, uploads, workbook
from eventday.imports.errors import BadWorkbook, TooLargeWorkbook, UploadGone
from eventday.imports.limits import MAX_BYTES
from eventday.imports.messages import value_shown as shown
from eventday.imports.service import Changed
from eventday.kernel import clock
from eventday.places import queries as places
from eventday.programme import queries as programme
from eventday.programme.domain import Event
from eventday.programme.revision import FieldChange
from eventday.web.downloads import as_download
from eventday.web.messages import sentence, sentence_of

blueprint = Blueprint("imports", __name__)
PAGE = "/lam-viec/<commune:code>/<event>/ke-hoach/nhap"
# More than a workbook may have, so that one a little too large is refused beside its field.
_UPLOAD = 2 * MAX_BYTES


def _commune(code: str, **_: str) -> str:
    return code


@blueprint.get(PAGE)
@needs(Role.ORGANISER, of=_commune)
def show_import(code: str, event: str) -> Response:
    """The upload; with `tep`, what that file would change; with `xong`, that it was imported."""
    token = request.args.get("tep", "")
    if not token:
        return _page("imports/upload.html", code, event)
    try:
        return _show_file(code, event, token)
    except (UploadGone, BadWorkbook) as refusal:
        return _page("imports/upload.html", code, event, status=refusal.status, error=sentence_of(refusal))


@blueprint.post(PAGE)
@needs(Role.ORGANISER, of=_commune, upload=_UPLOAD)
def upload(code: str, event: str) -> Response:
    """Keep the file and show what it would change; one that cannot be read is told beside the field."""
    file: FileStorage | None = request.files.get("file")
    if file is None or not file.filename:
        return _page("imports/upload.html", code, event, status=422, error=sentence("file_missing"))
    data = file.stream.read(MAX_BYTES + 1)
    try:
        if len(data) > MAX_BYTES:
            raise _too_large()
        workbook.read(data)
    except BadWorkbook as refusal:
        return _page("imports/upload.html", code, event, status=refusal.status, error=sentence_of(refusal), name=file.filename)
    found = service.event_of(code, event)
    token = uploads.keep(_folder(), file.filename, data, _owner(found, code))
    return make_response(redirect(url_for("imports.show_import", code=code, event=event, tep=token), 303))


@blueprint.errorhandler(RequestEntityTooLarge)
def _tell_too_large(_: RequestEntityTooLarge) -> Response:
    """What a guard would not even read is told beside the field as well; who gets this far may see the page, roles are asked first."""
    refusal, at = _too_large(), request.view_args or {}
    return _page("imports/upload.html", at["code"], at["event"], status=refusal.status, error=sentence_of(refusal))


def _too_large() -> TooLargeWorkbook:
    return TooLargeWorkbook(megabytes=MAX_BYTES // 1024 // 1024)


@blueprint.post(f"{PAGE}/<token>")
@needs(Role.ORGANISER, of=_commune)
def confirm(code: str, event: str, token: str) -> Response:
    """Import the very file that was looked at. Where the plan has changed so that it no longer fits, it is shown again."""
    found = service.event_of(code, event)
    kept = uploads.fetch(_folder(), token, _owner(found, code))
    changes = service.import_plan(service.read_sheets(mending.sheets_of(kept), found, code), found, code, dry_run=False, now=clock.now())
    if changes.errors:
        return make_response(redirect(url_for("imports.show_import", code=code, event=event, tep=token), 303))
    uploads.drop(_folder(), token)
    new, changed, same = (len(changes.of(change)) for change in ("new", "changed", "same"))
    return make_response(
        redirect(url_for("imports.show_done", code=code, event=event, moi=new, doi=changed, giu=same, len=changes.moved_up or None), 303)
    )


@blueprint.post(f"{PAGE}/<token>/bo")
@needs(Role.ORGANISER, of=_commune)
def discard(code: str, event: str, token: str) -> Response:
    """Forget the file; the plan stays as it is."""
    uploads.fetch(_folder(), token, _owner(service.event_of(code, event), code))
    uploads.drop(_folder(), token)
    return make_response(redirect(url_for("workspace.show_plan", code=code, event=event), 303))


@blueprint.get(f"{PAGE}/xong")
@needs(Role.ORGANISER, of=_commune)
def show_done(code: str, event: str) -> Response:
    """What was imported, and what comes next."""
    counts = {word: request.args.get(word, 0, type=int) for word in ("moi", "doi", "giu", "len")}
    return _page("imports/done.html", code, event, counts=counts)


@blueprint.get(PAGE.replace("/nhap", "/tai-ve"))
@needs(Role.VIEWER, of=_commune)
def download_plan(code: str, event: str) -> Response:
    """The plan as an Excel workbook that can be edited and uploaded again."""
    found = service.event_of(code, event)
    return as_download(export.plan_file(export.own_rows(found, code)), f"ke-hoach-{code}-{found.code}.xlsx")


@blueprint.post(f"{PAGE}/<token>/sua")
@needs(Role.ORGANISER, of=_commune)
def correct(code: str, event: str, token: str) -> Response:
    """Keep what was typed beside the errors and read again; `bo` leaves a row out, `lai` takes it in again, `them` goes on to add a place."""
    kept = uploads.fetch(_folder(), token, _owner(service.event_of(code, event), code))
    sheets = mending.sheets_of(kept)
    typed = mending.chosen(code, sheets, corrections.typed_in(request.form, sheets))
    uploads.correct(_folder(), token, corrections.left_out({**kept.corrections, **typed}, request.form))
    if cell := request.form.get("them"):
        return make_response(redirect(url_for("imports.show_new_place", code=code, event=event, token=token, o=cell), 303))
    field = corrections.next_field(request.form)
    return make_response(redirect(url_for("imports.show_import", code=code, event=event, tep=token, _anchor=field and f"{field}-loi"), 303))


@blueprint.get(f"{PAGE}/<token>/dia-diem")
@needs(Role.ORGANISER, of=_commune)
def show_new_place(code: str, event: str, token: str) -> Response:
    """A form for the place that the cell `o` names."""
    kept = uploads.fetch(_folder(), token, _owner(service.event_of(code, event), code))
    text = mending.named(kept, request.args.get("o", ""))
    return _page("imports/place.html", code, event, token=token, cell=request.args.get("o", ""), text=text, form=mending.place_form(code, text))


@blueprint.post(f"{PAGE}/<token>/dia-diem")
@needs(Role.ORGANISER, of=_commune)
def add_place(code: str, event: str, token: str) -> Response:
    """Add the place, let all cells that say the same mean it, and read again."""
    kept = uploads.fetch(_folder(), token, _owner(service.event_of(code, event), code))
    cell = request.form.get("o", "")
    text = mending.named(kept, cell)
    form = mending.place_form(code, text, request.form)
    place = mending.add_place(code, form, now=clock.now()) if form.validate() else None
    if place is None:
        return _page("imports/place.html", code, event, status=422, token=token, cell=cell, text=text, form=form)
    uploads.correct(_folder(), token, {**kept.corrections, **mending.meant(mending.sheets_of(kept), text, place)})
    return make_response(redirect(url_for("imports.show_import", code=code, event=event, tep=token), 303))


@blueprint.get(f"{PAGE}/<token>/danh-dau")
@needs(Role.ORGANISER, of=_commune)
def download_marked(code: str, event: str, token: str) -> Response:
    """The person's own workbook, its wrong cells marked and told in comments."""
    found = service.event_of(code, event)
    kept = uploads.fetch(_folder(), token, _owner(found, code))
    sheets = mending.sheets_of(kept)
    changes = service.import_plan(service.read_sheets(sheets, found, code), found, code, dry_run=True, now=clock.now())
    return as_download(workbook.marked(kept.data, mending.marks(kept, sheets, changes)), "ke-hoach-danh-dau.xlsx")


def _show_file(code: str, event: str, token: str) -> Response:
    found = service.event_of(code, event)
    kept = uploads.fetch(_folder(), token, _owner(found, code))
    sheets = mending.sheets_of(kept)
    changes = service.import_plan(service.read_sheets(sheets, found, code), found, code, dry_run=True, now=clock.now())
    template = "imports/errors.html" if changes.errors else "imports/ready.html"
    return _page(
        template,
        code,
        event,
        token=token,
        name=kept.name,
        changes=changes,
        told=messages.told,
        to_look_at=[problem for problem in changes.warnings if problem.code != "row_left_file"],
        left_out=[problem for problem in changes.warnings if problem.code == "row_left_file"],
        many_sheets=len(sheets) > 1,
        cell_of=mending.fields(sheets, changes),
        corrected=len(corrections.typed_only(kept.corrections)),
        left_rows=mending.left_out(kept, sheets),
        known_places=[space.full_name for space in places.spaces(code)],
        skipped=[printing.skipped_line(one) for one in changes.skipped if one.why != "dropped"],
        excerpts=excerpt.excerpts(sheets, changes.errors, changes.warnings),
        spaces={space.id: space.full_name for space in places.spaces(code)},
        old_and_new=_old_and_new,
        hours_of=printing.hours_of,
        parts=messages.PARTS,
    )


def _page(template: str, code: str, event: str, *, status: int = 200, **context: object) -> Response:
    found = service.event_of(code, event)
    page = render_template(
        template,
        commune=catalogue.commune(code),
        event=found,
        tab="plan",
        plan=programme.plan(found.id, code),
        megabytes=MAX_BYTES // 1024 // 1024,
        **context,
    )
    return make_response(page, status)


def _old_and_new(changed: Changed, spaces: dict[UUID, str]) -> list[tuple[str, str, str]]:
    """Each change of a row: the field's name, old and new as they read."""
    return [
        (str(messages.FIELDS[change.field]), shown(change.field, change.old, spaces), shown(change.field, change.new, spaces))
        for change in _told_changes(changed)
    ]


def _told_changes(changed: Changed) -> list[FieldChange]:
    """Without what follows from another: a wish that becomes a slot loses its part of the day."""
    fields = [change.field for change in changed.decision.changes]
    return [change for change in changed.decision.changes if not (change.field == "part" and "placed" in fields)]


def _folder() -> Path:
    return instance.folder(current_app.config["SETTINGS"], "uploads")


def _owner(event: Event, code: str) -> uploads.Owner:
    return uploads.Owner(str(this_person().id), str(event.id), code)
