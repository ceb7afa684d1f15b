"""The cells of one line of a table, by what they say, and which of them say what stands in the plan."""

from eventday.imports.cells import is_ditto
from eventday.imports.context import Context
from eventday.imports.findings import Findings
from eventday.imports.headings import Column
from eventday.imports.moments import Cell, shown
from eventday.imports.own_form import OwnRow, said
from eventday.imports.sheet import CellError, Value
from eventday.imports.table import Grid
from eventday.kernel.text import tidy
from eventday.programme.planned import number_of

MAX_LONG = 2_000


class RowCells:
    """The cells of one line by role, “nt” resolved; errors of cells are told as they are met.

    `own`: the slot or wish that its “Mã” names. A cell that still says what stands is not read anew: it means what stands.
    """

    def __init__(self, grid: Grid, row: int, context: Context, findings: Findings) -> None:
        self.sheet, self.row, self.context, self.findings = grid.sheet.name, row, context, findings
        self.faulty = self.doubtful = self.unplaceable = False
        self._cells: dict[Column, list[Cell]] = {}
        self.broken: set[Column] = set()
        self._grid = grid
        self.own = self._own()
        for role, columns in context.table.columns.items():
            self._cells[role] = [Cell(role, column, value) for column in columns if (value := self._value(grid, role, column)) is not None]

    def _own(self) -> OwnRow | None:
        values = [self._grid.value(self.row, column) for column in self.context.table.columns.get(Column.CODE, [])]
        number = next((found for value in values if isinstance(value, str) and (found := number_of(value))), None)
        return self.context.known.own.get(number) if number else None

    def stands(self, *roles: Column) -> bool:
        """Whether it is a slot or wish of the plan and its cells say so; a column that the table lacks says nothing else."""
        columns = self.context.table.columns
        return self.own is not None and all(self.stands_at(role, n) for role in roles for n in range(len(columns.get(role, []))))

    def stands_at(self, role: Column, position: int) -> bool:
        """The same of the nth column of a role."""
        columns = self.context.table.columns.get(role, [])
        value = self._grid.value(self.row, columns[position]) if position < len(columns) else None
        return self.own is not None and (position >= len(columns) or said(value) == self.own.said(role, position))

    def _value(self, grid: Grid, role: Column, column: int) -> Value | None:
        value = grid.value(self.row, column)
        if is_ditto(value) and not self.stands_at(role, self.context.table.columns[role].index(column)):
            value = self.context.above.get(column, value)
        if isinstance(value, CellError):
            if role is not Column.NO:
                self.error(column, "cell_error" if value.text != "NO VALUE" else "cell_not_calculated", value=value.text)
                self.broken.add(role)
            return None
        if value is not None:
            self.context.above[column] = value
        return value

    def cells(self, *roles: Column) -> list[Cell]:
        return [cell for role in roles for cell in self._cells.get(role, [])]

    def texts(self, role: Column, limit: int = MAX_LONG) -> list[str]:
        found = []
        for cell in self._cells.get(role, []):
            text = shown(cell.value) if not isinstance(cell.value, str) else cell.value
            if len(tidy(text)) > limit:
                self.error(cell.column, "text_too_long", limit=limit, length=len(tidy(text)))
                text = text[:limit]
            found.append(text)
        return found

    def text(self, role: Column, limit: int = MAX_LONG) -> str:
        return "; ".join(filter(None, map(tidy, self.texts(role, limit))))

    def column(self, role: Column) -> int:
        return self.context.table.columns.get(role, self.context.table.columns[Column.TITLE])[0]

    def error(self, column: int, code: str, **facts: object) -> None:
        self.faulty = True
        self.findings.error(self.sheet, self.row, column, code, **facts)

    def warning(self, column: int, code: str, **facts: object) -> None:
        self.doubtful = True
        self.findings.warning(self.sheet, self.row, column, code, **facts)
