"""The annexes: I people by village, II the activities. Their headings span columns, so the template writes them."""

from eventday.programme.domain import Kind
from eventday.reports import names
from eventday.reports.figures import ActivityFigures, Age, Count, Figures, HamletFigures
from eventday.reports.letter import Body
from eventday.reports.tables.table import dash, registered, times, total
from eventday.web.filters import number
from eventday.web.translation import translated as _

HAMLET_WIDTHS = (9, 42, 14, 15, 16, 16, 15, 13, 12.5, 12.5, 13, 13, 13, 13, 17, 18)  # mm
ACTIVITY_WIDTHS = (9, 63, 50, 49, 36, 10, 12, 12, 11)  # mm
_GENDERS = ("male", "female")
_AGES = (Age.CHILD, Age.YOUNG, Age.MIDDLE, Age.OLD)


def hamlet_rows(figures: Figures) -> list[tuple[str, ...]]:
    """The lines of annex I. Who is from elsewhere has one where there is anybody."""
    told = [row for row in figures.by_hamlet if row.hamlet or row.count != Count()]
    return [_hamlet_row(at, row) for at, row in enumerate(told, start=1)]


def _hamlet_row(at: int, row: HamletFigures) -> tuple[str, ...]:
    place, count = row.hamlet, row.count
    population = place.population if place else None
    return (
        str(at),
        place.name if place else _("Nơi khác hoặc không khai"),
        dash(place.households if place else None),
        dash(population),
        number(count.registered),
        number(count.came),
        number(count.of_registered),
        number(count.walk_ins),
        *(number(row.genders[key]) for key in _GENDERS),
        *(number(row.ages[age]) for age in _AGES),
        number(count.attendances),
        number(1000 * count.came / population, 1) if population else "–",
    )


def hamlet_total(figures: Figures) -> tuple[str, ...]:
    """The last line of annex I, behind its two first columns. The share counts who lives in a hamlet only."""
    rows, whole = figures.by_hamlet, figures.totals
    households = [row.hamlet.households for row in rows if row.hamlet and row.hamlet.households is not None]
    population = [(row.hamlet.population, row.count.came) for row in rows if row.hamlet and row.hamlet.population]
    people = sum(living for living, _came in population)
    return (
        dash(sum(households) if households else None),
        dash(people or None),
        *(number(value) for value in (whole.registered, whole.came, whole.of_registered, whole.walk_ins)),
        *(number(sum(row.genders[key] for row in rows)) for key in _GENDERS),
        *(number(sum(row.ages[age] for row in rows)) for age in _AGES),
        number(whole.attendances),
        number(1000 * sum(came for _living, came in population) / people, 1) if people else "–",
    )


def activity_rows(figures: Figures, days: int, body: Body) -> list[tuple[Kind, list[tuple[str, ...]]]]:
    """The lines of annex II by kind, numbered through: title, host, place, time, slots, seats, registered, attendances."""
    at, groups = 0, []
    for kind in Kind:
        rows = [_activity_row(line, one, days, body) for line, one in enumerate(figures.of_kind(kind), start=at + 1)]
        at += len(rows)
        if rows:
            groups.append((kind, rows))
    return groups


def _activity_row(at: int, one: ActivityFigures, days: int, body: Body) -> tuple[str, ...]:
    places = sorted({names.at_home(slot.place, body.name) for slot in one.fact.slots if slot.place})
    return (
        str(at),
        names.short_title(one.fact),
        one.fact.host,
        "; ".join(places) or "–",
        times(one.fact, days),
        number(len(one.fact.slots)),
        dash(one.seats),
        dash(registered(one)),
        number(one.count.all_attendances),
    )


def activity_total(figures: Figures) -> tuple[str, ...]:
    """The last line of annex II, behind its five first columns."""
    every = figures.activities
    return (
        number(figures.slots),
        total(every, lambda one: one.seats),
        total(every, registered),
        total(every, lambda one: one.count.all_attendances),
    )
