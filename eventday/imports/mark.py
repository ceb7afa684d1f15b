"""Run as a process of its own: takes a line of JSON and an .xlsx from stdin, writes the same workbook with its wrong cells marked to stdout.

The line is `[[sheet, cell, sentence or null, new text or null], …]`. The same hard limits as reading (docs/decisions/0010).
"""

import io
import json
import os
import resource
import sys
from typing import Any

from eventday.imports.bare import bare_copy, is_strict
from eventday.imports.limits import MAX_BYTES, MAX_MEMORY, MAX_SECONDS
from eventday.imports.scan import scan


def mark(data: bytes, marks: list[list[Any]]) -> bytes:
    """The workbook with a red cell and a comment for each sentence. Raises what a damaged file makes openpyxl raise."""
    scan(data)
    book = _open(data)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for name, cell, sentence, text in marks:
        if name in sheets:
            _mark(sheets[name], cell, sentence, text)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _open(data: bytes) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(bare_copy(data) if is_strict(data) else data), keep_links=False)
    except MemoryError:
        raise
    except Exception:  # the same odd files that reading takes without their styles
        return load_workbook(io.BytesIO(bare_copy(data)), keep_links=False)


def _mark(sheet: Any, name: str, sentence: str | None, text: str | None) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font, PatternFill

    area = next((area for area in sheet.merged_cells.ranges if name in area), None)
    cell = sheet.cell(area.min_row, area.min_col) if area else sheet[name]
    if text is not None:
        cell.value = text or None
        if text:
            cell.data_type, cell.quotePrefix = "s", not text[:1].isalnum()
    if sentence:
        cell.fill = PatternFill("solid", fgColor="F8C9C9")
        cell.font = Font(name=cell.font.name, sz=cell.font.sz, b=True, color="A11A12")
        cell.comment = Comment(sentence, "", width=320, height=110)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["OPENPYXL_LXML"] = "False"
    marks = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(mark(sys.stdin.buffer.read(MAX_BYTES + 1), marks))


if __name__ == "__main__":
    main()
