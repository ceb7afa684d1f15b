"""Cells of a workbook that were corrected on the screen, laid over its sheets before they are read. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from eventday.imports.own_form import said
from eventday.imports.sheet import CellError, Sheet, Value
from eventday.kernel.text import tidy_lines

MAX_CORRECTIONS, _MAX_TEXT = 2_000, 2_000
_FIELD = re.compile(r"o-(\d{1,3})-(\d{1,5})-(\d{1,3})")

_ROW = re.compile(r"(\d{1,3})-(\d{1,5})")
_WHOLE = 0  # columns count from 1: this one stands for the row, which is left out

# By number of the sheet, row and column: what the cell is to say; empty empties it.
Corrections = Mapping[tuple[int, int, int], str]


def field_name(sheet: int, row: int, column: int) -> str:
    """The form's name of a cell; sheets count from 0."""
    return f"o-{sheet}-{row}-{column}"


def apply(sheets: Sequence[Sheet], corrections: Corrections) -> list[Sheet]:
    """The sheets as they were corrected."""
    return [_corrected(sheet, {place[1:]: text for place, text in corrections.items() if place[0] == n}) for n, sheet in enumerate(sheets)]


def _corrected(sheet: Sheet, corrections: Mapping[tuple[int, int], str]) -> Sheet:
    typed = {place: text for place, text in corrections.items() if place[1] != _WHOLE}
    cells: dict[tuple[int, int], Value] = {place: value for place, value in sheet.cells.items() if place not in typed}
    cells |= {place: text for place, text in typed.items() if text}
    return replace(sheet, cells=cells, typed=frozenset(typed), dropped=frozenset(row for row, column in corrections if column == _WHOLE))


def typed_in(form: Mapping[str, str], sheets: Sequence[Sheet]) -> dict[tuple[int, int, int], str]:
    """What a form says of cells, where that is not what they say already."""
    found = {}
    for name, text in form.items():
        match = _FIELD.fullmatch(name)
        place = (int(match[1]), int(match[2]), int(match[3])) if match else None
        if place and place[2] != _WHOLE and place[0] < len(sheets) and tidy_lines(text)[:_MAX_TEXT] != text_of(sheets[place[0]], place[1], place[2]):
            found[place] = tidy_lines(text)[:_MAX_TEXT]
    return dict(list(found.items())[:MAX_CORRECTIONS])


def text_of(sheet: Sheet, row: int, column: int) -> str:
    """What the form shows of a cell."""
    value = sheet.cells.get((row, column))
    return value.text if isinstance(value, CellError) else said(value)


def left_out(known: Corrections, form: Mapping[str, str]) -> dict[tuple[int, int, int], str]:
    """With the row that a form leaves out (`bo`: sheet-row), or without the one that it takes in again (`lai`)."""
    found = dict(known)
    if drop := _ROW.fullmatch(form.get("bo", "")):
        found[int(drop[1]), int(drop[2]), _WHOLE] = "bo"
    if back := _ROW.fullmatch(form.get("lai", "")):
        found.pop((int(back[1]), int(back[2]), _WHOLE), None)
    return found


def next_field(form: Mapping[str, str]) -> str | None:
    """The first field of a form below the row that it leaves out: where one goes on."""
    drop = _ROW.fullmatch(form.get("bo", ""))
    places = [(match, name) for name in form if (match := _FIELD.fullmatch(name))]
    return next((name for at, name in places if drop and (int(at[1]), int(at[2])) > (int(drop[1]), int(drop[2]))), None)


def typed_only(known: Corrections) -> Corrections:
    """Without the rows that are left out."""
    return {place: text for place, text in known.items() if place[2] != _WHOLE}


def rows_left_out(known: Corrections) -> list[tuple[int, int]]:
    """Sheet and row, in their order."""
    return sorted(place[:2] for place in known if place[2] == _WHOLE)
