"""Back to the page of the plan that one came from: its number and what was looked for go along in the addresses of all that is edited there."""

from typing import Any

from flask import Response, make_response, redirect, request, url_for

from eventday.workspace.queries import Desk
from eventday.workspace.views.frame import blueprint

_LOOKED_FOR = ("ngay", "loai", "noi", "q", "trang", "viec")
_MOST = 120


def way_back() -> dict[str, Any]:
    """What the present address says of the plan's page one came from."""
    return {name: text[:_MOST] for name in _LOOKED_FOR if (text := request.args.get(name, ""))}


@blueprint.context_processor
def _told() -> dict[str, Any]:
    return {"way_back": way_back()}


def to(endpoint: str, at: Desk, **arguments: object) -> Response:
    """A page of the same plan, from which one still comes back."""
    known: dict[str, Any] = {name: value for name, value in arguments.items() if value is not None}
    return make_response(redirect(url_for(endpoint, code=at.commune.code, event=at.event.code, **way_back(), **known), 303))


def to_plan(at: Desk, anchor: str | None = None, **arguments: object) -> Response:
    return to("workspace.show_plan", at, _anchor=anchor, **arguments)
