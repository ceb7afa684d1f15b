"""A copy of a workbook with nothing but what we read: cells, merges, hidden columns, number formats.

For files that openpyxl gives up on although their cells are fine: styles, filters and rules of other programs, and Excel's “Strict” variant.
"""

import io
import re
import zipfile

_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)
_WORKSHEET = re.compile(rb"xl[/\\]worksheets[/\\][^/\\]+\.xml")
_FORMAT = re.compile(rb"(<(?:\w+:)?xf\b)[^>]*?(/?>)")
_UNREAD = re.compile(rb"xl/(?:worksheets|drawings|charts)/_rels/|xl/(?:drawings|charts|media|comments|theme|tables|pivot)")


def is_strict(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "xl/workbook.xml" in archive.namelist() and _STRICT[0][0] in archive.read("xl/workbook.xml")


def bare_copy(data: bytes) -> bytes:
    """The same cells in a workbook that anything can read. The caller has checked its size."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as bare:
        for entry in archive.infolist():
            if not _UNREAD.match(entry.filename.encode()):
                with archive.open(entry) as part:  # no more than it says: the sizes were added up
                    bare.writestr(entry.filename, _bare_part(entry.filename, part.read(entry.file_size)))
    return copy.getvalue()


def _bare_part(name: str, part: bytes) -> bytes:
    for strict, usual in _STRICT:
        part = part.replace(strict, usual)
    if _WORKSHEET.fullmatch(name.encode()):
        return _only(part, b"worksheet", (b"cols", b"sheetData", b"mergeCells"))
    if name == "xl/styles.xml":
        return _FORMAT.sub(_bare_format, _only(part, b"styleSheet", (b"numFmts", b"cellXfs")))
    if name == "xl/workbook.xml":
        return _only(part, b"workbook", (b"workbookPr", b"sheets"))
    return part


def _bare_format(found: re.Match[bytes]) -> bytes:
    """Its number format alone."""
    number = re.search(rb'\snumFmtId="\d+"', found.group())
    return found.group(1) + (number.group() if number else b"") + found.group(2)


def _only(part: bytes, root: bytes, children: tuple[bytes, ...]) -> bytes:
    """The root with some of its children, in their order; prefixes stay as they are."""
    head = re.search(rb"<((?:\w+:)?)" + root + rb"\b[^>]*>", part)
    if head is None:
        return part
    prefix = head.group(1)
    kept = []
    for child in children:
        tag = re.escape(prefix + child)
        found = re.search(rb"<" + tag + rb"(?:\s[^>]*)?(?:/>|>.*?</" + tag + rb">)", part, re.DOTALL)
        kept.append(found.group() if found else b"")
    return head.group() + b"".join(kept) + b"</" + prefix + root + b">"
