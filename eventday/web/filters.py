"""How values read in Vietnamese: dates dd/mm/yyyy, times 07:30, numbers 1.234,5 (shared by pages, paper and exports)."""

from datetime import date, datetime

from flask import Flask

from eventday.kernel.clock import day_of, local
from eventday.web.translation import lazily as _l
from eventday.web.translation import translated as _

_WEEKDAYS = (_l("Thứ Hai"), _l("Thứ Ba"), _l("Thứ Tư"), _l("Thứ Năm"), _l("Thứ Sáu"), _l("Thứ Bảy"), _l("Chủ nhật"))


def clock_time(moment: datetime) -> str:
    """07:30, in Vietnam."""
    return f"{local(moment):%H:%M}"


def clock_seconds(moment: datetime) -> str:
    """07:30:05, in Vietnam."""
    return f"{local(moment):%H:%M:%S}"


def short_date(day: date | datetime) -> str:
    """09/10."""
    return f"{_day(day):%d/%m}"


def full_date(day: date | datetime) -> str:
    """09/10/2027."""
    return f"{_day(day):%d/%m/%Y}"


def day_span(first: date, last: date) -> str:
    """10/10/2027, 09–10/10/2027 or 31/12/2027–01/01/2028."""
    if first == last:
        return full_date(first)
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{first:%d}–{full_date(last)}" if same_month else f"{full_date(first)}–{full_date(last)}"


def long_date(day: date | datetime) -> str:
    """Chủ nhật, 10/10/2027."""
    return f"{weekday(day)}, {full_date(day)}"


def weekday(day: date | datetime) -> str:
    return str(_WEEKDAYS[_day(day).weekday()])


def number(value: float, digits: int = 0) -> str:
    """1.234 or 1.234,5."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def share(part: int, whole: int) -> str:
    """62,4% without a space; a share without a base is “–”."""
    return f"{number(100 * part / whole, 1)}%" if whole else "–"


def phone(e164: str | None) -> str:
    """0912 345 678 from +84912345678."""
    if not e164:
        return ""
    digits = "0" + e164.removeprefix("+84")
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


def minutes(count: int) -> str:
    """55 phút, 2 giờ, 2 giờ 30 phút, 3 ngày."""
    days, hours, rest = count // 1440, count // 60, count % 60
    if days:
        return _("%(days)s ngày", days=days)
    if hours and rest:
        return _("%(hours)s giờ %(minutes)s phút", hours=hours, minutes=rest)
    return _("%(hours)s giờ", hours=hours) if hours else _("%(minutes)s phút", minutes=rest)


def masked_phone(e164: str | None) -> str:
    """091****678."""
    digits = phone(e164).replace(" ", "")
    return f"{digits[:3]}****{digits[-3:]}" if digits else ""


def in_sentence(commune: str) -> str:
    """“xã Anh Sơn” of “Xã Anh Sơn”: a commune's name where it does not begin a sentence."""
    return commune[:1].lower() + commune[1:]


def _day(day: date | datetime) -> date:
    return day_of(day) if isinstance(day, datetime) else day


def init_app(app: Flask) -> None:
    for filter_ in (
        clock_time,
        clock_seconds,
        short_date,
        full_date,
        day_span,
        long_date,
        weekday,
        number,
        share,
        phone,
        masked_phone,
        minutes,
        in_sentence,
    ):
        app.jinja_env.filters[filter_.__name__] = filter_
