"""The form at /CODE/dang-ky: opened for a slot, posted to the same address, no script and no account."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from eventday.catalogue import queries as catalogue
from eventday.kernel import clock
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.places import queries as places
from eventday.programme import queries as programme
from eventday.programme.domain import Slot, seat
from eventday.programme.errors import NoRegistrationNeeded, SlotCancelled, SlotClosed
from eventday.programme.offer import Offer, offer_of
from eventday.registrations import alternatives, consent, service
from eventday.registrations import opened as sealed
from eventday.registrations.errors import HamletGone, WaitingListFull
from eventday.registrations.forms import RegistrationForm, known_fields
from eventday.web.idempotency import IdempotencyKeyReused, IdempotentCall
from eventday.web.messages import sentence_of
from eventday.web.rules import public

blueprint = Blueprint("registrations", __name__)
_Answer = str | tuple[str, int] | Response


@blueprint.get("/<commune:code>/dang-ky")
@public
def show_form(code: str) -> _Answer:
    """The empty form of a slot; without one, the commune's page."""
    if "slot" not in request.args:
        return redirect(url_for("residents.show_commune", code=code))
    slot, now = _slot(code), clock.now()
    offer = _offer(slot, now)
    if not offer.can_register:
        return _page("registrations/closed.html", slot, offer)
    return _form_page(_form(slot), slot, offer, sealed.seal(slot))


@blueprint.post("/<commune:code>/dang-ky")
@public
def create(code: str) -> _Answer:
    """Add or remove a person, take what was typed to another slot, or register; a page in words where the slot was deleted meanwhile."""
    try:
        return _create(code)
    except NotFound:
        return _gone(code), 410


def _create(code: str) -> _Answer:
    slot, now = _slot(code), clock.now()
    form, token = _form(slot), request.form.get("token", "")
    offer, key = _offer(slot, now), _key(token, slot)
    action, _, index = request.form.get("action", "register").partition("-")
    if action in ("add", "remove", "move"):
        _change_people(form, action, index)
        return _form_page(form, slot, offer, token if key else sealed.seal(slot), added=action == "add")
    if not form.validate():
        return _form_page(form, slot, offer, token if key else sealed.seal(slot)), 422
    if key is None:
        return _form_page(form, slot, offer, sealed.seal(slot), stale=True), 422
    return _register(form, slot, offer, key, now)


def _change_people(form: RegistrationForm, action: str, index: str) -> None:
    if action == "add":
        form.add_person()
    elif action == "remove":
        form.remove_person(int(index) if index.isascii() and index.isdigit() and len(index) < 3 else -1)


def _register(form: RegistrationForm, slot: Slot, offer: Offer, key: str, now: datetime) -> _Answer:
    """Refusals are caught here and not by the one handler: what a family has typed is not thrown away."""
    wanted = form.to_request(slot)
    call = IdempotentCall.of("form", key, asdict(wanted))
    try:
        passes = service.register(wanted, now=now, key=call)
    except IdempotencyKeyReused:
        return _form_page(form, slot, offer, sealed.seal(slot), sent_before=True), 422
    except (SlotClosed, SlotCancelled, NoRegistrationNeeded, WaitingListFull, HamletGone) as refusal:
        slot = programme.slot(slot.id)
        others = alternatives.of_activity(slot.activity_id, now, waiting_limit=_waiting_limit(), but=slot.id)
        return _form_page(form, slot, _offer(slot, now), request.form["token"], refused=sentence_of(refusal), others=others), 409
    return redirect(url_for("residents.show_holder", secret=passes[0].secret), 303)


def _gone(code: str) -> str:
    """Other slots to take what was typed to. Raises: NotFound where no form of ours was opened for such a slot."""
    opened, commune = sealed.read(request.form.get("token", "")), catalogue.commune(code)
    if opened is None or commune is None or (opened.slot, opened.commune) != (request.args.get("slot"), code):
        raise NotFound
    now, limit = clock.now(), _waiting_limit()
    others = alternatives.of_activity(UUID(opened.activity), now, waiting_limit=limit)
    return render_template(
        "registrations/gone.html",
        commune=commune,
        profile=places.profile(code),
        others=others or alternatives.of_commune(UUID(opened.event), code, now, waiting_limit=limit),
        kept=list(known_fields(request.form).items(multi=True)),
    )


def _slot(code: str) -> Slot:
    """Raises: NotFound for an unknown slot, one of another commune, one that is not public."""
    slot_id = parse(request.args.get("slot"))
    if slot_id is None:
        raise NotFound
    slot = programme.slot(slot_id)
    if slot.commune_code != code or not programme.is_published(slot.event_id, code):
        raise NotFound
    return slot


def _offer(slot: Slot, now: datetime) -> Offer:
    return offer_of(slot, now, _waiting_limit())


def _waiting_limit() -> int:
    limit: int = current_app.config["SETTINGS"].waiting_limit
    return limit


def _form(slot: Slot) -> RegistrationForm:
    sent = request.form if request.method == "POST" else None
    form = RegistrationForm(sent, event_year=day_of(slot.starts_at).year)
    if form.hamlet.data:
        form.offer_hamlets(places.hamlets(slot.commune_code))
    return form


def _form_page(form: RegistrationForm, slot: Slot, offer: Offer, token: str, **told: object) -> str:
    form.offer_hamlets(places.hamlets(slot.commune_code))
    seating = seat(len(form.people), slot.seats)
    return _page("registrations/form.html", slot, offer, form=form, token=token, seating=seating, problems=form.problems(), **told)


def _page(template: str, slot: Slot, offer: Offer, **facts: Any) -> str:
    commune = catalogue.commune(slot.commune_code)
    settings = current_app.config["SETTINGS"]
    told = consent.text(commune.name if commune else "", days=settings.retention_days)
    return render_template(
        template,
        slot=slot,
        offer=offer,
        commune=commune,
        profile=places.profile(slot.commune_code),
        consent_text=told,
        consent_version=consent.TEXT_VERSION,
        **facts,
    )


def _key(token: str, slot: Slot) -> str | None:
    """The idempotency key that a token of ours carries; None also for another slot's."""
    opened = sealed.read(token)
    return opened.key if opened and opened.slot == str(slot.id) else None
