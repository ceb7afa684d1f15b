"""Last year's plan taken over into this event: looked at first, then copied, and taken back by one press."""

from flask import Response, render_template, request

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.db import db
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.programme import copying
from eventday.programme import queries as programme
from eventday.programme.domain import Event
from eventday.workspace import queries
from eventday.workspace.queries import Desk
from eventday.workspace.views.frame import PAGE, blueprint, commune_of
from eventday.workspace.views.way_back import to_plan


@blueprint.get(f"{PAGE}/ke-hoach/chep")
@needs(Role.ORGANISER, of=commune_of)
def show_copy(code: str, event: str) -> str:
    """The commune's other events, the newest first; `?tu=` (a code), or the newest of them, is counted through."""
    at = queries.desk(code, event)
    found = sources(at)
    source = _source(at, request.args["tu"]) if request.args.get("tu") else next(iter(found), None)
    copy = copying.look(db.session, source, at.event, code) if source else None
    return render_template(
        "workspace/copying.html", **vars(at), tab="plan", sources=found, source=source, copy=copy, plan=programme.plan(at.event.id, code)
    )


@blueprint.post(f"{PAGE}/ke-hoach/chep")
@needs(Role.ORGANISER, of=commune_of)
def copy_plan(code: str, event: str) -> Response:
    at = queries.desk(code, event)
    count, kept = copying.copy_plan(_source(at, request.form.get("tu", "")), at.event, code, now=clock.now())
    return to_plan(at, da="chep", so=count, muc=kept)


def sources(at: Desk) -> list[Event]:
    """The commune's other events, the newest first."""
    return [one for one in reversed(programme.events_of(at.commune.code, published_only=False)) if one.id != at.event.id]


def _source(at: Desk, code: str) -> Event:
    """Raises: NotFound where it is none of the commune's other events."""
    for one in sources(at):
        if one.code == code:
            return one
    raise NotFound
