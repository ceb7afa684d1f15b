"""What is said about passwords, what roles are called, and what a browser runs on in words."""

from flask_babel import LazyString

from eventday.access.domain import Role
from eventday.web.translation import lazily as _l

MESSAGES = {
    "wrong_password": _l("Thư điện tử hoặc mật khẩu chưa đúng."),
    "password_too_short": _l("Mật khẩu cần ít nhất %(least)s ký tự. Một câu dễ nhớ là tốt nhất."),
    "password_too_long": _l("Mật khẩu dài quá: nhiều nhất %(most)s ký tự."),
    "password_common": _l("Mật khẩu này hay bị đoán trúng. Hãy chọn một câu của riêng mình."),
    "password_of_context": _l("Mật khẩu này chỉ gồm tên, nơi làm việc, ngày tháng hoặc số điện thoại nên dễ đoán. Hãy thêm vài từ khác."),
}

ROLES = {
    Role.ORGANISER: (_l("Phụ trách"), _l("làm được mọi việc, mời được người khác")),
    Role.DESK: (_l("Bàn đón tiếp"), _l("xem và ghi tên người tham gia, không sửa kế hoạch")),
    Role.VIEWER: (_l("Chỉ xem"), _l("xem kế hoạch và số liệu, không thấy tên người tham gia")),
}
_SYSTEMS = {
    "android": _l("Điện thoại Android"),
    "iphone": _l("iPhone"),
    "ipad": _l("iPad"),
    "windows": _l("Máy tính Windows"),
    "mac": _l("Máy tính Mac"),
    "linux": _l("Máy tính Linux"),
}
_BROWSERS = {
    "zalo": "Zalo",
    "coccoc": _l("Cốc Cốc"),
    "edge": "Edge",
    "opera": "Opera",
    "samsung": "Samsung Internet",
    "firefox": "Firefox",
    "chrome": "Chrome",
    "safari": "Safari",
}
_UNKNOWN = _l("Máy không rõ loại")


def device_words(device: str) -> LazyString | str:
    """“Điện thoại Android, Chrome” of `android chrome`."""
    system, _, browser = device.partition(" ")
    words = _SYSTEMS.get(system, _UNKNOWN)
    return f"{words}, {_BROWSERS[browser]}" if browser in _BROWSERS else words
