"""The report's tables fill the page and have a cell for each column."""

import pytest

from eventday.reports.counting import figures_of
from eventday.reports.tables import annexes
from eventday.reports.tables.kinds import of_kinds
from eventday.reports.tables.people import people
from eventday.reports.tables.table import ANNEX_WIDTH, TEXT_WIDTH
from tests.reports.facts import full_day


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

    assert {len(annexes.hamlet_row(1, row)) for row in made.by_hamlet} == {len(annexes.HAMLET_WIDTHS)}
    assert len(annexes.hamlet_total(made)) == len(annexes.HAMLET_WIDTHS) - 2
    assert {len(row) for _, rows in annexes.activity_rows(made, 2) for row in rows} == {len(annexes.ACTIVITY_WIDTHS)}
    assert len(annexes.activity_total(made)) == len(annexes.ACTIVITY_WIDTHS) - 5
