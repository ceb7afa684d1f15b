"""Background work in one place: how far it is, what became of it, stopping it, doing it again."""

from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs, this_person
from eventday.jobs import control
from eventday.jobs import queries as jobs
from eventday.kernel import clock
from eventday.workspace import queries
from eventday.workspace.jobs import page
from eventday.workspace.messages import job_title
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

_LAST_PAGE = 10_000


@blueprint.get(f"{PAGE}/viec-nen")
@needs(Role.VIEWER, of=commune_of)
def show_jobs(code: str, event: str) -> str:
    """`?trang=` is the page, from 1. It refreshes itself while something runs."""
    number = min(max(request.args.get("trang", 1, type=int), 1), _LAST_PAGE)
    return render_template(
        "workspace/jobs.html", **vars(queries.desk(code, event)), tab="jobs", listed=page(code, number), done=request.args.get("da", "")
    )


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


def _back(code: str, event: str, done: str) -> Response:
    return make_response(redirect(url_for("workspace.show_jobs", code=code, event=event, da=done), 303))
