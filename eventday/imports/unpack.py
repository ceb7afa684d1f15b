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
from datetime import date, datetime, time, timedelta
from typing import Any

from eventday.imports.bare import bare_copy, is_strict
from eventday.imports.limits import MAX_BYTES, MAX_COLUMNS, MAX_MEMORY, MAX_ROWS, MAX_SECONDS, MAX_TEXT
from eventday.imports.scan import Refused, scan

_OLD_FONTS = (".vn", "vni-")
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!"}


def unpack(data: bytes) -> list[dict[str, Any]]:
    """The sheets of a workbook, in order. Raises: Refused, and whatever a damaged file makes openpyxl raise."""
    uncalculated = scan(data)
    warnings.simplefilter("ignore")
    if is_strict(data):
        sheets = _sheets(bare_copy(data), uncalculated)
    else:
        try:
            sheets = _sheets(data, uncalculated)
        except MemoryError:
            raise
        except Exception:  # other programs write odd styles, filters and rules, none of which we read
            sheets = _sheets(bare_copy(data), uncalculated)
    if not sheets:
        raise Refused("workbook_damaged")
    if any(len({row for row, *_ in sheet["cells"]}) > MAX_ROWS for sheet in sheets):
        raise Refused("workbook_too_many_rows")
    return sheets


def _sheets(data: bytes, uncalculated: dict[str, set[str]]) -> list[dict[str, Any]]:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    reader: Any = ExcelReader(io.BytesIO(data), data_only=True, keep_links=False, keep_vba=False)
    reader.read()
    parts = {sheet.name: rel.target.lstrip("/") for sheet, rel in reader.parser.find_sheets()}
    date1904 = reader.wb.epoch == CALENDAR_MAC_1904
    fonts = list(reader.wb._fonts)
    return [_sheet(sheet, uncalculated.get(parts.get(sheet.title, ""), set()), fonts) | {"date1904": date1904} for sheet in reader.wb.worksheets]


def _sheet(sheet: Any, uncalculated: set[str], fonts: list[Any]) -> dict[str, Any]:
    filled = [cell for cell in sheet._cells.values() if cell.value is not None or (uncalculated and cell.coordinate in uncalculated)]
    columns = {n for d in sheet.column_dimensions.values() if d.hidden for n in range(d.min or 1, min(d.max or d.min or 1, MAX_COLUMNS) + 1)}
    return {
        "name": sheet.title,
        "cells": [[cell.row, cell.column, *_value(cell.value, uncalculated and cell.coordinate in uncalculated)] for cell in filled],
        "merged": [[area.min_row, area.min_col, area.max_row, area.max_col] for area in sheet.merged_cells.ranges][:MAX_ROWS],
        "hidden_rows": [number for number, row in sheet.row_dimensions.items() if row.hidden],
        "hidden_columns": sorted(columns),
        "hidden": sheet.sheet_state != "visible",
    } | _marks(filled, fonts)


def _marks(cells: list[Any], fonts: list[Any]) -> dict[str, Any]:
    """What the fonts say: cells that are struck through, and those in a font of an old encoding."""
    struck = {n for n, font in enumerate(fonts) if font.strike}
    old = {n: font.name for n, font in enumerate(fonts) if (font.name or "").lower().startswith(_OLD_FONTS)}
    return {
        "struck": [[cell.row, cell.column] for cell in cells if cell._style.fontId in struck] if struck else [],
        "old_fonts": [[cell.row, cell.column, old[cell._style.fontId]] for cell in cells if cell._style.fontId in old] if old else [],
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
    text = _ESCAPED.sub(" ", str(value))[:MAX_TEXT]
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
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["OPENPYXL_LXML"] = "False"
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    json.dump(answer(data), sys.stdout, separators=(",", ":"))


if __name__ == "__main__":
    main()
