"""Background work in one place: how far it is, what became of it, stopping it, doing it again."""

from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs, this_person
from eventday.db import transaction
from eventday.jobs import control, files
from eventday.jobs import queries as jobs
from eventday.kernel import clock
from eventday.web.downloads import as_download
from eventday.workspace import queries, tasks
from eventday.workspace.job_words import job_title
from eventday.workspace.jobs import page
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

_LAST_PAGE = 10_000


@blueprint.get(f"{PAGE}/viec-nen")
@needs(Role.VIEWER, of=commune_of)
def show_jobs(code: str, event: str) -> str:
    """`?trang=` is the page, from 1. It refreshes itself while something runs."""
    number = min(max(request.args.get("trang", 1, type=int), 1), _LAST_PAGE)
    listed = page(code, number, person=this_person().id, now=clock.now())
    return render_template("workspace/jobs.html", **vars(queries.desk(code, event)), tab="jobs", listed=listed, done=request.args.get("da", ""))


@blueprint.post(f"{PAGE}/viec-nen/<uuid:job_id>/dung")
@needs(Role.ORGANISER, of=commune_of)
def stop_job(code: str, event: str, job_id: UUID) -> Response:
    job = jobs.job_of(code, job_id)
    stopped = control.stop(job, job_title(job.name), now=clock.now())
    return _back(code, event, "dung" if stopped else "da-xong")


@blueprint.post(f"{PAGE}/viec-nen/<uuid:job_id>/lam-lai")
@needs(Role.ORGANISER, of=commune_of)
def repeat_job(code: str, event: str, job_id: UUID) -> Response:
    job = jobs.job_of(code, job_id)
    begun = control.again(job, job_title(job.name), person=this_person().id, now=clock.now())
    return _back(code, event, "lam-lai" if begun else "dang-lam")


@blueprint.get(f"{PAGE}/viec-nen/<uuid:job_id>/tep")
@needs(Role.DESK, of=commune_of)
def download_made(code: str, event: str, job_id: UUID) -> Response:
    """The file that a job made for this person. Raises: NotFound where it is another's, or past its day."""
    at = queries.desk(code, event)
    return as_download(*files.file_of(jobs.job_of(at.commune.code, job_id), this_person().id))


@blueprint.post(f"{PAGE}/viec-nen/danh-sach")
@needs(Role.DESK, of=commune_of)
def ask_for_rosters(code: str, event: str) -> Response:
    at = queries.desk(code, event)
    with transaction() as session:
        asked = tasks.ask(session, at, this_person().id)
    return _back(code, event, "giao" if asked else "dang-lam")


def _back(code: str, event: str, done: str) -> Response:
    return make_response(redirect(url_for("workspace.show_jobs", code=code, event=event, da=done), 303))
