"""A workbook's sheets → the rows of a plan, and a problem for each cell that cannot be taken. Pure; never raises for content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from eventday.imports.context import Context, Known
from eventday.imports.findings import Findings, PlanRead, PlanRow, Skipped
from eventday.imports.headings import Column
from eventday.imports.lines import Line, kind_of_line
from eventday.imports.old_text import in_unicode
from eventday.imports.rows import read_row
from eventday.imports.sheet import Sheet, column_letters
from eventday.imports.table import Grid, Table, tables

__all__ = ["Known", "PlanRead", "read_plan"]


def read_plan(sheets: Iterable[Sheet], known: Known) -> PlanRead:
    """Every row that can be read and every problem, by sheet and cell; what was left out is listed."""
    findings = Findings()
    read = _Reader(known, findings)
    every = list(sheets)
    for sheet in every:
        read.sheet(sheet)
    if not read.tables_seen and every:
        findings.error(every[0].name, 1, 1, "workbook_no_table")
    elif not read.rows and not findings.errors:
        findings.error(read.last_heading[0], *read.last_heading[1:], "no_rows")
    _find_duplicates(read.rows, findings)
    return PlanRead(tuple(read.rows), tuple(findings.errors), tuple(findings.warnings), tuple(read.skipped), tuple(read.meant))


@dataclass
class _Reader:
    known: Known
    findings: Findings
    rows: list[PlanRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    meant: list[Sheet] = field(default_factory=list)
    tables_seen: int = 0
    last_heading: tuple[str, int, int] = ("", 1, 1)

    def sheet(self, sheet: Sheet) -> None:
        if sheet.hidden:
            if sheet.cells:
                self.skipped.append(Skipped(sheet.name, (), "hidden_sheet"))
                self.findings.warning(sheet.name, 1, 1, "hidden_sheet", sheet=sheet.name)
            return
        grid = Grid(self._in_unicode(sheet))
        found = tables(grid)
        if found:
            self.tables_seen += len(found)
            self._tell_hidden(sheet, found)
            self._tell_unread(grid, found)
            self._tables(grid, found)
        elif grid.rows:
            self.skipped.append(Skipped(sheet.name, (), "no_heading"))

    def _in_unicode(self, sheet: Sheet) -> Sheet:
        meant, converted = in_unicode(sheet)
        self.meant.append(meant)
        if converted:
            facts = {"encoding": converted.encoding.value, "samples": "; ".join(f"“{text}”" for text in converted.samples)}
            self.findings.warning(sheet.name, converted.row, converted.column, "old_encoding", **facts)
        return meant

    def _tables(self, grid: Grid, found: Sequence[Table]) -> None:
        """A heading that is repeated goes on with what the groups above it said."""
        context: Context | None = None
        for n, table in enumerate(found):
            if context is None or table.columns != found[n - 1].columns:
                context = Context.of(grid.sheet, table, self.known)
            context.table = table
            self.last_heading = (grid.sheet.name, table.bottom, min(column for columns in table.columns.values() for column in columns))
            self._table(grid, table, context)

    def _table(self, grid: Grid, table: Table, context: Context) -> None:
        closed = False
        for number in range(table.first, table.last + 1):
            line = kind_of_line(grid, table, number, closed=closed)
            closed = closed or line is Line.SIGNATURE
            if line is Line.DATA and number in grid.sheet.dropped:
                read_row(grid, number, context, Findings())  # what later lines repeat of it (“nt”) stands
                self.skipped.append(Skipped(grid.sheet.name, (number,), "dropped"))
            elif line is Line.DATA:
                row = read_row(grid, number, context, self.findings)
                if row:
                    self.rows.append(row)
                title = table.columns[Column.TITLE][0]
                if (number, title) in grid.sheet.struck:
                    self.findings.warning(grid.sheet.name, number, title, "struck_row")
            elif line is Line.GROUP:
                context.enter_group(grid.words(number))
            elif line is not Line.EMPTY:
                self.skipped.append(Skipped(grid.sheet.name, (number,), line.value))

    def _tell_hidden(self, sheet: Sheet, found: Sequence[Table]) -> None:
        filled = {row for row, _ in sheet.cells}
        hidden = sorted(row for row in sheet.hidden_rows if row in filled)
        if hidden:
            self.findings.warning(sheet.name, hidden[0], 1, "hidden_rows", rows=", ".join(map(str, hidden)))
            self.skipped.append(Skipped(sheet.name, tuple(hidden), "hidden_rows"))
        used = {column for _, column in sheet.cells}
        columns = sorted(column for column in sheet.hidden_columns if column in used)
        if columns:
            self.findings.warning(sheet.name, found[0].top, columns[0], "hidden_columns", columns=", ".join(map(column_letters, columns)))

    def _tell_unread(self, grid: Grid, found: Sequence[Table]) -> None:
        """Rows above the first heading that look like a table's, and columns with a heading that is not known."""
        above = tuple(row for row in grid.rows if row < found[0].top and len(grid.own(row)) > 2)
        if above:
            self.skipped.append(Skipped(grid.sheet.name, above, "above_heading"))
        for table in found:
            rows = [row for row in grid.rows if table.first <= row <= table.last]
            names = [f"{column_letters(at)} ({text})" for at, text in table.unread.items() if any(at in grid.own(row) for row in rows)]
            if names:
                self.skipped.append(Skipped(grid.sheet.name, (), "unknown_column", tuple(names)))


def _find_duplicates(rows: Sequence[PlanRow], findings: Findings) -> None:
    seen: dict[object, PlanRow] = {}
    codes: dict[int, PlanRow] = {}
    for row in rows:
        number = row.planned.number
        if number is not None and number in codes:
            findings.error_at(row, Column.CODE, "duplicate_row", with_row=codes[number].row, with_sheet=codes[number].sheet)
            row.unplaceable = True
        elif not row.faulty:
            first = seen.get(row.identity)
            if first:
                findings.error_at(row, Column.TITLE, "duplicate_row", with_row=first.row, with_sheet=first.sheet)
                row.unplaceable = True
            seen.setdefault(row.identity, row)
        if number is not None:
            codes.setdefault(number, row)
