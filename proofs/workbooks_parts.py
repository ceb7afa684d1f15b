"""A workbook of our own, and ways to change its parts."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import openpyxl
from openpyxl.workbook import Workbook

READ = "read"
SHEET, STRINGS, STYLES, BOOK, TYPES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = ("Nội dung", "Loại hình", "Đơn vị chủ trì", "Địa điểm", "Họ và tên", "Năm sinh", "Điện thoại")
_ROW = ("Hội nghị A", "Hội nghị", "UBND xã", "", "Nguyễn Văn An", 1980, "0912345678")
END = b"</sheetData>"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Change = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Hostile:
    """`says`: the codes of refusals one of which is told, or READ where it is read as any other. `slow`: too long for `make test`."""

    name: str
    make: Callable[[], bytes]
    says: tuple[str, ...]
    slow: bool = False


def book(fill: Callable[[Workbook], None] | None = None) -> bytes:
    """A plan and a list of people at once, of one row, and whatever `fill` does to it."""
    made = openpyxl.Workbook()
    made.worksheets[0].append(HEAD)
    made.worksheets[0].append(_ROW)
    if fill:
        fill(made)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def with_parts(changes: Mapping[str, Change] | None = None, more: Mapping[str, bytes] | None = None) -> bytes:
    """The workbook with some of its parts changed and others added."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for entry in old.infolist():
            change = (changes or {}).get(entry.filename)
            new.writestr(entry.filename, change(old.read(entry)) if change else old.read(entry))
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return content.getvalue()


def streamed(pieces: Iterator[bytes], name: str = SHEET, around: tuple[bytes, bytes] | None = None) -> bytes:
    """A workbook one part of which is written piece by piece: it may be larger than memory."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, _named(old.read(entry)) if entry.filename == TYPES and name == STRINGS else old.read(entry))
        head, tail = around or old.read(SHEET).split(END)
        with new.open(name, "w", force_zip64=True) as part:
            part.write(head)
            for piece in pieces:
                part.write(piece)
            part.write(tail if around else END + tail)
    return content.getvalue()


def _named(types: bytes) -> bytes:
    """The part with the strings named as such: without, no reader looks at it."""
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    return types.replace(b"</Types>", b'<Override PartName="/' + STRINGS.encode() + b'" ContentType="' + kind + b'"/></Types>')
