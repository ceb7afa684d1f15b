"""The holder's page (secret link) with what can be done there, and what a pass's QR opens (shows, changes nothing)."""

from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from eventday.checkins import presence
from eventday.kernel import clock, name
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.paper import qr
from eventday.programme.offer import offer_of
from eventday.registrations import queries as registrations
from eventday.registrations import service
from eventday.registrations.domain import Holder, Member, Status
from eventday.reports.passes import address_of
from eventday.residents import domain, holding
from eventday.residents.holding import PassPage, Place
from eventday.residents.views.routes import blueprint
from eventday.web.rules import public

_Answer = str | Redirection


@blueprint.get("/T/<token>", endpoint="show_pass")
@blueprint.get("/t/<token>", endpoint="show_pass_small")
@public
def show_pass(token: str) -> str | tuple[str, int]:
    """What any camera finds in a pass: whose it is and where it lets in. Nothing can be changed from here."""
    view = registrations.shown_pass(token)
    if view is None:
        return render_template("residents/not_a_pass.html"), 404
    return render_template("residents/pass.html", **vars(holding.pass_page(view)))


@blueprint.get("/p/<secret>")
@public
def show_holder(secret: str) -> str:
    """The pass, its registrations, the household, and everything that its holder may do."""
    holder, now = holding.holder(secret), clock.now()
    page = holding.pass_page(holder.view)
    return render_template(
        "residents/holder.html",
        **vars(page),
        holder=holder,
        seen=holding.seen(page),
        rooms=holding.rooms(page, now),
        secret=secret,
        tabs=_tabs(holder),
        qr=qr.svg(address_of(holder.token)),
        now=now,
    )


@blueprint.get("/p/<secret>/huy")
@public
def show_cancel(secret: str) -> str:
    """Asks before a seat is given back."""
    page = holding.pass_page(holding.holder(secret).view)
    return render_template("residents/cancel.html", **vars(page), secret=secret, place=_own(page, request.args.get("dk")))


@blueprint.post("/p/<secret>/huy")
@public
def cancel(secret: str) -> _Answer:
    """Give the seat back; the next one who waits moves up. Raises: NotFound for somebody else's registration."""
    page = holding.pass_page(holding.holder(secret).view)
    service.cancel(_own(page, request.form.get("dk")).registration.id, now=clock.now())
    return redirect(url_for("residents.show_holder", secret=secret, _anchor="cho"), 303)


@blueprint.post("/p/<secret>/du")
@public
def attend(secret: str) -> _Answer:
    """Say that one is there, online. Raises: NotFound for somebody else's registration, NotOnNow outside the slot's hours."""
    page = holding.pass_page(holding.holder(secret).view)
    presence.attend(page.view, _own(page, request.form.get("dk")).slot, now=clock.now())
    return redirect(url_for("residents.show_holder", secret=secret, _anchor="cho"), 303)


@blueprint.get("/p/<secret>/them")
@public
def show_add(secret: str) -> str:
    """What can still be registered for, to add to this pass."""
    return _add_page(secret)


@blueprint.post("/p/<secret>/them")
@public
def add(secret: str) -> _Answer | tuple[str, int]:
    """Add the ticked slots to this pass, all or none."""
    wanted = {slot_id for slot_id in map(parse, request.form.getlist("slot")[:20]) if slot_id}
    if not wanted:
        return _add_page(secret, nothing_chosen=True), 422
    holding.holder(secret)
    service.add_to_pass(secret, tuple(wanted), now=clock.now())
    return redirect(url_for("residents.show_holder", secret=secret, _anchor="cho"), 303)


@blueprint.get("/p/<secret>/cap-lai")
@public
def show_reissue(secret: str) -> str:
    """Asks before the old link dies."""
    return render_template("residents/reissue.html", **vars(holding.pass_page(holding.holder(secret).view)), secret=secret)


@blueprint.post("/p/<secret>/cap-lai")
@public
def reissue(secret: str) -> Redirection:
    """Make a new link; whoever has the old one can do nothing with it any more."""
    holding.holder(secret)
    return redirect(url_for("residents.show_holder", secret=service.reissue(secret)), 303)


def _add_page(secret: str, **told: bool) -> str:
    holder, now = holding.holder(secret), clock.now()
    page = holding.pass_page(holder.view)
    held = [place.slot for place in page.places if place.registration.status is not Status.CANCELLED]
    limit = current_app.config["SETTINGS"].waiting_limit
    offers = {slot: offer_of(slot, now, limit) for slot in holding.published_slots(page.event.id, page.commune.code)}
    choices = [(slot, offer, domain.clash(slot, held)) for slot, offer in offers.items() if offer.can_register and slot not in held]
    days = domain.days(page.event, [slot for slot, _, _ in choices])
    day = domain.day_shown(request.args.get("ngay"), days, day_of(now))
    shown = [choice for choice in choices if day_of(choice[0].starts_at) == day]
    return render_template("residents/add.html", **vars(page), secret=secret, choices=shown, days=days, day=day, **told)


def _own(page: PassPage, registration_id: str | None) -> Place:
    """Raises: NotFound."""
    wanted: UUID | None = parse(registration_id)
    for place in page.places:
        if place.registration.id == wanted and place.registration.status is not Status.CANCELLED:
            return place
    raise NotFound


def _tabs(holder: Holder) -> list[tuple[str, str, bool]]:
    """The household as (short name, secret, whether it is this one), each by the given name where that is enough."""
    members = sorted((Member(holder.view, holder.secret), *holder.household), key=lambda member: member.view.id)
    given = [name.parts(member.view.name)[2] for member in members]
    words = [short if given.count(short) == 1 else member.view.name for short, member in zip(given, members, strict=True)]
    return [(word, member.secret, member.view.id == holder.view.id) for word, member in zip(words, members, strict=True)]
