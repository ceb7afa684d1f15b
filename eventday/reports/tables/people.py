"""II.3. Who registered and who came, by channel, gender and age: people, not attendances."""

from collections.abc import Mapping

from flask_babel import LazyString

from eventday.reports.figures import Figures, Group
from eventday.reports.tables.table import Column, Table
from eventday.web.filters import number, share
from eventday.web.translation import lazily as _l
from eventday.web.translation import translated as _

# By the field of the figures: the heading, and a word for each group in the order of the rows.
_GROUPS: Mapping[str, tuple[LazyString, Mapping[str, LazyString]]] = {
    "channels": (
        _l("Theo kênh đăng ký"),
        {
            "web": _l("Trang web của xã"),
            "desk": _l("Cán bộ đăng ký giúp"),
            "api": _l("Phần mềm khác gửi"),
            "import": _l("Danh sách thôn, bản"),
            "walk_in": _l("Tại chỗ trong ngày"),
        },
    ),
    "genders": (_l("Theo giới tính"), {"male": _l("Nam"), "female": _l("Nữ"), "other": _l("Khác"), "unknown": _l("Không khai")}),
    "ages": (
        _l("Theo độ tuổi"),
        {
            "under_16": _l("Dưới 16 tuổi"),
            "16_35": _l("Từ 16 đến 35 tuổi"),
            "36_59": _l("Từ 36 đến 59 tuổi"),
            "from_60": _l("Từ 60 tuổi trở lên"),
            "unknown": _l("Không khai"),
        },
    ),
}


def people(figures: Figures) -> Table:
    rows: list[tuple[str, ...]] = []
    for name, (title, words) in _GROUPS.items():
        known = {group.key: group for group in getattr(figures, name)}
        rows.append((str(title),))
        rows += [(str(word), *_cells(known[key], figures.totals.came)) for key, word in words.items() if key in known]
    return Table(
        caption=_("Người dân đăng ký và có mặt (đơn vị: người)"),
        columns=(
            Column(_("Phân nhóm"), 57, "text"),
            Column(_("Đăng ký trước"), 18),
            Column(_("Trong đó đến"), 18),
            Column(_("Tỷ lệ đến"), 18),
            Column(_("Đăng ký tại chỗ"), 18),
            Column(_("Tổng có mặt"), 18),
            Column(_("Cơ cấu"), 18),
        ),
        rows=tuple(rows),
        total=_cells(_everybody(figures), figures.totals.came),
        span=1,
    )


def _everybody(figures: Figures) -> Group:
    total = figures.totals
    return Group("", total.registered, total.of_registered, total.walk_ins, total.came)


def _cells(group: Group, came: int) -> tuple[str, ...]:
    return (
        number(group.registered) if group.registered else "–",
        number(group.of_registered) if group.registered else "–",
        share(group.of_registered, group.registered),
        number(group.walk_ins) if group.walk_ins else "–",
        number(group.came),
        share(group.came, came),
    )
