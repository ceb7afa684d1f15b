"""A slot's people to take along: an Excel file, a page made to be printed, their passes on paper."""

from uuid import UUID

from flask import Response, make_response, redirect, render_template, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs, this_person
from eventday.db import transaction
from eventday.kernel import clock
from eventday.kernel.clock import local
from eventday.programme.domain import Slot
from eventday.web.downloads import as_download
from eventday.workspace import pass_tasks, queries, rosters
from eventday.workspace.queries import Desk
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


@blueprint.post(f"{_LIST}/the")
@needs(Role.DESK, of=commune_of)
def ask_for_passes(code: str, event: str, slot_id: UUID) -> Response:
    """The passes of a slot's people, for who has no phone."""
    at = queries.desk(code, event)
    return _asked(at, rosters.slot_of(at, slot_id))


@blueprint.post(f"{PAGE}/viec-nen/the")
@needs(Role.DESK, of=commune_of)
def ask_for_all_passes(code: str, event: str) -> Response:
    """Everybody's passes."""
    return _asked(queries.desk(code, event), None)


def _asked(at: Desk, slot: Slot | None) -> Response:
    with transaction() as session:
        asked = pass_tasks.ask(session, at, this_person().id, slot)
    there = url_for("workspace.show_jobs", code=at.commune.code, event=at.event.code, da="giao" if asked else "dang-lam")
    return make_response(redirect(there, 303))
