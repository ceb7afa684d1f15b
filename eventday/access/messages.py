"""What is said when access is refused."""

from eventday.web.translation import lazily as _l

MESSAGES = {
    "form_expired": _l("Trang này mở từ lần đăng nhập trước nên chưa gửi được. Hãy tải lại trang rồi làm lại."),
    "unknown_scope": _l("Danh mục không có tỉnh hoặc xã nào là “%(scope)s”."),
    "link_used": _l("Đường dẫn đăng nhập này đã dùng hoặc đã hết hạn. Hãy xin đường dẫn mới."),
    "not_on_oneself": _l("Không tự khóa, hạ quyền hoặc bỏ chính mình được. Hãy nhờ một người phụ trách khác làm."),
    "works_here_already": _l("Người này đã làm việc ở nơi này. Hãy đổi vai trò ở dòng của họ trong danh sách."),
    "too_many_guesses": _l("Thử nhiều lần quá. Hãy đợi ít phút rồi thử lại, hoặc xin người phụ trách một đường dẫn đăng nhập."),
    "enrolment_used": _l("Mã ghép máy này đã dùng hoặc đã quá 15 phút. Hãy nhờ người phụ trách tạo mã mới."),
}
