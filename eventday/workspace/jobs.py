"""A commune's background work as its page lists it."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventday.access import names
from eventday.jobs import queries as jobs
from eventday.jobs.domain import JobView
from eventday.reports import service as reports
from eventday.workspace.messages import job_title

ON_A_PAGE = 20


@dataclass(frozen=True)
class Line:
    """A job in words. `by` is who asked for it, empty where nobody is known; `event` only where there is a file to take."""

    job: JobView
    title: str
    by: str
    event: str | None


@dataclass(frozen=True)
class Page:
    """One page of the list, the newest first; pages count from 1."""

    lines: Sequence[Line]
    number: int
    has_older: bool

    @property
    def is_running(self) -> bool:
        return any(not line.job.is_over for line in self.lines)


def page(commune: str, number: int) -> Page:
    """Two statements whatever the length."""
    found = jobs.of_commune(commune, offset=(number - 1) * ON_A_PAGE, limit=ON_A_PAGE + 1)
    shown = found[:ON_A_PAGE]
    people = names.person_names({job.requested_by for job in shown if job.requested_by})
    lines = [Line(job, job_title(job.name), people.get(job.requested_by, "") if job.requested_by else "", _event_of_file(job)) for job in shown]
    return Page(lines, number, len(found) > ON_A_PAGE)


def _event_of_file(job: JobView) -> str | None:
    """Older reports give way to newer ones: what is gone is not offered."""
    return job.arguments["event"] if job.name == reports.BUILD and job.result and reports.has_file(job.result) else None
