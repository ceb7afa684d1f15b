"""The words for why a record is invalid or unknown, and for what enrolling refuses."""

from collections.abc import Mapping

from flask_babel import LazyString

from eventday.checkins.domain import Verdict
from eventday.checkins.faults import Fault
from eventday.web.translation import lazily as _l

MESSAGES: Mapping[str, LazyString] = {
    "slot_not_here": _l("Xã này không có ca %(slot)s trong ngày hội đang chọn."),
    "not_on_now": _l("Chỉ ghi được lúc hoạt động trực tuyến đang diễn ra. Mời bà con mở lại thẻ và xem giờ của ca."),
    "no_event": _l("Nơi này chưa có ngày hội nào."),
}

DETAILS: Mapping[Verdict, LazyString] = {
    Verdict.FORGED: _l("Chữ ký trên mã không đúng."),
    Verdict.OTHER_EVENT: _l("Thẻ của một ngày hội khác."),
    Verdict.UNKNOWN_KEY: _l("Không có khóa của thẻ này."),
    Verdict.UNKNOWN_FORMAT: _l("Thẻ theo một mẫu mới hơn."),
    Verdict.MALFORMED: _l("Mã bị thiếu hoặc in hỏng."),
    Verdict.FOREIGN: _l("Mã này không phải thẻ ngày hội."),
    Verdict.CITIZEN_CARD: _l("Đây là căn cước, không phải thẻ ngày hội."),
    Verdict.MISTYPED: _l("Mã gõ vào thiếu hoặc sai một chữ."),
    Verdict.OUTSIDE: _l("Ca này không thuộc nơi quét của máy."),
    Verdict.NO_SEARCH: _l("Máy này không được tìm theo tên."),
    Verdict.NOBODY: _l("Không ai có thẻ này."),
    Verdict.UNBOUND: _l("Thẻ in sẵn này chưa cấp cho ai."),
}

FAULTS: Mapping[Fault, LazyString] = {
    Fault.MALFORMED: _l("Lượt gửi lên không đọc được."),
    Fault.NAME: _l("Cần có họ tên, nhiều nhất 120 chữ."),
    Fault.BIRTH_YEAR: _l("Năm sinh không hợp lý."),
    Fault.GENDER: _l("Giới tính là nữ, nam hoặc khác."),
    Fault.GROUP: _l("Không có nhóm đối tượng này."),
    Fault.HAMLET: _l("Xã không có thôn, xóm này."),
    Fault.PHONE: _l("Số điện thoại không đúng. Không có số thì để trống."),
    Fault.OUTSIDE: _l("Ca này không thuộc nơi quét của máy."),
    Fault.SPARE: _l("Mã này không phải thẻ in sẵn của ngày hội."),
    Fault.TAKEN: _l("Thẻ hoặc lượt này đã cấp cho người khác."),
}
