"""The day in a text: dates in every writing, day first, and weekdays. A missing year is the event's."""

import re
from dataclasses import replace
from datetime import date, time, timedelta

from eventday.imports.when import DATE_UNREADABLE, Days, Unreadable, When, plain
from eventday.programme.domain import Part

_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "chu nhat": 6, "cn": 6} | {str(n): n - 2 for n in range(2, 8)}
_WEEKDAY = re.compile(r"\b(?:(?:thu|t\.?)\s?([2-7])|thu (hai|ba|tu|nam|sau|bay)|(chu nhat|cn))\b")
_YEAR = r"(\d{4}|\d{2})"
_DATES = (
    re.compile(r"\b()(\d{1,2}) thang (\d{1,2})(?:,? (?:nam )?(\d{4}))?\b"),
    re.compile(r"\b(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:t(?=\d))?"),
    re.compile(rf"\b(\d{{1,2}})\s*([/.-])\s*(\d{{1,2}})\s*\2\s*{_YEAR}\b"),
    re.compile(r"\b(\d{1,2})\s*(/)\s*(\d{1,2})()\b"),
    re.compile(r"\bngay (\d{1,2})\s*([.-])\s*(\d{1,2})()\b(?!\s*(?:h|g|gio|:))"),
)
_DASHED = re.compile(r"\bngay (\d{1,2})\s*-\s*(\d{1,2})\b(?!\s*(?:h|g|gio|[:/-]|thang))")
_DAY_ALONE = re.compile(r"\bngay (\d{1,2})\b(?!\s*(?:h|g|gio|[:./-]|thang))")
_MONTH = re.compile(r"\bthang \d")

_SEVERAL = re.compile(
    r"(?<![:hg.\d/])(?<!kem )(?<!gio )(?<![hg] )\d{1,2}(?:/\d{1,2}(?:/\d{4})?)?\s*(?:-|va|den|,|&)\s*(?:ngay\s*)?\d{1,2}\s*(?:/|thang)\s*\d"
)


def day_of_title(text: str, days: Days) -> date | None:
    """The one day of the event that a title names; None where it names none, several, or a span."""
    day, _ = take_day(plain(text), days)
    return day.day if isinstance(day, When) else None


_PART = re.compile(r"\b(?:buoi (sang|trua|chieu|toidem)|(sang|trua|chieu|toidem)(?= (?:ngay )?\d| (?:thu|chu nhat|cn)\b))")
_PARTS = {"sang": Part.MORNING, "trua": Part.NOON, "chieu": Part.AFTERNOON, "toidem": Part.EVENING}


def part_of_title(text: str) -> Part | None:
    """The one part of the day that a title names beside a day or as “buổi …”; “sáng tạo” names none."""
    found = {_PARTS[match.group(1) or match.group(2)] for match in _PART.finditer(plain(text))}
    return found.pop() if len(found) == 1 else None


def day_of_name(name: str, days: Days) -> date | None:
    """The day in a sheet's name, which cannot hold a slash: “Tọa đàm 09.10” too."""
    dotted = re.search(r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?![\d.])", name)
    return day_of_title(name, days) or (day_of_title(f"{dotted.group(1)}/{dotted.group(2)}", days) if dotted else None)


def take_day(text: str, days: Days) -> tuple[When | Unreadable, str]:
    """The day and weekday of a text, and what is left of it."""
    weekdays = {_weekday(match) for match in _WEEKDAY.finditer(text)}
    rest = _WEEKDAY.sub(" ", text)
    if _SEVERAL.search(rest) or (not weekdays and _may_be_a_span(rest, days)):
        return DATE_UNREADABLE, rest
    found: set[date | None] = set()
    for pattern in _DATES:
        found |= {_date_of(match, days) for match in pattern.finditer(rest)}
        rest = pattern.sub(" , ", rest)
    if not found:
        found |= {_day_of_number(int(match.group(1)), days) for match in _DAY_ALONE.finditer(rest)}
        rest = _DAY_ALONE.sub(" ", rest)
    if None in found or len(found) > 1 or len(weekdays) > 1 or _MONTH.search(rest):
        return DATE_UNREADABLE, rest
    if not found:
        return (_only_day(weekdays.pop(), days) if weekdays else When()), rest
    day = found.pop()
    assert day is not None
    read_day = dated(day, days)
    if isinstance(read_day, When) and weekdays and weekdays != {day.weekday()}:
        return replace(read_day, wrong_weekday=True), rest
    return read_day, rest


def _may_be_a_span(text: str, days: Days) -> bool:
    """“Ngày 9-10” is the 9th of October or the 9th and the 10th: where the event has both, nothing tells which."""
    found = _DASHED.search(text)
    first, last = (_day_of_number(int(number), days) for number in found.groups()) if found else (None, None)
    return first is not None and last is not None and first < last


def _weekday(match: re.Match[str]) -> int:
    return _WEEKDAYS[next(group for group in match.groups() if group)]


def _only_day(weekday: int, days: Days) -> When | Unreadable:
    """The day that a weekday alone names, where the event has exactly one such day."""
    every = [days.first + timedelta(days=n) for n in range(min((days.last - days.first).days, 60) + 1)]
    named = [day for day in every if day.weekday() == weekday]
    return When(day=named[0]) if len(named) == 1 else DATE_UNREADABLE


def _date_of(match: re.Match[str], days: Days) -> date | None:
    first, second, third, fourth = match.groups()
    if second and len(first) == 4:
        return _day(int(first), int(third), int(fourth))
    number, month = (int(first), int(third)) if first else (int(second), int(third))
    if fourth:
        return _day(int(fourth) + (2000 if len(fourth) == 2 else 0), month, number)
    years = sorted({days.first.year, days.last.year})
    found = [day for year in years if (day := _day(year, month, number))]
    return next((day for day in found if day in days), found[0] if found else None)


def _day_of_number(number: int, days: Days) -> date | None:
    months = {(day.year, day.month) for day in (days.first, days.last)}
    return next((day for year, month in sorted(months) if (day := _day(year, month, number)) and day in days), None)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def dated(day: date, days: Days, *, start: time | None = None) -> When | Unreadable:
    return When(day=day, start=start) if day in days else Unreadable("date_outside_event", meant=_meant(day, days))


def _meant(day: date, days: Days) -> date | None:
    """The day of the event with the same day and month, where a wrong year is the likely slip."""
    for year in {days.first.year, days.last.year}:
        same = _day(year, day.month, day.day)
        if same and same in days:
            return same
    return None
