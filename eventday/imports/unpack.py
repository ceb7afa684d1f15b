"""Run as a process of its own: reads an .xlsx from stdin and writes its cells as JSON to stdout, within hard limits (docs/decisions/0010).

`{"sheets": […]}` or `{"refused": CODE}`. Nothing outside the file is opened: links, entities and macros stay dead bytes.
"""

import io
import json
import os
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 5_000, 100, 300_000
_MAX_ROW_NUMBER = 20_000
_MAX_ENTRIES, _MAX_UNPACKED = 1_000, 48 * 1024 * 1024
_MAX_MEMORY, _MAX_SECONDS = 420 * 1024 * 1024, 20
_MAX_TEXT = 4_000
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!"}


class Refused(Exception):
    """With the code of a refusal."""


class _Scan:
    """Walks a part of the archive without building it: no document type, no more cells than we take.

    `uncalculated` are cells with a formula and no value.
    """

    def __init__(self) -> None:
        self.uncalculated: set[str] = set()
        self._cells = self._rows = self._row = self._column = 0
        self._reference = ""
        self._has_formula = self._has_value = self._in_value = False

    def run(self, part: Iterator[bytes]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        for piece in part:
            parser.Parse(piece, False)
        parser.Parse(b"", True)

    def _refuse(self, *_: object) -> None:
        raise Refused("workbook_suspicious")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            self._row = _number(attributes.get("r"), self._row + 1)
            self._column = 0
            self._rows += 1
        elif tag == "c":
            self._cells += 1
            self._column += 1
            self._reference = attributes.get("r", "")
            self._has_formula = self._has_value = False
        elif tag == "f":
            self._has_formula = True
        elif tag == "is":
            self._has_value = True
        self._in_value = tag == "v"
        if self._cells > MAX_CELLS or self._rows > 10 * MAX_ROWS:
            raise Refused("workbook_too_many_rows")

    def _text(self, _: str) -> None:
        if self._in_value:
            self._has_value = True

    def _check_place(self) -> None:
        letters = re.match(r"[A-Z]*", self._reference).group()  # type: ignore[union-attr]
        column = _column(letters) or self._column
        if column > MAX_COLUMNS or self._row > _MAX_ROW_NUMBER:
            raise Refused("workbook_too_many_rows")

    def _end(self, name: str) -> None:
        self._in_value = False
        if name.rpartition(" ")[2] == "c":
            if self._has_value:
                self._check_place()
            elif self._has_formula:
                self.uncalculated.add(self._reference)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:4]:
        number = 26 * number + ord(letter) - 64
    return number


def scan(data: bytes) -> dict[str, set[str]]:
    """The uncalculated cells of each part. Raises: Refused."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
            raise Refused("workbook_too_large")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused("workbook_protected")
        found = {}
        for entry in entries:
            if _is_xml(archive, entry):
                part = _Scan()
                part.run(_pieces(archive, entry))
                found[entry.filename.lstrip("/")] = part.uncalculated
        return found


def _is_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """By name or by content: a part may have any name."""
    if entry.filename.endswith((".xml", ".rels")):
        return True
    with archive.open(entry) as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as file:
        while piece := file.read(1 << 16):
            yield piece


def unpack(data: bytes) -> list[dict[str, Any]]:
    """The sheets of a workbook, in order. Raises: Refused, and whatever a damaged file makes openpyxl raise."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    uncalculated = scan(data)
    warnings.simplefilter("ignore")
    reader = ExcelReader(io.BytesIO(data), data_only=True, keep_links=False, keep_vba=False)
    reader.read()
    parts = {sheet.name: rel.target.lstrip("/") for sheet, rel in reader.parser.find_sheets()}
    sheets = [
        _sheet(sheet, uncalculated.get(parts.get(sheet.title, ""), set())) | {"date1904": reader.wb.epoch == CALENDAR_MAC_1904}
        for sheet in reader.wb.worksheets
    ]
    if any(len({row for row, *_ in sheet["cells"]}) > MAX_ROWS for sheet in sheets):
        raise Refused("workbook_too_many_rows")
    return sheets


def _sheet(sheet: Any, uncalculated: set[str]) -> dict[str, Any]:
    cells = [
        [cell.row, cell.column, *_value(cell.value, uncalculated and cell.coordinate in uncalculated)]
        for cell in sheet._cells.values()
        if cell.value is not None or (uncalculated and cell.coordinate in uncalculated)
    ]
    columns = {n for d in sheet.column_dimensions.values() if d.hidden for n in range(d.min or 1, min(d.max or d.min or 1, MAX_COLUMNS) + 1)}
    return {
        "name": sheet.title,
        "cells": cells,
        "merged": [[area.min_row, area.min_col, area.max_row, area.max_col] for area in sheet.merged_cells.ranges][:MAX_ROWS],
        "hidden_rows": [number for number, row in sheet.row_dimensions.items() if row.hidden],
        "hidden_columns": sorted(columns),
        "hidden": sheet.sheet_state != "visible",
    }


def _value(value: Any, uncalculated: object) -> tuple[str, Any]:
    """A letter for the type, and the value as JSON can say it."""
    if uncalculated:
        return "e", "NO VALUE"
    if isinstance(value, bool | int | float):
        return "n", value
    if isinstance(value, timedelta):
        return "n", value / timedelta(days=1)
    for letter, kind in (("m", datetime), ("d", date), ("t", time)):
        if isinstance(value, kind):
            return letter, value.isoformat()
    text = _ESCAPED.sub(" ", str(value))[:_MAX_TEXT]
    return ("e", text) if text in _ERRORS else ("s", text)


def answer(data: bytes) -> dict[str, Any]:
    try:
        return {"sheets": unpack(data)}
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": "workbook_too_large"}
    except Exception:
        return {"refused": "workbook_damaged"}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MAX_SECONDS, _MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["OPENPYXL_LXML"] = "False"
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    json.dump(answer(data), sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main()
