"""The report's tables fill the page and have a cell for each column."""

import pytest

from eventday.programme.domain import Kind
from eventday.reports.counting import figures_of
from eventday.reports.facts import HamletFact
from eventday.reports.letter import Body
from eventday.reports.tables import annexes
from eventday.reports.tables.kinds import of_kinds
from eventday.reports.tables.people import people
from eventday.reports.tables.table import ANNEX_WIDTH, TEXT_WIDTH
from tests.reports.facts import activity, entry, facts, full_day, named, person


@pytest.mark.parametrize("days", [1, 2])
def test_columns_fill_the_text_and_not_more(days):
    made = figures_of(full_day())

    for table in [*of_kinds(made, days).values(), people(made)]:
        assert sum(column.width for column in table.columns) == TEXT_WIDTH
        assert {len(row) for row in table.rows} <= {1, len(table.columns)}
        assert len(table.total) + table.span == len(table.columns)
    assert sum(annexes.HAMLET_WIDTHS) == sum(annexes.ACTIVITY_WIDTHS) == ANNEX_WIDTH


def test_rows_of_the_annexes_are_as_long_as_their_columns():
    made = figures_of(full_day())

    assert {len(row) for row in annexes.hamlet_rows(made)} == {len(annexes.HAMLET_WIDTHS)}
    assert len(annexes.hamlet_total(made)) == len(annexes.HAMLET_WIDTHS) - 2
    assert {len(row) for _, rows in annexes.activity_rows(made, 2, Body(name="Xã Anh Sơn", kind="xã", province="tỉnh Nghệ An")) for row in rows} == {
        len(annexes.ACTIVITY_WIDTHS)
    }
    assert len(annexes.activity_total(made)) == len(annexes.ACTIVITY_WIDTHS) - 5


def test_column_that_says_nothing_gives_its_width_to_the_text():
    stations = of_kinds(figures_of(facts([person("An")], [entry("An", "station")])), 1)["stations"]

    assert [(column.head, column.width) for column in stations.columns] == [("TT", 9), ("Trạm trải nghiệm", 126), ("Số ca", 13), ("Có mặt", 17)]
    assert (stations.rows, stations.total) == ((("1", "Cài đặt VNeID", "1", "1"),), ("1", "1"))


def test_activities_stand_in_order_of_their_beginning():
    late, early = activity(Kind.TALK, "late", hours=3), activity(Kind.CONFERENCE, "early")

    meetings = of_kinds(figures_of(facts(activities=[late, early])), 1)["meetings"]

    assert [row[2] for row in meetings.rows] == ["08:00–10:00", "11:00–13:00"]


def test_nobody_from_elsewhere_has_no_line():
    home = HamletFact(named("h1"), "Thôn 1", 10, 40)

    made = figures_of(facts([person("An", hamlet_id=home.id)], [entry("An")], hamlets=[home]))

    assert [row[1] for row in annexes.hamlet_rows(made)] == ["Thôn 1"]
