"""A province calls its event off, or deletes one for which nobody has registered."""

from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.catalogue import queries as catalogue
from eventday.kernel import clock
from eventday.programme.domain import Event
from eventday.programme.errors import EventInUse
from eventday.programme.standings import PlanStanding, standings
from eventday.registrations import events as ending
from eventday.registrations.events import People
from eventday.web.edits import Stale, stamp
from eventday.workspace import event_removal
from eventday.workspace.views.event import EVENTS, event_of, province_of
from eventday.workspace.views.frame import blueprint


@blueprint.get(f"{EVENTS}/<event>/huy")
@needs(Role.ORGANISER, of=province_of)
def show_event_end(province: str, event: str) -> Response:
    """Whom it touches, commune by commune, and what can be done."""
    found = event_of(province, event)
    is_unused = event_removal.can_go(found.id, province) and not event_removal.what_goes(found.id, province)
    return _removal_page(found) if is_unused and not found.cancelled_at else _page(found)


@blueprint.post(f"{EVENTS}/<event>/huy")
@needs(Role.ORGANISER, of=province_of)
def cancel_event(province: str, event: str) -> Response:
    people = ending.cancel_event(event_of(province, event).id, province, now=clock.now())
    return _to("workspace.show_event", province, event=event, da="huy", nguoi=people or None)


@blueprint.post(f"{EVENTS}/<event>/mo-lai")
@needs(Role.ORGANISER, of=province_of)
def reopen_event(province: str, event: str) -> Response:
    ending.reopen_event(event_of(province, event).id, province, now=clock.now())
    return _to("workspace.show_event", province, event=event, da="mo-lai")


@blueprint.get(f"{EVENTS}/<event>/xoa")
@needs(Role.ORGANISER, of=province_of)
def show_event_removal(province: str, event: str) -> Response:
    """What of which communes goes with it. Where somebody has to do with it, what can be done instead."""
    found = event_of(province, event)
    return _removal_page(found) if event_removal.can_go(found.id, province) else _page(found)


@blueprint.post(f"{EVENTS}/<event>/xoa")
@needs(Role.ORGANISER, of=province_of)
def remove_event(province: str, event: str) -> Response:
    found = event_of(province, event)
    try:
        event_removal.remove(found.id, province, seen=request.form.get("seen", ""), now=clock.now())
    except EventInUse:
        return _page(found, refused=True)
    except Stale:
        return _removal_page(found, stale=True)
    return _to("workspace.show_new_event", province, da="xoa", muc=found.id)


@blueprint.post(f"{EVENTS}/hoan-tac/<uuid:event_id>")
@needs(Role.ORGANISER, of=province_of)
def restore_event(province: str, event_id: UUID) -> Response:
    code = event_removal.restore(province, event_id, now=clock.now())
    return _to("workspace.show_event", province, event=code, da="hoan-tac")


def _to(endpoint: str, province: str, **arguments: Any) -> Response:
    return make_response(redirect(url_for(endpoint, province=province, **arguments), 303))


def _page(found: Event, *, refused: bool = False) -> Response:
    communes = catalogue.communes_of_province(found.province_code)
    plans = standings(found.id, [commune.code for commune in communes])
    people = ending.people_of(found.id)
    touched = [one for one in communes if one.code in people or plans.get(one.code, PlanStanding()).is_begun]
    lines = [(one, plans.get(one.code, PlanStanding()), people.get(one.code, People())) for one in touched]
    page = render_template(
        "workspace/event_end.html",
        commune=None,
        event=None,
        edited=found,
        lines=sorted(lines, key=lambda line: (-line[2].people, line[0].name)),
        people=sum(one.people for one in people.values()),
        can_go=event_removal.can_go(found.id, found.province_code),
        refused=refused,
    )
    return make_response(page, 409 if refused else 200)


def _removal_page(found: Event, *, stale: bool = False) -> Response:
    goes = event_removal.what_goes(found.id, found.province_code)
    communes = [one for one in catalogue.communes_of_province(found.province_code) if one.code in goes]
    page = render_template(
        "workspace/event_removal.html",
        commune=None,
        event=None,
        edited=found,
        lines=sorted(((one, goes[one.code]) for one in communes), key=lambda line: (-line[1]["slots"], line[0].name)),
        seen=stamp(goes),
        stale=stale,
    )
    return make_response(page, 409 if stale else 200)
