"""What the worker prints for organisers: everybody's passes, or those of a slot's people."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from eventday.jobs import files, service, tasks
from eventday.jobs import queries as jobs
from eventday.kernel import clock
from eventday.places import queries as places
from eventday.programme import queries as programme
from eventday.programme.domain import Slot
from eventday.registrations import queries as registrations
from eventday.registrations.domain import PassView, Status
from eventday.reports import pass_book
from eventday.reports.passes import PassSheet
from eventday.web.translation import lazily as _l
from eventday.workspace import queries, rosters
from eventday.workspace.people import hamlet_names
from eventday.workspace.queries import Desk

PASSES = "people.passes"


def ask(session: Session, at: Desk, person: UUID, slot: Slot | None = None) -> bool:
    """Have the passes printed for the person, who alone gets the file; False where that is under way already."""
    arguments: dict[str, object] = {"event": at.event.code, "commune": at.commune.code, "person": str(person), "slot": str(slot.id) if slot else ""}
    newest = jobs.latest(PASSES, at.commune.code, arguments)
    if newest and not newest.is_over:
        return False
    service.enqueue(session, PASSES, arguments, now=clock.now(), commune_code=at.commune.code, requested_by=person)
    return True


@tasks.task(PASSES)
def print_passes(job: tasks.RunningJob) -> dict[str, Any]:
    """Raises: NotFound, PaperNotReady."""
    at = queries.desk(job.arguments["commune"], job.arguments["event"])
    slot = rosters.slot_of(at, UUID(job.arguments["slot"])) if job.arguments["slot"] else None
    job.report(1, str(_l("Đang gom thẻ")))
    sheet = _sheet(at, _people(at, slot))
    if not sheet.passes:
        return {"people": 0}
    all_of = len(sheet.passes)

    def tell(done: int) -> None:
        job.report(5 + 90 * min(done, all_of) // all_of, str(_l("Đang vẽ thẻ: %(done)s trong %(all)s", done=min(done, all_of), all=all_of)))

    content = pass_book.draw(sheet, tell)
    _note(at, slot, sheet)
    return {"people": all_of} | files.keep(job.id, content, f"the-{at.commune.code}-{at.event.code}.pdf")


def _people(at: Desk, slot: Slot | None) -> list[PassView]:
    """Who has a seat at the slot or waits there; without one everybody whom the commune sees."""
    if slot is None:
        return registrations.passes_of_commune(at.event.id, at.commune.code)
    there = registrations.passes_of_slot(slot.id)
    return [view for view in there if any(one.slot_id == slot.id and one.status is not Status.CANCELLED for one in view.registrations)]


def _sheet(at: Desk, people: list[PassView]) -> PassSheet:
    slots = programme.slots_by_id(list({one.slot_id for view in people for one in view.registrations}))
    papers = pass_book.papers(people, slots, hamlet_names(at.commune.code))
    phone = places.profile(at.commune.code).phone
    return PassSheet(at.event.name, at.event.first_day, at.event.last_day, at.commune.name, phone, tuple(papers))


def _note(at: Desk, slot: Slot | None, sheet: PassSheet) -> None:
    if slot:
        rosters.take_out(slot, sheet.passes, now=clock.now())
    else:
        rosters.take_out_all(at, len(sheet.passes), now=clock.now())
