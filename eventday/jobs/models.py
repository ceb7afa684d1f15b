"""Background work as people see it. The row is the truth; the queue library only runs it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventday.db import Base


class Job(Base):
    """`state`: waiting, running, done, failed, stopped. `progress` in 0…100. `result` names what was made.

    `worker` is the process that runs it and `beat_at` its last sign of life, by the machine's own clock whatever EVENTDAY_NOW says.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_state_run_at", "state", "run_at"), Index("ix_jobs_commune_code_created_at", "commune_code", "created_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[dict[str, Any]]
    commune_code: Mapped[str | None] = mapped_column(String(5))
    requested_by: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(String(10))
    progress: Mapped[int] = mapped_column(default=0)
    step: Mapped[str] = mapped_column(String(120), default="")
    result: Mapped[dict[str, Any] | None]
    error: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[UUID | None]
    beat_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    run_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
