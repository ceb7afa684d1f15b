"""What is said when registering refuses."""

from eventday.web.translation import lazily as _l

MESSAGES = {
    "waiting_list_full": _l("Ca này đã hết chỗ, danh sách chờ cũng đã đầy. Bà con chọn ca khác nhé."),
    "pass_taken": _l("Thẻ này đã cấp cho người khác. Hãy lấy một thẻ khác."),
    "hamlet_gone": _l("Thôn, bản vừa chọn không còn trong danh sách của xã. Hãy chọn lại."),
    "capacity_below_taken": _l(
        "Đã có %(taken)s người giữ chỗ, không giảm xuống thấp hơn được. Hãy ghi từ %(taken)s trở lên, hoặc hủy bớt chỗ ở “Người tham gia” trước."
    ),
    "admission_fixed": _l("Đã có %(people)s người đăng ký nên không đổi cách vào được. Muốn đổi thì hủy ca này và tạo một ca mới."),
    "slot_had_people": _l(
        "Ca này đã có người đăng ký hoặc đã có lượt quét, nên chỉ hủy được, không xóa và không mở lại được. Cần thì tạo một ca mới."
    ),
    "event_had_people": _l(
        "Hủy ngày hội đã làm nhiều người mất chỗ nên không mở lại được. Hãy mở một ngày hội mới rồi để các xã chép kế hoạch sang."
    ),
    "registered_there": _l("Người này đã có tên ở ca đó rồi, nên không chuyển nữa."),
    "same_person": _l("Đã có thẻ %(code)s cùng số điện thoại, họ tên và năm sinh này. Nếu là một người, hãy gộp hai thẻ."),
    "merged_was_changed": _l("Không tách lại được nữa: sau khi gộp, người này đã được sửa, hoặc đã đăng ký, hủy, chuyển ca."),
    "merged_was_seen": _l("Không tách lại được nữa: sau khi gộp, máy quét đã thấy thẻ của người này."),
    "merged_seat_is_gone": _l("Không tách lại được nữa: chỗ trùng đã nhường cho người khác. Cần thì ghi tên người kia lại từ đầu."),
    "no_free_key": _l("Hết số hiệu khóa ký thẻ: mỗi số nghỉ hai năm sau ngày hội của nó. Hãy báo người quản trị."),
    "consent_required": _l("Cần có sự đồng ý của người đăng ký (người lớn, với trẻ em) thì mới ghi được."),
    "guardian_required": _l("Người dưới 16 tuổi cần có họ tên của người lớn đi kèm."),
    "child_agreement_required": _l("Cháu từ 7 đến 15 tuổi cần tự đồng ý nữa."),
    "phone_too_short": _l("Số điện thoại thiếu chữ số. Số di động có 10 số, ví dụ 0912 345 678."),
    "phone_too_long": _l("Số điện thoại thừa chữ số. Số di động có 10 số, ví dụ 0912 345 678."),
    "phone_old_number": _l("Đây là số 11 chữ số cũ, không dùng được từ năm 2018. Hãy nhập số mới có 10 số."),
    "phone_unknown_prefix": _l("Không có đầu số này. Hãy xem lại số điện thoại."),
    "phone_not_personal": _l("Đây là số tổng đài, không phải số của một người."),
    "phone_unreadable": _l("Không đọc được số điện thoại. Hãy nhập các chữ số, ví dụ 0912 345 678."),
    "phone_foreign": _l("Chỉ nhận số điện thoại Việt Nam."),
}
