"""Who works at a commune, a province or for the country: list, invite, change, disable."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access import people
from eventday.access import queries as access
from eventday.access.domain import Place, Role
from eventday.access.guards import needs, this_person
from eventday.access.people import Invitation, WorksHereAlready
from eventday.accounts import service as accounts
from eventday.accounts.messages import ROLES
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.kernel.text import tidy
from eventday.web.edits import Stale
from eventday.web.forms import fail
from eventday.web.messages import sentence_of
from eventday.workspace import queries, staff
from eventday.workspace.forms.staff import InvitationForm, RoleForm
from eventday.workspace.views.frame import PAGE, blueprint

_ROOTS = (f"{PAGE}/nguoi-lam-viec", "/tinh/<province>/nguoi-lam-viec", "/ca-nuoc/nguoi-lam-viec")
_GRANT = "/<uuid:grant_id>"
_View = TypeVar("_View", bound=Callable[..., Any])


def place_of(code: str = "", event: str = "", province: str = "", **_: object) -> Place:
    """Whose page it is. Raises: NotFound, also where the event is another province's."""
    return access.commune_place(queries.desk(code, event).commune.code) if code else access.province_place(province) if province else Place()


def _each(method: str, tail: str = "") -> Callable[[_View], _View]:
    """The same view at a commune, at a province and for the country."""

    def decorate(view: _View) -> _View:
        for root in _ROOTS:
            blueprint.add_url_rule(root + tail, view_func=view, methods=[method])
        return view

    return decorate


@_each("GET")
@needs(Role.ORGANISER, of=place_of)
def show_staff(**at: str) -> Response:
    """`?q=` looks for words of a name, an address or a place."""
    return _page(at)


@_each("POST")
@needs(Role.ORGANISER, of=place_of)
def invite(**at: str) -> Response:
    """Shows a link once: it is kept as a hash only, so the answer to this POST is the one place where it stands."""
    form = InvitationForm(request.form).offer(staff.scopes_in(place_of(**at)))
    if not form.validate():
        return _page(at, 422, form=form)
    try:
        words = (form.email.data or "", form.to_role(), form.scope.data)
        return _page(at, invitation=people.invite(this_person(), *words, name=form.name.data or "", now=clock.now()))
    except WorksHereAlready as known:
        fail(form.email, sentence_of(known))
        return _page(at, known.status, form=form)


@_each("POST", f"{_GRANT}/duong-dan")
@needs(Role.ORGANISER, of=place_of)
def renew_link(grant_id: UUID, **at: str) -> Response:
    return _acted(at, grant_id, people.renew_link, lambda invitation: _page(at, invitation=invitation))


@_each("POST", f"{_GRANT}/vai-tro")
@needs(Role.ORGANISER, of=place_of)
def change_role(grant_id: UUID, **at: str) -> Response:
    form = RoleForm(request.form)
    if not form.validate():
        staff.grant_at(place_of(**at), grant_id)
        return _page(at, 422)
    act = partial(people.change_role, role=form.to_role())
    return _acted(at, grant_id, act, lambda _done: _back(at, "vai-tro"), role=form.to_role())


@_each("POST", f"{_GRANT}/bo")
@needs(Role.ORGANISER, of=place_of)
def remove_staff(grant_id: UUID, **at: str) -> Response:
    return _acted(at, grant_id, people.remove, lambda removed: _back(at, "bo", lai=staff.undo_key(*removed)))


@_each("POST", f"{_GRANT}/khoa")
@needs(Role.ORGANISER, of=place_of)
def disable_person(grant_id: UUID, **at: str) -> Response:
    return _acted(at, grant_id, people.disable, lambda _done: _back(at, "khoa"))


@_each("POST", f"{_GRANT}/mo-khoa")
@needs(Role.ORGANISER, of=place_of)
def enable_person(grant_id: UUID, **at: str) -> Response:
    return _acted(at, grant_id, people.enable, lambda _done: _back(at, "mo-khoa"))


@_each("POST", "/hoan-tac")
@needs(Role.ORGANISER, of=place_of)
def restore_staff(**at: str) -> Response:
    """Give back what was just taken away; who did so meanwhile is not told of it."""
    taken = staff.undone_by(request.form.get("lai", ""), place_of(**at))
    with suppress(WorksHereAlready):
        people.restore(this_person(), *taken, now=clock.now())
    return _back(at, "lai")


def _acted(at: dict[str, Any], grant_id: UUID, act: Callable[..., Any], done: Callable[[Any], Response], role: Role | None = None) -> Response:
    """What follows an act on somebody; who acts after another is told how it stands now. `role`: what was chosen."""
    try:
        return done(act(this_person(), staff.grant_at(place_of(**at), grant_id), seen=request.form.get("seen"), now=clock.now()))
    except NotFound as gone:
        return _page(at, gone.status, is_gone=True, who=staff.told_gone(place_of(**at), request.form.get("nguoi", "")))
    except Stale as stale:
        return _page(at, stale.status, stale=staff.told(stale, grant_id), opened={grant_id: role})


def _back(at: dict[str, Any], done: str, **more: Any) -> Response:
    return make_response(redirect(url_for("workspace.show_staff", **at, da=done, **more), 303))


def _page(at: dict[str, Any], status: int = 200, form: InvitationForm | None = None, invitation: Invitation | None = None, **told: Any) -> Response:
    place, text = place_of(**at), tidy(request.args.get("q", ""))[:80]
    desk = queries.desk(at["code"], at["event"]) if "code" in at else None
    page = render_template(
        "workspace/staff.html",
        **(vars(desk) if desk else {}),
        tab="staff",
        at=at,
        place=staff.name_of(place),
        lines=staff.lines(this_person(), place, text),
        text=text,
        form=form or InvitationForm(role=Role.VIEWER.name).offer(staff.scopes_in(place)),
        roles=ROLES,
        invitation=invitation,
        address=accounts.address_of(invitation.link) if invitation and invitation.link else "",
        done=request.args.get("da", ""),
        undo=request.args.get("lai", ""),
        **{"stale": "", "opened": {}, "is_gone": False, "who": "", **told},
    )
    return make_response(page, status)
