"""A list of people in a workbook → rows and problems by cell. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eventday.imports.findings import Findings, Problem, Skipped
from eventday.imports.old_text import in_unicode
from eventday.imports.people_columns import Column, heading_of
from eventday.imports.people_row import PersonRow, Reading, read_person
from eventday.imports.sheet import Sheet, column_letters
from eventday.imports.table import Grid
from eventday.kernel.text import fold, tidy
from eventday.places.domain import Hamlet

_TOTAL = re.compile(r"^(?:tong cong|tong so|cong|tong)\b")
_SIGNATURE = re.compile(r"^(?:nguoi lap|lap bieu|lap danh sach|truong thon|truong ban|xac nhan|thu truong|chu tich|tm |kt )|ngay \d+ thang \d+")


@dataclass(frozen=True)
class PeopleRead:
    """What was read. `rows` has nobody twice and nobody with an error; `sheets` are those that are not hidden, in Unicode."""

    rows: tuple[PersonRow, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    skipped: tuple[Skipped, ...]
    sheets: tuple[Sheet, ...] = ()


def read_people(sheets: Iterable[Sheet], hamlets: Sequence[Hamlet], event_year: int) -> PeopleRead:
    """The people of all visible sheets that have a heading with names."""
    findings, rows, skipped = Findings(), list[PersonRow](), list[Skipped]()
    tables = 0
    meant: list[Sheet] = []
    for sheet in sheets:
        if sheet.hidden:
            skipped.append(Skipped(sheet.name, (), "hidden_sheet"))
            continue
        converted, old = in_unicode(sheet)
        meant.append(converted)
        grid = Grid(converted)
        top, columns = heading_of(grid)
        if Column.NAME not in columns:
            skipped.append(Skipped(sheet.name, (), "no_heading"))
            continue
        tables += 1
        if old:
            findings.warning(sheet.name, old.row, old.column, "old_encoding", encoding=str(old.encoding), samples=", ".join(old.samples))
        rows += _rows(Reading(grid, columns, hamlets, event_year, findings), top, skipped)
    if not rows and not findings.errors:
        findings.error("", 1, 1, "people_no_rows" if tables else "people_no_table")
    return PeopleRead(tuple(_once(rows, findings)), tuple(findings.errors), tuple(findings.warnings), tuple(skipped), tuple(meant))


def _rows(reading: Reading, top: int, skipped: list[Skipped]) -> list[PersonRow]:
    kinds: dict[str, list[int]] = {"total": [], "empty": [], "signature": [], "person": []}
    for row in range(top + 1, reading.grid.last_row + 1):
        kinds["signature" if kinds["signature"] else _kind(reading.grid, row)].append(row)
    rows = [person for row in kinds["person"] if (person := read_person(reading, row))]
    sheet = reading.grid.sheet.name
    for why in ("empty", "total", "signature"):
        told = [row for row in kinds[why] if why == "empty" or reading.grid.own(row)]
        skipped += [Skipped(sheet, tuple(told), why)] if told else []
    note = reading.columns.get(Column.NOTE)
    if note and any(reading.grid.value(row, note) is not None for row in kinds["person"]):
        skipped.append(Skipped(sheet, (), "not_kept", (f"{column_letters(note)} ({tidy(str(reading.grid.value(top, note)))})",)))
    return rows


def _kind(grid: Grid, row: int) -> str:
    first = fold(grid.texts(row)[0]) if grid.texts(row) else ""
    if not grid.own(row):
        return "empty"
    return "total" if _TOTAL.match(first) else "signature" if _SIGNATURE.search(first) else "person"


def _once(rows: Iterable[PersonRow], findings: Findings) -> Iterable[PersonRow]:
    """Each person once: who stands there again is told, the first counts."""
    first: dict[tuple[object, ...], PersonRow] = {}
    for row in rows:
        other = first.setdefault(row.key, row)
        if other is not row:
            findings.warning(row.sheet, row.row, row.columns[Column.NAME], "duplicate_person", name=row.name, with_row=other.row)
    return first.values()
