"""What the worker imports: lists of people that are too long to be waited for."""

from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from eventday import instance
from eventday.imports import enlisting, uploads
from eventday.imports.errors import PlanHasProblems
from eventday.jobs import service, tasks
from eventday.kernel import clock
from eventday.kernel.ids import parse
from eventday.programme import queries as programme
from eventday.programme.domain import Event, Slot

PEOPLE = "people.import"
AT_ONCE = 300  # people whom a page registers while one waits


def folder() -> Path:
    return instance.folder(current_app.config["SETTINGS"], "uploads")


def owner(slot: Slot, person: UUID) -> uploads.Owner:
    """Whose a list that was looked at is, and for which slot."""
    return uploads.Owner(str(person), f"people {slot.id}", slot.commune_code)


def ask(session: Session, event: Event, slot: Slot, token: str, person: UUID, *, children_agree: bool) -> UUID:
    """Have a list that was looked at taken by the worker. Returns the job's id."""
    arguments = {"event": event.code, "slot": str(slot.id), "token": token, "person": str(person), "children_agree": children_agree}
    return service.enqueue(session, PEOPLE, arguments, now=clock.now(), commune_code=slot.commune_code, requested_by=person)


@tasks.task(PEOPLE)
def import_people(job: tasks.RunningJob) -> dict[str, Any]:
    """All or nobody; begun again, who is registered stays so. Raises: UploadGone, PlanHasProblems, and what `enlist` raises."""
    event = programme.event(job.arguments["event"])
    slot = programme.slot(UUID(job.arguments["slot"]))
    person, token = parse(job.arguments["person"]), job.arguments["token"]
    assert person is not None
    job.report(5, str(_l("Đang đọc tệp")))
    kept = uploads.fetch(folder(), token, owner(slot, person))
    found = enlisting.read(kept.data, event, slot.commune_code)
    job.report(30, str(_l("Đang ghi tên %(count)s người", count=len(found.rows))))
    agreed = bool(job.arguments["children_agree"])
    looked = enlisting.enlist(
        found, slot, dry_run=False, now=clock.now(), children_agree=agreed, last=lambda session, one: job.finish(session, one.counts())
    )
    if looked.errors:
        raise PlanHasProblems(count=len(looked.errors))
    uploads.drop(folder(), token)
    return looked.counts()


@tasks.each_hour
def forget_uploads() -> None:
    """A list of people does not wait for the next upload to be dropped. Files are as old as the machine's own clock says."""
    uploads.sweep(folder())
