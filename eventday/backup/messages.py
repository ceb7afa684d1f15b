"""What is said on the command line."""

from eventday.web.translation import lazily as _l

MESSAGES = {
    "not_a_backup": _l("Tệp này không phải bản sao lưu còn nguyên vẹn (phần hỏng: %(name)s). Hãy dùng bản sao lưu khác."),
    "instance_in_use": _l(
        "Ở đây đã có ngày hội, khôi phục sẽ đè lên. Hãy đặt EVENTDAY_INSTANCE và EVENTDAY_DATABASE_URL vào chỗ còn trống rồi làm lại."
    ),
    "other_database": _l("Bản sao lưu này của cơ sở dữ liệu %(made)s. Hãy đặt EVENTDAY_DATABASE_URL đúng loại ấy rồi làm lại."),
    "dump_failed": _l("Chương trình của cơ sở dữ liệu không làm được: %(said)s"),
}
