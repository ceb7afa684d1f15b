"""What an organiser fills in of a report."""

from typing import Any

from wtforms import BooleanField, DateField, TextAreaField
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from eventday.kernel.text import tidy_lines
from eventday.reports.letter import SECTIONS, Letter
from eventday.reports.lines import lines_of
from eventday.web.forms import BaseForm, TextField, required
from eventday.web.translation import lazily as _l

SECTION_LABELS = {
    "direction": _l("I.1. Văn bản chỉ đạo"),
    "publicity": _l("I.2. Tuyên truyền"),
    "preparation": _l("I.3. Công tác chuẩn bị, phân công"),
    "forces": _l("II.5. Lực lượng, kinh phí"),
    "strengths": _l("III.1. Ưu điểm"),
    "weaknesses": _l("III.2. Tồn tại, hạn chế"),
    "causes": _l("III.3. Nguyên nhân"),
    "lessons": _l("III.4. Bài học kinh nghiệm"),
    "tasks": _l("IV. Nhiệm vụ, giải pháp thời gian tới"),
    "proposals": _l("V. Đề xuất, kiến nghị"),
}


class LinesField(TextAreaField):
    """Several lines, tidied. Longer than `most` characters is an error."""

    def __init__(self, label: Any = "", *, most: int = 2000, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(label, render_kw={"maxlength": most, "rows": rows}, **kwargs)
        self.most = most

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = tidy_lines(str(valuelist[0])) if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        if self.data and len(self.data) > self.most:
            raise StopValidation(str(_l("Dài quá: nhiều nhất %(most)s ký tự.", most=self.most)))


class DayField(DateField):
    """A day or nothing, written dd/mm/yyyy whatever the browser's language; an error is in our words."""

    widget = TextInput()

    def __init__(self, label: Any = "", **kwargs: Any) -> None:
        render = {"inputmode": "numeric", "maxlength": 10, "autocomplete": "off"}
        super().__init__(label, format=["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"], render_kw=render, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([text.strip() for text in valuelist if text.strip()])
        except ValueError:
            raise ValueError(str(_l("Ngày này không có. Hãy ghi ngày/tháng/năm, ví dụ: 12/10/2027."))) from None


class LetterForm(BaseForm):
    """The formal parts, and the organiser's own words by section."""

    place = TextField(_l("Địa danh ở đầu văn bản"), [required(_l("Hãy ghi địa danh, ví dụ: Anh Sơn."))], most=60)
    dated = DayField(_l("Ngày của báo cáo"))
    bases = LinesField(_l("Thực hiện các văn bản"))
    addressees = LinesField(_l("Kính gửi"))
    recipients = LinesField(_l("Nơi nhận"), rows=6)
    deputy = BooleanField(_l("Phó Chủ tịch ký thay (KT. CHỦ TỊCH)"))
    signer = TextField(_l("Người ký"), most=80)
    direction = LinesField(SECTION_LABELS["direction"])
    publicity = LinesField(SECTION_LABELS["publicity"])
    preparation = LinesField(SECTION_LABELS["preparation"])
    forces = LinesField(SECTION_LABELS["forces"])
    strengths = LinesField(SECTION_LABELS["strengths"])
    weaknesses = LinesField(SECTION_LABELS["weaknesses"])
    causes = LinesField(SECTION_LABELS["causes"])
    lessons = LinesField(SECTION_LABELS["lessons"])
    tasks = LinesField(SECTION_LABELS["tasks"])
    proposals = LinesField(SECTION_LABELS["proposals"])

    @classmethod
    def of_letter(cls, letter: Letter) -> "LetterForm":
        lines = {name: "\n".join(getattr(letter, name)) for name in ("bases", "addressees", "recipients")}
        return cls(data={"place": letter.place, "dated": letter.dated, "deputy": letter.deputy, "signer": letter.signer, **lines, **letter.texts})

    def to_letter(self) -> Letter:
        return Letter(
            place=self.place.data or "",
            dated=self.dated.data,
            bases=lines_of(self.bases.data or ""),
            addressees=lines_of(self.addressees.data or ""),
            recipients=lines_of(self.recipients.data or ""),
            deputy=bool(self.deputy.data),
            signer=self.signer.data or "",
            texts={name: self[name].data for name in SECTIONS if self[name].data},
        )

    @property
    def sections(self) -> list[Any]:
        return [self[name] for name in SECTIONS]
