"""Likely doubles: who they are, merge them after a look at what that does, or say that they are several people."""

from collections.abc import Collection
from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from eventday.access.domain import Role
from eventday.access.guards import needs
from eventday.kernel import clock
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.programme import queries as programme
from eventday.registrations import finding, merging, parting, suspects
from eventday.registrations.finding import Person
from eventday.web.edits import Stale, stamp
from eventday.workspace import people as gathered
from eventday.workspace import people_words, queries
from eventday.workspace.queries import Desk
from eventday.workspace.views.frame import PAGE, blueprint, commune_of

_DOUBLES = f"{PAGE}/nguoi-tham-gia/trung"
_MERGE = f"{PAGE}/nguoi-tham-gia/gop"
_MOST = 20  # passes at once


@blueprint.get(_DOUBLES)
@needs(Role.DESK, of=commune_of)
def show_doubles(code: str, event: str) -> str:
    """Passes that may be one person's, with the reason. `?da=` says what was done, with the passes (`&the=`) it was done to."""
    at = queries.desk(code, event)
    return render_template(
        "workspace/doubles.html",
        **vars(at),
        tab="people",
        groups=suspects.likely_doubles(at.event.id, code),
        hamlets=gathered.hamlet_names(code),
        why=people_words.WHY_DOUBLE,
        most=suspects.MOST,
        done=request.args.get("da", ""),
        told=_asked(request.args.getlist("the")),
    )


@blueprint.post(_DOUBLES)
@needs(Role.DESK, of=commune_of)
def decide_doubles(code: str, event: str) -> Response:
    """What `viec` says of the ticked passes: merge them (asks first), they are different people, or not after all."""
    at, chosen = queries.desk(code, event), _asked(request.form.getlist("the"))
    if len(chosen) < 2:
        return _to("workspace.show_doubles", at, da="it-qua")
    wanted = request.form.get("viec")
    if wanted == "gop":
        return _to("workspace.show_merge", at, the=chosen)
    decide = parting.take_back_apart if wanted == "lai" else parting.tell_apart
    decide(at.event.id, code, chosen, now=clock.now())
    return _to("workspace.show_doubles", at, da="lai" if wanted == "lai" else "khac", the=chosen)


@blueprint.get(_MERGE)
@needs(Role.DESK, of=commune_of)
def show_merge(code: str, event: str) -> Response:
    """What merging would do; `?giu=` is the pass to keep."""
    at, chosen = queries.desk(code, event), _asked(request.args.getlist("the"))
    if len(chosen) < 2:
        return _to("workspace.show_doubles", at, da="it-qua")
    return _merged_already(at, chosen) or _preview(at, chosen, parse(request.args.get("giu")))


@blueprint.post(_MERGE)
@needs(Role.DESK, of=commune_of)
def merge_people(code: str, event: str) -> Response:
    at, chosen, kept = queries.desk(code, event), _asked(request.form.getlist("the")), parse(request.form.get("giu"))
    if already := _merged_already(at, chosen):
        return already
    if kept is None:
        raise NotFound
    try:
        merging.merge(at.event.id, code, chosen, kept, seen=request.form.get("seen", ""), now=clock.now())
    except Stale:
        return _preview(at, chosen, kept, is_stale=True)
    return _to("workspace.show_person", at, pass_id=kept, da="gop")


def _asked(texts: Collection[str]) -> list[UUID]:
    return list(dict.fromkeys(found for found in map(parse, texts) if found))[:_MOST]


def _merged_already(at: Desk, chosen: Collection[UUID]) -> Response | None:
    """Where somebody else merged them just now: the person that they are. Raises: NotFound."""
    kept = {_person(at, pass_id).view.id for pass_id in chosen}
    return _to("workspace.show_person", at, pass_id=kept.pop(), da="gop") if len(kept) == 1 else None


def _person(at: Desk, pass_id: UUID) -> Person:
    return finding.person(at.event.id, at.commune.code, pass_id)


def _preview(at: Desk, chosen: Collection[UUID], kept: UUID | None, *, is_stale: bool = False) -> Response:
    plan = merging.preview(at.event.id, at.commune.code, chosen, kept)
    hamlets = gathered.hamlet_names(at.commune.code)
    words = [(people_words.detail(*one, hamlets) for one in part) for part in (plan.filled.items(), plan.left)]
    page = render_template(
        "workspace/merge.html",
        **vars(at),
        tab="people",
        plan=plan,
        people=[_person(at, pass_id) for pass_id in chosen],
        slots=programme.slots_by_id({*(one.slot_id for one in plan.moved), *(one.slot_id for one in plan.clashes)}),
        hamlets=hamlets,
        filled=[word for word in words[0] if word],
        left=[word for word in words[1] if word],
        seen=stamp(plan.shown),
        is_stale=is_stale,
    )
    return make_response(page, 409 if is_stale else 200)


def _to(endpoint: str, at: Desk, **values: object) -> Response:
    return make_response(redirect(url_for(endpoint, code=at.commune.code, event=at.event.code, **values), 303))  # type: ignore[arg-type]
