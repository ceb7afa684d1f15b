"""Forms in Vietnamese: text from a browser becomes our words, what was typed stays, each error is one sentence beside its field."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from flask_babel import LazyString
from wtforms import Field, Form, IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs are of the version before
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from eventday.kernel import phone
from eventday.kernel.phone import PhoneProblem
from eventday.kernel.text import fold, tidy
from eventday.web.translation import lazily as _l

PHONE_SENTENCES: Mapping[str, LazyString] = {
    "phone_too_short": _l("Số điện thoại thiếu %(missing)s chữ số. Ví dụ: 0912 345 678."),
    "phone_too_long": _l("Số điện thoại thừa %(extra)s chữ số. Ví dụ: 0912 345 678."),
    "phone_old_number": _l("Số 11 chữ số bắt đầu bằng 01 không còn dùng từ năm 2018. Hãy ghi số mới, 10 chữ số."),
    "phone_unknown_prefix": _l("Không có số điện thoại nào bắt đầu như vậy. Hãy xem lại các chữ số đầu."),
    "phone_not_personal": _l("Đây là số tổng đài. Hãy ghi số điện thoại của gia đình."),
    "phone_unreadable": _l("Không đọc được số điện thoại này. Chỉ ghi một số, ví dụ: 0912 345 678."),
    "phone_foreign": _l("Số này là số nước ngoài. Hãy ghi số điện thoại Việt Nam, ví dụ: 0912 345 678."),
}
_MOBILE_DIGITS = 10
_GROUPED = re.compile(r"\d{1,3}(?:[.\s]\d{3})+|\d+")


class BaseForm(Form):
    """What every form of the app inherits from. Messages are given where a field is declared: none comes from the library."""

    class Meta:
        locales: ClassVar[bool] = False

    def problems(self) -> list[tuple[str, str]]:
        """Every error for the summary above the form: the field's id and a sentence that names it, in the order of the page."""
        return _problems(self)


def _problems(fields: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for field in fields:
        inner = field.entries if hasattr(field, "entries") else field.form if hasattr(field, "form") else None
        if inner is not None:
            found += _problems(inner)
        elif field.errors:
            found.append((field.id, _naming(field)))
    return found


def _naming(field: Any) -> str:
    """A field's first error as it stands away from the field: it says which one, by the label where the sentence itself does not."""
    sentence, label = str(field.errors[0]), str(field.label.text)
    if fold(str(getattr(field, "called", label))) in fold(sentence):
        return sentence
    return f"{label}: {sentence[:1].lower()}{sentence[1:]}"


def required(sentence: LazyString) -> Callable[[Form, Field], None]:
    """Something has to be here: otherwise this sentence and no other."""

    def check(_form: Form, field: Field) -> None:
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            field.errors = []
            raise StopValidation(str(sentence))

    return check


class TextField(StringField):
    """One line, tidied. Longer than `most` characters is an error; the browser is told too."""

    def __init__(self, label: LazyString | str = "", validators: Any = (), *, most: int = 120, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.most = most
        self.render_kw = {"maxlength": most, **(self.render_kw or {})}

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = tidy(str(valuelist[0])) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        if self.data and len(self.data) > self.most:
            raise StopValidation(str(_l("Dài quá: nhiều nhất %(most)s ký tự.", most=self.most)))


class PhoneField(TextField):
    """A phone number. `data` is what was typed, `number` its E.164 once it has been validated, None where there is none."""

    number: str | None = None
    called = _l("số điện thoại")

    def __init__(self, label: LazyString | str = "", validators: Any = (), **kwargs: Any) -> None:
        attributes = {"type": "tel", "inputmode": "tel", "autocomplete": "tel", **kwargs.pop("render_kw", {})}
        super().__init__(label, validators, most=40, render_kw=attributes, **kwargs)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        try:
            self.number = phone.read(self.data)
        except PhoneProblem as problem:
            raise StopValidation(_phone_sentence(problem)) from None


def _phone_sentence(problem: PhoneProblem) -> str:
    count = len(problem.digits)
    facts = {"missing": max(1, _MOBILE_DIGITS - count), "extra": max(1, count - _MOBILE_DIGITS)}
    return str(PHONE_SENTENCES.get(problem.code, PHONE_SENTENCES["phone_unreadable"])) % facts


class YearField(IntegerField):
    """A year in four digits; empty is None. What was typed stays in the field, whatever it is."""

    def __init__(self, label: LazyString | str = "", validators: Any = (), **kwargs: Any) -> None:
        attributes = {"inputmode": "numeric", "maxlength": 4, "autocomplete": "off", "type": "text", **kwargs.pop("render_kw", {})}
        super().__init__(label, validators, render_kw=attributes, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = tidy(str(valuelist[0])) if valuelist else ""
        self.raw_data = [text]
        self.data = None
        if text:
            if not (len(text) == 4 and text.isdecimal()):
                raise ValueError(str(_l("Năm sinh gồm 4 chữ số. Ví dụ: 1958.")))
            self.data = int(text)


class CountField(IntegerField):
    """A whole number from 0 to `most`, written 1200 or 1.200; empty is None. What was typed stays in the field."""

    widget = TextInput()

    def __init__(self, label: LazyString | str = "", *, most: int = 100_000, **kwargs: Any) -> None:
        super().__init__(label, render_kw={"inputmode": "numeric", "maxlength": 9, "autocomplete": "off", "size": 8}, **kwargs)
        self.most = most

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = tidy(str(valuelist[0])) if valuelist else ""
        self.data = None
        if text:
            if not _GROUPED.fullmatch(text) or int(re.sub(r"\D", "", text)) > self.most:
                raise ValueError(str(_l("Hãy ghi một số từ 0 đến %(most)s, ví dụ: 250.", most=f"{self.most:,}".replace(",", "."))))
            self.data = int(re.sub(r"\D", "", text))


def choice(value: str, label: LazyString | str) -> Any:
    """What one can choose in a `ChoiceField` or a `RadioChoiceField`."""
    return SelectChoice(value=value, label=label)


class ChoiceField(SelectField):
    """One of a list; empty is no choice. A value that the page did not offer is an error."""

    def pre_validate(self, form: Any) -> None:
        _refuse_unoffered(self)


class RadioChoiceField(RadioField):
    """Like `ChoiceField`, drawn as one row of buttons; nothing is chosen beforehand."""

    def pre_validate(self, form: Any) -> None:
        _refuse_unoffered(self)


def _refuse_unoffered(field: Any) -> None:
    if field.data and field.data not in [offered.value for offered in field.choices or ()]:
        raise StopValidation(str(_l("Hãy chọn một mục trong danh sách.")))


def fail(field: Field, sentence: LazyString | str) -> None:
    """Put a sentence beside a field after its own checks have run."""
    field.errors = [*field.errors, str(sentence)]
