"""The form that adds a place which a sheet names and the commune has not entered yet."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import Form, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from eventday.kernel.ids import parse
from eventday.kernel.text import fold, tidy
from eventday.places.entries import SpaceEntry
from eventday.web.forms import choice

KINDS = (("hall", _l("hội trường, nhà")), ("room", _l("phòng")), ("yard", _l("sân, ngoài trời")), ("online", _l("trực tuyến")))


_TOO_LONG = Length(max=120, message=_l("Tên dài quá 120 ký tự."))


class PlaceForm(Form):
    """`venue` is empty for a new one, whose name is then in `venue_name`."""

    venue = SelectField(_l("Thuộc địa điểm"))
    venue_name = StringField(_l("Tên địa điểm mới"), [_TOO_LONG])
    name = StringField(_l("Tên phòng, khu vực"), [InputRequired(_l("Hãy ghi tên phòng hoặc khu vực.")), _TOO_LONG])
    kind = SelectField(_l("Là gì"), choices=[choice(value, label) for value, label in KINDS])
    capacity = IntegerField(
        _l("Chứa nhiều nhất bao nhiêu người"), [Optional(), NumberRange(0, 100_000, _l("Ghi một số từ 0 đến 100.000; để trống nếu không giới hạn."))]
    )

    def validate_venue_name(self, field: StringField) -> None:
        if not self.venue.data and not (field.data or "").strip():
            raise ValidationError(_l("Hãy chọn một địa điểm đã có, hoặc ghi tên địa điểm mới."))

    @property
    def venue_id(self) -> UUID | None:
        return parse(self.venue.data or "")

    def entry(self, venue_id: UUID) -> SpaceEntry:
        """A new venue with one space of the same name is called that once."""
        name = tidy(self.name.data or "")
        same = not self.venue.data and fold(name) == fold(self.venue_name.data or "")
        return SpaceEntry(venue_id=venue_id, name=name, kind=self.kind.data, capacity=self.capacity.data or 0, full_name=name if same else "")
