"""The page that imports a plan: upload, look, then take the very same file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from eventday.access.domain import Role
from eventday.access.guards import needs, this_person
from eventday.imports import export, look, mending, plan_tasks, service, tasks, uploads
from eventday.imports.errors import BadWorkbook, TooLargeWorkbook, UploadGone
from eventday.imports.frame import PAGE, blueprint, commune_of, fetch, owner, page
from eventday.imports.limits import MAX_BYTES
from eventday.jobs import queries as jobs
from eventday.jobs.domain import JobView, State
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.places import queries as places
from eventday.programme.domain import Event
from eventday.web.downloads import as_download
from eventday.web.messages import sentence, sentence_of
from eventday.web.translation import translated as _

# More than a workbook may have, so that one a little too large is refused beside its field.
_UPLOAD = 2 * MAX_BYTES


@blueprint.get(PAGE)
@needs(Role.ORGANISER, of=commune_of)
def show_import(code: str, event: str) -> Response:
    """The upload; with `tep`, what that file would change; with `viec`, how far the worker is with it."""
    found = service.event_of(code, event)
    try:
        if "viec" in request.args:
            return _show_work(found, code, parse(request.args["viec"]))
        return _show_file(found, code, request.args["tep"]) if request.args.get("tep") else page("imports/upload.html", code, event)
    except (UploadGone, BadWorkbook) as refusal:
        return page("imports/upload.html", code, event, status=refusal.status, error=sentence_of(refusal))


def _show_file(event: Event, code: str, token: str) -> Response:
    """A large file as the worker saw it; where it has not looked yet, how far it is. Raises: UploadGone, BadWorkbook and its kinds."""
    kept = fetch(event, code, token)
    seen = plan_tasks.stored(kept) if kept.is_large else look.look(kept, event, code, now=clock.now())
    job = None if seen else plan_tasks.asked(plan_tasks.LOOK, event, code, token, this_person().id)
    if job:
        return _go("imports.show_import", code, event, viec=job.id)
    if seen is None:
        raise UploadGone
    template = "imports/errors.html" if seen.wrong else "imports/ready.html"
    file: dict[str, Any] = {"token": token, "name": kept.name, "is_large": kept.is_large, "many_sheets": seen.many_sheets}
    known = [space.full_name for space in places.spaces(code)]
    return page(template, code, event.code, look=seen, known_places=known, **file)


def _show_work(event: Event, code: str, job_id: UUID | None) -> Response:
    """Raises: NotFound where it is another person's, or no work with a plan's file."""
    job = jobs.job_of(code, job_id) if job_id else None
    if job is None or job.name not in (plan_tasks.LOOK, plan_tasks.IMPORT) or job.requested_by != this_person().id:
        raise NotFound
    if job.state is not State.DONE:
        return _work_page(event, code, job)
    if job.name == plan_tasks.LOOK:
        return _go("imports.show_import", code, event, tep=job.arguments["token"])
    return _done(event, code, job.result or {})


def _work_page(event: Event, code: str, job: JobView) -> Response:
    here: dict[str, Any] = {"code": code, "event": event.code}
    is_look = job.name == plan_tasks.LOOK
    crumb = _("Kế hoạch"), url_for("workspace.show_plan", **here)
    there = url_for("imports.correct" if is_look else "imports.show_import", **here, **{"token" if is_look else "tep": job.arguments["token"]})
    shown: dict[str, Any] = {"job": job, "is_look": is_look, "crumb": crumb, "again" if is_look else "see": there}
    return page("imports/work.html", code, event.code, other=url_for("imports.show_import", **here), **shown)


def _done(event: Event, code: str, counts: Mapping[str, int]) -> Response:
    told = {"moi": counts["new"], "doi": counts["changed"], "giu": counts["same"], "len": counts["moved_up"] or None}
    return _go("imports.show_done", code, event, **told)


def _go(endpoint: str, code: str, event: Event, **more: Any) -> Response:
    return make_response(redirect(url_for(endpoint, code=code, event=event.code, **more), 303))


@blueprint.post(PAGE)
@needs(Role.ORGANISER, of=commune_of, upload=_UPLOAD)
def upload(code: str, event: str) -> Response:
    """Keep the file and show what it would change; one that cannot be read is told beside the field."""
    found = service.event_of(code, event)
    file: FileStorage | None = request.files.get("file")
    if file is None or not file.filename:
        return page("imports/upload.html", code, event, status=422, error=sentence("file_missing"))
    data = file.stream.read(MAX_BYTES + 1)
    try:
        if len(data) > MAX_BYTES:
            raise _too_large()
        token = uploads.keep(tasks.folder(), file.filename, data, owner(found, code))
    except BadWorkbook as refusal:
        return page("imports/upload.html", code, event, status=refusal.status, error=sentence_of(refusal), name=file.filename)
    if fetch(found, code, token).is_large:
        return _go("imports.show_import", code, found, viec=plan_tasks.ask(plan_tasks.LOOK, found, code, token, this_person().id))
    return _go("imports.show_import", code, found, tep=token)


@blueprint.errorhandler(RequestEntityTooLarge)
def _tell_too_large(_: RequestEntityTooLarge) -> Response:
    """What a guard would not even read is told beside the field as well; who gets this far may see the page, roles are asked first."""
    refusal, at = _too_large(), request.view_args or {}
    return page("imports/upload.html", at["code"], at["event"], status=refusal.status, error=sentence_of(refusal))


def _too_large() -> TooLargeWorkbook:
    return TooLargeWorkbook(megabytes=MAX_BYTES // 1024 // 1024)


@blueprint.post(f"{PAGE}/<token>")
@needs(Role.ORGANISER, of=commune_of)
def confirm(code: str, event: str, token: str) -> Response:
    """Import the very file that was looked at. Where the plan has changed so that it no longer fits, it is shown again."""
    found = service.event_of(code, event)
    kept = fetch(found, code, token)
    if kept.is_large:
        return _go("imports.show_import", code, found, viec=plan_tasks.ask(plan_tasks.IMPORT, found, code, token, this_person().id))
    changes = service.import_plan(service.read_sheets(mending.sheets_of(kept), found, code), found, code, dry_run=False, now=clock.now())
    if changes.errors:
        return _go("imports.show_import", code, found, tep=token)
    uploads.drop(tasks.folder(), token)
    return _done(found, code, changes.counts())


@blueprint.post(f"{PAGE}/<token>/bo")
@needs(Role.ORGANISER, of=commune_of)
def discard(code: str, event: str, token: str) -> Response:
    """Forget the file; the plan stays as it is."""
    fetch(service.event_of(code, event), code, token)
    uploads.drop(tasks.folder(), token)
    return make_response(redirect(url_for("workspace.show_plan", code=code, event=event), 303))


@blueprint.get(f"{PAGE}/xong")
@needs(Role.ORGANISER, of=commune_of)
def show_done(code: str, event: str) -> Response:
    """What was imported, and what comes next."""
    counts = {word: request.args.get(word, 0, type=int) for word in ("moi", "doi", "giu", "len")}
    return page("imports/done.html", code, event, counts=counts)


@blueprint.get(PAGE.replace("/nhap", "/tai-ve"))
@needs(Role.VIEWER, of=commune_of)
def download_plan(code: str, event: str) -> Response:
    """The plan as an Excel workbook that can be edited and uploaded again."""
    found = service.event_of(code, event)
    return as_download(export.plan_file(export.own_rows(found, code)), f"ke-hoach-{code}-{found.code}.xlsx")
