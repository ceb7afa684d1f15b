"""The words of the audit's page: of acts, of things, of their fields. A new act or thing that is noted gets its words here."""

from flask_babel import lazy_gettext as _l

FAULTS = {
    "altered": _l("dòng %(number)s đã bị sửa."),
    "missing": _l("thiếu dòng %(number)s."),
    "added": _l("dòng %(number)s là dòng thêm vào."),
    "unlinked": _l("dòng %(number)s đã bị sửa, hoặc giữa dòng %(number)s và dòng %(next)s có dòng bị bớt hay thêm vào."),
    "no_head": _l("thiếu dòng đầu mối của chuỗi; %(number)s dòng còn lại nguyên vẹn."),
}

ACTIONS = {
    "added": _l("Thêm"),
    "changed": _l("Sửa"),
    "removed": _l("Xóa"),
    "restored": _l("Hoàn tác"),
    "cancelled": _l("Hủy"),
    "published": _l("Công bố"),
    "imported": _l("Nhập từ Excel"),
    "exported": _l("Tải danh sách"),
    "moved": _l("Chuyển ca"),
    "merged": _l("Gộp"),
    "invited": _l("Mời"),
    "enrolled": _l("Ghép"),
    "revoked": _l("Thu hồi"),
    "disabled": _l("Khóa"),
    "enabled": _l("Mở khóa"),
    "ended": _l("Kết thúc"),
    "signed_in": _l("Đăng nhập"),
    "signed_out": _l("Đăng xuất"),
    "started": _l("Bắt đầu"),
    "stopped": _l("Dừng"),
}

KINDS = {
    "event": _l("ngày hội"),
    "plan": _l("kế hoạch"),
    "activity": _l("hoạt động"),
    "slot": _l("ca"),
    "wish": _l("việc chưa xếp"),
    "profile": _l("giới thiệu của xã"),
    "hamlet": _l("thôn, bản"),
    "venue": _l("địa điểm"),
    "space": _l("phòng, sân"),
    "host": _l("đơn vị phụ trách"),
    "equipment": _l("thiết bị"),
    "person": _l("người làm việc"),
    "grant": _l("quyền"),
    "session": _l("phiên đăng nhập"),
    "token": _l("mã API"),
    "enrolment": _l("mã ghép máy"),
    "device": _l("máy quét"),
    "pass": _l("thẻ"),
    "registration": _l("lượt đăng ký"),
    "people": _l("danh sách người"),
    "report": _l("báo cáo"),
    "job": _l("việc nền"),
}

FIELDS = {
    "name": _l("Tên"),
    "title": _l("Tên"),
    "phone": _l("Điện thoại"),
    "email": _l("Thư điện tử"),
    "capacity": _l("Số chỗ"),
    "starts_at": _l("Bắt đầu"),
    "ends_at": _l("Kết thúc"),
    "closes_at": _l("Hết hạn đăng ký"),
}
