"""Reading an .xlsx safely: known by its content, unpacked by a short-lived process with limits (docs/decisions/0010)."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from eventday.config import PROJECT
from eventday.imports import errors
from eventday.imports.limits import LARGE, MANY, MAX_BYTES, MAX_COLUMNS, MAX_ENTRIES, MAX_ROWS, MAX_UNPACKED
from eventday.imports.sheet import Area, CellError, Sheet, Value

_MAX_SECONDS = 45
_MEGABYTES = MAX_BYTES // 1024 // 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY, _USUAL = b"PK\x01\x02", (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|is|f)[ >]")
_REFUSED = b'{"refused":'
_OTHER_OFFICE_FILES = (b"word/document.xml", b"ppt/presentation.xml", b"xl/workbook.bin")
_REFUSALS: dict[str, errors.BadWorkbook] = {
    refusal.code: refusal
    for refusal in (
        errors.BadWorkbook(),
        errors.Suspicious(),
        errors.Protected(),
        errors.TooLargeWorkbook(megabytes=_MEGABYTES),
        errors.TooManyRows(rows=MAX_ROWS, columns=MAX_COLUMNS),
    )
}


def read(data: bytes) -> list[Sheet]:
    """All sheets of a workbook, hidden ones too. Raises: BadWorkbook and its kinds, for any content."""
    return sheets(unpacked(data))


def unpacked(data: bytes) -> bytes:
    """What is in a workbook, as `sheets` reads it: to be kept, for unpacking takes longest. Raises: as `read`."""
    _check_type(data)
    told = _apart("unpack", data)
    if told.startswith(_REFUSED):
        raise _REFUSALS.get(json.loads(told)["refused"], _REFUSALS["workbook_damaged"])
    return told


def sheets(told: bytes) -> list[Sheet]:
    """The sheets of a workbook that was unpacked."""
    return [_sheet(sheet) for sheet in json.loads(told)["sheets"]]


def is_large(data: bytes) -> bool:
    """Whether reading it takes longer than one waits for. Raises: BadWorkbook's kinds for what is no .xlsx by its first bytes and size."""
    _check_type(data)
    if data.count(_ENTRY) > MAX_ENTRIES:  # unpacking refuses it at once; here no list of them is made
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            return LARGE < size <= MAX_UNPACKED or (size <= LARGE and sum(_rows(archive, entry) for entry in entries) > MANY)
    except Exception:  # unpacking says what is wrong with it
        return False


def _rows(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many rows of a sheet have something in them; none in another part."""
    is_sheet = "worksheets" in entry.filename and entry.filename.endswith(".xml")
    if not is_sheet or entry.compress_type not in _USUAL:  # other ways to pack may ask for any memory
        return 0
    with archive.open(entry) as part:  # so many bytes and no more, whatever it says of itself
        return sum(_FILLED.search(row) is not None for row in _ROW.split(part.read(LARGE))[1:])


def marked(data: bytes, marks: Sequence[Sequence[str | None]]) -> bytes:
    """The workbook with marks (sheet, cell, sentence, new text). Raises: BadWorkbook where it cannot be written again."""
    return _apart("mark", json.dumps(marks).encode() + b"\n" + data)


def _apart(module: str, sent: bytes) -> bytes:
    """What a module of this package answers in a process of its own, which is ended where it takes too long or too much memory."""
    command = [sys.executable, "-m", f"eventday.imports.{module}"]
    try:
        done = subprocess.run(command, input=sent, capture_output=True, timeout=_MAX_SECONDS, cwd=PROJECT, check=False)  # noqa: S603 – the modules are ours
    except subprocess.TimeoutExpired:
        raise errors.TooLargeWorkbook(megabytes=_MEGABYTES) from None
    if done.returncode != 0:
        raise errors.TooLargeWorkbook(megabytes=_MEGABYTES) if done.returncode < 0 else errors.BadWorkbook()
    return done.stdout


def _check_type(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise errors.TooLargeWorkbook(megabytes=_MEGABYTES)
    if data.startswith(_OLE):
        raise errors.Protected if "EncryptedPackage".encode("utf-16-le") in data else errors.OldXls
    if not data.startswith(b"PK\x03\x04") or any(name in data for name in _OTHER_OFFICE_FILES):
        raise errors.NotXlsx
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        raise errors.OpenDocument


_READERS: dict[str, Callable[[Any], Value]] = {
    "s": str,
    "n": lambda value: value,
    "e": CellError,
    "m": datetime.fromisoformat,
    "d": date.fromisoformat,
    "t": time.fromisoformat,
}


def _sheet(told: dict[str, Any]) -> Sheet:
    return Sheet(
        name=told["name"],
        cells={(row, column): _READERS[kind](value) for row, column, kind, value in told["cells"]},
        merged=tuple(Area(*area) for area in told["merged"]),
        hidden_rows=frozenset(told["hidden_rows"]),
        hidden_columns=frozenset(told["hidden_columns"]),
        hidden=told["hidden"],
        date1904=told["date1904"],
        struck=frozenset((row, column) for row, column in told["struck"]),
        old_fonts={(row, column): name for row, column, name in told["old_fonts"]},
    )
