"""The words of a state document."""

from datetime import date, time

import pytest

from eventday.programme.domain import Kind
from eventday.reports import figures, tables, wording
from tests.reports.facts import activity, full_day


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 11, 5), "ngày 05 tháng 11 năm 2027"),
        (date(2027, 2, 12), "ngày 12 tháng 02 năm 2027"),
        (date(2027, 3, 9), "ngày 09 tháng 3 năm 2027"),
    ],
)
def test_days_below_ten_and_two_months_have_a_nought(day, words):
    assert wording.day_in_words(day).replace(wording.NO_BREAK, " ") == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([date(2027, 10, 10)], "trong ngày Chủ nhật, 10 tháng 10 năm 2027"),
        ([date(2027, 10, 9), date(2027, 10, 10)], "trong 2 ngày 09 và 10 tháng 10 năm 2027"),
        ([date(2027, 9, 30), date(2027, 10, 1)], "từ ngày 30 tháng 9 năm 2027 đến ngày 01 tháng 10 năm 2027"),
    ],
)
def test_days_of_an_event(days, words):
    assert wording.days_in_words(days).replace(wording.NO_BREAK, " ") == words


@pytest.mark.parametrize(
    ("commune", "kind", "place"), [("Xã Anh Sơn", "xã", "Anh Sơn"), ("Phường 8", "phường", "Phường 8"), ("Đặc khu Phú Quốc", "đặc khu", "Phú Quốc")]
)
def test_place_drops_the_type_before_a_proper_name_only(commune, kind, place):
    assert wording.proper_name(commune, kind) == place


@pytest.mark.parametrize(("name", "kind", "words"), [("Nghệ An", "tỉnh", "tỉnh Nghệ An"), ("Thành phố Huế", "thành phố trung ương", "thành phố Huế")])
def test_province_in_a_sentence(name, kind, words):
    assert wording.province_in_sentence(name, kind) == words


def test_title_breaks_before_the_year_into_two_lines_like_each_other():
    title = f"Kết quả tổ chức Ngày hội toàn dân học tập số năm{wording.NO_BREAK}2027 trên địa bàn xã Anh Sơn"

    assert wording.balanced(title) == ("Kết quả tổ chức Ngày hội toàn dân học tập số", f"năm{wording.NO_BREAK}2027 trên địa bàn xã Anh Sơn")


def test_one_word_is_one_line():
    assert wording.balanced("Báo") == ("Báo", "")


def test_lines_lose_dashes_and_signs():
    assert wording.lines_of("- UBND tỉnh (b/c);\n\n – Lưu: VT, VHXH.\n") == ("UBND tỉnh (b/c)", "Lưu: VT, VHXH")


def test_hamlets_are_called_by_their_own_words():
    assert wording.kinds_of_hamlets(["Bản Bộng", "Thôn 1", "Thôn 2"]) == "thôn, bản"


def test_hours_are_written_out():
    assert wording.hour_in_words(time(7, 5)) == "07 giờ 05 phút"


@pytest.mark.parametrize("days", [1, 2])
def test_columns_fill_the_text_and_not_more(days):
    made = figures.of_facts(full_day())

    for table in [*tables.of_kinds(made, days).values(), tables.people(made)]:
        assert sum(column.width for column in table.columns) == tables.TEXT_WIDTH
        assert {len(row) for row in table.rows} <= {1, len(table.columns)}
        assert len(table.total) + table.span == len(table.columns)
    assert sum(tables.HAMLET_WIDTHS) == sum(tables.ACTIVITY_WIDTHS) == tables.ANNEX_WIDTH


def test_rows_of_the_annexes_are_as_long_as_their_columns():
    made = figures.of_facts(full_day())

    assert {len(tables.hamlet_row(1, row)) for row in made.by_hamlet} == {len(tables.HAMLET_WIDTHS)}
    assert len(tables.hamlet_total(made)) == len(tables.HAMLET_WIDTHS) - 2
    assert {len(row) for _, rows in tables.activity_rows(made, 2) for row in rows} == {len(tables.ACTIVITY_WIDTHS)}
    assert len(tables.activity_total(made)) == len(tables.ACTIVITY_WIDTHS) - 5


def test_title_in_a_table_of_its_kind_drops_the_word():
    assert tables.short_title(activity(Kind.STATION)) == "Cài đặt VNeID"
    assert tables.short_title(activity(Kind.ONLINE)) == "Cuộc thi trực tuyến “Công dân số Anh Sơn”"
