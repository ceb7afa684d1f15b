"""What the worker can do: features register their tasks here by name."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from eventday.access.actor import SYSTEM, Actor, acting_as
from eventday.jobs import service
from eventday.jobs.domain import MAX_ATTEMPTS, JobView, State
from eventday.kernel import clock, ids
from eventday.kernel.errors import Refusal
from eventday.web.messages import sentence, sentence_of

_log = logging.getLogger(__name__)
_RETRY = timedelta(seconds=10)


class Superseded(Exception):
    """The job was stopped or given to another worker meanwhile: what is being done here is for nothing."""


@dataclass(frozen=True)
class RunningJob:
    """What a task is handed: its arguments, and a way to say how far it is."""

    id: UUID
    worker: UUID
    arguments: dict[str, Any]

    def report(self, percent: int, step: str) -> None:
        """Say how far the work is (0…99) and what is being done, in words people understand. Raises: Superseded."""
        if not service.note(self.id, self.worker, progress=max(0, min(99, percent)), step=step):
            raise Superseded

    def finish(self, session: Session, result: dict[str, Any]) -> None:
        """Say that the work is done in the very transaction that does it: it is done or stopped, never both. Raises: Superseded."""
        if not service.note_in(session, self.id, self.worker, **service.done(result, clock.now())):
            raise Superseded


_Task = TypeVar("_Task", bound=Callable[[RunningJob], dict[str, Any]])
_Answer = TypeVar("_Answer", bound=Callable[..., None])
_tasks: dict[str, Callable[[RunningJob], dict[str, Any]]] = {}
_answers: dict[str, Callable[..., None]] = {}
_Cleaner = TypeVar("_Cleaner", bound=Callable[..., None])
_cleaners: list[Callable[..., None]] = []


def task(name: str) -> Callable[[_Task], _Task]:
    """The function does the jobs of that name. It returns what was made, as JSON has it.

    A job may be begun more than once (its worker died): doing it again must be harmless.
    """

    def register(function: _Task) -> _Task:
        _tasks[name] = function
        return function

    return register


def answer(name: str) -> Callable[[_Answer], _Answer]:
    """The function hears what `jobs.service.ask(name, **arguments)` sends."""

    def register(function: _Answer) -> _Answer:
        _answers[name] = function
        return function

    return register


def each_hour(function: _Cleaner) -> _Cleaner:
    """The function drops what was kept too long; the worker calls it."""
    _cleaners.append(function)
    return function


def forget_old() -> None:
    """Let each feature drop what nobody asks for any more."""
    for forget in _cleaners:
        forget()


def hear(kind: str, name: str, arguments: dict[str, Any], worker: UUID) -> None:
    """Do what a message asks for. Never raises: a bad message must not stop the next one."""
    try:
        if kind == "job":
            run(ids.parse(name), worker)
        elif name in _answers:
            with acting_as(SYSTEM):
                _answers[name](**arguments)
        else:
            _log.error("nobody answers %s", name)
    except Exception:
        _log.exception("message %s %s failed", kind, name)


def run(job_id: UUID | None, worker: UUID) -> None:
    """Begin a job if it is still to be done, and bring it to its end."""
    job = service.begin(job_id, worker, now=clock.now(), pulse=datetime.now(UTC)) if job_id else None
    if job is None:
        return
    try:
        with acting_as(_asker(job)):
            result = _tasks[job.name](RunningJob(job.id, worker, job.arguments))
    except Superseded:
        _log.warning("job %s was stopped or went to another worker", job.id)
    except Refusal as refusal:
        _fail(job, worker, sentence_of(refusal))
    except OperationalError as error:
        _log.warning("job %s: database unavailable (%s)", job.id, type(error.orig).__name__)
        if job.attempts < MAX_ATTEMPTS:
            service.retry_later(job.id, worker, now=clock.now(), wait=_RETRY)
        else:
            _fail(job, worker, sentence("try_later"))
    except Exception:
        reference = uuid4().hex[:8]
        _log.exception("job %s (%s) failed [%s]", job.id, job.name, reference)
        _fail(job, worker, sentence("job_failed", reference=reference))
    else:
        service.note(job.id, worker, **service.done(result, clock.now()))


def _asker(job: JobView) -> Actor:
    """What a job does is done by who asked for it."""
    return Actor("person", str(job.requested_by)) if job.requested_by else SYSTEM


def _fail(job: JobView, worker: UUID, error: str) -> None:
    service.note(job.id, worker, state=State.FAILED, error=error, finished_at=clock.now())
