"""What a page shows of a plan's workbook that was looked at, in words: plain, so that what the worker found can be kept."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter

from eventday.imports import excerpt, mending, messages, printing
from eventday.imports.corrections import Corrections, typed_only
from eventday.imports.excerpt import Excerpt
from eventday.imports.findings import Problem
from eventday.imports.limits import SHOWN, SHOWN_WARNINGS
from eventday.imports.mending import LeftOut, dry_run
from eventday.imports.plan_words import FIELDS, PARTS, value_shown
from eventday.imports.printing import hours_of
from eventday.imports.service import Changed
from eventday.imports.sheet import Sheet
from eventday.imports.uploads import Kept
from eventday.places import queries as places
from eventday.programme.domain import Event
from eventday.programme.revision import FieldChange
from eventday.web.filters import short_date
from eventday.web.translation import translated as _

_ROWS = 500  # of each table
_LEFT = "row_left_file"


@dataclass(frozen=True)
class ToldProblem:
    """A problem in words; `field` and `text` are its cell's on the form, `at` its row as `bo` names it; empty where it is none's."""

    code: str
    sheet: str
    row: int
    cell: str
    what: str
    mend: str
    field: str = ""
    text: str = ""
    at: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A row of the plan in words; `fields` are those that change: name, old, new."""

    kind: str
    title: str
    host: str
    co_hosts: str
    place: str
    when: str
    capacity: int | None
    is_slot: bool
    people: int = 0
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Rows:
    """How many there are, and the first of them."""

    count: int
    shown: tuple[ShownRow, ...]


@dataclass(frozen=True)
class Look:
    """`seen`: the corrections that it was made with. `wrong` and `doubtful` count all problems, those that are not told as well."""

    seen: str
    rows_read: int
    wrong: int
    doubtful: int
    errors: tuple[ToldProblem, ...]
    to_look_at: tuple[ToldProblem, ...]
    left_out: tuple[str, ...]
    new: Rows
    changed: Rows
    same: Rows
    skipped: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]
    left_rows: tuple[LeftOut, ...]
    corrected: int
    many_sheets: bool

    @property
    def touched(self) -> int:
        """How many rows change the plan."""
        return self.new.count + self.changed.count


JSON = TypeAdapter(Look)


def seen(typed: Corrections) -> str:
    """A short name for what was corrected so far."""
    return hashlib.sha256(json.dumps(sorted(typed.items()), ensure_ascii=False).encode()).hexdigest()[:16]


def look(kept: Kept, event: Event, commune: str, *, now: datetime) -> Look:
    """Read a kept workbook as it was corrected and say in words what it would change. Raises: BadWorkbook and its kinds, NotFound."""
    dry = dry_run(kept, event, commune, now=now)
    shown, doubtful = dry.changes.errors[:SHOWN], [one for one in dry.changes.warnings if one.code != _LEFT]
    names = {space.id: space.full_name for space in places.spaces(commune)}
    return Look(
        seen=seen(kept.corrections),
        rows_read=dry.changes.rows_read,
        wrong=len(dry.changes.errors),
        doubtful=len(doubtful),
        errors=tuple(_with_fields(shown, dry.sheets)),
        to_look_at=tuple(map(tell, doubtful[:SHOWN_WARNINGS])),
        left_out=tuple(messages.told(problem).what for problem in dry.changes.warnings if problem.code == _LEFT),
        skipped=tuple(printing.skipped_line(one) for one in dry.changes.skipped if one.why != "dropped"),
        excerpts=tuple(excerpt.excerpts(dry.found.sheets, dry.changes.errors, dry.changes.warnings)),
        left_rows=tuple(mending.left_out(kept.corrections, dry.sheets)),
        corrected=len(typed_only(kept.corrections)),
        many_sheets=len(dry.sheets) > 1,
        **{word: _rows(dry.changes.of(word), names) for word in ("new", "changed", "same")},
    )


def _rows(found: Sequence[Changed], spaces: Mapping[UUID, str]) -> Rows:
    return Rows(len(found), tuple(_row(one, spaces) for one in found[:_ROWS]))


def tell(problem: Problem, field: str = "", text: str = "", at: str = "") -> ToldProblem:
    """A problem in words."""
    said = messages.told(problem)
    return ToldProblem(problem.code, problem.sheet, problem.row, problem.cell, said.what, said.mend, field, text, at)


def _with_fields(errors: Sequence[Problem], sheets: Sequence[Sheet]) -> list[ToldProblem]:
    numbers = {sheet.name: n for n, sheet in enumerate(sheets)}
    found = []
    for problem in errors:
        n = numbers.get(problem.sheet)
        found.append(tell(problem) if n is None else tell(problem, *mending.field_of(n, sheets[n], problem)))
    return found


def _row(changed: Changed, spaces: Mapping[UUID, str]) -> ShownRow:
    plan, space = changed.row.planned, changed.row.space
    part = str(PARTS[plan.part.value]) if plan.part and not plan.start else ""
    return ShownRow(
        kind=plan.kind.value,
        title=plan.title,
        host=plan.host,
        co_hosts=", ".join(plan.co_hosts),
        place=space.full_name if space else _("Trực tuyến") if plan.placed_online else "",
        when=", ".join(filter(None, (short_date(plan.day) if plan.day else "", hours_of(changed), part))),
        capacity=changed.decision.target.capacity,
        is_slot=changed.decision.target.is_slot,
        people=changed.people,
        fields=tuple(_field(change, spaces) for change in _told_changes(changed)),
    )


def _field(change: FieldChange, spaces: Mapping[UUID, str]) -> tuple[str, str, str]:
    """The field's name, old and new as they read."""
    return str(FIELDS[change.field]), value_shown(change.field, change.old, spaces), value_shown(change.field, change.new, spaces)


def _told_changes(changed: Changed) -> list[FieldChange]:
    """Of a row that stands, and without what follows from another: a wish that becomes a slot loses its part of the day."""
    fields = [change.field for change in changed.decision.changes]
    return [change for change in changed.decision.changes if not (change.field == "part" and "placed" in fields)]
