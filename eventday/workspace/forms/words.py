"""Words of what is chosen in a plan's forms, and of what is wrong there."""

from eventday.programme.domain import Admission
from eventday.web.translation import lazily as _l

ADMISSIONS = {Admission.SEATS: _l("Có đăng ký"), Admission.OPEN: _l("Vào tự do")}

WRONG = {
    "far_off": _l("Năm phải từ 2000 đến 2099. Ví dụ: 09/10/2027."),
    "last_before_first": _l("Ngày cuối phải từ ngày đầu trở đi."),
    "too_long": _l("Cả đợt nhiều nhất 62 ngày."),
    "outside_days": _l("Ngày này nằm ngoài những ngày của ngày hội."),
    "end_before_start": _l("Giờ kết thúc phải sau giờ bắt đầu, trong cùng một ngày."),
    "closes_after_end": _l("Phải đóng đăng ký trước khi ca kết thúc."),
}
