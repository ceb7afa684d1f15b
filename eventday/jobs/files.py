"""Files that jobs made for whoever asked: they may name people, so nobody else gets them, and after a day they are gone."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app

from eventday import instance
from eventday.jobs.domain import JobView, State
from eventday.kernel.errors import NotFound

KEPT = timedelta(days=1)


def keep(job_id: UUID, content: bytes, name: str) -> dict[str, Any]:
    """Write a job's file; `name` (ASCII, with its ending) is what it is saved as. Returns what the job tells."""
    instance.write(_path(job_id), content)
    return {"kept": name, "bytes": len(content)}


def has_file(job: JobView, person: UUID) -> bool:
    """Whether the person asked for it and it is still kept."""
    return job.state is State.DONE and job.requested_by == person and "kept" in (job.result or {}) and _age(_path(job.id)) < KEPT


def file_of(job: JobView, person: UUID) -> tuple[bytes, str]:
    """The file and its name. Raises: NotFound where it is another's, or gone."""
    if not has_file(job, person):
        raise NotFound
    return _path(job.id).read_bytes(), str((job.result or {})["kept"])


def forget_old() -> None:
    """Remove what is past its day, and what a crash left half written."""
    for path in _folder().iterdir():
        if _age(path) >= KEPT:
            path.unlink(missing_ok=True)


def _age(path: Path) -> timedelta:
    """By the machine's own clock; of what is not there, longer than anything is kept."""
    try:
        return timedelta(seconds=time.time() - path.stat().st_mtime)
    except OSError:
        return timedelta.max


def _path(job_id: UUID) -> Path:
    return _folder() / f"{job_id.hex}.file"


def _folder() -> Path:
    folder = instance.folder(current_app.config["SETTINGS"], "made")
    folder.chmod(0o700)
    return folder
