"""The words of organisers' pages that depend on facts."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString

from eventday.kernel.clock import local
from eventday.programme.conflict_words import told
from eventday.programme.conflicts import Conflict
from eventday.web.translation import lazily as _l
from eventday.workspace.domain import Freshness
from eventday.workspace.todos import Step, Todo


@dataclass(frozen=True)
class TodoWords:
    """What is to be done, why, and the button: a verb, where it leads, its icon and tone."""

    title: LazyString
    why: LazyString
    verb: LazyString
    endpoint: str
    shape: str
    tone: str = ""
    anchor: str = ""


_TODOS = {
    "empty_plan": TodoWords(
        _l("Kế hoạch chưa có hoạt động nào"),
        _l("Đưa lên tệp Excel kế hoạch đã có sẵn: xem trước rồi mới nhập, sai đâu chỉ đúng ô đó."),
        _l("Nhập Excel"),
        "imports.show_import",
        "upload",
        "bad",
    ),
    "unpublished": TodoWords(
        _l("Kế hoạch chưa công bố"),
        _l("%(slots)s ca đã có ngày, giờ, nơi. Công bố xong, bà con mới thấy và đăng ký được."),
        _l("Xem và công bố"),
        "workspace.show_plan",
        "eye",
        "bad",
    ),
    "conflict": TodoWords(
        _l("%(title)s"),
        _l("%(when)s: %(names)s.%(people)s"),
        _l("Sửa"),
        "workspace.show_plan",
        "alert",
        "bad",
        "xung-dot",
    ),
    "conflicts": TodoWords(
        _l("Còn %(conflicts)s xung đột khác"),
        _l("Nơi tổ chức, đơn vị phụ trách hoặc thiết bị bị xếp trùng."),
        _l("Xem xung đột"),
        "workspace.show_plan",
        "alert",
        "bad",
        "xung-dot",
    ),
    "wishes": TodoWords(
        _l("%(wishes)s việc chưa xếp được"),
        _l("Thiếu ngày, giờ hoặc nơi, nên chưa ai thấy. Việc đầu tiên: %(first)s."),
        _l("Xem thiếu gì"),
        "workspace.show_plan",
        "warn",
        "warn",
        "chua-xep",
    ),
    "no_room": TodoWords(
        _l("%(slots)s ca trực tuyến chưa có đường vào phòng"),
        _l("Gần nhất: %(title)s, lúc %(when)s. Chưa có thì bà con đã đăng ký không vào dự được."),
        _l("Thêm đường vào"),
        "workspace.show_plan",
        "online",
        "bad",
    ),
    "queue": TodoWords(
        _l("%(slots)s ca đã hết chỗ, %(people)s người đang chờ"),
        _l("Nhiều nhất: %(title)s, %(most)s người."),
        _l("Xem ai chờ"),
        "workspace.show_people",
        "people",
        "warn",
    ),
    "no_device": TodoWords(
        _l("Chưa có máy quét nào"),
        _l("Tạo mã ghép để điện thoại của tình nguyện viên quét được thẻ ở cổng và từng hoạt động."),
        _l("Ghép máy"),
        "workspace.show_devices",
        "scan",
        "bad",
    ),
    "silent_devices": TodoWords(
        _l("%(devices)s máy quét im hơn 1 giờ"),
        _l("Lượt quét có thể còn nằm trong máy: nhờ người giữ máy mở lại trang quét ở chỗ có mạng."),
        _l("Xem máy"),
        "workspace.show_devices",
        "device",
        "warn",
    ),
    "children": TodoWords(
        _l("%(children)s cháu dưới 16 tuổi chưa đủ sự đồng ý"),
        _l("Danh sách nhập vào không ghi người lớn, hoặc cháu từ 7 tuổi chưa đồng ý. Cháu vẫn có chỗ; hãy hỏi rồi ghi thêm cho từng cháu."),
        _l("Xem và ghi thêm"),
        "workspace.show_people",
        "people",
    ),
    "doubles": TodoWords(
        _l("%(pairs)s cặp thẻ có thể là của một người"),
        _l("Cùng họ tên và năm sinh, hoặc cùng số điện thoại và họ tên gần giống. Đúng một người thì gộp: chỗ thừa nhường cho người khác."),
        _l("Xem và gộp"),
        "workspace.show_doubles",
        "people",
    ),
    "report": TodoWords(
        _l("Làm báo cáo kết quả"),
        _l("Ngày hội đã xong. Số liệu đã có sẵn trong báo cáo theo Nghị định 30."),
        _l("Mở báo cáo"),
        "reports.show_report",
        "file",
    ),
}

_STEPS = {
    "plan": _l("Kế hoạch"),
    "timetable": _l("Xếp lịch"),
    "publish": _l("Công bố"),
    "register": _l("Đăng ký"),
    "day": _l("Ngày hội"),
    "report": _l("Báo cáo"),
}
_STEP_STATES = {
    "slots": _l("%(slots)s ca"),
    "clashing": _l("%(conflicts)s xung đột"),
    "unplaced": _l("%(wishes)s việc chưa xếp"),
    "published": _l("ngày %(day)s"),
    "unpublished": _l("chưa công bố"),
    "open": _l("đang mở"),
    "closed": _l("chưa mở"),
    "over": _l("đã xong"),
    "running": _l("đang diễn ra"),
    "days_left": _l("còn %(days)s ngày"),
    "due": _l("làm được rồi"),
    "afterwards": _l("sau ngày hội"),
}

_AGO = {
    "never": _l("chưa mở lần nào"),
    "just_now": _l("vừa xong"),
    "minutes": _l("%(count)s phút trước"),
    "hours": _l("%(count)s giờ trước"),
    "days": _l("%(count)s ngày trước"),
}

SORTS = {
    "can-giup": _l("Cần giúp trước"),
    "ten": _l("Xã, phường"),
    "ca": _l("Ca đã xếp"),
    "chua-xep": _l("Chưa xếp"),
    "dang-ky": _l("Lượt đăng ký"),
    "tin": _l("Có tin lần cuối"),
}
STATES = {"published": _l("đã công bố"), "draft": _l("bản nháp"), "none": _l("chưa bắt đầu")}

LACKS = {"day": _l("ngày"), "start": _l("giờ bắt đầu"), "end": _l("giờ kết thúc"), "place": _l("nơi")}

PARTS = {
    "morning": _l("buổi sáng"),
    "noon": _l("buổi trưa"),
    "afternoon": _l("buổi chiều"),
    "evening": _l("buổi tối"),
    "all_day": _l("cả ngày"),
}


@dataclass(frozen=True)
class TodoLine:
    """A thing to do, worded."""

    title: str
    why: str
    words: TodoWords
    todo: Todo


_CLOCKS = {
    ("fast", "minutes"): _l("đồng hồ chạy nhanh %(count)s phút"),
    ("fast", "hours"): _l("đồng hồ chạy nhanh %(count)s giờ"),
    ("fast", "days"): _l("đồng hồ chạy nhanh %(count)s ngày"),
    ("slow", "minutes"): _l("đồng hồ chạy chậm %(count)s phút"),
    ("slow", "hours"): _l("đồng hồ chạy chậm %(count)s giờ"),
    ("slow", "days"): _l("đồng hồ chạy chậm %(count)s ngày"),
}


def todo_line(todo: Todo) -> TodoLine:
    words, facts = _TODOS[todo.code], _facts(todo)
    return TodoLine(str(words.title) % facts, str(words.why) % facts, words, todo)


_REGISTERED = _l(" %(count)s người đã đăng ký.")


def _facts(todo: Todo) -> dict[str, object]:
    """The facts of a sentence; a conflict is a sentence already."""
    starts_at = todo.facts.get("starts_at")
    if isinstance(starts_at, datetime):
        return {**todo.facts, "when": f"{local(starts_at):%H:%M %d/%m}"}
    conflict, people = todo.facts.get("conflict"), todo.facts.get("people")
    if not isinstance(conflict, Conflict):
        return todo.facts
    said = told(conflict)
    return {"title": said.title, "when": said.when, "names": said.names, "people": str(_REGISTERED) % {"count": people} if people else ""}


def step_words(step: Step) -> tuple[str, str]:
    """The phase's name and its word of state."""
    closed_after = step.name == "register" and step.state == "done"
    return str(_STEPS[step.name]), str(_STEP_STATES["over" if closed_after else step.code]) % step.facts


def ago(freshness: Freshness) -> str:
    return str(_AGO[freshness.code]) % {"count": freshness.count}


def clock_told(off: int) -> str:
    """By how much a phone's clock is wrong, in the largest unit that fits; `off` in seconds, positive where it is ahead."""
    minutes = round(abs(off) / 60)
    unit, count = ("minutes", minutes) if minutes < 120 else ("hours", round(minutes / 60)) if minutes < 48 * 60 else ("days", round(minutes / 1440))
    return str(_CLOCKS["fast" if off > 0 else "slow", unit]) % {"count": count}
