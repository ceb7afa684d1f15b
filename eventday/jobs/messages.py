"""What is said when background work fails."""

from eventday.web.translation import lazily as _l

MESSAGES = {
    "job_failed": _l("Máy chủ gặp trục trặc khi làm việc này. Hãy thử lại; nếu vẫn vậy, hãy đọc mã %(reference)s cho người quản trị."),
    "job_given_up": _l("Đã thử ba lần mà việc này không xong. Hãy báo người quản trị rồi làm lại."),
}
