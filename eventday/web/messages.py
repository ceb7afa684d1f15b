"""The sentence for each refusal. Features register theirs; nobody else words an error."""

from collections.abc import Mapping

from flask_babel import LazyString

from eventday.kernel.errors import Refusal
from eventday.web.translation import lazily as _l

_sentences: dict[str, LazyString] = {
    "refused": _l("Việc này không làm được lúc này."),
    "not_found": _l("Không có trang hoặc mục này. Kiểm tra lại địa chỉ, hoặc quay về trang trước."),
    "forbidden": _l("Tài khoản này không có quyền làm việc đó. Hãy nhờ người phụ trách của xã."),
    "unauthorized": _l("Cần đăng nhập lại: mã truy cập thiếu, sai hoặc đã hết hạn."),
    "method_not_allowed": _l("Địa chỉ này không nhận cách gửi đó."),
    "too_large": _l("Dữ liệu gửi lên lớn quá. Hãy gửi ít hơn trong một lần."),
    "unsupported_media_type": _l("Hãy gửi dữ liệu dạng application/json."),
    "bad_request": _l("Yêu cầu gửi lên không đọc được. Hãy tải lại trang rồi thử lại."),
    "invalid_json": _l("Nội dung gửi lên không phải JSON hợp lệ."),
    "validation_failed": _l("Có %(count)s chỗ cần sửa."),
    "foreign_origin": _l("Yêu cầu đến từ một trang khác nên không được nhận. Hãy mở lại trang của xã rồi thử lại."),
    "too_many_requests": _l("Thử nhiều lần quá. Hãy đợi ít phút rồi thử lại."),
    "try_later": _l("Máy chủ đang bận. Hãy thử lại sau ít giây; những gì đã báo “xong” vẫn còn nguyên."),
    "internal": _l("Máy chủ vừa gặp trục trặc, việc này chưa được ghi lại. Hãy thử lại sau ít phút."),
    "idempotency_key_reused": _l("Khóa Idempotency-Key này đã dùng cho một nội dung khác. Hãy tạo khóa mới."),
    "required": _l("Cần điền chỗ này."),
    "stale": _l("Trong lúc này có người đã sửa mục đó. Hãy mở lại trang, xem rồi lưu lần nữa."),
    "invalid": _l("Giá trị ở đây không hợp lệ."),
}


def register(sentences: Mapping[str, LazyString]) -> None:
    """Add a feature's sentences. Raises: ValueError where a code is worded twice."""
    twice = _sentences.keys() & sentences.keys()
    if any(_sentences[code] is not sentences[code] for code in twice):
        raise ValueError(f"worded twice: {sorted(twice)}")
    _sentences.update(sentences)


def known_codes() -> frozenset[str]:
    return frozenset(_sentences)


def sentence(code: str, **facts: object) -> str:
    """The sentence for a code, with its facts put in."""
    return str(_sentences.get(code, _sentences["refused"])) % facts


def sentence_of(refusal: Refusal) -> str:
    return sentence(refusal.code, **refusal.facts)
