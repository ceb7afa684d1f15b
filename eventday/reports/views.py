"""The report's page: figures, what the organiser fills in, the file."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs, this_person
from eventday.audit.editors import who
from eventday.catalogue import queries as catalogue
from eventday.jobs import queries as jobs
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.reports import outline, pdf, queries, service
from eventday.reports.forms import LetterForm
from eventday.web import security
from eventday.web.edits import Stale, stamp

blueprint = Blueprint("reports", __name__, url_prefix="/lam-viec/<commune:code>/<event>/bao-cao")


def _commune(code: str, **_: object) -> str:
    return code


@blueprint.get("")
@needs(Role.VIEWER, of=_commune)
def show_report(code: str, event: str) -> str:
    return _page(code, event)


@blueprint.post("")
@needs(Role.ORGANISER, of=_commune)
def save_letter(code: str, event: str) -> Response:
    """Keep what was filled in."""
    form = LetterForm(request.form)
    found = service.report(event, code, now=clock.now())
    if not form.validate():
        return make_response(_page(code, event, form), 422)
    try:
        service.save_letter(found.subject.event.id, code, form.to_letter(), seen=request.form.get("seen"), draft=found.letter, now=clock.now())
    except Stale as stale:
        return make_response(_page(code, event, form, seen=stale.now, stale=stale, who=who(code, found.subject.event.id, stale)), 409)
    return make_response(redirect(url_for("reports.show_report", code=code, event=event, _anchor="noi-dung"), 303))


@blueprint.post("/lap")
@needs(Role.ORGANISER, of=_commune)
def build(code: str, event: str) -> Response:
    """Ask the worker for the PDF, unless it is at it already; the page shows how far it is."""
    found = service.report(event, code, now=clock.now())
    page = _address(code, found.subject.event.code)
    latest = jobs.latest(service.BUILD, code, service.arguments(found.subject.event.code, code, page))
    if latest is None or latest.is_over:
        service.request(found.subject.event.code, code, page=page, person=this_person().id, now=clock.now())
    return make_response(redirect(page, 303))


@blueprint.get("/xem")
@needs(Role.VIEWER, of=_commune)
def show_preview(code: str, event: str) -> Response:
    """The document as it stands now, for a frame beside the form or a page of its own. It has no script."""
    answer = make_response(pdf.page(service.report(event, code, now=clock.now()), on_screen=True))
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self' 'nonce-{security.nonce()}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
    return answer


@blueprint.get("/<uuid:job_id>.pdf")
@needs(Role.VIEWER, of=_commune)
def download(code: str, event: str, job_id: UUID) -> Response:
    """Raises: NotFound."""
    job = jobs.job(job_id)
    if (job.name, job.commune_code, job.arguments.get("event")) != (service.BUILD, code, event):
        raise NotFound
    return _attachment(service.file_of(job.result), "application/pdf", f"bao-cao-{code}-{event}.pdf")


@blueprint.get("/so-lieu.json")
@needs(Role.VIEWER, of=_commune)
def download_data(code: str, event: str) -> Response:
    """The figures as the contract has them."""
    from flask import json

    found = service.report(event, code, now=clock.now())
    text = json.dumps(service.as_data(found), indent=2)
    return _attachment(text.encode(), "application/json", f"bao-cao-{code}-{event}.json")


def _attachment(content: bytes, kind: str, name: str) -> Response:
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"})


def _address(code: str, event: str) -> str:
    return url_for("reports.show_report", code=code, event=event)


def _page(code: str, event: str, form: LetterForm | None = None, **told: Any) -> str:
    found = service.report(event, code, now=clock.now())
    known = found.subject.event
    job = jobs.latest(service.BUILD, code, service.arguments(known.code, code, _address(code, known.code)))
    return render_template(
        "reports/show_report.html",
        commune=catalogue.commune(code),
        event=known,
        tab="report",
        report=found,
        figures=found.figures,
        form=form or LetterForm.of_letter(found.letter),
        job=job,
        parts=outline.parts(found.letter),
        saved_at=queries.changed_at(known.id, code),
        **{"seen": request.form.get("seen") or stamp(found.letter.said), "stale": None, "who": ""} | told,
    )
