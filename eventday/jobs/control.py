"""What people do with background work: stop it, have it done again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import transaction
from eventday.jobs import models, queries, service
from eventday.jobs.domain import JobView, State


def stop(job: JobView, title: str, *, now: datetime) -> bool:
    """End the job: what waits never begins, what runs ends at its next step. False where it was over already.

    `title` is what people call it, for the log.
    """
    with transaction() as session:
        stopped = session.scalar(
            update(models.Job)
            .where(models.Job.id == job.id, models.Job.state.in_((State.WAITING, State.RUNNING)))
            .values(state=State.STOPPED, finished_at=now)
            .returning(models.Job.id)
        )
        if stopped:
            _note(session, "stopped", job.commune_code, job.id, title, now)
    return stopped is not None


def again(job: JobView, title: str, *, person: UUID, now: datetime) -> UUID | None:
    """Do anew what failed or was stopped, as a job of its own; None where it did not, or the same is under way already."""
    if not job.may_be_done_again or _is_under_way(job):
        return None
    with transaction() as session:
        job_id = service.enqueue(session, job.name, job.arguments, now=now, commune_code=job.commune_code, requested_by=person)
        _note(session, "started", job.commune_code, job_id, title, now)
    return job_id


def _is_under_way(job: JobView) -> bool:
    newest = queries.latest(job.name, job.commune_code or "", job.arguments)
    return newest is not None and not newest.is_over


def _note(session: Session, action: str, commune: str | None, job_id: UUID, title: str, now: datetime) -> None:
    note(session, commune or "country", action, ("job", str(job_id)), None, {"title": title}, now)
