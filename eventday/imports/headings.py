"""Which column of a sheet says what: headings in every spelling seen, in one line or several, merged or not."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from eventday.kernel.text import fold


class Column(StrEnum):
    """What a column says. `TIME` may hold day, start and end in any mix."""

    NO = "no"
    CODE = "code"
    TITLE = "title"
    KIND = "kind"
    DATE = "date"
    TIME = "time"
    START = "start"
    END = "end"
    PART = "part"
    DURATION = "duration"
    PLACE = "place"
    HOST = "host"
    CO_HOST = "co_host"
    AUDIENCE = "audience"
    CAPACITY = "capacity"
    EQUIPMENT = "equipment"
    SPEAKER = "speaker"
    NOTE = "note"


# Folded headings. Of several title, host or number columns the one listed first counts.
_SPELLINGS: dict[Column, str] = {
    Column.TITLE: (
        "ten hoat dong|ten gian hang|ten lop|ten lop hoc|ten hoi nghi|ten toa dam|ten tram|ten tram trai nghiem|ten chuyen de|"
        "ten chu de|ten noi dung|ten su kien|ten chuong trinh|ten cong viec|noi dung hoat dong|hoat dong|gian hang|tram trai nghiem|"
        "lop hoc|hoi nghi|toa dam|su kien|chuyen de|chu de|tieu de|noi dung chuong trinh|noi dung cong viec|noi dung thuc hien|"
        "noi dung|chuong trinh|cong viec|nhiem vu"
    ),
    Column.NO: "stt|tt|so tt|so thu tu|thu tu",
    Column.CODE: "ma|ma so|ma hoat dong|ma hd",
    Column.KIND: "loai hinh|hinh thuc|loai|loai hoat dong|hinh thuc to chuc|loai hinh hoat dong|loai hinh to chuc",
    Column.DATE: "ngay|ngay to chuc|ngay thuc hien|ngay thang|ngay thang nam|ngay dien ra|thoi gian ngay",
    Column.TIME: (
        "thoi gian|gio|thoi gian to chuc|thoi gian thuc hien|thoi gian dien ra|khung gio|gio to chuc|ngay gio|thoi diem|thoi gian gio|"
        "lich|gio giac|thoi gian du kien"
    ),
    Column.START: "bat dau|tu|gio mo cua|gio bat dau|tu gio|mo cua|thoi gian bat dau|thoi gian tu",
    Column.END: "ket thuc|den|gio dong cua|gio ket thuc|den gio|dong cua|thoi gian ket thuc|thoi gian den|toi",
    Column.PART: "buoi|buoi sang chieu|buoi to chuc",
    Column.DURATION: "thoi luong|thoi luong phut|so phut|thoi gian phut",
    Column.PLACE: (
        "dia diem|noi to chuc|vi tri|dia ban|phong|hoi truong|khu vuc|dia diem to chuc|noi dien ra|dia diem thuc hien|phong hoc|"
        "dia diem phong|noi thuc hien"
    ),
    Column.HOST: (
        "don vi chu tri|co quan chu tri|don vi phu trach|don vi thuc hien|don vi to chuc|chu tri|co quan don vi chu tri|"
        "don vi chu tri thuc hien|co quan thuc hien|co quan phu trach|don vi dau moi|don vi|co quan|co quan don vi|phu trach|thuc hien|"
        "dau moi|nguoi phu trach"
    ),
    Column.CO_HOST: "phoi hop|don vi phoi hop|co quan phoi hop|don vi phoi hop thuc hien|co quan don vi phoi hop|phoi hop thuc hien",
    Column.AUDIENCE: "thanh phan|thanh phan tham du|doi tuong|doi tuong tham gia|thanh phan tham gia|doi tuong tham du|thanh phan doi tuong",
    Column.CAPACITY: (
        "so nguoi|so nguoi du kien|du kien so nguoi|so luong nguoi|so luong|so luong du kien|du kien so luong|so dai bieu|"
        "so luong dai bieu|so luong hoc vien|so hoc vien|so luong nguoi tham gia|so nguoi tham gia|so luong tham gia|so nguoi tham du|"
        "so luong nguoi tham du|so khach cung luc|so khach|quy mo|suc chua|so cho"
    ),
    Column.EQUIPMENT: "thiet bi|dieu kien dam bao|co so vat chat|trang thiet bi|dieu kien bao dam|co so vat chat thiet bi|trang thiet bi can co",
    Column.SPEAKER: "bao cao vien|dien gia|giang vien|nguoi trinh bay|bao cao vien giang vien|dien gia bao cao vien",
    Column.NOTE: "ghi chu|luu y",
}
_KNOWN: dict[str, tuple[Column, int]] = {
    name: (column, rank) for column, names in reversed(_SPELLINGS.items()) for rank, name in enumerate(names.split("|"))
}
# Headings put together of a known word and what may stand around it (“Đơn vị/cá nhân phụ trách”). Only within a heading that is known as one.
_WHO = "(?:(?:ten|cac|va|don vi|co quan|ca nhan|to chuc|nguoi|bo phan|phong ban|can bo|doan the|tham gia) )*"
_WHAT_FOR = "(?: (?:to chuc|thuc hien|dien ra|du kien|cu the|hop|hoc|dat|gian|gian hang|hoat dong|mo lop|phong|trien khai))*"
_OF_PEOPLE = (
    "(?: (?:nguoi|hoc vien|dai bieu|khach|hoc sinh|hoi vien|dan|cho|ngoi|luot|tham gia|tham du|du|du kien|toi da|cung luc|hoc|phuc vu|cho ngoi))*"
)
_LOOSE: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (Column.CO_HOST, rf"{_WHO}phoi hop(?: (?:thuc hien|to chuc|tham gia|chinh))*"),
        (
            Column.HOST,
            rf"{_WHO}(?:chu tri|phu trach|thuc hien|dau moi|chiu trach nhiem|dam nhiem)(?: (?:thuc hien|to chuc|chinh|phu trach|chu tri))*",
        ),
        (Column.PLACE, rf"(?:ten )?(?:dia diem|noi|vi tri|phong|khu vuc){_WHAT_FOR}"),
        (Column.CAPACITY, rf"(?:du kien )?(?:so luong|so(?= )|quy mo|suc chua|si so){_OF_PEOPLE}"),
        (Column.START, rf"(?:thoi gian|gio|thoi diem) (?:bat dau|mo cua|khai mac){_WHAT_FOR}"),
        (Column.END, rf"(?:thoi gian|gio|thoi diem) (?:ket thuc|dong cua|be mac){_WHAT_FOR}"),
        (Column.TIME, rf"(?:(?:ngay|gio|va|thoi gian|buoi) )*(?:thoi gian|gio|ngay gio|gio ngay){_WHAT_FOR}"),
        (Column.DATE, rf"(?:thu )?ngay(?: thang)?(?: nam)?{_WHAT_FOR}"),
        (Column.TITLE, rf"(?:ten )?(?:cac )?(?:noi dung|hoat dong|gian hang|chuyen de|chu de){_WHAT_FOR}"),
        (Column.KIND, rf"(?:loai|hinh thuc|loai hinh){_WHAT_FOR}"),
        (Column.AUDIENCE, r"(?:thanh phan|doi tuong|nguoi(?= ))(?: (?:thanh phan|doi tuong|tham gia|tham du|du|hoc|phuc vu|huong toi|moi))*"),
    )
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]")
_LAST = 1_000
# Below these a number is theirs, not the number of people.
_OWN_NUMBERS = (Column.EQUIPMENT, Column.SPEAKER)


@lru_cache(maxsize=8192)
def heading(text: str) -> tuple[Column, int] | None:
    """The column that one heading cell names, and its rank among the spellings; what stands in brackets does not matter."""
    return _KNOWN.get(fold(text)) or _KNOWN.get(fold(_BRACKETS.sub(" ", text)))


def headings(lines: Sequence[str]) -> tuple[Column, int] | None:
    """The column of a heading of several lines, top-down (“Thời gian”, “Giờ”): the lowest line knows best."""
    distinct = list(dict.fromkeys(line for line in lines if fold(line)))
    if not distinct:
        return None
    top = heading(distinct[0])
    if top and top[0] in _OWN_NUMBERS:
        return top
    joined = heading(" ".join(distinct))
    return joined or next((found for read in (heading, _loosely) for line in reversed(distinct) if (found := read(line))), None)


def _loosely(text: str) -> tuple[Column, int] | None:
    """What a heading in words of its own names; it counts after all that are listed."""
    key = fold(_BRACKETS.sub(" ", text))
    return next(((column, _LAST) for column, pattern in _LOOSE if pattern.fullmatch(key)), None)


def roles(found: Iterable[tuple[int, tuple[Column, int]]]) -> dict[Column, list[int]]:
    """The columns (numbers) of each role; the best-ranked first for what only one column can say, else from left to right."""
    columns: dict[Column, list[tuple[int, int]]] = {}
    for number, (column, rank) in found:
        ranked = rank if column in (Column.TITLE, Column.HOST, Column.CAPACITY) else 0
        columns.setdefault(column, []).append((ranked, number))
    return {column: [number for _, number in sorted(numbers)] for column, numbers in columns.items()}
