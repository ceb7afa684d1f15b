"""Mending a kept workbook on the screen: its cells with fields beside them, places added, marks for the file to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from werkzeug.datastructures import MultiDict

from eventday.imports import corrections, service, workbook
from eventday.imports.corrections import Corrections, field_name, rows_left_out, text_of, typed_only
from eventday.imports.findings import PlanRead, Problem
from eventday.imports.messages import told
from eventday.imports.place_form import PlaceForm
from eventday.imports.service import Changes
from eventday.imports.sheet import Sheet, cell_name
from eventday.imports.uploads import Kept
from eventday.kernel.errors import NotFound
from eventday.kernel.text import fold, tidy
from eventday.places import editing
from eventday.places import queries as places
from eventday.places.entries import NameTaken, VenueEntry
from eventday.programme.domain import Event
from eventday.web.forms import choice
from eventday.web.messages import sentence_of
from eventday.web.translation import translated as _

MARKED = "ke-hoach-danh-dau.xlsx"
_SHORT = 4  # characters: a number or a “Mã” names no row


def sheets_of(kept: Kept) -> list[Sheet]:
    """The workbook's sheets as they were corrected. Raises: BadWorkbook and its kinds."""
    return corrections.apply(kept.sheets, kept.corrections)


@dataclass(frozen=True)
class DryRun:
    """The sheets as they were corrected, what was read of them, and what that would change."""

    sheets: list[Sheet]
    found: PlanRead
    changes: Changes


def dry_run(kept: Kept, event: Event, commune: str, *, now: datetime) -> DryRun:
    """What a kept workbook would change as it stands. Raises: BadWorkbook and its kinds."""
    sheets = sheets_of(kept)
    found = service.read_sheets(sheets, event, commune)
    return DryRun(sheets, found, service.import_plan(found, event, commune, dry_run=True, now=now))


def field_of(number: int, sheet: Sheet, problem: Problem) -> tuple[str, str, str]:
    """The field of a problem's cell, what the cell says, and its row as `bo` names it."""
    return field_name(number, problem.row, problem.column), text_of(sheet, problem.row, problem.column), f"{number}-{problem.row}"


def marks(kept: Kept, dry: DryRun) -> list[list[str | None]]:
    """Sheet, cell, sentence, new text: for each error, and for each cell that was corrected."""
    found: dict[tuple[str, str], list[str | None]] = {}
    for (sheet, row, column), text in typed_only(kept.corrections).items():
        name = dry.sheets[sheet].name, cell_name(row, column)
        found[name] = [*name, None, text]
    for problem in dry.changes.errors:
        before = found.get((problem.sheet, problem.cell), [None] * 4)
        found[problem.sheet, problem.cell] = [problem.sheet, problem.cell, str(told(problem)), before[3]]
    return list(found.values())


def marked(kept: Kept, event: Event, commune: str, *, now: datetime) -> bytes:
    """The person's own workbook, its wrong cells marked and told in comments. Raises: BadWorkbook and its kinds."""
    return workbook.marked(kept.data, marks(kept, dry_run(kept, event, commune, now=now)))


@dataclass(frozen=True)
class LeftOut:
    """A row that was left out: its sheet and number, the first words in it, and what its button sends to take it in again."""

    sheet: str
    row: int
    words: str
    value: str


def left_out(typed: Corrections, sheets: Sequence[Sheet]) -> list[LeftOut]:
    """The rows that were left out, in the file's order."""
    return [LeftOut(sheets[n].name, row, _words(sheets[n], row), f"{n}-{row}") for n, row in rows_left_out(typed) if n < len(sheets)]


def _words(sheet: Sheet, row: int) -> str:
    texts = [text_of(sheet, *place) for place in sorted(sheet.cells) if place[0] == row]
    return next((text[:80] for text in texts if len(text) > _SHORT), "")


def named(kept: Kept, cell: str) -> str:
    """What the cell with that field says. Raises: NotFound where it says nothing, or there is none."""
    sheets = sheets_of(kept)
    found = next((place for place in _places(sheets) if field_name(*place) == cell), None)
    text = tidy(text_of(sheets[found[0]], *found[1:])) if found else ""
    if not text:
        raise NotFound
    return text


def meant(sheets: Sequence[Sheet], text: str, place: str) -> dict[tuple[int, int, int], str]:
    """The cells of all sheets that say the text, with the place's full name."""
    return {at: place for at in _places(sheets) if fold(text) and fold(text_of(sheets[at[0]], *at[1:])) == fold(text)}


def chosen(commune: str, sheets: Sequence[Sheet], typed: Corrections) -> dict[tuple[int, int, int], str]:
    """What was typed; a known place that was chosen once (the first of several) is meant by all cells that said the same."""
    known = {space.full_name for space in places.spaces(commune)}
    found: dict[tuple[int, int, int], str] = {}
    for at, text in typed.items():
        if text in known:
            found = meant(sheets, text_of(sheets[at[0]], *at[1:]), text) | found
    return found | dict(typed)


def _places(sheets: Sequence[Sheet]) -> list[tuple[int, int, int]]:
    return [(n, row, column) for n, sheet in enumerate(sheets) for row, column in sheet.cells]


def place_form(commune: str, text: str, sent: MultiDict[str, str] | None = None) -> PlaceForm:
    """The form with the commune's venues; a new one takes the name that the sheet has."""
    form = PlaceForm(sent, data=None if sent else {"name": text[:120], "venue_name": text[:120], "kind": "hall"})
    known = ((str(venue.id), venue.entry.name) for venue in places.venues(commune))
    form.venue.choices = [choice(value, label) for value, label in (("", _("một địa điểm mới")), *known)]
    return form


def add_place(commune: str, form: PlaceForm, *, now: datetime) -> str | None:
    """The full name of the place added; None where its name is taken, which the form then tells."""
    try:
        if form.venue_id:
            (space_id,) = editing.add(commune, [form.entry(form.venue_id)], now=now)
        else:
            space_id = editing.add_with_venue(commune, VenueEntry(name=tidy(form.venue_name.data or "")), form.entry, now=now)
    except NameTaken as refusal:
        of_venue = not form.venue_id and fold(str(refusal.facts["text"])) == fold(form.venue_name.data or "")
        (form.venue_name if of_venue else form.name).errors = [sentence_of(refusal)]
        return None
    return next(space.full_name for space in places.spaces(commune) if space.id == space_id)
