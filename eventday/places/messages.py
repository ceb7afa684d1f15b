"""The sentences of what is entered of a commune."""

from eventday.web.translation import lazily as _l

MESSAGES = {
    "name_taken": _l("“%(text)s” đã là tên gọi của “%(by)s”. Hãy ghi tên khác, hoặc bỏ tên này ở “%(by)s” trước."),
    "place_in_use": _l("Chưa xóa được: đang có nơi dùng. Hãy đổi những hoạt động đó sang mục khác trước."),
    "bad_logo": _l("Không đọc được hình này. Hãy chọn tệp PNG, JPEG hoặc WebP."),
    "too_large_logo": _l("Hình lớn quá: nhiều nhất %(megabytes)s MB và %(pixels)s điểm ảnh mỗi cạnh. Hãy chọn hình nhỏ hơn."),
}
