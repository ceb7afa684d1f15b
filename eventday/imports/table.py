"""Where the tables of a sheet lie and which column says what. What is hidden is not read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from eventday.imports.headings import Column, heading, headings, roles
from eventday.imports.sheet import Sheet, Value
from eventday.kernel.text import tidy

_FIRST_ROWS = 20
_MAX_LINES = 3
_MAX_TITLES = 3


class Grid:
    """A sheet's visible cells: `own` ones, and those that a merged cell spreads over its rows."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._rows: dict[int, dict[int, Value]] = {}
        self._texts: dict[int, list[str]] = {}
        for (row, column), value in sheet.cells.items():
            if self._is_visible(row, column) and not (isinstance(value, str) and not tidy(value)):
                self._rows.setdefault(row, {})[column] = value
        self._above = {
            (row, area.left): area.top for area in sheet.merged if area.bottom - area.top < 5_000 for row in range(area.top + 1, area.bottom + 1)
        }
        self.rows = sorted(self._rows)
        self.last_row = self.rows[-1] if self.rows else 0

    def _is_visible(self, row: int, column: int) -> bool:
        return row not in self.sheet.hidden_rows and column not in self.sheet.hidden_columns

    def own(self, row: int) -> Mapping[int, Value]:
        return self._rows.get(row, {})

    def value(self, row: int, column: int) -> Value | None:
        """What a cell says; a merged cell counts for all its rows."""
        found = self.own(row).get(column)
        if found is None and (row, column) in self._above:
            found = self.own(self._above[row, column]).get(column)
        return found

    def texts(self, row: int) -> list[str]:
        if row not in self._texts:
            self._texts[row] = [tidy(value) for value in self.own(row).values() if isinstance(value, str)]
        return self._texts[row]

    def words(self, row: int) -> str:
        """All that the row says, its days among it."""
        return " ".join(f"{value:%d/%m/%Y}" if isinstance(value, date) else tidy(str(value)) for value in self.own(row).values())

    def is_wide(self, row: int) -> bool:
        """Whether the row is one cell merged over at least three columns."""
        return len(self.own(row)) == 1 and any(area.top == row and area.right - area.left >= 2 for area in self.sheet.merged)


@dataclass(frozen=True)
class Table:
    """`top`–`bottom` are the heading's rows; data stands in `first`–`last`. `titles` stand above the heading.

    `unread` are headings that say nothing to us, by column.
    """

    columns: Mapping[Column, list[int]]
    top: int
    bottom: int
    last: int
    titles: tuple[str, ...] = field(default=())
    title_heading: str = ""
    unread: Mapping[int, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        return self.bottom + 1


def tables(grid: Grid) -> list[Table]:
    """The tables of a sheet, from the top; none where no heading is known."""
    blocks: list[tuple[int, int]] = []
    for start in _starts(grid):
        top, bottom = _block(grid, start)
        if not blocks or top > blocks[-1][1]:
            blocks.append((top, bottom))
    lasts = [*(top - 1 for top, _ in blocks[1:]), grid.last_row]
    afters = [0, *(bottom for _, bottom in blocks)]
    every = [_table(grid, top, bottom, last, after) for (top, bottom), last, after in zip(blocks, lasts, afters, strict=False)]
    return [table for table in every if Column.TITLE in table.columns and len(table.columns) > 1]


def _starts(grid: Grid) -> list[int]:
    """The row with the most known headings among the first, and whatever else is clearly a heading."""
    best = max((row for row in grid.rows if row <= _FIRST_ROWS), key=lambda row: (len(_known(grid, row)), -row), default=0)
    return [row for row in grid.rows if (row == best and len(_known(grid, row)) >= 2) or _is_heading(grid, row)]


def _known(grid: Grid, row: int) -> set[Column]:
    return {found[0] for text in grid.texts(row) if (found := heading(text))}


def _is_heading(grid: Grid, row: int) -> bool:
    """Known headings, an activity's among them, and little else: three where there is nothing else."""
    columns = _known(grid, row)
    return Column.TITLE in columns and _share_known(grid, row) >= (0.7 if len(columns) > 3 else 1) and len(columns) >= 3


def _share_known(grid: Grid, row: int) -> float:
    return sum(heading(text) is not None for text in grid.texts(row)) / max(len(grid.own(row)), 1)


def _block(grid: Grid, row: int) -> tuple[int, int]:
    """The rows of a heading: what a merged heading reaches down to, and lines of nothing but headings above and below."""
    top = row - 1 if _share_known(grid, row - 1) >= 0.5 and not grid.is_wide(row - 1) else row
    bottom = max([row, *(area.bottom for area in grid.sheet.merged if top <= area.top <= row and area.bottom < top + _MAX_LINES)])
    while bottom + 1 < top + _MAX_LINES and _only_headings(grid, bottom + 1):
        bottom += 1
    return top, bottom


def _only_headings(grid: Grid, row: int) -> bool:
    """One cell alone is no line of headings: “Gian hàng” below them begins a group."""
    texts = grid.texts(row)
    return len(texts) > 1 and len(texts) == len(grid.own(row)) and all(map(heading, texts))


def _title_rows(grid: Grid, top: int, after: int) -> list[int]:
    """The short rows right above a heading, up to the rows of another table."""
    rows: list[int] = []
    for row in range(top - 1, max(after, top - 9), -1):
        if len(grid.own(row)) > _MAX_TITLES:
            break
        rows.insert(0, row)
    return rows


def _table(grid: Grid, top: int, bottom: int, last: int, after: int) -> Table:
    """`after`: the last row of the heading above, 0 for the first."""
    lines = _heading_lines(grid, top, bottom)
    named = [(column, found) for column, texts in sorted(lines.items()) if (found := headings(texts))]
    columns = roles(named)
    titles = tuple(text for row in _title_rows(grid, top, after) for text in grid.texts(row))
    title_heading = " ".join(lines[columns[Column.TITLE][0]]) if Column.TITLE in columns else ""
    known = {column for column, _ in named}
    unread = {column: " ".join(dict.fromkeys(texts)) for column, texts in lines.items() if column not in known}
    return Table(columns, top, bottom, last, titles, title_heading, unread)


def _heading_lines(grid: Grid, top: int, bottom: int) -> dict[int, list[str]]:
    """Per column the heading's lines, top-down; merged headings stand over all their columns and rows."""
    spread = {
        (row, column): (area.top, area.left)
        for area in grid.sheet.merged
        if top <= area.top <= bottom and area.right - area.left < 100
        for row in range(area.top, min(area.bottom, bottom) + 1)
        for column in range(area.left, area.right + 1)
    }
    places = {(row, column) for row in range(top, bottom + 1) for column in grid.own(row)} | set(spread)
    lines: dict[int, list[str]] = {}
    for row, column in sorted(places):
        from_row, from_column = spread.get((row, column), (row, column))
        value = grid.own(from_row).get(from_column)
        if isinstance(value, str) and column not in grid.sheet.hidden_columns:
            lines.setdefault(column, []).append(tidy(value))
    return lines
