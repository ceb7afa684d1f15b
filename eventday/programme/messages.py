"""What is said when a programme refuses."""

from eventday.web.translation import lazily as _l

MESSAGES = {
    "slot_closed": _l("Ca này đã đóng hoặc chưa mở đăng ký. Bà con chọn ca khác nhé."),
    "slot_cancelled": _l("Ca này đã hủy. Bà con chọn ca khác nhé."),
    "no_registration_needed": _l("Hoạt động này vào tự do, không cần đăng ký. Mời bà con đến thẳng nơi tổ chức."),
    "empty_plan": _l("Kế hoạch chưa có hoạt động nào có ngày, giờ, nơi nên chưa công bố được. Hãy nhập kế hoạch trước."),
    "bad_slot": _l("Không tạo được ca: giờ kết thúc phải sau giờ bắt đầu, sức chứa từ 0 trở lên, trong những ngày của ngày hội."),
    "event_exists": _l("Đã có ngày hội với mã này."),
    "bad_days": _l("Ngày cuối phải từ ngày đầu trở đi, cả đợt nhiều nhất 62 ngày, năm từ 2000 đến 2099."),
    "days_in_use": _l(
        "Còn %(count)s ca hoặc việc chưa xếp của %(communes)s xã nằm ngoài những ngày mới (từ %(first)s đến %(last)s). "
        "Hãy nhờ các xã chuyển hoặc hủy những ca ấy trước, hoặc giữ những ngày đó."
    ),
    "days_changed": _l("Những ngày của ngày hội vừa được đổi. Hãy mở lại trang này để xem theo ngày mới rồi làm tiếp."),
    "event_cancelled": _l("Ngày hội này đã bị hủy nên không ghi tên, không sửa kế hoạch được nữa. Cần thì nhờ người phụ trách của tỉnh mở lại."),
    "event_in_use": _l("Không xóa được: đã có người đăng ký hoặc có lượt quét trong ngày hội này. Hãy hủy ngày hội."),
    "nothing_to_copy": _l("Không có gì để chép: mọi hoạt động của lần ấy đã có trong kế hoạch này."),
    "hosts_meet": _l("Đổi tên như vậy thì hoạt động “%(title)s” có hai lần giống hệt nhau. Hãy bỏ một trong hai ở “Kế hoạch” rồi đổi tên đơn vị."),
    "activity_exists": _l("Đã có hoạt động cùng loại, cùng tên, cùng đơn vị phụ trách. Hãy thêm ca vào hoạt động ấy, hoặc đổi tên cho khác."),
    "place_gone": _l("Không hoàn tác được: nơi của ca này đã bị xóa. Hãy hoàn tác việc xóa nơi ở “Địa phương” trước, hoặc thêm ca mới."),
    "space_gone": _l("Nơi này vừa bị xóa khỏi “Địa phương”. Hãy chọn nơi khác rồi lưu lại."),
    "place_needed": _l("Ca này phải có đủ ngày, giờ, nơi. Chưa biết nơi mới thì giữ nơi cũ, hoặc hủy ca."),
}
