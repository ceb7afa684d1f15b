"""A commune's plan in our own form: an Excel workbook whose “Mã” names each slot or wish when it is read again."""

from collections.abc import Sequence

from eventday.imports.headings import Column
from eventday.imports.own_form import FORM, OwnRow, Words, own_row
from eventday.imports.plan_words import PARTS
from eventday.places import queries as places
from eventday.programme.domain import Event, Kind
from eventday.programme.kind_words import NAMES
from eventday.programme.standing import standing
from eventday.web.translation import lazily as _l
from eventday.web.translation import translated as _

_SHEET = _l("Kế hoạch")
# In the order of `FORM`.
_HEADINGS = (
    _l("Mã"),
    _l("Tên hoạt động"),
    _l("Loại hình"),
    _l("Đơn vị chủ trì"),
    _l("Đơn vị phối hợp"),
    _l("Địa điểm"),
    _l("Ngày"),
    _l("Bắt đầu"),
    _l("Kết thúc"),
    _l("Buổi"),
    _l("Số người"),
    _l("Thành phần"),
    _l("Thiết bị"),
    _l("Báo cáo viên"),
    _l("Nội dung"),
    _l("Ghi chú"),
)
_WIDTHS = (10, 46, 17, 28, 28, 34, 12.5, 9.5, 9.5, 11, 10, 24, 28, 22, 40, 30)


def own_rows(event: Event, commune: str) -> list[OwnRow]:
    """What stands in the plan and is not cancelled, as the form says it: three statements whatever the length."""
    spaces = {space.id: space for space in places.spaces(commune)}
    words = Words({kind: str(NAMES[kind]) for kind in Kind}, _parts())
    return [own_row(one.planned, spaces, words, is_slot=one.is_slot) for one in standing(event.id, commune) if not one.cancelled_at]


def plan_file(rows: Sequence[OwnRow]) -> bytes:
    """The rows as an .xlsx."""
    from eventday.paper.spreadsheet import Heading, workbook  # only who takes a file along waits for its library

    choices = {Column.KIND: tuple(str(NAMES[kind]) for kind in Kind), Column.PART: tuple(_parts().values())}
    texts = [str(_HEADINGS[n]) for n in range(len(FORM))]
    headings = [
        Heading(text, width, choices.get(column, ()), strong=n < 2) for n, (column, text, width) in enumerate(zip(FORM, texts, _WIDTHS, strict=True))
    ]
    return workbook(str(_SHEET), headings, [row.cells for row in rows], title=_("Kế hoạch ngày hội"), kept=2)


def _parts() -> dict[str, str]:
    return {part: str(word).capitalize() for part, word in PARTS.items()}
