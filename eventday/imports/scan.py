"""A first walk through an .xlsx that builds nothing: sizes, document types, formulas without a value. Runs in the process of `unpack`."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from eventday.imports.limits import MAX_CELLS, MAX_COLUMNS, MAX_DEPTH, MAX_ENTRIES, MAX_FORMATS, MAX_ROW_NUMBER, MAX_ROWS, MAX_STRINGS, MAX_UNPACKED

_CORNER = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


class Refused(Exception):
    """With the code of a refusal."""


class _Scan:
    """Walks a part of the archive without building it: no document type, no more cells than we take, those that areas spread over too.

    `uncalculated` are cells with a formula and no value, `cells` how many there are.
    """

    def __init__(self) -> None:
        self.uncalculated: set[str] = set()
        self.cells = self._rows = self._row = self._column = 0
        self._depth = self._formats = self._strings = self._areas = self._spread = 0
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
        self._depth += 1
        self._in_value = tag == "v"
        if tag == "row":
            self._row = _number(attributes.get("r"), self._row + 1)
            self._column = 0
            self._rows += 1
        elif tag == "c":
            self.cells += 1
            self._column += 1
            self._reference = attributes.get("r", "")
            self._has_formula = self._has_value = False
        elif tag == "f":
            self._has_formula = True
        elif tag == "is":
            self._has_value = True
        else:
            self._start_other(tag, attributes)
        if self.cells > MAX_CELLS or self._rows > 10 * MAX_ROWS:
            raise Refused("workbook_too_many_rows")

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        """What a reader builds more of than the file has bytes."""
        if tag in ("mergeCell", "hyperlink"):
            self._areas += 1
            self._spread += _size(attributes.get("ref", ""))
        elif tag == "xf":
            self._formats += 1
        elif tag == "si":
            self._strings += 1
        if self._areas > MAX_ROWS or self._spread > MAX_CELLS:
            raise Refused("workbook_too_many_rows")
        if self._strings > MAX_STRINGS:
            raise Refused("workbook_too_large")
        if self._depth > MAX_DEPTH or self._formats > MAX_FORMATS:
            raise Refused("workbook_suspicious")

    def _text(self, _: str) -> None:
        if self._in_value:
            self._has_value = True

    def _check_place(self) -> None:
        letters = re.match(r"[A-Z]*", self._reference).group()  # type: ignore[union-attr]
        column = _column(letters) or self._column
        if column > MAX_COLUMNS or self._row > MAX_ROW_NUMBER:
            raise Refused("workbook_too_many_rows")

    def _end(self, name: str) -> None:
        self._in_value = False
        self._depth -= 1
        if name.rpartition(" ")[2] == "c":
            if self._has_value:
                self._check_place()
            elif self._has_formula:
                self.uncalculated.add(self._reference)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise


def _size(area: str) -> int:
    """How many cells an area has; more than we take where it has no corners."""
    corners = [(_column(letters), int(row)) for letters, row in _CORNER.findall(area)]
    if not corners:
        return MAX_CELLS + 1
    (left, top), (right, bottom) = corners[0], corners[-1]
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:4]:
        number = 26 * number + ord(letter) - 64
    return number


def scan(data: bytes) -> dict[str, set[str]]:
    """The uncalculated cells of each part. Raises: Refused."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise Refused("workbook_too_large")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused("workbook_protected")
        found, cells = {}, 0
        for entry in entries:
            if _is_xml(archive, entry):
                part = _Scan()
                part.run(_pieces(archive, entry))
                cells += part.cells
                if cells > MAX_CELLS:
                    raise Refused("workbook_too_many_rows")
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
