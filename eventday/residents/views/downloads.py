"""What a holder takes along: a picture of the pass, the household's passes to print, a calendar file."""

from flask import Response, current_app, url_for
from flask_babel import gettext

from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.reports.passes import PaperPass, PassSheet, address_of, lines_of, pass_pdf
from eventday.residents import holding
from eventday.residents.calendar import calendar_of
from eventday.residents.holding import PassPage
from eventday.residents.picture import picture
from eventday.residents.views.routes import blueprint
from eventday.web.filters import day_span
from eventday.web.rules import public


@blueprint.get("/p/<secret>/the.png")
@public
def show_picture(secret: str) -> Response:
    """The pass as a picture. Raises: NotFound, for a withdrawn pass too."""
    holder = holding.holder(secret)
    if holder.view.revoked_at:
        raise NotFound
    page = holding.pass_page(holder.view)
    days = day_span(page.event.first_day, page.event.last_day)
    lines = (gettext("Thẻ ngày hội · %(commune)s", commune=page.commune.name), days)
    image = picture(name=page.view.name, text=address_of(holder.token), code=page.view.code, lines=lines)
    return _file(image, "image/png", f"the-{page.view.code}.png")


@blueprint.get("/p/<secret>/the.pdf")
@public
def show_pdf(secret: str) -> Response:
    """The passes of the whole household to print. Raises: TryLater where the worker needs longer than 5 seconds."""
    holder = holding.holder(secret)
    members = [holder, *(holding.holder(member.secret) for member in holder.household)]
    pages = [(holder, holding.pass_page(holder.view)) for holder in sorted(members, key=lambda member: member.view.id) if not holder.view.revoked_at]
    if not pages:
        raise NotFound
    first = pages[0][1]
    sheet = PassSheet(
        event=first.event.name,
        first_day=first.event.first_day,
        last_day=first.event.last_day,
        commune=first.commune.name,
        phone=first.profile.phone,
        passes=tuple(_paper(page, address_of(holder.token)) for holder, page in pages),
    )
    return _file(pass_pdf(sheet), "application/pdf", f"the-{first.view.code}.pdf")


@blueprint.get("/p/<secret>/lich.ics")
@public
def show_calendar(secret: str) -> Response:
    """The registrations that stand, for the phone's calendar."""
    page = holding.pass_page(holding.holder(secret).view)
    places = [(place.registration, place.slot) for place in page.places]
    url = current_app.config["SETTINGS"].public_url + url_for("residents.show_holder", secret=secret)
    body = calendar_of(places, host=current_app.config["SETTINGS"].public_host, url=url, now=clock.now())
    return _file(body, "text/calendar; charset=utf-8", "ngay-hoi.ics")


def _paper(page: PassPage, address: str) -> PaperPass:
    lines = lines_of((place.registration, place.slot) for place in page.places)
    return PaperPass(name=page.view.name, hamlet=page.hamlet, code=page.view.code, address=address, lines=lines)


def _file(body: bytes, mimetype: str, name: str) -> Response:
    response = Response(body, mimetype=None, content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
