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
    Column.DURATION: "thoi luong|thoi luong phut|so phut",
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
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]")
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
    return joined or next((found for line in reversed(distinct) if (found := heading(line))), None)


def roles(found: Iterable[tuple[int, tuple[Column, int]]]) -> dict[Column, list[int]]:
    """The columns (numbers) of each role; the best-ranked first for what only one column can say, else from left to right."""
    columns: dict[Column, list[tuple[int, int]]] = {}
    for number, (column, rank) in found:
        ranked = rank if column in (Column.TITLE, Column.HOST, Column.CAPACITY) else 0
        columns.setdefault(column, []).append((ranked, number))
    return {column: [number for _, number in sorted(numbers)] for column, numbers in columns.items()}
