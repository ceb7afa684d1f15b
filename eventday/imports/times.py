"""Days, hours and parts of a day as officials write them (“7h30 - 9h00 ngày 10/10”, “2h chiều”, Excel serials). Never month first."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from eventday.imports.days import dated, take_day
from eventday.imports.hours import HOUR_WORD, MINUTE_WORD, read_hours
from eventday.imports.when import DATE_UNREADABLE, TIME_UNREADABLE, Days, Unreadable, When, plain

_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 – wall time of a sheet
# What a date becomes when it is copied as text.
_MIDNIGHT = re.compile(r"(?<=\d{4}) 0{1,2}:00(?::00)?$")
_SERIALS = (20_000, 80_000)  # 1954 to 2119: what can be a day of an event at all


def read(value: object, days: Days, *, date1904: bool = False) -> When | Unreadable:
    """What a cell says: text, number (Excel serial), date, time or datetime. An empty one says nothing."""
    if value is None:
        return When()
    if isinstance(value, bool):
        return TIME_UNREADABLE
    if isinstance(value, int | float):
        return _read_serial(float(value), days, date1904)
    if isinstance(value, datetime):
        return dated(value.date(), days, start=_but_midnight(_minute(value.time())))
    if isinstance(value, date):
        return dated(value, days)
    if isinstance(value, time):
        return When(start=_minute(value))
    return _read_text(str(value), days, date1904)


def minutes(value: object) -> int | None:
    """How long “90 phút”, “2 giờ”, “1h30” or a clock time in a duration column is; None where it is not said."""
    if isinstance(value, time):
        return (value.hour * 60 + value.minute) or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _minutes_of_number(float(value))
    text = plain(str(value or ""))
    parts_of_hours = re.fullmatch(rf"(\d{{1,2}})[.,](\d{{1,2}})\s*(?:{HOUR_WORD}|tieng)", text)
    if parts_of_hours:
        return round(float(f"{parts_of_hours.group(1)}.{parts_of_hours.group(2)}") * 60) or None
    found = re.fullmatch(rf"(?:(\d{{1,2}})\s*(?:{HOUR_WORD}|tieng|:)\s*)?(?:(\d{{1,3}})\s*{MINUTE_WORD})?", text)
    if not found or not any(found.groups()) or (found.group(1) is None and text.isdigit() and int(text) < 15):
        return None
    return (60 * int(found.group(1) or 0) + int(found.group(2) or 0)) or None


def _minutes_of_number(number: float) -> int | None:
    if 0 < number < 1:
        return round(number * 24 * 60)
    return int(number) if 15 <= number <= 24 * 60 and number == int(number) else None


def _read_serial(number: float, days: Days, date1904: bool) -> When | Unreadable:
    if 0 <= number < 1:
        return _clock(number)
    if not _SERIALS[0] < number < _SERIALS[1]:
        return DATE_UNREADABLE if number > _SERIALS[0] else TIME_UNREADABLE
    day = (_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(days=int(number))
    clock = _clock(number - int(number))
    if isinstance(clock, Unreadable):
        return clock
    return dated(day.date(), days, start=_but_midnight(clock.start))


def _clock(fraction: float) -> When | Unreadable:
    total = round(fraction * 24 * 60)
    return When(start=time(total // 60, total % 60)) if total < 24 * 60 else TIME_UNREADABLE


def _but_midnight(clock: time | None) -> time | None:
    """A day's own 00:00, a rounding error beside it or not, is no start."""
    return None if clock == time() else clock


def _minute(moment: time) -> time:
    """To the minute, as a sheet shows it: binary fractions of a day may lie a moment before."""
    total = min(round(moment.hour * 60 + moment.minute + moment.second / 60 + moment.microsecond / 60e6), 24 * 60 - 1)
    return time(total // 60, total % 60)


@lru_cache(maxsize=8192)
def _read_text(text: str, days: Days, date1904: bool) -> When | Unreadable:
    text = _MIDNIGHT.sub("", plain(text).replace("\\", "/").strip("().,;:' "))
    if re.fullmatch(r"\d{5,}(?:\.\d+)?|0?\.\d+", text):
        return _read_serial(float(text), days, date1904)
    day, rest = take_day(text, days)
    if isinstance(day, Unreadable):
        return day
    hours = read_hours(rest)
    if isinstance(hours, Unreadable):
        return hours
    return replace(hours, day=day.day, wrong_weekday=day.wrong_weekday)
