"""The sentences that people agree to (Luật 91/2025/QH15): written on the form, spoken at the gate and the desk. They are stored word for word.

Change a sentence, change `TEXT_VERSION`: what was agreed to stays what it was. Vietnamese only: a translation is another text.
"""

from eventday.registrations.domain import Source

TEXT_VERSION = "2026-11"
WRITTEN = (
    "Tôi đồng ý để Ủy ban nhân dân {commune} lưu họ tên, năm sinh, giới tính, thôn/bản, nhóm đối tượng và số điện thoại của những người ghi ở trên, "
    "chỉ để giữ chỗ, làm thẻ, điểm danh và báo tin về ngày hội. Họ tên và số điện thoại được xóa sau ngày hội {days} ngày, chỉ giữ lại số đếm. "
    "Tôi xem dữ liệu và hủy chỗ trên trang thẻ; sửa, rút đồng ý hoặc xóa lúc nào cũng được: gọi số của xã hoặc đến Ủy ban nhân dân {commune}. "
    "Với trẻ em, tôi là cha, mẹ hoặc người giám hộ, và cháu từ 7 tuổi đã đồng ý."
)
SPOKEN = (
    "Bà con có đồng ý để Ủy ban nhân dân {commune} ghi họ tên và những điều bà con vừa nói, chỉ dùng cho ngày hội, xóa sau {days} ngày không ạ? "
    "Với người dưới 16 tuổi: người lớn đi cùng trả lời thay."
)


def text(commune_name: str, *, days: int, spoken: bool = False) -> str:
    """The sentence as it is shown or said. `commune_name` has its type (“Xã Anh Sơn”); `days` is the setting `retention_days`."""
    name = commune_name[:1].lower() + commune_name[1:]
    return (SPOKEN if spoken else WRITTEN).replace("{commune}", name).replace("{days}", str(days))


def stored(source: Source, *, days: int) -> tuple[str, str]:
    """(version, text) as they are stored. The commune's name is left open: the pass says which commune it was."""
    spoken = channel(source) == "spoken"
    version = f"{TEXT_VERSION}.{days}{'s' if spoken else ''}"
    return version, text("{commune}", days=days, spoken=spoken)


def channel(source: Source) -> str:
    """The way by which somebody agreed: web, api, import, or spoken (desk, gate)."""
    return "spoken" if source in (Source.DESK, Source.WALK_IN) else str(source)
