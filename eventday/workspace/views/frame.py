"""What all organisers' pages share: the blueprint, who a page belongs to, and what the frame of every desk page asks for."""

from typing import Any

from flask import Blueprint, has_request_context, url_for

from eventday.access import queries as access
from eventday.access.domain import Role, may
from eventday.access.guards import known_person
from eventday.workspace import messages
from eventday.workspace.domain import Todo
from eventday.workspace.queries import Desk

blueprint = Blueprint("workspace", __name__, url_prefix="/lam-viec")
PAGE = "/<commune:code>/<event>"


def commune_of(code: str, **_: object) -> str:
    """Whose page it is, for `needs`."""
    return code


@blueprint.app_context_processor
def _person() -> dict[str, Any]:
    """`signed_in_person`, and `may_here(role, code)`: whether a page offers what only some may do. The routes check for themselves."""

    def may_here(role: str, code: str) -> bool:
        person = known_person()
        return person is not None and may(person, Role[role], access.commune_place(code))

    person = known_person() if has_request_context() else None
    return {"signed_in_person": person, "may_here": may_here}


def todo_url(todo: Todo, at: Desk) -> str:
    """Where a thing to do is done."""
    words = messages.todo_line(todo).words
    return url_for(words.endpoint, code=at.commune.code, event=at.event.code, slot=todo.slot_id, _anchor=words.anchor or None)
