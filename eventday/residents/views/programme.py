"""The pages that lead to an activity: communes, a commune's programme, an activity, what is done with personal data."""

from datetime import date, datetime
from itertools import chain
from uuid import UUID

from flask import current_app, render_template, request, url_for
from flask_babel import gettext

from eventday.catalogue import queries as catalogue
from eventday.kernel import clock
from eventday.kernel.clock import day_of
from eventday.kernel.ids import parse
from eventday.kernel.text import matches, tidy
from eventday.places.domain import map_url
from eventday.programme.domain import Kind, Slot
from eventday.programme.offer import Offer, offer_of
from eventday.reports.figures import SMALLEST_PUBLIC, Count
from eventday.residents import domain, queries
from eventday.residents.domain import Wanted
from eventday.residents.queries import CommunePage
from eventday.residents.views.routes import blueprint
from eventday.web.rules import public

_LIST_WHOLE = 60  # communes; more are listed a province at a time


@blueprint.get("/")
@public
def show_communes() -> str:
    """Communes with a programme; where there is one only, its page. `?q=` looks through all communes of the country."""
    text = tidy(request.args.get("q", ""))[:80]
    published = queries.published_communes()
    if len(published) == 1 and "q" not in request.args:
        return show_commune(published[0].code)
    province = request.args.get("tinh", "")
    shown = [commune for commune in published if matches(text, f"{commune.name} {commune.province}") and province in ("", commune.province_code)]
    others = [commune for commune in catalogue.search(text) if commune not in published] if text else []
    provinces = sorted({(commune.province, commune.province_code) for commune in published})
    by_province = not text and not province and len(published) > _LIST_WHOLE
    return render_template("residents/communes.html", text=text, shown=shown, others=others, provinces=provinces if by_province else [])


@blueprint.get("/<commune:code>")
@public
def show_commune(code: str) -> str:
    """A commune's programme in its running, next or last event, one day a page."""
    now = clock.now()
    return _programme(queries.commune_page(code, now=now), now)


@blueprint.get("/<commune:code>/<event>")
@public
def show_event(code: str, event: str) -> str:
    """A commune's programme in any event."""
    return _programme(queries.event_page(code, event), clock.now())


@blueprint.get("/<commune:code>/hoat-dong/<uuid:activity_id>")
@public
def show_activity(code: str, activity_id: UUID) -> str:
    """What an activity is, its slots, and the way to the form; `?slot=` is the one that is chosen."""
    found, now = queries.activity_page(code, activity_id), clock.now()
    offers = {slot.id: _offer(slot, now) for slot in found.slots}
    label, title = domain.split_title(found.activity.title)
    return render_template(
        "residents/activity.html",
        **vars(found),
        offers=offers,
        chosen=_chosen(found.slots, offers, parse(request.args.get("slot"))),
        label=label,
        title=title,
        now=now,
        map_url=map_url,
    )


@blueprint.get("/<commune:code>/du-lieu-ca-nhan")
@public
def show_privacy(code: str) -> str:
    """What is kept of a person, why, how long, and which rights there are."""
    commune = queries.known_commune(code)
    days = current_app.config["SETTINGS"].retention_days
    return render_template("residents/privacy.html", commune=commune, profile=queries.profile(code), days=days)


def _offer(slot: Slot, now: datetime) -> Offer:
    return offer_of(slot, now, current_app.config["SETTINGS"].waiting_limit)


def _chosen(slots: tuple[Slot, ...], offers: dict[UUID, Offer], wanted: UUID | None) -> Slot | None:
    """The slot asked for, else the first with a free seat, with a waiting list, with an open door; None where all have ended."""
    asked = (slot for slot in slots if slot.id == wanted)
    seated = (slot for slot in slots if offers[slot.id].can_register and offers[slot.id].left)
    listed = (slot for slot in slots if offers[slot.id].can_register)
    open_ = (slot for slot in slots if offers[slot.id].state.value == "open")
    return next(chain(asked, seated, listed, open_), None)


def _programme(page: CommunePage, now: datetime) -> str:
    if page.event is None or not page.published:
        return render_template("residents/unpublished.html", **vars(page), days=domain.days(page.event, ()) if page.event else [], now=now)
    today = day_of(now)
    if page.is_over(today) and "ngay" not in request.args:
        return _results(page)
    days = domain.days(page.event, page.slots)
    day = domain.day_shown(request.args.get("ngay"), days, today)
    return render_template("residents/commune.html", **vars(page), **_day(page, day, now), days=days, day=day, now=now, today=today)


def _results(page: CommunePage) -> str:
    event = page.event
    assert event
    told = [(count, words) for count, words in _told(queries.results(event, page.commune.code)) if count >= SMALLEST_PUBLIC]
    return render_template("residents/results.html", **vars(page), days=domain.days(event, page.slots), results=told)


def _told(count: Count) -> list[tuple[int, str]]:
    return [
        (count.came, gettext("người đã đến")),
        (count.attendances, gettext("lượt dự các hoạt động")),
        (count.online, gettext("lượt dự trực tuyến")),
        (count.stamps, gettext("kỹ năng đã được đóng dấu")),
    ]


def _day(page: CommunePage, day: date, now: datetime) -> dict[str, object]:
    """What the page says of one day."""
    wanted, limit = _wanted(), current_app.config["SETTINGS"].waiting_limit
    of_day = [slot for slot in page.slots if day_of(slot.starts_at) == day]
    programme = domain.lay_out(of_day, now=now, today=day == day_of(now) and not wanted, waiting_limit=limit)
    found: dict[date, list[Slot]] = {}
    if wanted and page.event:
        told = queries.descriptions(page.event.id, page.commune.code) if wanted.text else {}
        for slot in page.slots:
            if wanted.fits(slot, told.get(slot.activity_id, "")):
                found.setdefault(day_of(slot.starts_at), []).append(slot)
        if day in found:
            programme = domain.plain(found[day], now=now, waiting_limit=limit)
    venues = [slot.venue for slot in of_day if slot.venue and slot.kind is not Kind.ONLINE]
    return {
        "programme": programme,
        "wanted": wanted,
        "found": {day: len(slots) for day, slots in found.items()},
        "opens_at": min((slot.starts_at for slot in of_day), default=None),
        "closes_at": max((slot.ends_at for slot in of_day), default=None),
        "main_venue": max(dict.fromkeys(venues), key=venues.count, default=""),
        "other_venues": max(0, len(set(venues)) - 1),
        "days_left": queries.countdown(day, now),
        "link": _link,
        "map_url": map_url,
    }


def _wanted() -> Wanted:
    kind = request.args.get("loai", "")
    return Wanted(text=tidy(request.args.get("q", ""))[:80], kind=Kind(kind) if kind in set(Kind) else None)


def _link(code: str, **changes: str | None) -> str:
    """This programme's address with other arguments; None takes one away."""
    kept = {name: request.args[name] for name in ("ngay", "loai", "q") if request.args.get(name)} | changes
    arguments = {name: value for name, value in kept.items() if value}
    event = (request.view_args or {}).get("event")
    if event:
        return url_for("residents.show_event", code=code, event=event, **arguments)  # type: ignore[arg-type]
    return url_for("residents.show_commune", code=code, **arguments)  # type: ignore[arg-type]
