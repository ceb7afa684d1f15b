"""The words of the pages about people."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import LazyString

from eventday.kernel.clock import day_of, local
from eventday.programme.domain import Slot
from eventday.registrations.domain import Gender, Group, RegistrationView, Source
from eventday.registrations.doubles import Reason
from eventday.web.filters import phone
from eventday.web.translation import lazily as _l

_WAYS = {
    Source.WEB: _l("qua trang của xã"),
    Source.API: _l("qua phần mềm khác"),
    Source.DESK: _l("tại bàn đăng ký"),
    Source.WALK_IN: _l("tại cổng"),
    Source.IMPORT: _l("từ danh sách Excel"),
}
GENDERS = {Gender.FEMALE: _l("Nữ"), Gender.MALE: _l("Nam"), Gender.OTHER: _l("Khác")}
GROUPS = {
    Group.PUPIL: _l("Học sinh, sinh viên"),
    Group.RESIDENT: _l("Người dân"),
    Group.OFFICIAL: _l("Cán bộ, công chức, viên chức"),
    Group.WORKER: _l("Người lao động trong doanh nghiệp"),
}


def why_waiting(one: RegistrationView) -> LazyString:
    """Why somebody has this place in the queue."""
    facts = {"position": one.position, "way": _WAYS[one.source], "time": f"{local(one.created_at):%H:%M}", "day": f"{day_of(one.created_at):%d/%m}"}
    if one.position == 1:
        return _l("Thứ 1: đăng ký lúc %(time)s ngày %(day)s %(way)s, sớm nhất trong những người chờ. Ai hủy chỗ thì lên ngay.", **facts)
    ahead = (one.position or 1) - 1
    return _l("Thứ %(position)s: đăng ký lúc %(time)s ngày %(day)s %(way)s, sau %(ahead)s người chờ khác.", ahead=ahead, **facts)


def slot_label(slot: Slot) -> str:
    """A slot among those to choose: when, what, how many seats are left."""
    when = f"{day_of(slot.starts_at):%d/%m} {local(slot.starts_at):%H:%M}"
    facts = {"when": when, "title": slot.title, "left": slot.left, "next": slot.waiting + 1}
    if slot.left:
        return str(_l("%(when)s · %(title)s (còn %(left)s chỗ)", **facts))
    return str(_l("%(when)s · %(title)s (hết chỗ, chờ thứ %(next)s)", **facts))


def phone_typed(e164: str | None) -> str:
    """A number as people type it."""
    return "0" + e164.removeprefix("+84") if e164 else ""


def details_words(hamlets: Mapping[UUID, str]) -> dict[str, str]:
    """What codes and ids of a person's details mean, for the notice that somebody changed them."""
    return {
        **{str(key): name for key, name in hamlets.items()},
        "hamlet_id": str(_l("Thôn, bản")),
        **{gender.value: str(word) for gender, word in GENDERS.items()},
    }


WHY_DOUBLE = {
    Reason.SAME_NAME_AND_YEAR: _l("Cùng họ tên (không kể dấu) và năm sinh."),
    Reason.SAME_PHONE_AND_NAME: _l("Cùng số điện thoại và họ tên; một thẻ không ghi năm sinh."),
    Reason.SAME_PHONE_ALIKE_NAME: _l("Cùng số điện thoại, họ tên gần giống nhau."),
}
_DETAILS = {
    "name": _l("họ tên"),
    "phone": _l("số điện thoại"),
    "birth_year": _l("năm sinh"),
    "gender": _l("giới tính"),
    "hamlet_id": _l("thôn, bản"),
    "group": _l("nhóm"),
    "guardian": _l("người lớn đi cùng"),
}


def detail(field: str, value: Any, hamlets: Mapping[UUID, str]) -> str:
    """One thing that is known of a person: “năm sinh 1960”; empty for what needs no words."""
    if field not in _DETAILS:
        return ""
    words: dict[str, Mapping[Any, object]] = {"hamlet_id": hamlets, "gender": GENDERS, "group": GROUPS}
    told = words.get(field, {value: value})
    return f"{_DETAILS[field]} {phone(value) if field == 'phone' else told.get(value, '')}"
