"""Choosing the commune and the event to work on, within one's scope."""

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Place, Role
from eventday.access.guards import signed_in, this_person
from eventday.kernel import clock
from eventday.kernel.text import tidy
from eventday.programme.domain import Event
from eventday.programme.queries import events
from eventday.workspace import queries
from eventday.workspace.staff import name_of
from eventday.workspace.views.frame import blueprint


@blueprint.get("")
@signed_in
def show_choice() -> str | Response:
    """The communes one may work for. Where there is one only, its page, unless `?all=1` asks for the list."""
    text = tidy(request.args.get("q", ""))[:80]
    person = this_person()
    found = queries.choices(person, text, now=clock.now())
    if len(found) == 1 and found[0].events and not text and "all" not in request.args:
        return make_response(redirect(url_for("workspace.show_home", code=found[0].commune.code, event=found[0].events[0].code)))
    whole_country = any(grant.place == Place() for grant in person.grants)
    above = [(grant.place, name_of(grant.place)) for grant in person.grants if not grant.place.commune and grant.role >= Role.ORGANISER]
    return render_template("workspace/choice.html", found=found, text=text, whole_country=whole_country, above=above, opened=_opened(above))


def _opened(above: list[tuple[Place, str]]) -> dict[str, list[Event]]:
    """The events of the provinces that one organises, by code."""
    provinces = [place.province for place, _ in above if place.province]
    every = events() if provinces else []
    return {code: [event for event in every if event.province_code == code] for code in provinces}
