"""Reading jobs: plain values."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from eventday.db import db
from eventday.jobs import models
from eventday.jobs.domain import JobView, State
from eventday.kernel.errors import NotFound

_COLUMNS = tuple(getattr(models.Job, name) for name in JobView.__dataclass_fields__)


def job(job_id: UUID) -> JobView:
    """Raises: NotFound."""
    found = _views(select(*_COLUMNS).where(models.Job.id == job_id))
    if not found:
        raise NotFound
    return found[0]


def latest(name: str, commune: str, arguments: dict[str, object]) -> JobView | None:
    """The newest job of that name and commune whose arguments are these."""
    query = select(*_COLUMNS).where(models.Job.commune_code == commune, models.Job.name == name)
    found = _views(query.order_by(models.Job.created_at.desc(), models.Job.id.desc()).limit(20))
    return next((view for view in found if view.arguments == arguments), None)


def of_commune(commune: str, *, offset: int, limit: int) -> list[JobView]:
    """The commune's jobs, the newest first."""
    query = select(*_COLUMNS).where(models.Job.commune_code == commune).order_by(models.Job.created_at.desc(), models.Job.id.desc())
    return _views(query.offset(offset).limit(limit))


def job_of(commune: str, job_id: UUID) -> JobView:
    """Raises: NotFound where it is not the commune's."""
    found = job(job_id)
    if found.commune_code != commune:
        raise NotFound
    return found


def due(now: datetime) -> list[UUID]:
    """Jobs that wait and may begin, the oldest first."""
    query = select(models.Job.id).where(models.Job.state == State.WAITING, models.Job.run_at <= now).order_by(models.Job.run_at, models.Job.id)
    return list(db.session.scalars(query))


def _views(query: Select[tuple[object, ...]]) -> list[JobView]:
    return [JobView(**{**row, "state": State(row["state"])}) for row in db.session.execute(query).mappings()]
