"""The plan as it stands, what is not placed yet, and making it public."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for

from eventday.access.domain import Role, may
from eventday.access.guards import needs, this_person
from eventday.access.queries import commune_place
from eventday.kernel import clock
from eventday.kernel.ids import parse
from eventday.kernel.text import fold, tidy
from eventday.programme import queries as programme_queries
from eventday.programme import service as programme
from eventday.programme.conflict_words import told
from eventday.programme.domain import Kind
from eventday.programme.drafts import days_of
from eventday.workspace import domain, listing, messages, queries
from eventday.workspace.listing import Wanted
from eventday.workspace.queries import Desk, Planned
from eventday.workspace.views.copying import sources
from eventday.workspace.views.frame import PAGE, blueprint, commune_of, slot_url
from eventday.workspace.views.way_back import to_plan, way_back

_ANY = UUID(int=0)


@blueprint.get(f"{PAGE}/ke-hoach")
@needs(Role.VIEWER, of=commune_of)
def show_plan(code: str, event: str) -> str:
    """Slots by day and venue, a hundred a page; wishes with what each lacks; how many would become public.

    `?ngay=&loai=&noi=&q=` look for some, `trang` is the page, `viec` that of the wishes; `da` with `muc` and figures says what was done.
    """
    at = queries.desk(code, event)
    planned = queries.planned(at, now=clock.now())
    return render_template(
        "workspace/plan.html",
        **vars(at),
        **vars(planned),
        tab="plan",
        activities=len({slot.activity_id for slot in planned.slots}),
        bare=programme_queries.bare_activities(at.event.id, code),
        known=queries.known_places(code),
        copyable=not planned.slots and not planned.wishes and bool(sources(at)),
        parts=messages.PARTS,
        **_listed(at, planned, _wanted()),
        **_clashing(at, planned),
        **_done(),
    )


def _listed(at: Desk, planned: Planned, wanted: Wanted) -> dict[str, Any]:
    """What of the plan is on this page, and what the form above it offers and keeps."""
    ordered = [slot for day in domain.by_day_and_venue(planned.slots) for venue in day.venues for slot in venue.slots]
    page = listing.page_of(listing.slots_of(ordered, wanted), request.args.get("trang", 1, type=int), listing.ON_A_PAGE)
    unplaced = listing.wishes_of(planned.wishes, wanted)
    wish_page = listing.page_of(unplaced, request.args.get("viec", 1, type=int), listing.WISHES_ON_A_PAGE)
    return {
        "page": page,
        "days": domain.by_day_and_venue(page.items),
        "wish_page": wish_page,
        "lacking": {wish.id: [str(messages.LACKS[name]) for name in domain.lacks(wish)] for wish in wish_page.items},
        "wanted": wanted,
        "venues": sorted({slot.venue for slot in planned.slots if slot.venue}, key=fold),
        "event_days": days_of(at.event),
    }


def _clashing(at: Desk, planned: Planned) -> dict[str, Any]:
    """What clashes, and where its sides and other slots are mended, for those who may; others only find them."""
    here = {"code": at.commune.code, "event": at.event.code, **way_back()}
    pattern = url_for("workspace.show_occurrence", occurrence_id=_ANY, **here)  # filled in: a long plan has hundreds of them

    def edit_url(slot_id: UUID) -> str:
        return pattern.replace(str(_ANY), str(slot_id))

    may_change = may(this_person(), Role.ORGANISER, commune_place(at.commune.code))
    return {
        "clashes": [told(one) for one in planned.conflicts],
        "clashing_slots": {use.key for one in planned.conflicts if not one.is_warning for use in one.uses},
        "side_url": edit_url if may_change else slot_url,
        "edit_url": edit_url,
    }


def _wanted() -> Wanted:
    """What the address looks for; what it says wrongly is left out."""
    kind = request.args.get("loai", "")
    try:
        day = date.fromisoformat(request.args.get("ngay", ""))
    except ValueError:
        day = None
    text = tidy(request.args.get("q", ""))[:80]
    return Wanted(day=day, kind=Kind(kind) if kind in list(Kind) else None, venue=tidy(request.args.get("noi", ""))[:120], text=text)


def _done() -> dict[str, Any]:
    """What was done a moment ago, and to what."""
    counts = {name: request.args.get(name, 0, type=int) for name in ("nguoi", "len", "so")}
    return {
        "done": request.args.get("da", ""),
        "done_to": parse(request.args.get("muc")),
        "done_people": counts["nguoi"],
        "moved_up": counts["len"],
        "done_count": counts["so"],
    }


@blueprint.post(f"{PAGE}/ke-hoach/cong-bo")
@needs(Role.ORGANISER, of=commune_of)
def publish_plan(code: str, event: str) -> Response:
    at = queries.desk(code, event)
    programme.publish(at.event.id, code, now=clock.now())
    return to_plan(at, da="cong-bo")
