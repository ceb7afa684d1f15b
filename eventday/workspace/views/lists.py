"""A slot's people to take along: an Excel file, and a page made to be printed."""

from uuid import UUID

from flask import Response, render_template

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.kernel import clock
from eventday.kernel.clock import local
from eventday.web.downloads import as_download
from eventday.workspace import queries, rosters
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

_LIST = f"{PAGE}/nguoi-tham-gia/<uuid:slot_id>"


@blueprint.get(f"{_LIST}/tai-ve")
@needs(Role.DESK, of=commune_of)
def download_list(code: str, event: str, slot_id: UUID) -> Response:
    slot = rosters.slot_of(queries.desk(code, event), slot_id)
    people = rosters.roster(slot)
    rosters.take_out(slot, people, now=clock.now())
    return as_download(rosters.roster_file(slot, people), f"danh-sach-{local(slot.starts_at):%d-%m-%Hh%M}-{slot.id.hex[-6:]}.xlsx")


@blueprint.get(f"{_LIST}/in")
@needs(Role.DESK, of=commune_of)
def print_list(code: str, event: str, slot_id: UUID) -> str:
    at = queries.desk(code, event)
    slot = rosters.slot_of(at, slot_id)
    people = rosters.roster(slot)
    rosters.take_out(slot, people, now=clock.now())
    seated = sum(one.waits is None for one in people)
    counts = {"seated": seated, "waiting": len(people) - seated}
    return render_template("workspace/print_list.html", **vars(at), tab="people", slot=slot, people=people, counts=counts)
