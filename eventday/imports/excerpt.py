"""A person's own sheet as the page shows it beside the errors: their cells, their names, the wrong ones marked. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eventday.imports.findings import Problem
from eventday.imports.limits import SHOWN
from eventday.imports.moments import shown
from eventday.imports.sheet import CellError, Sheet, cell_name, column_letters

_MAX_ROWS, _MAX_COLUMNS, _MAX_TEXT = 60, 30, 140


@dataclass(frozen=True)
class ShownCell:
    """`tone` is bad, warn or empty."""

    name: str
    text: str
    tone: str = ""


@dataclass(frozen=True)
class Excerpt:
    """`rows` are numbers as Excel shows them, with a cell for each of `columns`; `cut` says that rows were left out."""

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[ShownCell, ...]], ...]
    cut: bool


def excerpts(sheets: Iterable[Sheet], errors: Sequence[Problem], warnings: Sequence[Problem]) -> list[Excerpt]:
    """One for each of the sheets (visible ones, in Unicode) with an error, or else with a warning."""
    found, told = [], (*errors[:SHOWN], *warnings[:SHOWN])
    for sheet in sheets:
        tones = {problem.cell: "warn" for problem in warnings if problem.sheet == sheet.name}
        tones |= {problem.cell: "bad" for problem in errors if problem.sheet == sheet.name}
        if tones and (not errors or "bad" in tones.values()):
            found.append(_excerpt(sheet, tones, {problem.row for problem in told if problem.sheet == sheet.name}))
    return found


def _excerpt(sheet: Sheet, tones: Mapping[str, str], wrong: set[int]) -> Excerpt:
    numbers = sorted({row for row, _ in sheet.cells if row not in sheet.hidden_rows} | wrong)
    kept = numbers if len(numbers) <= _MAX_ROWS else sorted(set(numbers[:_MAX_ROWS]) | wrong)[: 4 * _MAX_ROWS]
    last = min(max((column for _, column in sheet.cells), default=1), _MAX_COLUMNS)
    columns = [column for column in range(1, last + 1) if column not in sheet.hidden_columns]
    rows = tuple((row, tuple(_cell(sheet, row, column, tones) for column in columns)) for row in kept)
    return Excerpt(sheet.name, tuple(map(column_letters, columns)), rows, len(kept) < len(numbers))


def _cell(sheet: Sheet, row: int, column: int, tones: Mapping[str, str]) -> ShownCell:
    value = sheet.cells.get((row, column))
    text = (
        "" if value is None else value.text if isinstance(value, CellError) else " ".join(value.split()) if isinstance(value, str) else shown(value)
    )
    name = cell_name(row, column)
    return ShownCell(name, text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 1] + "…", tones.get(name, ""))
