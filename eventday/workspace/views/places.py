"""What a commune is made of: the page that shows it all, and the forms to add, copy, change, delete and put back."""

from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.audit.editors import who, who_removed
from eventday.kernel import clock
from eventday.kernel.errors import NotFound, Refusal
from eventday.kernel.ids import parse
from eventday.places import editing
from eventday.places import queries as places
from eventday.places.domain import map_url
from eventday.places.entries import Known, NameTaken, NoSuchThing, SpaceEntry, Thing
from eventday.programme import queries as programme
from eventday.programme.errors import HostsMeet
from eventday.web.edits import Stale, stamp
from eventday.web.forms import fail
from eventday.web.messages import sentence_of
from eventday.web.translation import lazily as _l
from eventday.workspace import queries, removal, renaming
from eventday.workspace.forms.places import FORMS, SPACE_KINDS, SpaceForm
from eventday.workspace.place_words import DONE, HINTS, WORDS
from eventday.workspace.queries import Desk
from eventday.workspace.removal import PlaceInUse
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

SLUGS = {"dia-diem": Thing.VENUE, "phong": Thing.SPACE, "thon": Thing.HAMLET, "don-vi": Thing.HOST, "thiet-bi": Thing.EQUIPMENT}
SLUG_OF = {thing: slug for slug, thing in SLUGS.items()}
_ONE = f"{PAGE}/dia-phuong/<any('dia-diem', 'phong', 'thon', 'don-vi', 'thiet-bi'):slug>"


@blueprint.get(f"{PAGE}/dia-phuong")
@needs(Role.VIEWER, of=commune_of)
def show_places(code: str, event: str) -> str:
    """`?da=` with `?muc=` (an id) says what was done just now."""
    return page_of_places(queries.desk(code, event))


@blueprint.get(f"{_ONE}/moi")
@needs(Role.ORGANISER, of=commune_of)
def show_new_place(code: str, event: str, slug: str) -> Response:
    """An empty form; `?tu=` copies another, `?o=` is the venue of a new room."""
    thing = SLUGS[slug]
    copied = parse(request.args.get("tu"))
    form = _filled(code, thing, places.one(code, thing, copied).entry) if copied else FORMS[thing](data={"venue_id": request.args.get("o")})
    for name in ("code", "full_name", "aliases") if copied else ():
        if name in form:
            form[name].data = ""
    return _form(queries.desk(code, event), thing, form, copied=bool(copied))


@blueprint.post(f"{_ONE}/moi")
@needs(Role.ORGANISER, of=commune_of)
def add_place(code: str, event: str, slug: str) -> Response:
    """Add it; `tiep` asks for an empty form again."""
    at, thing = queries.desk(code, event), SLUGS[slug]
    form = FORMS[thing](request.form)
    _offer(form, code)
    try:
        if not form.validate():
            return _form(at, thing, form, status=422)
        (thing_id,) = editing.add(code, [form.to_entry()], now=clock.now())
    except NameTaken as refusal:
        fail(form[refusal.pointer], sentence_of(refusal))
        return _form(at, thing, form, status=422)
    except NoSuchThing as refusal:
        return _form(at, thing, _without_venue(form, code, refusal), status=422)
    if "tiep" in request.form:
        return _redirect("show_new_place", at, slug=slug, da="them", muc=thing_id, o=request.form.get("venue_id"))
    return _redirect("show_places", at, da="them", muc=thing_id)


@blueprint.get(f"{_ONE}/<uuid:thing_id>")
@needs(Role.ORGANISER, of=commune_of)
def show_place(code: str, event: str, slug: str, thing_id: UUID) -> Response:
    at, known = queries.desk(code, event), places.one(code, SLUGS[slug], thing_id)
    return _form(at, SLUGS[slug], _filled(code, SLUGS[slug], known.entry), known=known)


@blueprint.post(f"{_ONE}/<uuid:thing_id>")
@needs(Role.ORGANISER, of=commune_of)
def save_place(code: str, event: str, slug: str, thing_id: UUID) -> Response:
    """What somebody has deleted meanwhile is offered as a new one, with everything that was typed."""
    at, thing = queries.desk(code, event), SLUGS[slug]
    form = FORMS[thing](request.form)
    _offer(form, code)
    try:
        known = places.one(code, thing, thing_id)
    except NotFound:
        return _gone(at, thing, thing_id, form)
    try:
        if not form.validate():
            return _form(at, thing, form, known=known, status=422, seen=request.form.get("seen", ""))
        count = renaming.change(code, thing_id, form.to_entry(), seen=request.form.get("seen", ""), now=clock.now())
    except NameTaken as refusal:
        fail(form[refusal.pointer], sentence_of(refusal))
        return _form(at, thing, form, known=known, status=422, seen=request.form.get("seen", ""))
    except HostsMeet as refusal:
        fail(form.name, sentence_of(refusal))
        return _form(at, thing, form, known=known, status=422, seen=request.form.get("seen", ""))
    except NoSuchThing as refusal:
        if isinstance(form, SpaceForm) and not places.was_removed(code, thing_id):
            return _form(at, thing, _without_venue(form, code, refusal), known=known, status=422, seen=request.form.get("seen", ""))
        return _gone(at, thing, thing_id, form)
    except Stale as stale:
        return _form(at, thing, form, known=known, status=409, seen=stale.now, stale=stale, who=who(code, thing_id, stale))
    return _redirect("show_places", at, da="luu", muc=thing_id, so=count or None)


@blueprint.post(f"{_ONE}/<uuid:thing_id>/xoa")
@needs(Role.ORGANISER, of=commune_of)
def remove_place(code: str, event: str, slug: str, thing_id: UUID) -> Response:
    """What is used stays; the page names what uses it."""
    at, thing = queries.desk(code, event), SLUGS[slug]
    try:
        removal.remove(code, thing, thing_id, leave_cancelled="bo-ca-huy" in request.form, now=clock.now())
    except PlaceInUse as in_use:
        known = places.one(code, thing, thing_id)
        return _form(at, thing, _filled(code, thing, known.entry), known=known, status=409, in_use=in_use)
    return _redirect("show_places", at, da="xoa", muc=thing_id)


@blueprint.post(f"{PAGE}/dia-phuong/hoan-tac/<uuid:thing_id>")
@needs(Role.ORGANISER, of=commune_of)
def restore_place(code: str, event: str, thing_id: UUID) -> Response:
    at = queries.desk(code, event)
    try:
        count = removal.restore(code, thing_id, now=clock.now())
    except NameTaken as refusal:
        return make_response(page_of_places(at, refusal=refusal), 409)
    return _redirect("show_places", at, da="lai", muc=thing_id, so=count or None)


def page_of_places(at: Desk, refusal: Refusal | None = None) -> str:
    """All that the commune has entered; `refusal` says why the last wish could not be done."""
    code = at.commune.code
    return render_template(
        "workspace/places.html",
        **vars(at),
        tab="places",
        profile=places.profile(code),
        venues=places.venues(code),
        hamlets=places.entered(code, Thing.HAMLET),
        hosts=places.entered(code, Thing.HOST),
        equipment=places.entered(code, Thing.EQUIPMENT),
        plan=programme.plan(at.event.id, code),
        kinds=SPACE_KINDS,
        map_url=map_url,
        refused=sentence_of(refusal) if refusal else "",
        **_done(code),
    )


def _done(code: str) -> dict[str, Any]:
    """What was done just now, and to what, where the address says so."""
    done, thing_id = request.args.get("da", ""), parse(request.args.get("muc"))
    name = places.name_of(code, thing_id) if thing_id else ""
    return {
        "done": DONE.get(done),
        "done_name": name,
        "can_undo": done == "xoa" and name,
        "is_back": done == "lai",
        "done_id": thing_id,
        "done_count": request.args.get("so", 0, type=int),
    }


def _filled(code: str, thing: Thing, entry: Any) -> Any:
    """The form as the thing is kept; a full name that follows from the others is left to follow them."""
    form = FORMS[thing].of_entry(entry)
    if isinstance(entry, SpaceEntry) and entry.full_name == f"{entry.name}, {places.one(code, Thing.VENUE, entry.venue_id).entry.name}":
        form.full_name.data = ""
    return form


def _form(at: Desk, thing: Thing, form: Any, *, known: Known | None = None, status: int = 200, seen: str | None = None, **context: Any) -> Response:
    code = at.commune.code
    _offer(form, code)
    page = render_template(
        "workspace/place.html",
        **vars(at),
        tab="places",
        thing=thing.value,
        slug=SLUG_OF[thing],
        form=form,
        known=known,
        seen=seen if seen is not None else stamp(known.entry) if known else "",
        words=WORDS[thing],
        hints=HINTS,
        kinds=SPACE_KINDS,
        plan=programme.plan(at.event.id, code),
        venue=next((venue for venue in places.venues(code) if known and venue.id == known.id), None) if thing is Thing.VENUE else None,
        map_url=map_url,
        **_done(code),
        **context,
    )
    return make_response(page, status)


def _gone(at: Desk, thing: Thing, thing_id: UUID, form: Any) -> Response:
    """What was typed, for a new one. Raises: NotFound where it was not deleted here within the day."""
    if not places.was_removed(at.commune.code, thing_id):
        raise NotFound
    return _form(at, thing, form, gone=True, who=who_removed(at.commune.code, thing_id), status=409)


def _without_venue(form: Any, code: str, refusal: NoSuchThing) -> Any:
    """The form of a room whose venue was deleted at this very moment. Raises: the refusal, for any other."""
    if not isinstance(form, SpaceForm):
        raise refusal
    _offer(form, code)
    fail(form.venue_id, str(_l("Địa điểm này vừa bị xóa. Hãy chọn địa điểm khác rồi lưu lại.")))
    return form


def _offer(form: Any, code: str) -> None:
    if isinstance(form, SpaceForm):
        form.offer([(known.id, known.entry.name) for known in places.entered(code, Thing.VENUE)])


def _redirect(view: str, at: Desk, **arguments: Any) -> Response:
    return make_response(redirect(url_for(f"workspace.{view}", code=at.commune.code, event=at.event.code, **arguments), 303))
