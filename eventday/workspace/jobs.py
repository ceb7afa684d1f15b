"""A commune's background work as its page lists it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventday.access import names
from eventday.jobs import files
from eventday.jobs import queries as jobs
from eventday.jobs.domain import JobView
from eventday.reports import service as reports
from eventday.workspace.job_words import job_made, job_title, long

ON_A_PAGE = 20


@dataclass(frozen=True)
class Line:
    """A job in words. `by` is who asked for it, empty where nobody is known; `event` only where there is a report to take.

    `made` says what was done, `took` how long; `is_mine`: there is a file for who looks, and for nobody else.
    """

    job: JobView
    title: str
    by: str
    event: str | None
    made: str = ""
    took: str = ""
    is_mine: bool = False


@dataclass(frozen=True)
class Page:
    """One page of the list, the newest first; pages count from 1."""

    lines: Sequence[Line]
    number: int
    has_older: bool

    @property
    def is_running(self) -> bool:
        return any(not line.job.is_over for line in self.lines)


def page(commune: str, number: int, *, person: UUID, now: datetime) -> Page:
    """Two statements whatever the length."""
    found = jobs.of_commune(commune, offset=(number - 1) * ON_A_PAGE, limit=ON_A_PAGE + 1)
    shown = found[:ON_A_PAGE]
    people = names.person_names({job.requested_by for job in shown if job.requested_by})
    lines = [_line(job, people, person, now) for job in shown]
    return Page(lines, number, len(found) > ON_A_PAGE)


def _line(job: JobView, people: Mapping[UUID, str], person: UUID, now: datetime) -> Line:
    took = job.took(now)
    by = people.get(job.requested_by, "") if job.requested_by else ""
    mine = files.has_file(job, person)
    return Line(job, job_title(job.name), by, _event_of_file(job), job_made(job), long(took) if took is not None else "", mine)


def _event_of_file(job: JobView) -> str | None:
    """Older reports give way to newer ones: what is gone is not offered."""
    return job.arguments["event"] if job.name == reports.BUILD and job.result and reports.has_file(job.result) else None
