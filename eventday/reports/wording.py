"""How a state document writes days, hours and lists (Nghị định 30/2020/NĐ-CP, Phụ lục I), and what it calls kinds and villages."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from flask_babel import LazyString

from eventday.programme.domain import Kind
from eventday.programme.kind_words import NAMES
from eventday.web.filters import weekday
from eventday.web.translation import lazily as _l
from eventday.web.translation import translated as _

KIND_WORDS: Mapping[Kind, LazyString] = {**NAMES, Kind.ONLINE: _l("Hoạt động trực tuyến")}
_RURAL = "xã"  # the kind of a commune, as the catalogue has it


def day_in_words(day: date) -> str:
    """“ngày 05 tháng 8 năm 2027”: days below 10 and months 1 and 2 get a 0."""
    return _("ngày\u00a0%(day)s tháng %(month)s năm %(year)s", day=f"{day:%d}", month=_month(day), year=day.year)


def days_in_words(days: Sequence[date]) -> str:
    """“trong ngày Chủ nhật, 10 tháng 10 năm 2027”, “trong 2 ngày 09 và 10 tháng 10 năm 2027”, “từ ngày … đến ngày …”; days in order, at least one."""
    first, last = days[0], days[-1]
    if len(days) == 1:
        return _(
            "trong ngày %(weekday)s, %(day)s tháng %(month)s năm %(year)s",
            weekday=weekday(first),
            day=f"{first:%d}",
            month=_month(first),
            year=first.year,
        )
    if (first.year, first.month) == (last.year, last.month):
        listed = both(", ".join(f"{day:%d}" for day in days[:-1]), f"{last:%d}")
        return _("trong %(count)s ngày %(days)s tháng %(month)s năm %(year)s", count=len(days), days=listed, month=_month(last), year=last.year)
    return _("từ %(first)s đến %(last)s", first=day_in_words(first), last=day_in_words(last))


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def hour_in_words(hour: time) -> str:
    """“07 giờ 30 phút”."""
    return _("%(hours)s giờ %(minutes)s phút", hours=f"{hour:%H}", minutes=f"{hour:%M}")


def both(first: str, second: str) -> str:
    return _("%(first)s và %(second)s", first=first, second=second)


def paragraph(*sentences: str) -> str:
    """Those that are not empty, one after the other."""
    return " ".join(sentence for sentence in sentences if sentence)


def villages(kind: str, own: str = "") -> str:
    """What villages are called: in the commune's `own` words (“thôn, bản”), else as the law calls them in a commune of this kind."""
    return own or (_("thôn") if kind == _RURAL else _("tổ dân phố"))
