"""The plan as it stands, what is not placed yet, and making it public."""

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.kernel import clock
from eventday.programme import service as programme
from eventday.programme.conflict_words import told
from eventday.workspace import domain, messages, queries
from eventday.workspace.views.frame import PAGE, blueprint, commune_of, slot_url


@blueprint.get(f"{PAGE}/ke-hoach")
@needs(Role.VIEWER, of=commune_of)
def show_plan(code: str, event: str) -> str:
    """Slots by day and venue; wishes with what each lacks; how many would become public."""
    at = queries.desk(code, event)
    situation = queries.situation(at, now=clock.now())
    wishes = [(wish, [str(messages.LACKS[name]) for name in domain.lacks(wish)]) for wish in situation.wishes]
    return render_template(
        "workspace/plan.html",
        **vars(at),
        tab="plan",
        plan=situation.plan,
        days=domain.by_day_and_venue(situation.slots),
        activities=len({slot.activity_id for slot in situation.slots}),
        wishes=wishes,
        known=queries.known_places(code),
        parts=messages.PARTS,
        just_published=request.args.get("da") == "cong-bo",
        situation=situation,
        conflicts=[told(one) for one in situation.conflicts],
        clashing_slots={use.key for one in situation.conflicts if not one.is_warning for use in one.uses},
        slot_url=slot_url,
    )


@blueprint.post(f"{PAGE}/ke-hoach/cong-bo")
@needs(Role.ORGANISER, of=commune_of)
def publish_plan(code: str, event: str) -> Response:
    at = queries.desk(code, event)
    programme.publish(at.event.id, code, now=clock.now())
    return make_response(redirect(url_for("workspace.show_plan", code=code, event=event, da="cong-bo"), 303))
