"""Which column of a list of people says what. Pure."""

import re
from enum import StrEnum

from eventday.imports.table import Grid
from eventday.kernel.text import fold

_FIRST_ROWS = 20
_BRACKETS = re.compile(r"\([^()]*\)")


class Column(StrEnum):
    NO = "no"
    FAMILY = "family"
    NAME = "name"
    BIRTH = "birth"
    GENDER = "gender"
    MALE = "male"
    FEMALE = "female"
    HAMLET = "hamlet"
    PHONE = "phone"
    GUARDIAN = "guardian"
    NOTE = "note"


_SPELLINGS = {
    Column.NO: "stt|tt|so tt|so thu tu",
    Column.FAMILY: "ho|ho dem|ho va dem|ho va ten dem|ho ten dem",
    Column.NAME: "ho va ten|ho ten|ten|ho va ten nguoi tham gia|ho ten nguoi dang ky|ho va ten hoc vien|ho ten hoc vien|nguoi tham gia|ten nguoi",
    Column.BIRTH: "nam sinh|ngay sinh|ngay thang nam sinh|ngay thang sinh|sinh nam|ngay nam sinh|nam sinh ngay sinh",
    Column.GENDER: "gioi tinh|gioi|nam nu|phai",
    Column.MALE: "nam",
    Column.FEMALE: "nu",
    Column.HAMLET: "thon|ban|xom|khoi|thon ban|ban thon|thon xom|dia chi|noi o|cho o|thon ban xom|thon xom ban|to dan pho|khoi pho|ap|que quan",
    Column.PHONE: "so dien thoai|sdt|dien thoai|so dt|dt|so di dong|dien thoai lien he|so dien thoai lien he|sdt lien he",
    Column.GUARDIAN: "nguoi lon di cung|nguoi di cung|nguoi giam ho|giam ho|ho ten nguoi giam ho|ho va ten nguoi giam ho"
    "|phu huynh|ho ten phu huynh|ho va ten phu huynh|cha me|bo me|ho ten cha me|ho ten bo me",
    Column.NOTE: "ghi chu|luu y|hoan canh|dien|doi tuong",
}
_KNOWN = {spelling: column for column, spellings in _SPELLINGS.items() for spelling in spellings.split("|")}


def heading_of(grid: Grid) -> tuple[int, dict[Column, int]]:
    """The row with the most known headings among the first, and the column of each."""
    best: tuple[int, dict[Column, int]] = (0, {})
    for row in (number for number in grid.rows if number <= _FIRST_ROWS):
        found: dict[Column, int] = {}
        for place, value in sorted(grid.own(row).items()):
            column = _KNOWN.get(fold(value)) or _KNOWN.get(fold(_BRACKETS.sub(" ", value))) if isinstance(value, str) else None
            if column:
                found.setdefault(column, place)
        if len(found) > max(1, len(best[1])):
            best = row, found
    return best
