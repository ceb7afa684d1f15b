"""The fast form: one person after another by keyboard alone. Enter saves, the cursor is back in the first field."""

import secrets
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response, current_app, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs, this_person
from eventday.kernel import clock
from eventday.kernel.errors import NotFound, Refusal
from eventday.kernel.ids import parse
from eventday.places import queries as places
from eventday.registrations import consent, finding, people, service
from eventday.registrations.domain import IssuedPass, RegistrationRequest, Source
from eventday.registrations.finding import Person
from eventday.web.forms import choice
from eventday.web.idempotency import IdempotentCall
from eventday.web.messages import sentence_of
from eventday.web.translation import translated as _
from eventday.workspace import people as gathered
from eventday.workspace import people_words, queries
from eventday.workspace.forms.people import EnlistForm
from eventday.workspace.queries import Desk
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

_ENLIST = f"{PAGE}/nguoi-tham-gia/them"


@blueprint.get(_ENLIST)
@needs(Role.DESK, of=commune_of)
def show_enlist(code: str, event: str) -> Response:
    """`?vua=` is the pass just made: it is shown above, and its slot, hamlet and (with `giu`) phone stay."""
    at = queries.desk(code, event)
    last = _last(at)
    return _page(at, _form(at, last), last)


@blueprint.post(_ENLIST)
@needs(Role.DESK, of=commune_of)
def enlist(code: str, event: str) -> Response:
    at = queries.desk(code, event)
    form = _form(at)
    slot_ids = tuple(queries.own_slots(at, [parse(form.slot.data)])) if form.slot.data else ()
    if not form.validate():
        return _page(at, form, status=422)
    try:
        made = _register(at, form, slot_ids)
    except Refusal as refusal:
        return _page(at, form, status=refusal.status, refused=sentence_of(refusal))
    kept = {"giu": 1} if form.keep_phone.data else {}
    where = {"slot": form.slot.data} if form.slot.data else {}
    return make_response(redirect(url_for("workspace.show_enlist", code=code, event=event, vua=made.id, **where, **kept), 303))  # type: ignore[arg-type]


@blueprint.post(f"{PAGE}/nguoi-tham-gia/<uuid:pass_id>/hoan-tac")
@needs(Role.DESK, of=commune_of)
def take_back(code: str, event: str, pass_id: UUID) -> Response:
    """Undo adding somebody; raises NotFound where something else has happened to the pass since."""
    at = queries.desk(code, event)
    finding.person(at.event.id, code, pass_id)
    people.take_back(pass_id, now=clock.now())
    slot = parse(request.form.get("slot"))
    return make_response(redirect(url_for("workspace.show_enlist", code=code, event=event, da="hoan-tac", slot=slot), 303))


def enlist_again(at: Desk, told: str) -> Response:
    """The form with what was sent of somebody who was taken back meanwhile."""
    form = _form(at)
    form.token.data = secrets.token_urlsafe(16)
    return _page(at, form, status=409, refused=told)


def _register(at: Desk, form: EnlistForm, slot_ids: tuple[UUID, ...]) -> IssuedPass:
    wanted = RegistrationRequest(
        event_id=at.event.id,
        commune_code=at.commune.code,
        phone=form.phone.number,
        people=(form.to_person(slot_ids),),
        source=Source.DESK,
    )
    call = IdempotentCall.of(str(this_person().id), form.token.data or secrets.token_urlsafe(16), asdict(wanted))
    return service.register(wanted, now=clock.now(), key=call)[0]


def _last(at: Desk) -> Person | None:
    pass_id = parse(request.args.get("vua"))
    try:
        return finding.person(at.event.id, at.commune.code, pass_id) if pass_id else None
    except NotFound:
        return None


def _form(at: Desk, last: Person | None = None) -> EnlistForm:
    hamlets = places.hamlets(at.commune.code)
    sent = request.form if request.method == "POST" else None
    known: dict[str, Any] = {"slot": request.args.get("slot", ""), "keep_phone": "giu" in request.args}
    if last:
        known["hamlet"] = str(last.view.hamlet_id or "")
        known["phone"] = people_words.phone_typed(last.phone) if known["keep_phone"] else ""
    form = EnlistForm(sent, event_year=at.event.first_day.year, hamlets=hamlets, data=known)
    offered = gathered.choosable(gathered.slots_with_seats(at), clock.now())
    form.slot.choices = [choice("", _("Chỉ làm thẻ")), *(choice(str(slot.id), people_words.slot_label(slot)) for slot in offered)]
    if not sent:
        form.token.data = secrets.token_urlsafe(16)
    return form


def _page(at: Desk, form: EnlistForm, last: Person | None = None, *, status: int = 200, **told: object) -> Response:
    settings = current_app.config["SETTINGS"]
    slots = {slot.id: slot for slot in gathered.slots_with_seats(at)}
    page = render_template(
        "workspace/enlist.html",
        **vars(at),
        tab="people",
        form=form,
        last=last,
        just_made=last is not None and people.may_take_back(last.view, now=clock.now()),
        slots=slots,
        slot=slots.get(parse(form.slot.data) or UUID(int=0)),
        done=request.args.get("da", ""),
        consent_text=consent.text(at.commune.name, days=settings.retention_days, spoken=True),
        **told,
    )
    return make_response(page, status)
