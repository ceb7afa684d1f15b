"""The words of a state document."""

from datetime import date, time

import pytest

from eventday.programme.domain import Kind
from eventday.reports import lines, names, wording
from tests.reports.facts import activity


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 11, 5), "ngày 05 tháng 11 năm 2027"),
        (date(2027, 2, 12), "ngày 12 tháng 02 năm 2027"),
        (date(2027, 3, 9), "ngày 09 tháng 3 năm 2027"),
    ],
)
def test_days_below_ten_and_two_months_have_a_nought(day, words):
    assert wording.day_in_words(day).replace(lines.NO_BREAK, " ") == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([date(2027, 10, 10)], "trong ngày Chủ nhật, 10 tháng 10 năm 2027"),
        ([date(2027, 10, 9), date(2027, 10, 10)], "trong 2 ngày 09 và 10 tháng 10 năm 2027"),
        ([date(2027, 9, 30), date(2027, 10, 1)], "từ ngày 30 tháng 9 năm 2027 đến ngày 01 tháng 10 năm 2027"),
    ],
)
def test_days_of_an_event(days, words):
    assert wording.days_in_words(days).replace(lines.NO_BREAK, " ") == words


@pytest.mark.parametrize(
    ("commune", "kind", "place"), [("Xã Anh Sơn", "xã", "Anh Sơn"), ("Phường 8", "phường", "Phường 8"), ("Đặc khu Phú Quốc", "đặc khu", "Phú Quốc")]
)
def test_place_drops_the_type_before_a_proper_name_only(commune, kind, place):
    assert names.proper_name(commune, kind) == place


@pytest.mark.parametrize(("name", "kind", "words"), [("Nghệ An", "tỉnh", "tỉnh Nghệ An"), ("Thành phố Huế", "thành phố trung ương", "thành phố Huế")])
def test_province_in_a_sentence(name, kind, words):
    assert names.province_in_sentence(name, kind) == words


def test_title_breaks_before_the_year_into_two_lines_like_each_other():
    title = f"Kết quả tổ chức Ngày hội toàn dân học tập số năm{lines.NO_BREAK}2027 trên địa bàn xã Anh Sơn"

    assert lines.balanced(title) == ("Kết quả tổ chức Ngày hội toàn dân học tập số", f"năm{lines.NO_BREAK}2027 trên địa bàn xã Anh Sơn")


def test_one_word_is_one_line():
    assert lines.balanced("Báo") == ("Báo", "")


def test_lines_lose_dashes_and_signs():
    assert lines.lines_of("- UBND tỉnh (b/c);\n\n – Lưu: VT, VHXH.\n") == ("UBND tỉnh (b/c)", "Lưu: VT, VHXH")


@pytest.mark.parametrize(
    ("hamlets", "words"),
    [(["Bản Bộng", "Thôn 1", "Thôn 2"], "thôn, bản"), (["Tổ dân phố 1", "Khu phố 2", "Tổ dân phố Đông"], "tổ dân phố, khu phố"), ([], "")],
)
def test_hamlets_are_called_by_their_own_words(hamlets, words):
    assert names.kinds_of_hamlets(hamlets) == words


@pytest.mark.parametrize(("kind", "own", "words"), [("xã", "", "thôn"), ("phường", "", "tổ dân phố"), ("đặc khu", "khu phố", "khu phố")])
def test_villages_are_called_as_the_law_does_where_the_commune_has_no_words(kind, own, words):
    assert wording.villages(kind, own) == words


def test_hours_are_written_out():
    assert wording.hour_in_words(time(7, 5)) == "07 giờ 05 phút"


def test_title_in_a_table_of_its_kind_drops_the_word():
    assert names.short_title(activity(Kind.STATION)) == "Cài đặt VNeID"
    assert names.short_title(activity(Kind.ONLINE)) == "Cuộc thi trực tuyến “Công dân số Anh Sơn”"


@pytest.mark.parametrize(
    ("place", "short"),
    [
        ("Sân, Nhà văn hóa xã Anh Sơn", "Sân, Nhà văn hóa xã"),
        ("Phòng tin học, Trường THCS Anh Sơn", "Phòng tin học, Trường THCS Anh Sơn"),
        ("Nhà văn hóa xã Anh Sơn Đông", "Nhà văn hóa xã Anh Sơn Đông"),
    ],
)
def test_place_in_the_communes_own_table_drops_its_name(place, short):
    assert names.at_home(place, "Xã Anh Sơn") == short
