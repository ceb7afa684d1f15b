"""A table as the paper draws it, and the cells that several tables share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from eventday.kernel.clock import day_of
from eventday.reports.facts import ActivityFact, SlotFact
from eventday.reports.figures import ActivityFigures
from eventday.web.filters import clock_time, number, short_date
from eventday.web.translation import translated as _

TEXT_WIDTH, ANNEX_WIDTH = 165.0, 252.0  # mm between the margins, upright and across


@dataclass(frozen=True)
class Column:
    """`width` in mm; `kind` text, middle or number. A column with `nothing` in every row is not printed."""

    head: str
    width: float
    kind: str = "number"
    nothing: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """`rows` have as many cells as there are columns, or one (a heading over all). `total` begins behind the `span` cells of its word."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    span: int = 2


def fitted(table: Table) -> Table:
    """The table without columns that say nothing; the text has their width."""
    gone = {at for at, column in enumerate(table.columns) if column.nothing and all(row[at] == column.nothing for row in table.rows)}
    text = next(at for at, column in enumerate(table.columns) if column.kind == "text")
    spare = sum(table.columns[at].width for at in gone)
    kept = [at for at in range(len(table.columns)) if at not in gone]
    return Table(
        caption=table.caption,
        columns=tuple(replace(table.columns[at], width=table.columns[at].width + spare * (at == text)) for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
        total=tuple(cell for at, cell in enumerate(table.total, start=table.span) if at not in gone),
        span=table.span,
    )


def numbering() -> Column:
    return Column(_("TT"), 9, "middle")


def dash(value: int | None) -> str:
    """A number, or “–” where there is none to be had."""
    return "–" if value is None else number(value)


def total(activities: Sequence[ActivityFigures], value: Callable[[ActivityFigures], int | None]) -> str:
    """The sum of what there is, “–” where there is nothing."""
    values = [found for activity in activities if (found := value(activity)) is not None]
    return number(sum(values)) if values else "–"


def registered(one: ActivityFigures) -> int | None:
    """People who registered before; None where nobody registers."""
    return None if one.seats is None else one.count.registered


def times(activity: ActivityFact, days: int) -> str:
    """“07:30–16:30”, with its days where the event has several: below where they share their hours, else a line each."""
    slots = sorted(activity.slots, key=lambda slot: slot.starts_at)
    spans = [_span(list(of_day)) for _day, of_day in groupby(slots, key=lambda slot: day_of(slot.starts_at))]
    if not spans:
        return "–"
    if days == 1:
        return spans[0][1]
    if len(spans) > 1 and len({hours for _day, hours in spans}) == 1:
        return f"{spans[0][1]}\n({', '.join(short_date(day) for day, _hours in spans)})"
    return "\n".join(f"{hours} ({short_date(day)})" for day, hours in spans)


def _span(slots: Sequence[SlotFact]) -> tuple[date, str]:
    """The day of these slots, and from when to when it goes."""
    begins, ends = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
    return day_of(begins), f"{clock_time(begins)}–{clock_time(ends)}"
