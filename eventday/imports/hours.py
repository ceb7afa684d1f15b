"""The hours and parts of a day in a text from which the day was taken."""

import re
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from eventday.imports.when import TIME_UNREADABLE, Unreadable, When
from eventday.programme.domain import Part

HOUR_WORD = r"(?:gio|h|g)"
MINUTE_WORD = r"(?:phut|ph|p|')?"
_TOKEN = re.compile(
    rf"""
      (?P<time>(?<![\d:])(?P<hour>\d{{1,2}})\s*(?:
          {HOUR_WORD}(?![a-z])\s*kem\s*(?P<minus>\d{{1,2}})\s*{MINUTE_WORD}
        | (?:{HOUR_WORD}\s*)?(?P<half>ruoi)
        | [:.]\s*(?P<minute>\d{{2}})(?:[:.]\d{{2}})?(?!\d)\s*(?:{HOUR_WORD}(?![a-z]))?
        | {HOUR_WORD}(?![a-z])(?:\s*(?P<after>\d{{1,2}})(?!\s*(?:{HOUR_WORD}|[:/\d]))\s*{MINUTE_WORD})?
      ))
    | (?P<bare>\d+)
    | (?P<all_day>\b(?:ca|suot|nguyen|trong|toan)\s(?:ngay|(?:hai|2)\sbuoi)\b)
    | (?P<part>(?<![a-z])(?:buoi\s)?(?:sang|trua|chieu|toidem|dem|am|pm|sa|ch)\b)
    | (?P<toi>\btoi\b)
    | (?P<to>\bden(?:\shet)?\b|[-=]+>|[-~→÷]+)
    | (?P<and>\bva\b|&|\+)
    | (?P<fill>\b(?:tu|ngay|vao|luc|hoi|buoi|thoi\sgian|gio|bat\sdau|ket\sthuc|dung|lan)\b|[\s,.;:()/]+)
    | (?P<junk>\w+|.)
    """,
    re.VERBOSE,
)
_PARTS = {
    "sang": Part.MORNING,
    "sa": Part.MORNING,
    "am": Part.MORNING,
    "trua": Part.NOON,
    "chieu": Part.AFTERNOON,
    "ch": Part.AFTERNOON,
    "pm": Part.AFTERNOON,
    "toidem": Part.EVENING,
    "toi": Part.EVENING,
    "dem": Part.EVENING,
}
# Hours as spoken with a part of the day that mean twelve later, and those that mean themselves.
_LATER = {Part.MORNING: (), Part.NOON: (1, 2), Part.AFTERNOON: range(1, 8), Part.EVENING: range(5, 12)}
_ITSELF = {Part.MORNING: range(12), Part.NOON: range(10, 15), Part.AFTERNOON: range(12, 20), Part.EVENING: range(17, 24)}


@dataclass(frozen=True)
class _Hour:
    """A time as written, with the part of the day that stands beside it."""

    clock: time
    part: Part | None = None


def read_hours(rest: str) -> When | Unreadable:
    tokens = [(match.lastgroup or "", match) for match in _TOKEN.finditer(rest)]
    tokens = [(kind, match) for kind, match in tokens if kind != "fill"]
    tokens = _trimmed(tokens)
    kinds = [kind for kind, _ in tokens]
    if "junk" in kinds or kinds.count("time") + kinds.count("bare") > 2 or not _bare_is_clear(kinds):
        return TIME_UNREADABLE
    if "and" in kinds and ("time" in kinds or kinds.count("part") < 2):
        return TIME_UNREADABLE
    parts = [_part_of(match) for kind, match in tokens if kind == "part"]
    if "all_day" in kinds or (not kinds.count("time") and len(set(parts)) > 1):
        part: Part | None = Part.ALL_DAY
    else:
        part = parts[-1] if parts else None
    hours = _hours(tokens)
    if hours is None:
        return TIME_UNREADABLE
    return _range(hours, part, open_start=bool(kinds) and kinds[0] == "to")


def _trimmed(tokens: list[tuple[str, re.Match[str]]]) -> list[tuple[str, re.Match[str]]]:
    """“toi” without marks between two hours is “tới”, elsewhere “tối”; a dash that joins nothing says nothing."""
    kinds = [kind for kind, _ in tokens]
    kept: list[tuple[str, re.Match[str]]] = []
    for n, (kind, match) in enumerate(tokens):
        before, after = kinds[:n], kinds[n + 1 :]
        between = bool({"time", "bare"} & set(before)) and bool({"time", "bare"} & set(after))
        if kind == "toi":
            kind = "to" if between else "part"
        elif kind == "to" and not match.group().isalpha() and not between:
            continue
        kept.append((kind, match))
    return kept


def _bare_is_clear(kinds: list[str]) -> bool:
    """“7-9h” and “7h-9” are hours; a number on its own is not."""
    joined = list(pairwise(["", *kinds, ""]))
    for n, kind in enumerate(kinds):
        if kind == "bare" and not ((joined[n + 1][1] == "to" and "time" in kinds[n:]) or (joined[n][0] == "to" and "time" in kinds[:n])):
            return False
    return True


def _part_of(match: re.Match[str]) -> Part:
    return _PARTS[match.group().split()[-1]]


def _hours(tokens: list[tuple[str, re.Match[str]]]) -> list[_Hour] | None:
    """The times with the part beside each: the one right after it, else the one right before; None where one is no time."""
    hours: list[_Hour] = []
    taken: set[int] = set()
    for n, (kind, match) in enumerate(tokens):
        if kind not in ("time", "bare"):
            continue
        clock = _clock_of(match)
        if clock is None:
            return None
        beside = next((at for at in (n + 1, n - 1) if 0 <= at < len(tokens) and tokens[at][0] == "part" and at not in taken), None)
        if beside is not None:
            taken.add(beside)
        hours.append(_Hour(clock, None if beside is None else _part_of(tokens[beside][1])))
    return hours


def _clock_of(match: re.Match[str]) -> time | None:
    hour = int(match.group("hour") or match.group("bare"))
    minute = 30 if match.group("half") else int(match.group("minute") or match.group("after") or 0)
    if match.group("minus"):
        hour, minute = hour - 1, 60 - int(match.group("minus"))
    return time(hour, minute) if 0 <= hour <= 23 and 0 <= minute <= 59 else None


def _range(hours: list[_Hour], part: Part | None, *, open_start: bool) -> When | Unreadable:
    if not hours:
        return When(part=part)
    last = _spoken(hours[-1].clock, hours[-1].part or (part if part is not Part.ALL_DAY and len(hours) == 1 else None))
    if last is None:
        return TIME_UNREADABLE
    if len(hours) == 1:
        return When(end=last, part=part) if open_start else When(start=last, part=part)
    first = _first(hours[0], last, hours[-1].part)
    if first is None:
        return TIME_UNREADABLE
    if last < first and hours[-1].part is None and hours[0].part in (Part.NOON, Part.AFTERNOON, Part.EVENING):
        last = _later(last)
    return When(start=first, end=last, part=part) if first < last else Unreadable("end_before_start", start=first, end=last)


def _first(hour: _Hour, last: time, part: Part | None) -> time | None:
    """The word beside the second time covers the first too, where that is then not later than the second."""
    if hour.part or part is None:
        return _spoken(hour.clock, hour.part)
    covered = _spoken(hour.clock, part)
    return covered if covered and covered <= last else hour.clock


def _spoken(clock: time, part: Part | None) -> time | None:
    """The hour on a 24-hour clock; None where hour and part of the day contradict each other."""
    if part is None or part is Part.ALL_DAY or clock.hour in _ITSELF[part]:
        return clock
    return _later(clock) if clock.hour in _LATER[part] else None


def _later(clock: time) -> time:
    return clock.replace(hour=clock.hour + 12) if clock.hour < 12 else clock


def later_by_part(clock: time, part: Part | None) -> time:
    """The hour that a part of the day in another cell makes of it (“2:00”, “chiều” → 14:00); where they contradict, the hour stands."""
    return _spoken(clock, part) or clock
