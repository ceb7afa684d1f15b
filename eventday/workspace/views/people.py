"""Who is registered: a slot's list, page by page, or somebody looked for."""

from uuid import UUID

from flask import render_template, request

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.kernel.text import tidy
from eventday.programme.domain import Slot
from eventday.registrations import children, finding
from eventday.registrations.domain import Status
from eventday.registrations.finding import Found
from eventday.workspace import domain, listing, people, people_words, queries
from eventday.workspace.queries import Desk
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

_STATUSES = {"": Status.CONFIRMED, "cho": Status.WAITING, "huy": Status.CANCELLED}


@blueprint.get(f"{PAGE}/nguoi-tham-gia")
@needs(Role.DESK, of=commune_of)
def show_people(code: str, event: str) -> str:
    """`?slot=` lists a slot's people (`&loai=` cho, huy); `?q=` looks for somebody by name, phone or code; `?thieu=1` lists children whose
    agreement is not whole; else the slots (`&trang=`)."""
    at = queries.desk(code, event)
    if request.args.get("slot"):
        return _slot_page(at, parse(request.args.get("slot")))
    text = tidy(request.args.get("q", ""))[:80]
    slots, year, lacking = people.slots_with_seats(at), at.event.first_day.year, "thieu" in request.args
    page = listing.page_of(slots, request.args.get("trang", 1, type=int), listing.ON_A_PAGE)
    return render_template(
        "workspace/people.html",
        **vars(at),
        tab="people",
        page=page,
        days=[] if text or lacking else domain.by_day(page.items),
        lacking=lacking,
        children=children.count(at.event.id, code, year),
        many=children.MOST,
        slots={slot.id: slot for slot in slots},
        text=text,
        found=Found(tuple(children.incomplete(at.event.id, code, year))) if lacking else finding.search(at.event.id, code, text) if text else None,
        hamlets=people.hamlet_names(code) if text or lacking else {},
    )


def _slot_page(at: Desk, slot_id: UUID | None) -> str:
    slot = _chosen(people.slots_with_seats(at), slot_id)
    status = _STATUSES.get(request.args.get("loai", ""), Status.CONFIRMED)
    shown = people.slot_list(slot, status, request.args.get("trang", 1, type=int))
    return render_template(
        "workspace/slot_people.html",
        **vars(at),
        tab="people",
        shown=shown,
        slot=slot,
        hamlets=people.hamlet_names(at.commune.code),
        why=people_words.why_waiting,
    )


def _chosen(slots: list[Slot], slot_id: UUID | None) -> Slot:
    """Raises: NotFound where the slot is not one of this commune's plan."""
    for slot in slots:
        if slot.id == slot_id:
            return slot
    raise NotFound
