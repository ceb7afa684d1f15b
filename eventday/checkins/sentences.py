"""What the scanner says. The page hands these to its modules as data, so that they are worded (and translated) in one place.

Facts stand in them as %(name)s; `static/scanner/words.mjs` puts them in.
"""

from collections.abc import Mapping

from flask_babel import LazyString

from eventday.web.translation import lazily as _l

_PLACE: Mapping[str, LazyString] = {
    "gate": _l("Cổng chính"),
    "gate_detail": _l("Mọi thẻ của ngày hội"),
    "now_on": _l("đang diễn ra"),
    "past": _l("đã qua"),
}

_ANSWERS: Mapping[str, LazyString] = {
    "admitted": _l("MỜI VÀO"),
    "admitted_todo": _l("Mời bà con vào ngày hội"),
    "early": _l("Đến sớm hơn giờ của ca"),
    "late": _l("Đến sau giờ của ca"),
    "born": _l("sinh %(year)s"),
    "code": _l("Mã %(code)s"),
    "already_admitted": _l("ĐÃ VÀO LÚC %(time)s"),
    "already_admitted_once": _l("ĐÃ VÀO RỒI"),
    "already_admitted_todo": _l("Thẻ này đã dùng ở đây. Đúng là người ra rồi quay lại thì mời vào."),
    "wrong_slot": _l("SANG %(place)s\u00a0–\u00a0%(time)s"),
    "wrong_slot_hour": _l("SANG CA %(time)s"),
    "wrong_slot_day": _l("HẸN NGÀY\u00a0%(date)s – %(time)s"),
    "wrong_slot_todo": _l("Chỗ của bà con ở ca này: %(hours)s ngày %(date)s."),
    "wrong_slot_unknown": _l("CA KHÁC"),
    "wrong_slot_unknown_todo": _l("Bà con có chỗ ở một ca khác. Mời xem ca trên thẻ."),
    "waiting": _l("CÒN CHỜ"),
    "waiting_position": _l("thứ %(position)s trong danh sách chờ"),
    "waiting_todo": _l("Đến giờ còn ghế trống thì mời vào. Trong lúc chờ: mời ra các gian hàng."),
    "cancelled": _l("ĐÃ HỦY"),
    "cancelled_detail": _l("Chỗ ở ca này đã được hủy"),
    "cancelled_todo": _l("Vẫn muốn vào? Ghi tên lại, nếu còn chỗ."),
    "revoked": _l("THẺ ĐÃ THU HỒI"),
    "revoked_detail": _l("Ban tổ chức đã thu hồi thẻ này"),
    "revoked_todo": _l("Mời bà con ra bàn đón tiếp. Cần vào thì ghi tên mới."),
    "invalid": _l("KHÔNG PHẢI THẺ NGÀY HỘI"),
    "invalid_other_event": _l("THẺ CỦA NGÀY HỘI KHÁC"),
    "invalid_forged_detail": _l("Chữ ký trên mã không đúng"),
    "invalid_forged_todo": _l("Nhờ bà con mở lại trang thẻ. Không có thẻ thì ghi tên."),
    "invalid_other_event_detail": _l("Mã thật, nhưng của nơi khác hoặc năm khác"),
    "invalid_other_event_todo": _l("Hỏi bà con có thẻ năm nay không. Không có thì ghi tên."),
    "invalid_malformed_detail": _l("Mã bị thiếu hoặc in hỏng"),
    "invalid_malformed_todo": _l("Gõ mã in dưới ô vuông. Không có mã thì ghi tên."),
    "invalid_foreign_detail": _l("Mã này dùng vào việc khác, ví dụ mã chuyển tiền"),
    "invalid_foreign_todo": _l("Nhờ bà con mở lại trang thẻ. Không có thẻ thì ghi tên."),
    "invalid_citizen_card_detail": _l("Đây là căn cước. Máy không đọc, không lưu gì."),
    "invalid_citizen_card_todo": _l("Nhờ bà con mở trang thẻ ngày hội. Không có thẻ thì ghi tên."),
    "refused": _l("MÁY NÀY KHÔNG NHẬN"),
    "refused_todo": _l("Xem lại nơi quét đang chọn, hoặc mời bà con ra bàn đón tiếp."),
    "unknown": _l("KHÔNG CÓ MÃ NÀY"),
    "unknown_todo": _l("Xem lại từng chữ của mã rồi gõ lại. Không có thẻ thì ghi tên."),
    "unknown_key": _l("CHƯA NHẬN RA THẺ"),
    "unknown_key_todo": _l("Máy chưa có khóa của thẻ này. Có mạng, máy tự cập nhật; giờ thì hỏi tên và ghi tên."),
    "not_registered": _l("CHƯA GIỮ CHỖ"),
    "not_registered_todo": _l("Thẻ thật, nhưng chưa có chỗ ở ca này. Còn chỗ thì ghi tên."),
    "recorded": _l("ĐÃ GHI"),
    "undone": _l("ĐÃ HOÀN TÁC"),
    "genuine": _l("Thẻ thật, chưa có trong danh sách"),
    "genuine_detail": _l("Đăng ký sau lúc máy nhận danh sách (%(time)s)."),
    "genuine_todo": _l("Hỏi tên và ca đã đăng ký rồi mời vào. Có mạng lại, máy tự điền tên."),
    "spare": _l("THẺ CHƯA CÓ TÊN"),
    "spare_todo": _l("Thẻ in sẵn, chưa của ai. Thêm người tại chỗ: thẻ này thành của người đó."),
    "walk_in_code": _l("Mã thẻ mới: %(code)s"),
    "walk_in_full": _l("ĐÃ HẾT CHỖ"),
    "walk_in_full_todo": _l("Bà con có thẻ rồi, dùng được ở cổng và gian hàng. Ca này hết ghế: mời chọn ca khác."),
    "walk_in_kept": _l("ĐÃ GHI TÊN"),
    "walk_in_kept_todo": _l("Mất mạng nên chưa biết còn chỗ không. Nhìn ghế trống mà mời; máy giữ tên, có mạng thì gửi."),
    "walk_in_wrong": _l("CHƯA GHI ĐƯỢC"),
    "walk_in_wrong_todo": _l("Xem lại năm sinh, thôn và số điện thoại, hoặc chỉ ghi tên."),
    "button_next": _l("Quét tiếp"),
    "button_walk_in": _l("Thêm người tại chỗ"),
    "button_mend": _l("Sửa lại"),
    "button_type": _l("Gõ mã thẻ"),
    "not_kept": _l("Máy hết chỗ nhớ: lượt này chưa ghi được."),
}

_STRIP: Mapping[str, LazyString] = {
    "strip_sent": _l("Đã gửi hết lúc %(time)s"),
    "strip_sending": _l("Đang gửi %(count)s lượt"),
    "strip_offline": _l("Mất mạng, máy giữ %(count)s lượt"),
    "strip_offline_empty": _l("Mất mạng, máy vẫn quét được"),
    "strip_refused": _l("%(count)s lượt chưa nhận được, vẫn giữ"),
    "strip_connecting": _l("Đang nối với máy chủ"),
}

_CAMERA: Mapping[str, LazyString] = {
    "hint": _l("Đưa mã vào khung"),
    "hint_starting": _l("Đang mở máy ảnh"),
    "camera_denied": _l("Trình duyệt chưa cho dùng máy ảnh. Bấm ổ khóa cạnh địa chỉ trang, cho phép Máy ảnh, rồi bấm Thử lại."),
    "camera_missing": _l("Máy này không có máy ảnh. Gõ mã thẻ, hoặc dùng đầu đọc cầm tay."),
    "camera_busy": _l("Ứng dụng khác đang dùng máy ảnh. Đóng ứng dụng đó rồi bấm Thử lại."),
    "camera_insecure": _l("Máy ảnh chỉ chạy trên địa chỉ https. Mở lại bằng đường dẫn mà ban tổ chức đưa."),
    "camera_silent": _l("Máy ảnh không đưa hình. Bấm Thử lại, hoặc chọn máy ảnh khác."),
    "camera_decoder": _l("Bộ đọc mã không chạy được trên máy này. Gõ mã thẻ, hoặc tải lại trang."),
    "camera_number": _l("Máy ảnh %(number)s"),
    "light_on": _l("Đèn đang bật"),
    "light_off": _l("Bật đèn"),
    "zoom_on": _l("Đang phóng 2 lần"),
    "zoom_off": _l("Phóng 2 lần"),
}

_SHEETS: Mapping[str, LazyString] = {
    "typed_wrong": _l("Mã này thiếu hoặc sai một chữ. Mã có 9 chữ, ví dụ DME-4NT-1RW."),
    "search_none": _l("Không thấy ai tên như vậy trong danh sách. Thử gõ ít chữ hơn, không cần dấu."),
    "search_hint": _l("Gõ ít nhất hai chữ cái, không cần dấu. Danh sách có %(count)s người."),
    "error_name": _l("Hãy ghi tên bà con."),
    "error_birth_year": _l("Năm sinh có 4 chữ số, ví dụ 1958. Không rõ thì để trống."),
    "error_phone": _l("Số điện thoại có 10 chữ số, ví dụ 0912 345 678. Không có thì để trống."),
    "walk_in_busy": _l("Đang ghi…"),
    "walk_in_submit": _l("Ghi tên và mời vào"),
    "last_none": _l("Chưa quét lượt nào"),
    "last_changed": _l("Máy chủ báo khác: %(word)s"),
    "device_name": _l("Máy: %(name)s"),
    "list_heard": _l("Danh sách nhận lúc %(time)s, có %(count)s người"),
    "list_none": _l("Chưa nhận được danh sách"),
    "clock_fast": _l("Đồng hồ máy này chạy nhanh %(length)s. Bật giờ tự động trong Cài đặt."),
    "clock_slow": _l("Đồng hồ máy này chạy chậm %(length)s. Bật giờ tự động trong Cài đặt."),
    "clock_kept": _l("Máy vẫn quét được. Mỗi lượt ghi giờ của máy này; máy chủ ghi thêm giờ nhận."),
    "minutes": _l("%(count)s phút"),
    "hours": _l("%(count)s giờ"),
    "days": _l("%(count)s ngày"),
    "storage_kept": _l("Bộ nhớ của trình duyệt được giữ lâu dài"),
    "storage_loose": _l("Trình duyệt có thể dọn bộ nhớ khi máy đầy: gửi hết trước khi tắt máy"),
}

_ENROLMENT: Mapping[str, LazyString] = {
    "enrol_name_missing": _l("Hãy ghi tên người cầm máy."),
    "enrol_unreachable": _l("Chưa nối được với máy chủ. Kiểm tra mạng rồi bấm lại; mã vẫn còn dùng được."),
    "enrol_waiting": _l("Máy còn giữ %(count)s lượt của lần ghép trước. Mở máy quét khi có mạng để gửi hết, rồi ghép lại."),
    "enrol_storage": _l("Trình duyệt này không cho lưu dữ liệu (chế độ ẩn danh?). Mở bằng Chrome hoặc Safari thường rồi thử lại."),
    "enrol_busy": _l("Đang ghép máy…"),
    "enrol_submit": _l("Ghép máy này"),
}

SENTENCES: Mapping[str, LazyString] = {**_PLACE, **_ANSWERS, **_STRIP, **_CAMERA, **_SHEETS, **_ENROLMENT}
