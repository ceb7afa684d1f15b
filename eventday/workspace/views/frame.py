"""What all organisers' pages share: the blueprint, who a page belongs to, and what the frame of every desk page asks for."""

from typing import Any
from uuid import UUID

from flask import Blueprint, has_request_context, url_for

from eventday.access import queries as access
from eventday.access.domain import Role, may
from eventday.access.guards import known_person
from eventday.workspace import messages
from eventday.workspace.queries import Desk
from eventday.workspace.todos import Todo

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
    """Where a thing to do is done: a clash by its side that came second, an online room by its activity; who may not change these finds them."""
    words = messages.todo_line(todo).words
    here: dict[str, Any] = {"code": at.commune.code, "event": at.event.code}
    if todo.code not in ("conflict", "no_room"):
        return url_for(words.endpoint, **here, slot=todo.slot_id, _anchor=words.anchor or None)
    person = known_person()
    if person is None or not may(person, Role.ORGANISER, access.commune_place(at.commune.code)):
        return url_for(words.endpoint, **here, _anchor=words.anchor or f"ca-{todo.slot_id}")
    if todo.code == "no_room":
        return url_for("workspace.show_activity", **here, activity_id=todo.facts["activity_id"], _anchor="join_url")
    return url_for("workspace.show_occurrence", **here, occurrence_id=todo.slot_id)


def slot_url(slot_id: UUID) -> str:
    """Where a slot of the plan that is shown is to be found."""
    return f"#ca-{slot_id}"
