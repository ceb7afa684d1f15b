"""Adding jobs, running them to their end, finding what a crash forgot. Times named `pulse` are the machine's own, unshifted."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from eventday.db import db, once_committed, transaction
from eventday.jobs import models, queries
from eventday.jobs.domain import SILENCE, JobView, State, after_death
from eventday.kernel import ids
from eventday.kernel.errors import TryLater

if TYPE_CHECKING:
    from eventday.jobs.queue import Carrier

_log = logging.getLogger(__name__)


def enqueue(
    session: Session, name: str, arguments: dict[str, Any], *, now: datetime, commune_code: str | None = None, requested_by: UUID | None = None
) -> UUID:
    """Add a job to the caller's transaction: no commit, no job. Arguments are ids, numbers and short texts, as JSON has them.

    The worker is told after the commit; a message that is lost is found by its sweep.
    """
    job_id = ids.new()
    asked = {"name": name, "arguments": arguments, "commune_code": commune_code, "requested_by": requested_by}
    session.add(models.Job(id=job_id, **asked, state=State.WAITING, created_at=now, run_at=now))
    session.flush()
    once_committed(session, lambda: _tell(job_id))
    return job_id


def _tell(job_id: UUID) -> None:
    """The row is committed: whatever the queue says now, the job will be found."""
    try:
        _carrier().send("job", str(job_id), {})
    except Exception as error:
        _log.warning("job %s: the queue did not take the message (%s); the sweep will", job_id, type(error).__name__)


def ask(name: str, **arguments: Any) -> None:
    """Send the worker a message without a row: nothing is lost if it is. Raises: TryLater where the queue is not there."""
    try:
        _carrier().send("ask", name, arguments)
    except Exception as error:
        _log.warning("%s: the queue did not take the message (%s)", name, type(error).__name__)
        raise TryLater(seconds=10) from error


def _carrier() -> "Carrier":
    from eventday.jobs.queue import carrier

    return carrier()


def begin(job_id: UUID, worker: UUID, *, now: datetime, pulse: datetime) -> JobView | None:
    """Take a waiting job for this worker; None where another has it, it is over, or its time has not come."""
    with transaction() as session:
        taken = session.scalar(
            update(models.Job)
            .where(models.Job.id == job_id, models.Job.state == State.WAITING, models.Job.run_at <= now)
            .values(
                state=State.RUNNING, worker=worker, beat_at=pulse, started_at=now, attempts=models.Job.attempts + 1, progress=0, step="", error=None
            )
            .returning(models.Job.id)
        )
    return queries.job(job_id) if taken else None


def note(job_id: UUID, worker: UUID, **values: Any) -> bool:
    """Write down how far this worker's job is. False where the job is no longer this worker's."""
    with transaction() as session:
        return note_in(session, job_id, worker, **values)


def note_in(session: Session, job_id: UUID, worker: UUID, **values: Any) -> bool:
    """As `note`, in the caller's transaction."""
    mine = update(models.Job).where(models.Job.id == job_id, models.Job.worker == worker, models.Job.state == State.RUNNING)
    return session.scalar(mine.values(**values).returning(models.Job.id)) is not None


def done(result: dict[str, Any], now: datetime) -> dict[str, Any]:
    """What is written of a job that came to its end."""
    return {"state": State.DONE, "progress": 100, "step": "", "result": result, "finished_at": now}


def beat(worker: UUID, *, pulse: datetime) -> None:
    """Say that the worker of these jobs is alive."""
    with transaction() as session:
        session.execute(update(models.Job).where(models.Job.worker == worker, models.Job.state == State.RUNNING).values(beat_at=pulse))


def give_back(worker: UUID) -> None:
    """The worker is told to stop: what it was doing begins anew elsewhere, and this start does not count."""
    with transaction() as session:
        session.execute(
            update(models.Job)
            .where(models.Job.worker == worker, models.Job.state == State.RUNNING)
            .values(state=State.WAITING, worker=None, attempts=models.Job.attempts - 1)
        )


def sweep(*, now: datetime, pulse: datetime, given_up: str) -> int:
    """Put jobs of dead workers back and send again the messages that were lost. Returns how many of both.

    `given_up` is the sentence for a job whose worker died each time. A message counts as lost where a job is due and the queue is empty.
    """
    freed = _free_abandoned(now, pulse, given_up)
    if not _carrier().is_empty():
        return freed
    due = queries.due(now)
    for job_id in due:
        _tell(job_id)
    return freed + len(due)


def _free_abandoned(now: datetime, pulse: datetime, given_up: str) -> int:
    silent = or_(models.Job.beat_at.is_(None), models.Job.beat_at < pulse - SILENCE)
    found = db.session.execute(select(models.Job.id, models.Job.attempts, models.Job.worker).where(models.Job.state == State.RUNNING, silent)).all()
    for job_id, attempts, worker in found:
        state = after_death(attempts)
        over = {"error": given_up, "finished_at": now} if state is State.FAILED else {}
        with transaction() as session:
            session.execute(
                update(models.Job)
                .where(models.Job.id == job_id, models.Job.worker == worker, models.Job.state == State.RUNNING, silent)
                .values(state=state, worker=None, **over)
            )
    return len(found)


def retry_later(job_id: UUID, worker: UUID, *, now: datetime, wait: timedelta) -> bool:
    """Something the job needs is away for the moment: try again after a while."""
    return note(job_id, worker, state=State.WAITING, run_at=now + wait)
