"""What a line of a table is: data, a group's heading, a total, a signature block, a note."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from eventday.imports.cells import kind_of_heading
from eventday.imports.headings import Column
from eventday.imports.sheet import Value
from eventday.imports.table import Grid, Table
from eventday.imports.when import plain
from eventday.kernel.text import fold, tidy
from eventday.programme.planned import number_of


class Line(StrEnum):
    DATA = "data"
    EMPTY = "empty"
    GROUP = "group"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    NUMBERING = "numbering"


_TOTAL = re.compile(r"^(?:tong cong|tong so|tong|cong)(?:$| (?:\d|i\b|ii\b|a\b|b\b|cac\b|toan\b|so\b).*)|^tong cong\b")
_SIGNATURE = re.compile(
    r"^(?:noi nhan|tm |t m |kt |k t |tl |t l |tuq |nguoi lap|lap bieu|nguoi tong hop|chu tich|pho chu tich|thu truong|truong ban"
    r"|pho truong ban|bi thu|ky ten|xac nhan cua|nhu tren$|luu vt|luu van phong|ky va ghi ro|da ky|duyet cua|phe duyet|truong phong|hieu truong)"
)
_DATE_LINE = re.compile(r"^[^\d]{0,40},? ngay \.*\d* *\.* thang \.*\d* *\.* nam \.*\d*\.*$")
_NOTE = re.compile(r"^(?:ghi chu|luu y|chu thich|chu y)\b")
_GROUP_NUMBER = re.compile(r"^(?:[IVXLC]{1,6}|[A-HĐ]|[a-hđ]\)|phần\b.*|mục\b.*)\s*[.)\-/:]?$", re.IGNORECASE)
_GROUP_START = re.compile(r"^(?:(?:[IVX]{1,6}|[A-HĐ])\s*[.)\-/:–]|(?i:phần|mục)\s+\w+\s*[.:\-–])\s*\S")

_KINDS = "gian hang|hoi nghi|hoi thao|toa dam|tram|tram trai nghiem|lop hoc|lop hoc so|truc tuyen"
_BARE = re.compile(rf"(?:cac |khu |cac buoi )?(?:{_KINDS})")


def kind_of_line(grid: Grid, table: Table, row: int, *, closed: bool) -> Line:
    """What the line is; `closed` says that a signature block has begun above it."""
    own = grid.own(row)
    if not own:
        return Line.EMPTY
    if _is_own(grid, table, row):
        return Line.DATA
    if closed:
        return Line.SIGNATURE
    texts = grid.texts(row)
    first = fold(texts[0]) if texts else ""
    if row <= table.first + 1 and _is_numbering(grid, row):
        return Line.NUMBERING
    filled = _filled(grid, table, row)
    if _TOTAL.match(first) and not _has_number(grid, table, row):
        return Line.TOTAL
    if len(filled) <= 3 and any(map(_is_signature, texts)):
        return Line.SIGNATURE
    if _is_group(grid, table, row, filled):
        return Line.GROUP
    return _data_or_note(grid, table, row, filled)


def _is_own(grid: Grid, table: Table, row: int) -> bool:
    """A “Mã” of ours names a slot or wish, whatever else the line looks like."""
    values = [grid.value(row, column) for column in table.columns.get(Column.CODE, [])]
    return any(isinstance(value, str) and number_of(value) for value in values)


def _data_or_note(grid: Grid, table: Table, row: int, filled: set[Column]) -> Line:
    title = table.columns[Column.TITLE][0]
    has_title = grid.value(row, title) is not None
    numbered = _has_number(grid, table, row)
    if not has_title:
        return Line.DATA if len(filled) >= 2 or (numbered and filled) else Line.NOTE
    if filled == {Column.TITLE} and not numbered and title in grid.own(row):
        text = str(grid.value(row, title))
        if _NOTE.match(fold(text)) or text.lstrip().startswith(("-", "*", "+")) or Column.NO in table.columns:
            return Line.NOTE
    if not filled and not any(column in grid.own(row) for columns in table.columns.values() for column in columns):
        return Line.NOTE
    return Line.DATA


def _filled(grid: Grid, table: Table, row: int) -> set[Column]:
    """The roles, other than the row's number, that have a value here (a merged one too)."""
    return {
        role for role, columns in table.columns.items() if role is not Column.NO and any(grid.value(row, column) is not None for column in columns)
    }


def _has_number(grid: Grid, table: Table, row: int) -> bool:
    values = [grid.value(row, column) for column in table.columns.get(Column.NO, [])]
    return any(isinstance(value, int | float) or (isinstance(value, str) and re.fullmatch(r"\d+(?:[.,]\d+)*\.?", tidy(value))) for value in values)


def _is_numbering(grid: Grid, row: int) -> bool:
    """(1) (2) (3), or A B 1 2: the columns' own numbers."""
    values = [fold(str(value)) for value in grid.own(row).values()]
    numbers = [int(value) for value in values if value.isdecimal() and len(value) < 3]
    short = all((value.isdecimal() and len(value) < 3) or re.fullmatch(r"[a-h]|[0-9]{1,2} [a-z0-9 ]{1,8}", value) for value in values)
    return len(values) >= 3 and short and numbers == sorted(set(numbers)) and len(numbers) >= 2


def _is_signature(text: str) -> bool:
    return bool(_SIGNATURE.match(fold(text) + " ") or _DATE_LINE.match(plain(text)))


def _is_group(grid: Grid, table: Table, row: int, filled: set[Column]) -> bool:
    """Only its first cells are filled, and a Roman number or a letter, a merge over the table, or a kind's bare name says “group”."""
    own = grid.own(row)
    texts = grid.texts(row)
    if _is_day(own):
        return True
    if _has_number(grid, table, row):
        return len(own) == 2 and bool(texts) and filled == {Column.TITLE} and _is_bare(texts[-1])
    if not texts or len(own) > 2 or len(texts) != len([value for value in own.values() if isinstance(value, str)]):
        return False
    leading = sorted({column for columns in table.columns.values() for column in columns})[:3]
    if any(column not in leading and column >= leading[0] for column in own) or not filled <= {Column.TITLE, Column.CODE, *_first_roles(table)}:
        return False
    if grid.is_wide(row) and not _NOTE.match(fold(texts[0])):
        return True
    if len(texts) == 2:
        return bool(_GROUP_NUMBER.match(texts[0]))
    return len(own) == 1 and (bool(_GROUP_START.match(texts[0])) or _is_bare(texts[0]) or _stands_in_number(table, own, texts[0]))


def _is_day(own: Mapping[int, Value]) -> bool:
    """A date alone in its row is the day of the rows below."""
    return len(own) == 1 and isinstance(next(iter(own.values())), date)


def _stands_in_number(table: Table, own: Mapping[int, Value], text: str) -> bool:
    """Short words of a kind or of the day where the rows have their numbers: “1. Gian hàng”, “Sáng 10/10”."""
    if len(text) > 60 or _NOTE.match(fold(text)) or not text[:1].isalnum():
        return False
    told = kind_of_heading(text) or re.match(r"(?:buoi |ngay |sang |chieu |toi |thu |chu nhat )", fold(text) + " ")
    return bool(told) and next(iter(own)) in table.columns.get(Column.NO, [])


def _first_roles(table: Table) -> set[Column]:
    """The roles of the first three columns: a group's heading may stand in any of them."""
    ordered = sorted((column, role) for role, columns in table.columns.items() for column in columns)
    return {role for _, role in ordered[:3]}


def _is_bare(text: str) -> bool:
    return bool(_BARE.fullmatch(fold(text)))
