"""The form that adds a place which a sheet names and the commune has not entered yet."""

from uuid import UUID

from wtforms import SelectField
from wtforms.validators import ValidationError

from eventday.kernel.ids import parse
from eventday.kernel.text import fold, tidy
from eventday.places.entries import SpaceEntry
from eventday.web.forms import BaseForm, CountField, TextField, choice, required
from eventday.web.translation import lazily as _l

KINDS = (("hall", _l("hội trường, nhà")), ("room", _l("phòng")), ("yard", _l("sân, ngoài trời")), ("online", _l("trực tuyến")))


class PlaceForm(BaseForm):
    """`venue` is empty for a new one, whose name is then in `venue_name`."""

    venue = SelectField(_l("Thuộc địa điểm"))
    venue_name = TextField(_l("Tên địa điểm mới"))
    name = TextField(_l("Tên phòng, khu vực"), [required(_l("Hãy ghi tên phòng hoặc khu vực."))])
    kind = SelectField(_l("Là gì"), choices=[choice(value, label) for value, label in KINDS])
    capacity = CountField(_l("Chứa nhiều nhất bao nhiêu người"))

    def validate_venue_name(self, field: TextField) -> None:
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
