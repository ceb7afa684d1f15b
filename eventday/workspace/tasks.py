"""What the worker writes for organisers: the lists of all slots in one workbook."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from eventday.jobs import files, service, tasks
from eventday.jobs import queries as jobs
from eventday.kernel import clock
from eventday.programme.domain import Slot
from eventday.web.translation import lazily as _l
from eventday.workspace import people, queries, rosters
from eventday.workspace.queries import Desk
from eventday.workspace.rosters import RosterLine

ROSTERS = "people.rosters"
_STEP = 10  # slots between two words of how far it is


def ask(session: Session, at: Desk, person: UUID) -> bool:
    """Have the lists written for the person, who alone gets the file; False where that is under way already."""
    newest = jobs.latest(ROSTERS, at.commune.code, _arguments(at, person))
    if newest and not newest.is_over:
        return False
    service.enqueue(session, ROSTERS, _arguments(at, person), now=clock.now(), commune_code=at.commune.code, requested_by=person)
    return True


def _arguments(at: Desk, person: UUID) -> dict[str, object]:
    return {"event": at.event.code, "commune": at.commune.code, "person": str(person)}


@tasks.task(ROSTERS)
def write_rosters(job: tasks.RunningJob) -> dict[str, Any]:
    """Raises: NotFound."""
    at = queries.desk(job.arguments["commune"], job.arguments["event"])
    slots = [slot for slot in people.slots_with_seats(at) if slot.taken + slot.waiting]
    found: list[tuple[Slot, list[RosterLine]]] = []
    for done, slot in enumerate(slots):
        if done % _STEP == 0:
            job.report(85 * done // len(slots), str(_l("Đang gom danh sách: %(done)s trong %(all)s ca", done=done, all=len(slots))))
        found.append((slot, rosters.roster(slot)))
    job.report(90, str(_l("Đang ghi tệp Excel")))
    content = rosters.rosters_file(at, found)
    rosters.take_out_all(at, sum(len(lines) for _, lines in found), now=clock.now())
    return files.keep(job.id, content, f"danh-sach-{at.commune.code}-{at.event.code}.xlsx")
