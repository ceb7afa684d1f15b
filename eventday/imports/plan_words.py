"""A plan's fields and values as people read them, and why something of a sheet was left out."""

from collections.abc import Mapping
from datetime import date, time
from uuid import UUID

from eventday.programme.domain import Kind
from eventday.programme.kind_words import NAMES
from eventday.web.translation import lazily as _l

SKIPPED = {
    "empty": _l("dòng trống"),
    "total": _l("dòng tổng cộng"),
    "signature": _l("phần ký tên, nơi nhận"),
    "note": _l("dòng ghi chú"),
    "numbering": _l("dòng đánh số cột"),
    "hidden_rows": _l("dòng ẩn"),
    "dropped": _l("dòng đã bỏ"),
    "hidden_sheet": _l("trang ẩn"),
    "no_heading": _l("không có tiêu đề bảng"),
    "unknown_column": _l("không rõ cột này nói gì"),
    "above_heading": _l("phía trên dòng tiêu đề"),
    "not_kept": _l("không lưu, vì thường là chuyện riêng của từng người"),
}

FIELDS = {
    "title": _l("Tên"),
    "kind": _l("Loại hình"),
    "host": _l("Đơn vị phụ trách"),
    "co_hosts": _l("Phối hợp"),
    "description": _l("Mô tả"),
    "audience": _l("Đối tượng"),
    "equipment": _l("Thiết bị"),
    "speaker": _l("Báo cáo viên"),
    "note": _l("Ghi chú"),
    "day": _l("Ngày"),
    "time": _l("Giờ"),
    "part": _l("Buổi"),
    "space_id": _l("Địa điểm"),
    "capacity": _l("Số người"),
    "placed": _l("Xếp lịch"),
}
PARTS = {
    "morning": _l("sáng"),
    "noon": _l("trưa"),
    "afternoon": _l("chiều"),
    "evening": _l("tối"),
    "all_day": _l("cả ngày"),
}
_PLACED, _NOT_PLACED = _l("đã xếp"), _l("chưa xếp")


def as_read(value: object) -> str:
    """Day before month, hours with two digits; empty where there is nothing."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)


def value_shown(field: str, value: object, spaces: Mapping[UUID, str]) -> str:
    """A value of the plan as people read it; “–” where there is none."""
    if field == "placed":
        return str(_PLACED if value else _NOT_PLACED)
    if isinstance(value, tuple):
        joined = "–" if field == "time" else ", "
        return joined.join(as_read(part) for part in value if part) or "–"
    if isinstance(value, UUID):
        return spaces.get(value, "–")
    if field == "kind":
        return str(NAMES[Kind(str(value))])
    if field == "part" and value:
        return str(PARTS[str(value)])
    return as_read(value) or "–"
