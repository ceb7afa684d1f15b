"""Who is registered: a slot's list, or a name looked for."""

from uuid import UUID

from flask import render_template, request

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.kernel.text import tidy
from eventday.programme import queries as programme
from eventday.programme.domain import Admission, Slot
from eventday.workspace import domain, queries
from eventday.workspace.views.frame import PAGE, blueprint, commune_of


@blueprint.get(f"{PAGE}/nguoi-tham-gia")
@needs(Role.DESK, of=commune_of)
def show_people(code: str, event: str) -> str:
    """`?slot=` lists a slot's people by given name, who waits last; `?q=` looks a name up in all slots."""
    at = queries.desk(code, event)
    slots = [slot for slot in programme.slots(at.event.id, code) if slot.admission is Admission.SEATS]
    text = tidy(request.args.get("q", ""))[:80]
    slot = _chosen(slots, parse(request.args.get("slot"))) if request.args.get("slot") else None
    people = queries.people_of_slot(slot.id) if slot else queries.people_named(at, text) if text else []
    return render_template(
        "workspace/people.html",
        **vars(at),
        tab="people",
        days=domain.by_day(slots),
        slots={slot.id: slot for slot in slots},
        slot=slot,
        text=text,
        people=people,
        counts=queries.count_by_status(people),
    )


def _chosen(slots: list[Slot], slot_id: UUID | None) -> Slot:
    """Raises: NotFound where the slot is not one of this commune's plan."""
    for slot in slots:
        if slot.id == slot_id:
            return slot
    raise NotFound
