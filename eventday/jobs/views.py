"""How far a piece of background work is, for people of its commune."""

from uuid import UUID

from flask import Blueprint, render_template

from eventday.access.domain import Place, Role
from eventday.access.guards import needs
from eventday.catalogue import queries as catalogue
from eventday.jobs import queries

blueprint = Blueprint("jobs", __name__, url_prefix="/lam-viec")


def _place(job_id: UUID) -> str | Place:
    """The commune a job is for; what belongs to none is the country's. Raises: NotFound."""
    return queries.job(job_id).commune_code or Place()


@blueprint.get("/viec/<uuid:job_id>")
@needs(Role.VIEWER, of=_place)
def show_job(job_id: UUID) -> str:
    """The page refreshes itself while the work goes on; `page` among its arguments is where it was asked for."""
    job = queries.job(job_id)
    commune = catalogue.commune(job.commune_code) if job.commune_code else None
    return render_template("jobs/show_job.html", job=job, commune=commune, back=job.arguments.get("page"))
