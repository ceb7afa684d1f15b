"""What is said about a workbook: as a whole, and by cell with the way to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from flask_babel import LazyString

from eventday.imports.findings import Problem
from eventday.imports.people_words import PEOPLE_PROBLEMS
from eventday.imports.plan_words import as_read
from eventday.web.translation import lazily as _l

MESSAGES = {
    "workbook_damaged": _l("Tệp này bị hỏng hoặc không phải sổ Excel. Mở bằng Excel, chọn “Lưu thành” .xlsx rồi tải lên lại."),
    "plan_not_found": _l("Không có ngày hội “%(event)s” của xã “%(commune)s”: kiểm tra mã ngày hội và mã xã (5 chữ số)."),
    "workbook_not_xlsx": _l("Tệp này không phải Excel (.xlsx). Mở bằng Excel, chọn “Lưu thành” .xlsx rồi tải lên lại."),
    "workbook_old_xls": _l("Tệp này là Excel đời cũ (.xls). Mở bằng Excel, chọn “Lưu thành” .xlsx rồi tải lên lại."),
    "workbook_protected": _l("Tệp này đặt mật khẩu nên không đọc được. Bỏ mật khẩu trong Excel, lưu lại rồi tải lên."),
    "workbook_ods": _l("Tệp này là .ods của LibreOffice. Chọn “Lưu thành” Excel (.xlsx) rồi tải lên lại."),
    "workbook_too_large": _l("Tệp lớn quá %(megabytes)s MB hoặc phình quá to khi mở. Chép riêng bảng kế hoạch sang tệp mới rồi tải lên."),
    "workbook_too_many_rows": _l(
        "Trang tính quá rộng hoặc quá dài: nhận nhiều nhất %(rows)s dòng và %(columns)s cột. Xóa phần thừa ở cuối trang rồi lưu lại."
    ),
    "workbook_suspicious": _l("Tệp có phần mã lạ mà Excel không bao giờ ghi nên không được mở. Chép bảng sang một tệp Excel mới rồi tải lên."),
    "workbook_no_table": _l("Không trang nào có dòng tiêu đề quen thuộc (Nội dung, Thời gian, Địa điểm, Đơn vị chủ trì …)."),
    "slot_missing": _l("Hãy chọn ca mà danh sách này ghi tên vào."),
    "file_missing": _l("Hãy chọn tệp Excel (.xlsx) của kế hoạch."),
    "plan_has_problems": _l("Chưa nhập gì: tệp có %(count)s ô cần sửa."),
    "upload_gone": _l("Tệp đã xem không còn được giữ (quá một giờ, hoặc đã nhập xong). Hãy tải tệp lên lại."),
}

# Per code: what is wrong, and the way to mend it.
_PROBLEMS: dict[str, tuple[LazyString, LazyString]] = PEOPLE_PROBLEMS | {
    "workbook_no_table": (MESSAGES["workbook_no_table"], _l("Thêm dòng tiêu đề phía trên bảng, ít nhất “Nội dung” và một cột nữa.")),
    "no_rows": (_l("Dưới dòng tiêu đề không có hoạt động nào."), _l("Điền hoạt động vào các dòng dưới tiêu đề; dòng ẩn không được đọc.")),
    "missing_title": (_l("Thiếu tên hoạt động."), _l("Điền ô %(cell)s hoặc xóa cả dòng.")),
    "missing_host": (_l("Chưa ghi đơn vị phụ trách."), _l("Điền tên đơn vị vào ô %(cell)s.")),
    "unknown_kind": (
        _l("“%(value)s” không phải loại hình nào trong sáu loại."),
        _l("Ghi một trong: Gian hàng, Hội nghị, Tọa đàm, Trạm trải nghiệm, Lớp học số, Trực tuyến."),
    ),
    "unknown_kind_empty": (
        _l("Không rõ hoạt động này thuộc loại hình nào."),
        _l("Thêm cột “Loại hình”, hoặc bắt đầu tên bằng: Gian hàng, Hội nghị, Tọa đàm, Trạm, Lớp."),
    ),
    "unknown_place": (_l("Chưa có địa điểm “%(value)s” trong xã."), _l("Ghi một nơi xã đã khai; nếu chưa định nơi thì để trống.")),
    "unknown_place_near": (_l("Chưa có địa điểm “%(value)s” trong xã."), _l("Có phải %(near)s? Nếu chưa định nơi thì để trống.")),
    "unknown_place_none": (
        _l("Chưa có địa điểm “%(value)s”: xã chưa khai địa điểm nào."),
        _l("Để trống ô %(cell)s thì hoạt động vào danh sách chưa xếp; khai địa điểm của xã rồi nhập lại tệp."),
    ),
    "end_before_start": (_l("Kết thúc %(end)s trước lúc bắt đầu %(start)s."), _l("Có phải %(end)s–%(start)s?")),
    "end_before_start_hour": (_l("Kết thúc %(end)s trước lúc bắt đầu %(start)s."), _l("Có phải %(start)s–%(later)s?")),
    "space_conflict": (
        _l("%(place)s đang có “%(title)s” (%(where)s) đến %(until)s."),
        _l("Lùi đến %(until)s hoặc đổi nơi khác."),
    ),
    "space_conflict_plan": (
        _l("%(place)s đang có “%(title)s” (%(where)s) đến %(until)s."),
        _l("Nếu nhập, nơi này có hai việc cùng lúc: lùi đến %(until)s, đổi nơi, hoặc bỏ ca cũ."),
    ),
    "space_conflict_pitches": (_l("%(place)s chỉ có %(pitches)s chỗ đặt gian, lúc này đã hết."), _l("Đổi giờ, đổi nơi khác, hoặc bớt một gian.")),
    "over_capacity_together": (
        _l("%(place)s chỉ chứa %(capacity)s người, lúc này đã xếp %(value)s."),
        _l("Nhập được; nên đổi giờ hoặc đổi nơi một việc."),
    ),
    "host_conflict": (_l("%(host)s đang phụ trách “%(title)s” (%(where)s) đến %(until)s."), _l("Nhập được; xem lại giờ hoặc đơn vị phụ trách.")),
    "equipment_short": (
        _l("Thiếu %(short)s %(unit)s %(name)s: lúc này cần %(value)s, xã có %(available)s."),
        _l("Nhập được; đổi giờ, bớt đi hoặc mượn thêm."),
    ),
    "audience_conflict": (_l("%(audience)s đang được mời đến “%(title)s” (%(where)s) đến %(until)s."), _l("Nhập được; nên đổi giờ một việc.")),
    "number_unclear": (_l("“%(value)s” không phải một số."), _l("Ghi một số, ví dụ %(digits)s.")),
    "number_out_of_range": (_l("Số người %(value)s không dùng được."), _l("Ghi một số từ 1 đến 100.000.")),
    "date_outside_event": (_l("%(value)s nằm ngoài ngày hội (%(span)s)."), _l("Ghi một ngày trong ngày hội.")),
    "date_outside_event_meant": (_l("%(value)s nằm ngoài ngày hội (%(span)s)."), _l("Có phải %(meant)s?")),
    "date_unreadable": (
        _l("Không đọc được ngày “%(value)s”."),
        _l("Ghi một ngày, ngày trước tháng sau, ví dụ %(first)s. Nhiều ngày thì mỗi ngày một dòng."),
    ),
    "time_unreadable": (_l("Không đọc được giờ “%(value)s”."), _l("Ghi ví dụ 7h30, hoặc 7h30 - 9h00. Nhiều ca thì mỗi ca một dòng.")),
    "over_capacity": (_l("%(place)s chỉ chứa %(capacity)s người, ở đây ghi %(value)s."), _l("Ghi nhiều nhất %(capacity)s hoặc đổi nơi rộng hơn.")),
    "duplicate_row": (_l("Trùng với dòng %(with_row)s."), _l("Xóa một trong hai dòng, hoặc sửa giờ nếu là hai ca.")),
    "cell_error": (_l("Ô có lỗi của Excel: %(value)s."), _l("Sửa công thức, hoặc gõ thẳng nội dung vào ô %(cell)s.")),
    "cell_not_calculated": (_l("Công thức trong ô chưa được tính."), _l("Mở tệp bằng Excel, lưu lại rồi tải lên.")),
    "text_too_long": (_l("Nội dung dài %(length)s ký tự, nhận nhiều nhất %(limit)s."), _l("Rút ngắn ô %(cell)s.")),
    "outside_opening_hours": (_l("%(place)s mở cửa %(opens)s–%(closes)s."), _l("Đổi giờ, hoặc báo trước để nơi đó mở cửa.")),
    "weekday_mismatch": (_l("“%(value)s”: ngày %(day)s là %(weekday)s."), _l("Sửa thứ hoặc ngày; hiện đang hiểu là ngày %(day)s.")),
    "unknown_code": (_l("Mã %(value)s không có trong kế hoạch này."), _l("Xóa mã nếu đây là dòng mới.")),
    "capacity_below_taken": (_l("Đã có %(taken)s người đăng ký, không giảm xuống %(value)s được."), _l("Ghi từ %(taken)s trở lên.")),
    "duration_unclear": (_l("Không đọc được thời lượng “%(value)s” nên chưa có giờ kết thúc."), _l("Ghi ví dụ 90 phút, hoặc điền giờ kết thúc.")),
    "hidden_rows": (_l("Dòng ẩn không được đọc: %(rows)s."), _l("Cần thì bỏ ẩn trong Excel rồi tải lên lại.")),
    "hidden_columns": (_l("Cột ẩn không được đọc: %(columns)s."), _l("Cần thì bỏ ẩn trong Excel rồi tải lên lại.")),
    "hidden_sheet": (_l("Trang ẩn không được đọc."), _l("Cần thì bỏ ẩn trong Excel rồi tải lên lại.")),
    "struck_row": (_l("Dòng này bị gạch ngang nhưng vẫn được đọc."), _l("Nếu đã bỏ thì xóa cả dòng rồi tải lên lại.")),
    "old_encoding": (
        _l("Chữ trong trang này gõ theo bảng mã cũ (%(encoding)s), đã đổi sang Unicode: %(samples)s."),
        _l("Nếu chữ sai thì chuyển mã tệp sang Unicode rồi tải lên lại."),
    ),
    "row_left_file": (_l("“%(title)s”%(when)s (%(code)s) không còn trong tệp."), _l("Vẫn được giữ trong kế hoạch.")),
    "slot_stays_cancelled": (_l("Ca này đã hủy, nhập lại không mở lại."), _l("Thêm một dòng mới nếu vẫn tổ chức.")),
    "moves_people": (_l("Ca này đổi lịch, %(people)s người đã đăng ký."), _l("Hãy báo cho họ biết.")),
}

_WEEKDAYS = (_l("thứ Hai"), _l("thứ Ba"), _l("thứ Tư"), _l("thứ Năm"), _l("thứ Sáu"), _l("thứ Bảy"), _l("Chủ nhật"))
_OR = _l(" hay ")
_IN_FILE, _IN_OTHER_SHEET, _IN_PLAN = _l("dòng %(row)s"), _l("trang %(sheet)s, dòng %(row)s"), _l("trong kế hoạch, không có trong tệp")


@dataclass(frozen=True)
class Told:
    """A problem in words: what is wrong and how it is mended."""

    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.what} {self.mend}".strip()


def told(problem: Problem) -> Told:
    """The sentences for a problem, its facts as people read them."""
    facts = {name: as_read(value) for name, value in problem.facts.items()} | {"cell": problem.cell}
    facts |= _more(problem)
    what, mend = _PROBLEMS[_variant(problem)]
    return Told(str(what) % facts, str(mend) % facts)


def _variant(problem: Problem) -> str:
    """The sentence that knows most: one of a code may hold only where a fact is there."""
    facts = problem.facts
    variants = {
        "unknown_kind": "unknown_kind" if facts.get("value") else "unknown_kind_empty",
        "unknown_place": "unknown_place_near" if facts.get("near") else "unknown_place" if facts.get("spaces") else "unknown_place_none",
        "date_outside_event": "date_outside_event_meant" if facts.get("meant") else "date_outside_event",
        "end_before_start": "end_before_start_hour" if _an_hour_later(facts.get("start")) else "end_before_start",
        "space_conflict": "space_conflict_pitches" if facts.get("pitches") else "space_conflict" if facts.get("with_row") else "space_conflict_plan",
    }
    return variants.get(problem.code, problem.code)


def _more(problem: Problem) -> dict[str, str]:
    """Facts that follow from others."""
    facts = problem.facts
    more: dict[str, str] = {"later": _an_hour_later(facts.get("start"))}
    first, last, day = facts.get("first"), facts.get("last"), facts.get("day")
    if isinstance(first, date) and isinstance(last, date):
        more["span"] = _span(first, last)
    if isinstance(day, date):
        more["weekday"] = str(_WEEKDAYS[day.weekday()])
    if near := facts.get("near"):
        more["near"] = str(_OR).join(f"“{name}”" for name in near) if isinstance(near, tuple) else ""
    if problem.code == "number_unclear":
        more["digits"] = "".join(char for char in str(facts.get("value")) if char.isdecimal())[:4] or "100"
    if problem.code == "row_left_file":
        more["when"] = "".join(f", {as_read(facts[name])}" for name in ("day", "start") if facts.get(name))
    if problem.code in ("space_conflict", "host_conflict", "audience_conflict", "duplicate_row"):
        more |= _other_row(problem)
    return more


def _other_row(problem: Problem) -> dict[str, str]:
    row, sheet = problem.facts.get("with_row"), problem.facts.get("with_sheet")
    place = _IN_PLAN if row is None else _IN_FILE if sheet == problem.sheet else _IN_OTHER_SHEET
    where = str(place) % {"row": row, "sheet": sheet}
    return {"where": where, "with_row": str(row) if sheet == problem.sheet else f"{row} ({sheet})"}


def _an_hour_later(start: object) -> str:
    """“16:00” after a start at 15:00; empty where there is no such hour that day."""
    return f"{start.hour + 1:02}:{start.minute:02}" if isinstance(start, time) and start.hour < 23 else ""


def _span(first: date, last: date) -> str:
    if first == last:
        return f"{first:%d/%m/%Y}"
    return f"{first:%d}–{last:%d/%m/%Y}" if (first.year, first.month) == (last.year, last.month) else f"{first:%d/%m}–{last:%d/%m/%Y}"


def problem_codes() -> Mapping[str, tuple[LazyString, LazyString]]:
    """Every code that a cell can have, with its sentences."""
    return _PROBLEMS
