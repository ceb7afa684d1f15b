"""The life of a job. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

MAX_ATTEMPTS = 3
BEAT = timedelta(seconds=3)
SILENCE = timedelta(seconds=20)


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class JobView:
    """A job as people and features see it. `progress` in 0…100; `result` names what was made; `error` is a sentence."""

    id: UUID
    name: str
    arguments: dict[str, Any]
    commune_code: str | None
    requested_by: UUID | None
    state: State
    progress: int
    step: str
    result: dict[str, Any] | None
    error: str | None
    attempts: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def is_over(self) -> bool:
        return self.state in (State.DONE, State.FAILED, State.STOPPED)

    def took(self, now: datetime) -> timedelta | None:
        """How long it has been worked on, this time; None where nobody has begun."""
        return (self.finished_at or now) - self.started_at if self.started_at else None

    @property
    def may_be_done_again(self) -> bool:
        return self.state in (State.FAILED, State.STOPPED)


def after_death(attempts: int) -> State:
    """What becomes of a job whose worker died: tried again, but a job that kills its worker each time is given up."""
    return State.WAITING if attempts < MAX_ATTEMPTS else State.FAILED
