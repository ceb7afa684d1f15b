"""II.2. A table for each group of kinds that took place."""

from collections.abc import Callable, Sequence

from eventday.programme.domain import Kind
from eventday.reports.figures import MEETINGS, ActivityFigures, Figures
from eventday.reports.names import short_title
from eventday.reports.tables.table import Column, Table, dash, fitted, numbering, registered, times, total
from eventday.web.filters import number, share
from eventday.web.translation import translated as _

_Activities = Sequence[ActivityFigures]


def of_kinds(figures: Figures, days: int) -> dict[str, Table]:
    """Booths, meetings, stations, classes, online; `days` on which something took place."""
    made = {
        "booths": _booths(figures.of_kind(Kind.BOOTH)),
        "meetings": _meetings(figures.of_kind(*MEETINGS), days),
        "stations": _stations(figures.of_kind(Kind.STATION)),
        "classes": _classes(figures.of_kind(Kind.CLASS), days),
        "online": _online(figures.of_kind(Kind.ONLINE), days),
    }
    return {name: fitted(table) for name, table in made.items() if table.rows}


def _rows(activities: _Activities, cells: Callable[[ActivityFigures], Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple((str(at), short_title(activity.fact), *cells(activity)) for at, activity in enumerate(activities, start=1))


def _seats(one: ActivityFigures) -> int | None:
    return one.seats


def _slots(one: ActivityFigures) -> int:
    return len(one.fact.slots)


def _attendances(one: ActivityFigures) -> int:
    return one.count.attendances


def _stamps(one: ActivityFigures) -> int:
    return one.count.stamps


def _present_online(one: ActivityFigures) -> int:
    return one.count.online


def _filled(activities: _Activities) -> str:
    """Attendances by seats, where people register."""
    seats = sum(one.seats or 0 for one in activities)
    return share(sum(one.count.attendances for one in activities if one.seats is not None), seats)


def _booths(activities: _Activities) -> Table:
    return Table(
        caption=_("Kết quả các gian hàng"),
        columns=(numbering(), Column(_("Gian hàng"), 98, "text"), Column(_("Lượt ghé"), 24), Column(_("Lượt thực hành"), 34, nothing="0")),
        rows=_rows(activities, lambda one: (number(_attendances(one)), number(_stamps(one)))),
        total=(total(activities, _attendances), total(activities, _stamps)),
    )


def _meetings(activities: _Activities, days: int) -> Table:
    return Table(
        caption=_("Kết quả hội nghị, tọa đàm"),
        columns=(
            numbering(),
            Column(_("Tên hoạt động"), 62, "text"),
            Column(_("Thời gian"), 38, "middle"),
            Column(_("Số chỗ"), 13, nothing="–"),
            Column(_("Đăng ký"), 13, nothing="–"),
            Column(_("Có mặt"), 13),
            Column(_("Lấp đầy"), 17, nothing="–"),
        ),
        rows=_rows(
            activities,
            lambda one: (times(one.fact, days), dash(one.seats), dash(registered(one)), number(_attendances(one)), _filled([one])),
        ),
        total=(total(activities, _seats), total(activities, registered), total(activities, _attendances), _filled(activities)),
        span=3,
    )


def _stations(activities: _Activities) -> Table:
    return Table(
        caption=_("Kết quả các trạm trải nghiệm"),
        columns=(
            numbering(),
            Column(_("Trạm trải nghiệm"), 75, "text"),
            Column(_("Số ca"), 13),
            Column(_("Số chỗ"), 16, nothing="–"),
            Column(_("Đăng ký"), 17, nothing="–"),
            Column(_("Có mặt"), 17),
            Column(_("Đạt kỹ năng"), 18, nothing="0"),
        ),
        rows=_rows(
            activities,
            lambda one: (number(_slots(one)), dash(one.seats), dash(registered(one)), number(_attendances(one)), number(_stamps(one))),
        ),
        total=tuple(total(activities, value) for value in (_slots, _seats, registered, _attendances, _stamps)),
    )


def _classes(activities: _Activities, days: int) -> Table:
    return Table(
        caption=_("Kết quả các lớp học số"),
        columns=(
            numbering(),
            Column(_("Tên lớp"), 61, "text"),
            Column(_("Thời gian"), 38, "middle"),
            Column(_("Số chỗ"), 13, nothing="–"),
            Column(_("Đăng ký"), 13, nothing="–"),
            Column(_("Có mặt"), 13),
            Column(_("Đạt kỹ năng"), 18, nothing="0"),
        ),
        rows=_rows(
            activities,
            lambda one: (times(one.fact, days), dash(one.seats), dash(registered(one)), number(_attendances(one)), number(_stamps(one))),
        ),
        total=tuple(total(activities, value) for value in (_seats, registered, _attendances, _stamps)),
        span=3,
    )


def _online(activities: _Activities, days: int) -> Table:
    return Table(
        caption=_("Kết quả hoạt động trực tuyến"),
        columns=(
            numbering(),
            Column(_("Tên hoạt động"), 78, "text"),
            Column(_("Thời gian"), 38, "middle"),
            Column(_("Đăng ký"), 18, nothing="–"),
            Column(_("Lượt tham gia"), 22),
        ),
        rows=_rows(activities, lambda one: (times(one.fact, days), dash(registered(one)), number(_present_online(one)))),
        total=(total(activities, registered), total(activities, _present_online)),
        span=3,
    )
