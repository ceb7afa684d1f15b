"""The day, hours and part of the day of one row, put together from its several time columns."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from eventday.imports.headings import Column
from eventday.imports.hours import later_by_part
from eventday.imports.sheet import Value
from eventday.imports.times import minutes, read
from eventday.imports.when import Days, Unreadable, When, plain
from eventday.programme.domain import Part

TIME_COLUMNS = (Column.DATE, Column.TIME, Column.START, Column.END, Column.PART, Column.DURATION)
_PART_LETTERS = {"s": "sáng", "c": "chiều", "t": "tối", "s, c": "cả ngày", "s+c": "cả ngày", "s/c": "cả ngày", "s - c": "cả ngày", "s-c": "cả ngày"}
# “10.10”, also after a weekday: only the column tells that it is a day.
_SHORT_DATE = re.compile(r"((?:(?:thu \w+|t ?\d|chu nhat|cn)\b)?[\s,:]*)(\d{1,2}\s*[.-]\s*\d{1,2})")


@dataclass(frozen=True)
class Trouble:
    """A problem at a column of the row."""

    column: int
    code: str
    facts: dict[str, object] = field(default_factory=dict)
    is_warning: bool = False


@dataclass
class Moment:
    """What a row says of its time; `troubles` are what its cells do not say clearly."""

    day: date | None = None
    start: time | None = None
    end: time | None = None
    part: Part | None = None
    troubles: list[Trouble] = field(default_factory=list)
    end_column: int = 0


@dataclass(frozen=True)
class Cell:
    role: Column
    column: int
    value: Value


def read_moment(cells: Sequence[Cell], days: Days, *, date1904: bool, day: date | None, part: Part | None) -> Moment:
    """`day` and `part` are those of the group or sheet, for a row that says none."""
    moment = Moment()
    read_cells = [(cell, _read(cell, days, date1904, moment)) for cell in cells if cell.role is not Column.DURATION]
    said = [(cell, when) for cell, when in read_cells if when is not None]
    _take_day(moment, said)
    _take_hours(moment, said)
    _take_part(moment, said, part)
    _take_duration(moment, [cell for cell in cells if cell.role is Column.DURATION])
    troubled_day = any(trouble.code.startswith("date") for trouble in moment.troubles)
    if moment.day is None and not troubled_day:
        moment.day = day
    _check_order(moment)
    return moment


def _read(cell: Cell, days: Days, date1904: bool, moment: Moment) -> When | None:
    when = read(_spelled_out(cell), days, date1904=date1904)
    if isinstance(when, When):
        if when.wrong_weekday:
            moment.troubles.append(Trouble(cell.column, "weekday_mismatch", {"value": shown(cell.value), "day": when.day}, is_warning=True))
        return when
    code = "date_unreadable" if cell.role is Column.DATE and when.code == "time_unreadable" else when.code
    facts: dict[str, object] = {"value": shown(cell.value)} | _facts_of(when, days)
    moment.troubles.append(Trouble(cell.column, code, facts))
    return None


def _spelled_out(cell: Cell) -> Value:
    """What a cell means by its column alone: “10.10” is a day in “Ngày”, “S” the morning in “Buổi”."""
    if isinstance(cell.value, str):
        text = plain(cell.value)
        if cell.role is Column.DATE and _SHORT_DATE.fullmatch(text):
            return _SHORT_DATE.sub(r"\1 ngày \2", text)
        if cell.role is Column.PART:
            return _PART_LETTERS.get(text.rstrip("."), cell.value)
    return cell.value


def _facts_of(when: Unreadable, days: Days) -> dict[str, object]:
    if when.code == "date_outside_event":
        return {"meant": when.meant, "first": days.first, "last": days.last}
    return {"start": when.start, "end": when.end} if when.code == "end_before_start" else {"first": days.first, "last": days.last}


def shown(value: Value) -> str:
    """A cell's value as its reader wrote it, more or less."""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return f"{value:g}"
    return " ".join(str(value).split())[:80]


def _take_day(moment: Moment, said: Iterable[tuple[Cell, When]]) -> None:
    for cell, when in said:
        if when.day is None:
            continue
        if moment.day not in (None, when.day):
            moment.troubles.append(Trouble(cell.column, "date_unreadable", {"value": shown(cell.value), "first": moment.day, "last": when.day}))
        moment.day = moment.day or when.day


def _take_hours(moment: Moment, said: Sequence[tuple[Cell, When]]) -> None:
    for cell, when in said:
        if cell.role is Column.END:
            end = when.end or when.start
            if end:
                moment.end, moment.end_column = end, cell.column
                covered = later_by_part(moment.start, when.part) if moment.start else None
                moment.start = covered if covered and covered < end else moment.start
        else:
            moment.start = moment.start or when.start
            if when.end and not moment.end:
                moment.end, moment.end_column = when.end, cell.column


def _take_part(moment: Moment, said: Sequence[tuple[Cell, When]], part: Part | None) -> None:
    """A part in a column of its own says what “2h” in another means."""
    parts = [when.part for _, when in said if when.part]
    apart = [when.part for cell, when in said if cell.role is Column.PART and when.part]
    moment.part = parts[0] if parts else part
    word = apart[0] if apart else part if not parts else None
    if word:
        moment.start = later_by_part(moment.start, word) if moment.start else None
        moment.end = later_by_part(moment.end, word) if moment.end else None


def _take_duration(moment: Moment, cells: Sequence[Cell]) -> None:
    if not cells or moment.start is None or moment.end is not None:
        return
    length = minutes(cells[0].value)
    if length is None:
        moment.troubles.append(Trouble(cells[0].column, "duration_unclear", {"value": shown(cells[0].value)}, is_warning=True))
        return
    end = datetime.combine(date.min, moment.start) + timedelta(minutes=length)
    if end.date() == date.min:
        moment.end, moment.end_column = end.time(), cells[0].column


def _check_order(moment: Moment) -> None:
    if moment.start and moment.end and moment.end <= moment.start:
        moment.troubles.append(Trouble(moment.end_column, "end_before_start", {"start": moment.start, "end": moment.end}))
