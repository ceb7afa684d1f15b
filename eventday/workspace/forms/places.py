"""What an organiser fills in of a commune: its profile, and each thing it is made of."""

import re
from datetime import time
from typing import Any, ClassVar
from uuid import UUID

from wtforms import StringField

from eventday.kernel.text import fold, tidy
from eventday.places.entries import EquipmentEntry, HamletEntry, HostEntry, SpaceEntry, Thing, VenueEntry
from eventday.reports.forms import LinesField
from eventday.web.forms import BaseForm, ChoiceField, CountField, PhoneField, TextField, choice, fail, required
from eventday.web.translation import lazily as _l

_HOUR = re.compile(r"(\d{1,2}?) ?(?:h|g|gio)? ?(\d{2})?(?: ?phut)?")  # of folded text
_MOST = 1_000_000
SPACE_KINDS = {"hall": _l("Hội trường"), "room": _l("Phòng"), "yard": _l("Sân, khu ngoài trời"), "online": _l("Trực tuyến")}


class HourField(StringField):
    """A time of day as people write it (7h, 7:30, 07 giờ 30); midnight at the end is 24:00. What was typed stays."""

    data: Any

    def __init__(self, label: Any = "", **kwargs: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "text", "maxlength": 12, "autocomplete": "off"}, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = tidy(str(valuelist[0])) if valuelist else ""
        if text:
            self.data = _hour(text)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else f"{self.data:%H:%M}" if self.data else ""


def _hour(text: str) -> time:
    """Raises: ValueError."""
    found = _HOUR.fullmatch(fold(text))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if (hour, minute) == (24, 0):
        return time(23, 59)
    if hour > 23 or minute > 59:
        raise ValueError(str(_l("Hãy ghi giờ như 07:00 hoặc 7h30.")))
    return time(hour, minute)


def _aliases() -> LinesField:
    return LinesField(_l("Cách viết khác"), most=1000, rows=3)


class ThingForm(BaseForm):
    """A form whose fields have the names of its entry's."""

    LINES: ClassVar = ("aliases",)

    @classmethod
    def of_entry(cls, entry: Any) -> Any:
        return cls(data={name: "\n".join(value) if isinstance(value, tuple) else value for name, value in vars(entry).items()})

    def values(self) -> dict[str, Any]:
        """What was filled in; several lines as a tuple, each line once."""
        return {
            field.name: tuple(dict.fromkeys(line for line in (field.data or "").split("\n") if line)) if field.name in self.LINES else field.data
            for field in self
        }


class VenueForm(ThingForm):
    name = TextField(_l("Tên địa điểm"), [required(_l("Hãy ghi tên địa điểm, ví dụ: Nhà văn hóa thôn 1."))], most=120)
    address = TextField(_l("Địa chỉ để tìm trên bản đồ"), most=200)
    code = TextField(_l("Mã"), most=10)

    def to_entry(self) -> VenueEntry:
        return VenueEntry(**self.values())


class SpaceForm(ThingForm):
    name = TextField(_l("Tên phòng, sân"), [required(_l("Hãy ghi tên phòng hoặc sân, ví dụ: Hội trường."))], most=120)
    venue_id = ChoiceField(_l("Ở địa điểm"), [required(_l("Hãy chọn địa điểm."))])
    kind = ChoiceField(_l("Là"), [required(_l("Hãy chọn một mục trong danh sách."))], choices=[choice(*pair) for pair in SPACE_KINDS.items()])
    capacity = CountField(_l("Sức chứa (người)"), most=_MOST)
    pitches = CountField(_l("Số chỗ đặt gian hàng"), most=_MOST)
    opens = HourField(_l("Mở cửa"))
    closes = HourField(_l("Đóng cửa"))
    aliases = _aliases()
    full_name = TextField(_l("Tên đầy đủ trên trang của bà con"), most=250)

    def offer(self, venues: list[tuple[UUID, str]]) -> None:
        """Venues to choose from."""
        self.venue_id.choices = [choice(str(venue_id), name) for venue_id, name in venues]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.opens.data and self.closes.data and self.opens.data >= self.closes.data:
            fail(self.closes, _l("Giờ đóng cửa phải sau giờ mở cửa."))
            return False
        return True

    def to_entry(self) -> SpaceEntry:
        values = self.values()
        values |= {"opens": values["opens"] or time(0, 0), "closes": values["closes"] or time(23, 59)}
        values |= {name: values[name] or 0 for name in ("capacity", "pitches")}
        return SpaceEntry(**{**values, "venue_id": UUID(values["venue_id"])})


class HamletForm(ThingForm):
    name = TextField(_l("Tên thôn, bản, xóm, khối"), [required(_l("Hãy ghi tên, ví dụ: Thôn 1."))], most=80)
    households = CountField(_l("Số hộ"), most=_MOST)
    population = CountField(_l("Số dân"), most=_MOST)
    aliases = LinesField(_l("Tên cũ, cách viết khác"), most=1000, rows=3)
    code = TextField(_l("Mã"), most=10)

    def to_entry(self) -> HamletEntry:
        return HamletEntry(**self.values())


class HostForm(ThingForm):
    name = TextField(_l("Tên đơn vị"), [required(_l("Hãy ghi tên đơn vị, ví dụ: Công an xã."))], most=160)
    kind = TextField(_l("Loại"), most=40)
    aliases = _aliases()

    def to_entry(self) -> HostEntry:
        return HostEntry(**self.values())


class EquipmentForm(ThingForm):
    name = TextField(_l("Tên thiết bị"), [required(_l("Hãy ghi tên thiết bị, ví dụ: máy chiếu."))], most=80)
    in_commune = CountField(_l("Xã có"), most=_MOST)
    unit = TextField(_l("Đơn vị tính"), most=20)

    def to_entry(self) -> EquipmentEntry:
        values = self.values()
        return EquipmentEntry(**{**values, "in_commune": values["in_commune"] or 0})


FORMS: dict[Thing, Any] = {
    Thing.VENUE: VenueForm,
    Thing.SPACE: SpaceForm,
    Thing.HAMLET: HamletForm,
    Thing.HOST: HostForm,
    Thing.EQUIPMENT: EquipmentForm,
}


class CommunePhoneField(PhoneField):
    """A number that residents call: a landline, a mobile or a hotline (1800, 1900)."""

    def pre_validate(self, form: Any) -> None:
        if re.fullmatch(r"1[89]00\d{4,6}", re.sub(r"[\s.-]", "", self.data or "")):
            return
        super().pre_validate(form)


class ProfileForm(BaseForm):
    text = LinesField(_l("Lời giới thiệu"), most=600, rows=4)
    phone = CommunePhoneField(_l("Số điện thoại để bà con gọi"))
    desk = TextField(_l("Nơi bà con đến hỏi"), most=200)
