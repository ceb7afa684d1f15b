"""Somebody deleted what another is editing: they are told by whom, and what they typed is kept for one press that puts it back and saves."""

from uuid import UUID

from flask import Response, make_response, render_template, request

from eventday.audit.editors import who_removed
from eventday.db import db
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.programme import removing
from eventday.programme.errors import ActivityExists, BadSlot, PlaceGone
from eventday.web.messages import sentence_of
from eventday.workspace.queries import Desk


def bring_back(at: Desk, thing_id: UUID) -> Response | None:
    """Put the thing back where the form asks for it (`dua-lai`), as if it had not been deleted; a page where that cannot be. Raises: NotFound."""
    if "dua-lai" not in request.form:
        return None
    removed_id = parse(request.form["dua-lai"])
    if removed_id is None or removed_id != removing.removed_with(db.session, at.event.id, at.commune.code, thing_id):
        raise NotFound
    try:
        removing.restore(at.event.id, at.commune.code, removed_id, now=clock.now())
    except (ActivityExists, BadSlot, PlaceGone) as refusal:
        return gone_page(at, thing_id, refused=sentence_of(refusal))
    return None


def gone_page(at: Desk, thing_id: UUID, *, refused: str = "") -> Response:
    """Raises: NotFound where it was not deleted here within the day."""
    removed_id = removing.removed_with(db.session, at.event.id, at.commune.code, thing_id)
    if removed_id is None:
        raise NotFound
    page = render_template(
        "workspace/gone.html",
        **vars(at),
        tab="plan",
        who=who_removed(at.commune.code, thing_id),
        removed_id=removed_id,
        refused=refused,
        kept=list(request.form.items(multi=True)),
    )
    return make_response(page, 409)
