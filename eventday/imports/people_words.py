"""What is said about the cells of a list of people: what is wrong, and the way to mend it."""

from flask_babel import LazyString

from eventday.web.translation import lazily as _l

_PHONE = _l("Ghi một số 10 chữ số, ví dụ 0912 345 678; không có thì để trống ô %(cell)s.")

PEOPLE_PROBLEMS: dict[str, tuple[LazyString, LazyString]] = {
    "people_no_table": (
        _l("Không trang nào có dòng tiêu đề với cột “Họ và tên”."),
        _l("Thêm dòng tiêu đề phía trên bảng: Họ và tên, Năm sinh, Giới tính, Thôn/bản, Số điện thoại."),
    ),
    "people_no_rows": (_l("Dưới dòng tiêu đề không có người nào."), _l("Điền tên vào các dòng dưới tiêu đề; dòng ẩn không được đọc.")),
    "missing_name": (_l("Thiếu họ và tên."), _l("Điền ô %(cell)s hoặc xóa cả dòng.")),
    "name_unclear": (_l("“%(value)s” không phải là một họ tên."), _l("Ghi họ và tên bằng chữ, nhiều nhất 120 ký tự.")),
    "birth_year_unclear": (_l("Không đọc được năm sinh “%(value)s”."), _l("Ghi năm bốn chữ số (1958) hoặc ngày/tháng/năm (22/03/1958).")),
    "birth_year_out_of_range": (_l("Năm sinh %(value)s không thể đúng."), _l("Xem lại ô %(cell)s.")),
    "gender_unclear": (_l("“%(value)s” không phải giới tính."), _l("Ghi Nam hoặc Nữ, hoặc để trống ô %(cell)s.")),
    "gender_twice": (_l("Đánh dấu cả Nam và Nữ."), _l("Chỉ đánh dấu một cột.")),
    "unknown_hamlet": (_l("Xã chưa có thôn, bản “%(value)s”."), _l("Ghi tên thôn, bản như xã đã khai, hoặc để trống ô %(cell)s.")),
    "phone_too_short": (_l("Số điện thoại “%(value)s” thiếu chữ số."), _PHONE),
    "phone_too_long": (_l("Số điện thoại “%(value)s” thừa chữ số."), _PHONE),
    "phone_old_number": (_l("“%(value)s” là số 11 chữ số cũ, không dùng được từ năm 2018."), _PHONE),
    "phone_unknown_prefix": (_l("Không có đầu số như “%(value)s”."), _PHONE),
    "phone_not_personal": (_l("“%(value)s” là số tổng đài, không phải số của một người."), _PHONE),
    "phone_unreadable": (_l("Không đọc được số điện thoại “%(value)s”."), _PHONE),
    "phone_foreign": (_l("“%(value)s” là số nước ngoài."), _PHONE),
    "guardian_missing": (
        _l("%(name)s dưới 16 tuổi mà chưa ghi người lớn đi cùng."),
        _l("Ghi họ tên cha, mẹ hoặc người giám hộ vào ô %(cell)s."),
    ),
    "guardian_unknown": (
        _l("%(name)s dưới 16 tuổi mà danh sách không có cột người lớn đi cùng."),
        _l("Thêm cột “Người lớn đi cùng” rồi tải lên lại, hoặc cứ nhập rồi mở tên cháu để ghi thêm."),
    ),
    "duplicate_person": (
        _l("%(name)s đã có ở dòng %(with_row)s (cùng tên, năm sinh, số điện thoại)."),
        _l("Chỉ ghi một lần; nếu là hai người thì ghi thêm cho khác nhau."),
    ),
    "will_wait": (
        _l("Ca còn %(left)s chỗ: từ dòng này trở đi %(waiting)s người vào danh sách chờ."),
        _l("Tăng số chỗ của ca trước khi nhập, hoặc cứ nhập để họ chờ."),
    ),
    "no_place_left": (
        _l("Từ %(name)s trở đi không còn chỗ, danh sách chờ cũng đã đầy."),
        _l("Tăng số chỗ của ca, hoặc bớt người trong tệp. Chưa ai được ghi tên."),
    ),
}
