"""The pages that mend a plan's workbook: cells corrected, rows left out, a place added, the marked file to take away."""

from flask import Response, make_response, redirect, request, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs, this_person
from eventday.imports import corrections, mending, plan_tasks, service, tasks, uploads
from eventday.imports.corrections import Corrections
from eventday.imports.frame import PAGE, blueprint, commune_of, fetch, page
from eventday.kernel import clock
from eventday.programme.domain import Event
from eventday.web.downloads import as_download


@blueprint.post(f"{PAGE}/<token>/sua")
@needs(Role.ORGANISER, of=commune_of)
def correct(code: str, event: str, token: str) -> Response:
    """Keep what was typed beside the errors and read again; `bo` leaves a row out, `lai` takes it in again, `them` goes on to add a place."""
    found = service.event_of(code, event)
    kept = fetch(found, code, token)
    sheets = mending.sheets_of(kept)
    typed = mending.chosen(code, sheets, corrections.typed_in(request.form, sheets))
    _read_again(found, code, token, corrections.left_out({**kept.corrections, **typed}, request.form))
    if cell := request.form.get("them"):
        return make_response(redirect(url_for("imports.show_new_place", code=code, event=event, token=token, o=cell), 303))
    field = corrections.next_field(request.form)
    return make_response(redirect(url_for("imports.show_import", code=code, event=event, tep=token, _anchor=field and f"{field}-loi"), 303))


def _read_again(event: Event, code: str, token: str, typed: Corrections) -> None:
    """Keep the corrections; a large file is looked at by the worker."""
    uploads.correct(tasks.folder(), token, typed)
    if fetch(event, code, token).is_large:
        plan_tasks.ask(plan_tasks.LOOK, event, code, token, this_person().id)


@blueprint.get(f"{PAGE}/<token>/dia-diem")
@needs(Role.ORGANISER, of=commune_of)
def show_new_place(code: str, event: str, token: str) -> Response:
    """A form for the place that the cell `o` names."""
    text = mending.named(fetch(service.event_of(code, event), code, token), request.args.get("o", ""))
    return page("imports/place.html", code, event, token=token, cell=request.args.get("o", ""), text=text, form=mending.place_form(code, text))


@blueprint.post(f"{PAGE}/<token>/dia-diem")
@needs(Role.ORGANISER, of=commune_of)
def add_place(code: str, event: str, token: str) -> Response:
    """Add the place, let all cells that say the same mean it, and read again."""
    found, cell = service.event_of(code, event), request.form.get("o", "")
    kept = fetch(found, code, token)
    text = mending.named(kept, cell)
    form = mending.place_form(code, text, request.form)
    place = mending.add_place(code, form, now=clock.now()) if form.validate() else None
    if place is None:
        return page("imports/place.html", code, event, status=422, token=token, cell=cell, text=text, form=form)
    _read_again(found, code, token, {**kept.corrections, **mending.meant(mending.sheets_of(kept), text, place)})
    return make_response(redirect(url_for("imports.show_import", code=code, event=event, tep=token), 303))


@blueprint.get(f"{PAGE}/<token>/danh-dau")
@needs(Role.ORGANISER, of=commune_of)
def download_marked(code: str, event: str, token: str) -> Response:
    """The person's own workbook, its wrong cells marked and told in comments; a large one is asked for on its page."""
    found = service.event_of(code, event)
    kept = fetch(found, code, token)
    if kept.is_large:
        return make_response(redirect(url_for("imports.show_import", code=code, event=event, tep=token), 303))
    return as_download(mending.marked(kept, found, code, now=clock.now()), mending.MARKED)


@blueprint.post(f"{PAGE}/<token>/danh-dau")
@needs(Role.ORGANISER, of=commune_of)
def ask_for_marked(code: str, event: str, token: str) -> Response:
    """Have the worker mark a large workbook; the page of background work has it then."""
    found = service.event_of(code, event)
    fetch(found, code, token)
    plan_tasks.ask(plan_tasks.MARK, found, code, token, this_person().id)
    return make_response(redirect(url_for("workspace.show_jobs", code=code, event=event, da="giao"), 303))
