"""A province calls its event off, or deletes one that nobody has begun."""

from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.catalogue import queries as catalogue
from eventday.kernel import clock
from eventday.programme import events
from eventday.programme.errors import EventInUse
from eventday.programme.standings import standings
from eventday.registrations import events as ending
from eventday.registrations.events import People
from eventday.workspace.views.event import EVENTS, event_of, province_of
from eventday.workspace.views.frame import blueprint


@blueprint.get(f"{EVENTS}/<event>/huy")
@needs(Role.ORGANISER, of=province_of)
def show_event_end(province: str, event: str) -> Response:
    """Whom it touches, commune by commune, and what can be done."""
    return _page(province, event)


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


@blueprint.post(f"{EVENTS}/<event>/xoa")
@needs(Role.ORGANISER, of=province_of)
def remove_event(province: str, event: str) -> Response:
    found = event_of(province, event)
    try:
        events.remove_event(found.id, province, now=clock.now())
    except EventInUse:
        return _page(province, event, refused=True)
    return _to("workspace.show_new_event", province, da="xoa", muc=found.id)


@blueprint.post(f"{EVENTS}/hoan-tac/<uuid:event_id>")
@needs(Role.ORGANISER, of=province_of)
def restore_event(province: str, event_id: UUID) -> Response:
    code = events.restore_event(province, event_id, now=clock.now())
    return _to("workspace.show_event", province, event=code, da="hoan-tac")


def _to(endpoint: str, province: str, **arguments: Any) -> Response:
    return make_response(redirect(url_for(endpoint, province=province, **arguments), 303))


def _page(province: str, code: str, *, refused: bool = False) -> Response:
    found = event_of(province, code)
    communes = catalogue.communes_of_province(province)
    plans = standings(found.id, [commune.code for commune in communes])
    people = ending.people_of(found.id)
    lines = [(one, plans[one.code], people.get(one.code, People())) for one in communes if one.code in plans and plans[one.code].is_begun]
    page = render_template(
        "workspace/event_end.html",
        commune=None,
        event=None,
        edited=found,
        lines=sorted(lines, key=lambda line: (-line[2].people, line[0].name)),
        people=sum(one.people for one in people.values()),
        slots=sum(line[1].slots for line in lines),
        is_unused=not lines and not people,
        refused=refused,
    )
    return make_response(page, 409 if refused else 200)
