"""What a report consists of, for who prepares it: which part is written, which fills itself, what is missing for signing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString

from eventday.reports.letter import Letter
from eventday.web.translation import lazily as _l

_TITLES: Mapping[str, LazyString] = {
    "direction": _l("I.1. Văn bản chỉ đạo"),
    "publicity": _l("I.2. Tuyên truyền"),
    "preparation": _l("I.3. Chuẩn bị, phân công"),
    "results": _l("II.1–4. Kết quả, kỹ năng"),
    "forces": _l("II.5. Lực lượng, kinh phí"),
    "strengths": _l("III.1. Ưu điểm"),
    "weaknesses": _l("III.2. Tồn tại, hạn chế"),
    "causes": _l("III.3. Nguyên nhân"),
    "lessons": _l("III.4. Bài học kinh nghiệm"),
    "tasks": _l("IV. Nhiệm vụ thời gian tới"),
    "proposals": _l("V. Đề xuất, kiến nghị"),
}
_NEVER_FILLED = ("causes", "lessons")  # no figure tells them: unwritten, they are not printed


@dataclass(frozen=True)
class Part:
    """`field` is the form's, or empty; `state` is written, filled (from figures), missing or left_out."""

    field: str
    title: LazyString
    state: str


def parts(letter: Letter) -> list[Part]:
    """The formal parts first, then the sections in the report's order."""
    formal = [
        Part("bases", _l("Văn bản căn cứ"), "written" if letter.bases else "missing"),
        Part("signer", _l("Người ký"), "written" if letter.signer else "missing"),
    ]
    return formal + [Part("" if name == "results" else name, title, _state(name, letter)) for name, title in _TITLES.items()]


def _state(name: str, letter: Letter) -> str:
    if letter.texts.get(name):
        return "written"
    return "left_out" if name in _NEVER_FILLED else "filled"
