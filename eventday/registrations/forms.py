"""The registration form: one phone, one to eight people, one slot. Shape is checked here; whether there is a place is not a form's question."""

import re
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, FormField

from eventday.kernel import name as names
from eventday.kernel.ids import parse
from eventday.places.domain import Hamlet
from eventday.programme.domain import Slot
from eventday.registrations import domain
from eventday.registrations.domain import Gender, PersonRequest, RegistrationRequest, Source
from eventday.web.forms import BaseForm, ChoiceField, PhoneField, RadioChoiceField, TextField, YearField, choice, fail, required
from eventday.web.translation import lazily as _l

_GENDERS = (choice(Gender.MALE, _l("Nam")), choice(Gender.FEMALE, _l("Nữ")), choice(Gender.OTHER, _l("Khác")))
_PERSON_KEY = re.compile(r"people-([0-9]{1,3})-(name|birth_year|gender|guardian|guardian_agrees|child_agrees)")
_OTHER_KEYS = frozenset(("phone", "hamlet", "consent"))


class PersonForm(BaseForm):
    """One person. A child's consent stands beside the child; it is asked for once the year of birth is known."""

    name = TextField(_l("Họ và tên"), [required(_l("Hãy ghi họ và tên."))], render_kw={"autocomplete": "off"})
    birth_year = YearField(_l("Năm sinh"))
    gender = RadioChoiceField(_l("Giới tính"), choices=_GENDERS)
    guardian = TextField(_l("Cha, mẹ hoặc người giám hộ"), render_kw={"autocomplete": "off"})
    guardian_agrees = BooleanField(_l("Tôi là cha, mẹ hoặc người giám hộ và đồng ý cho cháu tham gia"))
    child_agrees = BooleanField(_l("Cháu đồng ý tham gia"))

    def age(self, event_year: int) -> int | None:
        """Age in the event's year; None where the year is missing or cannot be."""
        year = self.birth_year.data
        if year is None or not domain.plausible_birth_year(year, event_year):
            return None
        return domain.age(year, event_year)

    def check(self, event_year: int) -> bool:
        """What depends on the event: a possible year, the adult's and the child's word."""
        before = len(self.problems())
        if self.name.data and not any(char.isalpha() for char in self.name.data):
            fail(self.name, _l("Hãy ghi họ và tên bằng chữ."))
        year = self.birth_year.data
        if year is not None and not domain.plausible_birth_year(year, event_year):
            fail(self.birth_year, _l("Năm sinh phải từ %(first)s đến %(last)s.", first=event_year - domain.OLDEST, last=event_year))
        self._check_child(self.age(event_year))
        return len(self.problems()) == before

    def _check_child(self, years: int | None) -> None:
        if domain.needs_guardian(years):
            if not any(char.isalpha() for char in self.guardian.data or ""):
                fail(self.guardian, _l("Ghi tên cha, mẹ hoặc người giám hộ của cháu."))
            if not self.guardian_agrees.data:
                fail(self.guardian_agrees, _l("Người lớn đánh dấu ô này nếu đồng ý cho cháu tham gia."))
        if domain.needs_child_agreement(years) and not self.child_agrees.data:
            fail(self.child_agrees, _l("Hỏi cháu, cháu đồng ý thì đánh dấu ô này."))

    def to_person(self, event_year: int, hamlet_id: UUID | None, slot_ids: tuple[UUID, ...]) -> PersonRequest:
        years = self.age(event_year)
        return PersonRequest(
            name=names.display(self.name.data or ""),
            birth_year=self.birth_year.data,
            gender=Gender(self.gender.data) if self.gender.data else None,
            hamlet_id=hamlet_id,
            guardian=names.display(self.guardian.data or "") if domain.needs_guardian(years) else None,
            child_agrees=True if domain.needs_child_agreement(years) else None,
            slot_ids=slot_ids,
        )


class RegistrationForm(BaseForm):
    """`consent` is never ticked beforehand. Hamlets are offered where the page is drawn or one was chosen: a list costs its reading."""

    phone = PhoneField(_l("Số điện thoại của gia đình"), [required(_l("Hãy nhập số điện thoại."))])
    hamlet = ChoiceField(_l("Thôn, bản"))
    people = FieldList(FormField(PersonForm), min_entries=1, max_entries=domain.WEB_PEOPLE)
    consent = BooleanField(_l("Tôi đồng ý với những điều ghi ở trên"))

    def __init__(self, sent: MultiDict[str, str] | None, *, event_year: int) -> None:
        self.event_year = event_year
        self.too_many = len({match[1] for match in map(_PERSON_KEY.fullmatch, sent or ()) if match}) > domain.WEB_PEOPLE
        super().__init__(known_fields(sent) if sent else None)
        self.offer_hamlets([])

    def offer_hamlets(self, hamlets: list[Hamlet]) -> None:
        """What can be chosen; nothing has to be."""
        self.hamlet.choices = [choice("", _l("Chọn thôn, bản")), *(choice(str(hamlet.id), hamlet.name) for hamlet in hamlets)]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.phone.data and not self.phone.errors and self.phone.number is None:
            fail(self.phone, _l("Hãy nhập số điện thoại."))
        checked = [person.form.check(self.event_year) for person in self.people]
        if not self.consent.data:
            fail(self.consent, _l("Đánh dấu ô này nếu đồng ý. Không đồng ý thì vẫn vào cửa tự do được."))
        return valid and all(checked) and not self.phone.errors and not self.consent.errors and not self.too_many

    def problems(self) -> list[tuple[str, str]]:
        found = [(field_id, _with_number(field_id, sentence, len(self.people))) for field_id, sentence in super().problems()]
        if self.too_many:
            found.insert(0, ("people-7-name", str(_l("Một lần đăng ký nhiều nhất 8 người; gửi đơn khác cho những người còn lại."))))
        return found

    def add_person(self) -> None:
        if len(self.people) < domain.WEB_PEOPLE:
            self.people.append_entry()

    def remove_person(self, index: int) -> None:
        if 0 <= index < len(self.people) > 1:
            self.people.pop_entry(index)  # type: ignore[call-arg]  # the stubs are older than the library

    def to_request(self, slot: Slot) -> RegistrationRequest:
        hamlet_id = parse(self.hamlet.data)
        return RegistrationRequest(
            event_id=slot.event_id,
            commune_code=slot.commune_code,
            phone=self.phone.number,
            people=tuple(person.form.to_person(self.event_year, hamlet_id, (slot.id,)) for person in self.people),
            source=Source.WEB,
        )


def _with_number(field_id: str, sentence: str, people: int) -> str:
    """A sentence about one of several people says about whom."""
    match = _PERSON_KEY.fullmatch(field_id)
    return str(_l("Người thứ %(number)s: %(sentence)s", number=int(match[1]) + 1, sentence=sentence)) if match and people > 1 else sentence


def known_fields(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """Only what the page asks for: field names are foreign text too."""
    return MultiDict((key, value) for key, value in sent.items(multi=True) if key in _OTHER_KEYS or _PERSON_KEY.fullmatch(key))
