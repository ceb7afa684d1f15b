"""What the worker imports: lists of people that are too long to be waited for."""

from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app

from eventday import instance
from eventday.db import transaction
from eventday.imports import enlisting, people_look, uploads, workbook
from eventday.imports.errors import PlanHasProblems
from eventday.imports.uploads import Kept, Owner
from eventday.jobs import queries, service, tasks
from eventday.jobs.domain import State
from eventday.jobs.tasks import RunningJob
from eventday.kernel import clock
from eventday.programme import queries as programme
from eventday.programme.domain import Event, Slot
from eventday.web.translation import lazily as _l

LOOK, IMPORT = "people.look", "people.import"


def folder() -> Path:
    return instance.folder(current_app.config["SETTINGS"], "uploads")


def owner(slot: Slot, person: UUID) -> Owner:
    """Whose a list that was looked at is, and for which slot."""
    return Owner(str(person), f"people {slot.id}", slot.commune_code)


def begin(name: str, commune: str, arguments: dict[str, Any], person: UUID) -> UUID:
    """Have the worker do something with a kept file. Returns the job's id: of the one that waits for its turn already, where there is one."""
    newest = queries.latest(name, commune, arguments)
    if newest and newest.state is State.WAITING:
        return newest.id
    with transaction() as session:
        return service.enqueue(session, name, arguments, now=clock.now(), commune_code=commune, requested_by=person)


def unpacked(token: str, of: Owner) -> Kept:
    """The kept file; the first time that it is unpacked, that is kept as well. Raises: UploadGone, BadWorkbook and its kinds."""
    kept = uploads.fetch(folder(), token, of)
    if not kept.told:
        uploads.put(folder(), token, "told", workbook.unpacked(kept.data))
    return uploads.fetch(folder(), token, of)


def arguments(event: Event, slot: Slot, token: str, person: UUID, **more: bool) -> dict[str, Any]:
    """What names the work with a list."""
    return {"event": event.code, "slot": str(slot.id), "token": token, "person": str(person)} | more


def _asked(job: RunningJob) -> tuple[Event, Slot, Owner]:
    slot = programme.slot(UUID(job.arguments["slot"]))
    return programme.event(job.arguments["event"]), slot, owner(slot, UUID(job.arguments["person"]))


@tasks.task(LOOK)
def look_at_people(job: RunningJob) -> dict[str, Any]:
    """Keep what the list would do. Raises: UploadGone, BadWorkbook and its kinds, and as `enlist`."""
    event, slot, of = _asked(job)
    job.report(5, str(_l("Đang đọc tệp")))
    kept = unpacked(job.arguments["token"], of)
    job.report(40, str(_l("Đang xem ai đã có thẻ")))
    seen = people_look.look(kept, event, slot, now=clock.now())
    uploads.put(folder(), job.arguments["token"], "look", people_look.JSON.dump_json(seen))
    return {"wrong": seen.wrong, "touched": seen.touched}


@tasks.task(IMPORT)
def import_people(job: RunningJob) -> dict[str, Any]:
    """All or nobody; begun again, who is registered stays so. Raises: UploadGone, PlanHasProblems, and what `enlist` raises."""
    event, slot, of = _asked(job)
    job.report(5, str(_l("Đang đọc tệp")))
    found = enlisting.read_sheets(unpacked(job.arguments["token"], of).sheets, event, slot.commune_code)
    job.report(30, str(_l("Đang ghi tên %(count)s người", count=len(found.rows))))
    agreed = bool(job.arguments["children_agree"])
    looked = enlisting.enlist(
        found, slot, dry_run=False, now=clock.now(), children_agree=agreed, last=lambda session, one: job.finish(session, one.counts())
    )
    if looked.errors:
        raise PlanHasProblems(count=len(looked.errors))
    uploads.drop(folder(), job.arguments["token"])
    return looked.counts()


@tasks.each_hour
def forget_uploads() -> None:
    """A list of people does not wait for the next upload to be dropped. Files are as old as the machine's own clock says."""
    uploads.sweep(folder())
