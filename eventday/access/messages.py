"""What is said when access is refused."""

from flask_babel import lazy_gettext as _l

MESSAGES = {
    "link_used": _l("Đường dẫn đăng nhập này đã dùng hoặc đã hết hạn. Hãy xin đường dẫn mới."),
    "enrolment_used": _l("Mã ghép máy này đã dùng hoặc đã quá 15 phút. Hãy nhờ người phụ trách tạo mã mới."),
}
