"""The plan as it stands, what is not placed yet, and making it public."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Role, may
from eventday.access.guards import needs, this_person
from eventday.access.queries import commune_place
from eventday.kernel import clock
from eventday.kernel.ids import parse
from eventday.kernel.text import fold, tidy
from eventday.programme import queries as programme_queries
from eventday.programme import service as programme
from eventday.programme.conflict_words import told
from eventday.programme.domain import Activity, Kind
from eventday.programme.drafts import days_of
from eventday.workspace import domain, listing, messages, queries
from eventday.workspace.listing import Wanted
from eventday.workspace.queries import Desk
from eventday.workspace.todos import Situation
from eventday.workspace.views.frame import PAGE, blueprint, commune_of, slot_url


@blueprint.get(f"{PAGE}/ke-hoach")
@needs(Role.VIEWER, of=commune_of)
def show_plan(code: str, event: str) -> str:
    """Slots by day and venue, a hundred a page; wishes with what each lacks; how many would become public.

    `?ngay=&loai=&noi=&q=` look for some, `trang` is the page; `da` with `muc`, `nguoi`, `len` says what was done a moment ago.
    """
    at = queries.desk(code, event)
    situation = queries.situation(at, now=clock.now())
    return render_template(
        "workspace/plan.html",
        **vars(at),
        tab="plan",
        plan=situation.plan,
        situation=situation,
        activities=len({slot.activity_id for slot in situation.slots}),
        bare=_bare(at, situation),
        known=queries.known_places(code),
        parts=messages.PARTS,
        **_listed(at, situation, _wanted()),
        **_clashing(at, situation),
        **_done(),
    )


def _listed(at: Desk, situation: Situation, wanted: Wanted) -> dict[str, Any]:
    """What of the plan is on this page, and what the form above it offers and keeps."""
    ordered = [slot for day in domain.by_day_and_venue(situation.slots) for venue in day.venues for slot in venue.slots]
    page = listing.page_of(ordered, wanted, request.args.get("trang", 1, type=int))
    wishes = [(wish, [str(messages.LACKS[name]) for name in domain.lacks(wish)]) for wish in listing.wishes_of(situation.wishes, wanted)]
    kept = {"ngay": wanted.day and wanted.day.isoformat(), "loai": wanted.kind, "noi": wanted.venue, "q": wanted.text}
    return {
        "page": page,
        "days": domain.by_day_and_venue(page.slots),
        "wishes": situation.wishes,
        "wishes_found": wishes,
        "wanted": wanted,
        "kept": {name: str(value) for name, value in kept.items() if value},
        "venues": sorted({slot.venue for slot in situation.slots if slot.venue}, key=fold),
        "event_days": days_of(at.event),
    }


def _clashing(at: Desk, situation: Situation) -> dict[str, Any]:
    """What clashes; each side is mended where one may, and only found by others."""

    def edit_url(slot_id: UUID) -> str:
        return url_for("workspace.show_occurrence", code=at.commune.code, event=at.event.code, occurrence_id=slot_id)

    may_change = may(this_person(), Role.ORGANISER, commune_place(at.commune.code))
    clashing = {use.key for one in situation.conflicts if not one.is_warning for use in one.uses}
    told_ones = [told(one) for one in situation.conflicts]
    return {"conflicts": told_ones, "clashing_slots": clashing, "slot_url": edit_url if may_change else slot_url}


def _wanted() -> Wanted:
    """What the address looks for; what it says wrongly is left out."""
    kind = request.args.get("loai", "")
    try:
        day = date.fromisoformat(request.args.get("ngay", ""))
    except ValueError:
        day = None
    text = tidy(request.args.get("q", ""))[:80]
    return Wanted(day=day, kind=Kind(kind) if kind in list(Kind) else None, venue=tidy(request.args.get("noi", ""))[:120], text=text)


def _bare(at: Desk, situation: Situation) -> list[Activity]:
    """Activities with neither slot nor wish: else they would be seen nowhere."""
    used = {slot.activity_id for slot in situation.slots} | {wish.activity_id for wish in situation.wishes}
    return [activity for activity in programme_queries.activities(at.event.id, at.commune.code) if activity.id not in used]


def _done() -> dict[str, Any]:
    """What was done a moment ago, and to what."""
    counts = {name: request.args.get(name, 0, type=int) for name in ("nguoi", "len")}
    return {"done": request.args.get("da", ""), "done_to": parse(request.args.get("muc")), "done_people": counts["nguoi"], "moved_up": counts["len"]}


@blueprint.post(f"{PAGE}/ke-hoach/cong-bo")
@needs(Role.ORGANISER, of=commune_of)
def publish_plan(code: str, event: str) -> Response:
    at = queries.desk(code, event)
    programme.publish(at.event.id, code, now=clock.now())
    return make_response(redirect(url_for("workspace.show_plan", code=code, event=event, da="cong-bo"), 303))
