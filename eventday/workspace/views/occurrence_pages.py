"""The pages about one slot or wish: its form, what is asked before it changes, and how it goes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Response, make_response, render_template, request

from eventday.kernel.clock import local
from eventday.places import queries as places
from eventday.programme import queries as programme
from eventday.programme.conflict_words import Told
from eventday.programme.drafts import ActivityDraft, Occurrence, OccurrenceDraft
from eventday.programme.planned import code_of
from eventday.web.filters import full_date, number
from eventday.workspace import previews
from eventday.workspace.forms.programme import OccurrenceForm
from eventday.workspace.forms.words import ADMISSIONS
from eventday.workspace.messages import PARTS
from eventday.workspace.queries import Desk


def form_page(
    at: Desk,
    form: OccurrenceForm,
    activity: ActivityDraft,
    activity_id: UUID,
    *,
    occurrence: Occurrence | None = None,
    status: int = 200,
    **more: Any,
) -> Response:
    """`occurrence` is None for a new one."""
    known = {"seen": "", "stale": None, "who": "", "clashes": ()} | more
    words = {str(one): word for one, word in ADMISSIONS.items()} | PARTS | {str(key): name for key, name in _places(at).items()}
    page = render_template(
        "workspace/occurrence.html", **_about(at), form=form, activity=activity, activity_id=activity_id, occurrence=occurrence, words=words,
        plan_code=code_of(occurrence.number) if occurrence else "", **known,
    )  # fmt: skip
    return make_response(page, status)


def preview_page(at: Desk, title: str, before: Occurrence | None, draft: OccurrenceDraft, clashes: Sequence[Told]) -> Response:
    """What would change, whom it touches, what it would clash with. The form goes along, to be sent again."""
    touched = previews.touched_by(before, draft) if before else previews.Touched(0, 0)
    names = _places(at)
    form = OccurrenceForm()
    changed = previews.changed_fields(before, draft) if before else ()
    changes = [(form[name].label.text, _shown(name, before.draft, names), _shown(name, draft, names)) for name in changed] if before else []
    page = render_template(
        "workspace/preview.html", **_about(at), title=title, touched=touched, changes=changes, clashes=clashes,
        kept=list(request.form.items(multi=True)), back=request.full_path.rstrip("?"), slot_id=before.id if before else None,
    )  # fmt: skip
    return make_response(page)


def removal_page(at: Desk, found: Occurrence, activity: ActivityDraft, *, refused: bool = False) -> Response:
    page = render_template(
        "workspace/removal.html", **_about(at), activity=activity, occurrence=found, place=_places(at).get(found.space_id), refused=refused,
        touched=previews.people_of([found]), plan_code=code_of(found.number),
    )  # fmt: skip
    return make_response(page, 409 if refused else 200)


def _about(at: Desk) -> dict[str, Any]:
    return {**vars(at), "tab": "plan", "plan": programme.plan(at.event.id, at.commune.code)}


def _places(at: Desk) -> dict[UUID | None, str]:
    return {space.id: space.full_name for space in places.spaces(at.commune.code)}


def _shown(name: str, draft: OccurrenceDraft, names: dict[UUID | None, str]) -> str:
    value = getattr(draft, name)
    if value is None or value == "":
        return ""
    shown = {
        "day": lambda: full_date(value),
        "start": lambda: f"{value:%H:%M}",
        "end": lambda: f"{value:%H:%M}",
        "space_id": lambda: names.get(value, ""),
        "closes_at": lambda: f"{local(value):%H:%M %d/%m/%Y}",
        "capacity": lambda: number(value),
    }
    return shown[name]()
