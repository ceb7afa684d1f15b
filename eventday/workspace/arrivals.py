"""Who came when, as bars of a quarter of an hour. Pure; lengths are in units of the drawing, which is `WIDTH` wide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from eventday.kernel.clock import day_of, local

WIDTH, HEIGHT = 300.0, 100.0
_QUARTER = timedelta(minutes=15)
_FEW = 12  # bars that have room for a number above each
_HOURS_MARKED = 5
_GAP = 0.2  # of a bar's step


@dataclass(frozen=True)
class Bar:
    """A quarter of an hour. `is_told`: its number stands above it; `is_marked`: its hour stands below it."""

    start: datetime
    count: int
    x: float
    width: float
    height: float
    is_told: bool
    is_marked: bool

    @property
    def end(self) -> datetime:
        return self.start + _QUARTER


@dataclass(frozen=True)
class ArrivalsDay:
    """A day's bars from the first to the last with somebody, the empty ones between among them; `most` is the highest."""

    day: date
    bars: tuple[Bar, ...]
    people: int
    most: Bar


def by_day(counts: Sequence[tuple[datetime, int]]) -> list[ArrivalsDay]:
    """From the starts of quarters with how many came in them, in order of time."""
    return [_day(day, dict(members)) for day, members in groupby(counts, key=lambda one: day_of(one[0]))]


def _day(day: date, counts: dict[datetime, int]) -> ArrivalsDay:
    first, last = min(counts), max(counts)
    starts = [first + number * _QUARTER for number in range((last - first) // _QUARTER + 1)]
    most = max(counts.values())
    bars = tuple(_bar(starts, number, counts.get(start, 0), most) for number, start in enumerate(starts))
    return ArrivalsDay(day, bars, sum(counts.values()), max(bars, key=lambda bar: bar.count))


def _bar(starts: Sequence[datetime], number: int, count: int, most: int) -> Bar:
    step = WIDTH / max(len(starts), _FEW)
    every = -(-len(starts) // (4 * _HOURS_MARKED))  # hours between two that are told
    wall = local(starts[number])
    return Bar(
        start=starts[number],
        count=count,
        x=round(number * step, 2),
        width=round(step * (1 - _GAP), 2),
        height=max(round(HEIGHT * count / most, 1), 1.5 if count else 0),
        is_told=len(starts) <= _FEW,
        is_marked=wall.minute == 0 and wall.hour % every == 0,
    )
