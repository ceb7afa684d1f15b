"""People at the desk: the fast form that adds one after another, and the form that corrects one."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import BooleanField, Field, HiddenField

from eventday.kernel import name as names
from eventday.kernel.ids import parse
from eventday.places.domain import Hamlet
from eventday.registrations import domain
from eventday.registrations.domain import Gender, Group, PersonRequest
from eventday.registrations.people import Details
from eventday.web.forms import BaseForm, ChoiceField, PhoneField, TextField, YearField, choice, fail, required
from eventday.web.translation import lazily as _l
from eventday.workspace.people_words import GENDERS, GROUPS, phone_typed

_GENDERS = (choice("", _l("–")), *(choice(key, word) for key, word in GENDERS.items()))
_GROUPS = (choice("", _l("–")), *(choice(key, word) for key, word in GROUPS.items()))
_OFF = {"autocomplete": "off"}
_SENTENCES = {
    "birth_year": _l("Năm sinh này không thể đúng."),
    "guardian": _l("Dưới 16 tuổi: ghi tên người lớn đi cùng."),
    "child_agrees": _l("Từ 7 đến 15 tuổi: hỏi cháu, cháu đồng ý thì đánh dấu."),
    "name": _l("Hãy ghi họ và tên bằng chữ."),
}


class PersonForm(BaseForm):
    """What is known of a person. The spoken consent is not a field: who is here has been asked."""

    name = TextField(_l("Họ và tên"), [required(_l("Hãy ghi họ và tên."))], render_kw=_OFF)
    birth_year = YearField(_l("Năm sinh"))
    gender = ChoiceField(_l("Giới tính"), choices=_GENDERS)
    hamlet = ChoiceField(_l("Thôn, bản"))
    phone = PhoneField(_l("Điện thoại"), render_kw=_OFF)
    guardian = TextField(_l("Người lớn đi cùng"), render_kw=_OFF)
    child_agrees = BooleanField(_l("Cháu đồng ý (7–15 tuổi)"))
    seen = HiddenField()

    def __init__(self, sent: Any = None, *, event_year: int, hamlets: Iterable[Hamlet], **kwargs: Any) -> None:
        super().__init__(sent, **kwargs)
        self.event_year = event_year
        self.hamlet.choices = [choice("", _l("–")), *(choice(str(hamlet.id), hamlet.name) for hamlet in hamlets)]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if not self.birth_year.errors and not self.name.errors and not self.gender.errors:
            for pointer, _ in domain.check_people([self.to_person(())], self.event_year):
                fail(self[pointer.rpartition("/")[2]], _SENTENCES[pointer.rpartition("/")[2]])
        return valid and not self.errors

    @property
    def first_wrong(self) -> Field | None:
        """Where the cursor goes."""
        return next((field for field in self if field.errors), None)

    def to_person(self, slot_ids: tuple[UUID, ...]) -> PersonRequest:
        """Only a child's adult and agreement are kept."""
        years = domain.age(self.birth_year.data, self.event_year)
        return PersonRequest(
            name=names.display(self.name.data or ""),
            birth_year=self.birth_year.data,
            gender=Gender(self.gender.data) if self.gender.data else None,
            hamlet_id=parse(self.hamlet.data),
            guardian=names.display(self.guardian.data or "") or None if domain.needs_guardian(years) else None,
            child_agrees=bool(self.child_agrees.data) if domain.needs_child_agreement(years) else None,
            slot_ids=slot_ids,
        )


class EnlistForm(PersonForm):
    """One after another: `slot`, `hamlet` and (with `keep_phone`) the phone stay for the next person. `token` makes a repeat harmless."""

    slot = ChoiceField(_l("Ca"))
    keep_phone = BooleanField(_l("Giữ số này cho người sau"))
    token = HiddenField()


class DetailsForm(PersonForm):
    """Correcting somebody."""

    group = ChoiceField(_l("Nhóm đối tượng"), choices=_GROUPS)

    def to_details(self) -> Details:
        person = self.to_person(())
        return Details(
            name=person.name,
            birth_year=person.birth_year,
            gender=person.gender,
            hamlet_id=person.hamlet_id,
            group=Group(self.group.data) if self.group.data else None,
            phone=self.phone.number,
            guardian=person.guardian,
            child_agrees=person.child_agrees,
        )

    @staticmethod
    def shown(details: Details) -> dict[str, Any]:
        """What the form says of somebody before anything is typed."""
        told = vars(details)
        ids = {
            "phone": phone_typed(details.phone),
            "hamlet": str(details.hamlet_id or ""),
            "gender": details.gender or "",
            "group": details.group or "",
        }
        return {key: value for key, value in told.items() if key != "hamlet_id"} | ids
