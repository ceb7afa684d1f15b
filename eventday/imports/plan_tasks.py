"""What the worker does of a plan's import: workbooks that take too long to be waited for are looked at, marked and imported there."""

from typing import Any
from uuid import UUID

from eventday.imports import look, mending, service, uploads
from eventday.imports.errors import PlanHasProblems
from eventday.imports.look import Look
from eventday.imports.tasks import begin, folder, unpacked
from eventday.imports.uploads import Kept
from eventday.jobs import files, tasks
from eventday.jobs import queries as jobs
from eventday.jobs.domain import JobView
from eventday.jobs.tasks import RunningJob
from eventday.kernel import clock
from eventday.programme.domain import Event
from eventday.web.translation import lazily as _l

LOOK, MARK, IMPORT = "plan.look", "plan.mark", "plan.import"


def owner(event: Event, code: str, person: UUID) -> uploads.Owner:
    """Whose a file that is looked at is, and for which plan."""
    return uploads.Owner(str(person), str(event.id), code)


def ask(name: str, event: Event, code: str, token: str, person: UUID) -> UUID:
    """Have a kept file looked at, marked or imported. Returns the job's id."""
    return begin(name, code, _arguments(event, code, token, person), person)


def asked(name: str, event: Event, code: str, token: str, person: UUID) -> JobView | None:
    """The newest job of that name with the file."""
    return jobs.latest(name, code, _arguments(event, code, token, person))


def _arguments(event: Event, code: str, token: str, person: UUID) -> dict[str, Any]:
    return {"event": event.code, "commune": code, "token": token, "person": str(person)}


def stored(kept: Kept) -> Look | None:
    """What the worker saw in the file as it is corrected now."""
    found = look.JSON.validate_json(kept.look) if kept.look else None
    return found if found and found.seen == look.seen(kept.corrections) else None


@tasks.task(LOOK)
def look_at_plan(job: RunningJob) -> dict[str, Any]:
    """Unpack the file once and keep what it would change. Raises: UploadGone, BadWorkbook and its kinds."""
    event, kept = _read(job)
    job.report(40, str(_l("Đang so với kế hoạch")))
    seen = _look(job, event, kept)
    return {"wrong": seen.wrong, "touched": seen.touched}


@tasks.task(MARK)
def mark_plan(job: RunningJob) -> dict[str, Any]:
    """Keep the person's own workbook with its wrong cells marked, for that person. Raises: as `look_at_plan`."""
    event, kept = _read(job)
    job.report(40, str(_l("Đang đánh dấu những ô cần sửa")))
    return files.keep(job.id, mending.marked(kept, event, job.arguments["commune"], now=clock.now()), mending.MARKED)


@tasks.task(IMPORT)
def import_plan(job: RunningJob) -> dict[str, Any]:
    """All or nothing; begun again, it changes nothing more. Raises: as `look_at_plan`, PlanHasProblems, and what the import raises."""
    event, kept = _read(job)
    job.report(40, str(_l("Đang nhập vào kế hoạch")))
    found = service.read_sheets(mending.sheets_of(kept), event, job.arguments["commune"])
    changes = service.import_plan(
        found, event, job.arguments["commune"], dry_run=False, now=clock.now(), last=lambda session, done: job.finish(session, done.counts())
    )
    if changes.errors:
        _look(job, event, kept)
        raise PlanHasProblems(count=len(changes.errors))
    uploads.drop(folder(), job.arguments["token"])
    return changes.counts()


def _read(job: RunningJob) -> tuple[Event, Kept]:
    """The file, unpacked: the first time that is kept as well."""
    job.report(5, str(_l("Đang đọc tệp")))
    commune = job.arguments["commune"]
    event = service.event_of(commune, job.arguments["event"])
    return event, unpacked(job.arguments["token"], owner(event, commune, UUID(job.arguments["person"])))


def _look(job: RunningJob, event: Event, kept: Kept) -> Look:
    seen = look.look(kept, event, job.arguments["commune"], now=clock.now())
    uploads.put(folder(), job.arguments["token"], "look", look.JSON.dump_json(seen))
    return seen
