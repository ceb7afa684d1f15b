"""The words of the pages where a commune's places, hosts and equipment are entered."""

from eventday.places.entries import Thing
from eventday.web.translation import lazily as _l

DONE = {
    "them": _l("Đã thêm."),
    "luu": _l("Đã lưu."),
    "xoa": _l("Đã xóa."),
    "lai": _l("Đã đưa trở lại."),
    "gioi-thieu": _l("Đã lưu lời giới thiệu."),
    "logo": _l("Đã đổi logo."),
    "bo-logo": _l("Đã bỏ logo."),
}

WORDS = {
    Thing.VENUE: {
        "new": _l("Thêm địa điểm"),
        "change": _l("Sửa địa điểm"),
        "consequence": _l("Các phòng, sân của địa điểm cũng bị xóa."),
        "anchor": "dia-diem",
    },
    Thing.SPACE: {
        "new": _l("Thêm phòng, sân"),
        "change": _l("Sửa phòng, sân"),
        "consequence": _l("Kế hoạch sẽ không còn chọn được nơi này."),
        "anchor": "dia-diem",
    },
    Thing.HAMLET: {
        "new": _l("Thêm thôn, bản, xóm, khối"),
        "change": _l("Sửa thôn, bản, xóm, khối"),
        "consequence": _l("Bà con sẽ không còn chọn được nơi này khi đăng ký."),
        "anchor": "thon",
    },
    Thing.HOST: {
        "new": _l("Thêm đơn vị phụ trách"),
        "change": _l("Sửa đơn vị phụ trách"),
        "consequence": _l("Khi nhập kế hoạch, các cách viết tên đơn vị này sẽ không còn được nhận ra."),
        "anchor": "don-vi",
    },
    Thing.EQUIPMENT: {
        "new": _l("Thêm thiết bị"),
        "change": _l("Sửa thiết bị"),
        "consequence": _l("Kế hoạch sẽ không còn biết xã có bao nhiêu thiết bị này."),
        "anchor": "thiet-bi",
    },
}

# By thing and field; a field without a hint explains itself.
HINTS = {
    "venue": {
        "address": _l("Không bắt buộc. Bỏ trống thì bản đồ tìm theo tên địa điểm và tên xã."),
        "code": _l("Bỏ trống thì tự đánh số. Danh sách xếp theo mã."),
    },
    "space": {
        "capacity": _l("Bỏ trống hoặc 0: không giới hạn."),
        "pitches": _l("0: không đặt gian hàng ở đây."),
        "opens": _l("Ví dụ: 7h hoặc 07:00. Bỏ trống: mở từ 0 giờ."),
        "closes": _l("Ví dụ: 21h30. Bỏ trống: đến 24 giờ."),
        "aliases": _l("Mỗi dòng một cách, như kế hoạch của xã vẫn viết: “HT NVH xã”. Nhập Excel sẽ nhận ra."),
        "full_name": _l("Bỏ trống: “tên phòng, tên địa điểm”."),
    },
    "hamlet": {
        "aliases": _l("Mỗi dòng một tên. Đổi tên thì tên cũ tự vào đây, bà con tìm tên nào cũng thấy."),
        "code": _l("Bỏ trống thì tự đánh số. Danh sách xếp theo mã."),
    },
    "host": {
        "kind": _l("Ví dụ: chính quyền, đoàn thể, doanh nghiệp, trường học."),
        "aliases": _l("Mỗi dòng một cách, như kế hoạch của xã vẫn viết. Đổi tên thì tên cũ tự vào đây."),
    },
    "equipment": {"unit": _l("Ví dụ: cái, bộ."), "in_commune": _l("Tất cả bao nhiêu, để biết khi hai nơi cùng cần.")},
}
