"""What the pages of a plan's import share: the blueprint, whose a file is, and what the frame of each page asks for."""

from flask import Blueprint, Response, make_response, render_template

from eventday.access.guards import this_person
from eventday.catalogue import queries as catalogue
from eventday.imports import plan_tasks, service, tasks, uploads
from eventday.imports.limits import MAX_BYTES
from eventday.programme import queries as programme
from eventday.programme.domain import Event

blueprint = Blueprint("imports", __name__)
PAGE = "/lam-viec/<commune:code>/<event>/ke-hoach/nhap"


def commune_of(code: str, **_: str) -> str:
    """Whose page it is, for `needs`."""
    return code


def page(template: str, code: str, event: str, *, status: int = 200, **context: object) -> Response:
    """A page of the import in the desk's frame."""
    found = service.event_of(code, event)
    shown = render_template(
        template,
        commune=catalogue.commune(code),
        event=found,
        tab="plan",
        plan=programme.plan(found.id, code),
        megabytes=MAX_BYTES // 1024 // 1024,
        **context,
    )
    return make_response(shown, status)


def owner(event: Event, code: str) -> uploads.Owner:
    """Whose a file that is looked at here is, and for which plan."""
    return plan_tasks.owner(event, code, this_person().id)


def fetch(event: Event, code: str, token: str) -> uploads.Kept:
    """A file that this person uploaded for the plan. Raises: UploadGone."""
    return uploads.fetch(tasks.folder(), token, owner(event, code))
