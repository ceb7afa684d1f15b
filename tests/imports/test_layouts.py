# ruff: noqa: DTZ001 – cells have wall time
"""How a sheet may be laid out: no row is lost without a word."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from eventday.imports.headings import Column, headings
from eventday.imports.plan import read_plan
from eventday.imports.sheet import Area, Value
from tests.imports.samples import KNOWN, read_rows, sheet_of, told

HEAD = ["STT", "Nội dung", "Loại hình", "Đơn vị chủ trì", "Địa điểm", "Thời gian"]


def row(title: str, when: str = "8h - 9h, 10/10", kind: str | None = "Hội nghị", place: str = "Hội trường NVH xã") -> list[Value | None]:
    return [1, title, kind, "UBND xã", place, when]


def titles(rows: Sequence[Sequence[Value | None]]) -> list[tuple[str, str]]:
    read = read_rows(rows)
    assert [(problem.cell, problem.code) for problem in read.errors] == []
    return [(one["title"], one["kind"]) for one in told(read)]


def test_a_first_table_with_fewer_headings_than_the_next_is_read_too() -> None:
    found = titles(
        [
            ["A. GIAN HÀNG"],
            ["TT", "Tên gian hàng", "Đơn vị", "Vị trí"],
            [1, "OCOP số", "VNPT", "Sân NVH xã"],
            [],
            ["B. LỚP HỌC SỐ"],
            ["TT", "Tên lớp", "Ngày", "Giờ", "Địa điểm", "Đơn vị phụ trách", "Số học viên"],
            [1, "Zalo", "9/10", "8h-10h", "NVH thôn 3", "VNPT", 30],
        ]
    )

    assert found == [("OCOP số", "booth"), ("Zalo", "class")]


def test_a_heading_that_is_repeated_on_each_page_takes_no_row_with_it() -> None:
    assert titles([HEAD, row("Hội nghị A"), HEAD, row("Hội nghị B", "9h - 10h, 10/10"), HEAD]) == [
        ("Hội nghị A", "conference"),
        ("Hội nghị B", "conference"),
    ]


def test_a_heading_may_come_after_a_long_letter() -> None:
    letter: list[list[Value | None]] = [[f"Căn cứ Kế hoạch số {n};"] for n in range(25)]

    assert titles([*letter, HEAD, row("Hội nghị A")]) == [("Hội nghị A", "conference")]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Đơn vị/cá nhân phụ trách", Column.HOST),
        ("Người chủ trì", Column.HOST),
        ("Đơn vị tham gia phối hợp", Column.CO_HOST),
        ("Địa điểm dự kiến tổ chức", Column.PLACE),
        ("Số lượng người dự kiến", Column.CAPACITY),
        ("Sức chứa (chỗ)", Column.CAPACITY),
        ("Ngày, giờ tổ chức", Column.TIME),
        ("Thời gian (phút)", Column.DURATION),
    ],
)
def test_headings_in_words_of_their_own(text: str, column: Column) -> None:
    found = headings([text])

    assert found is not None
    assert found[0] is column


@pytest.mark.parametrize("text", ["Kinh phí", "Số điện thoại", "Số máy tính", "Số", "Người", "Nội quy", "Kết quả", "Thời gian, địa điểm"])
def test_headings_that_say_something_else(text: str) -> None:
    assert headings([text]) is None


def test_columns_that_are_not_read_are_listed() -> None:
    read = read_rows([[*HEAD, "Kinh phí", "Số điện thoại"], [*row("Hội nghị A"), "5.000.000", None]])

    assert [(one.why, one.columns) for one in read.skipped] == [("unknown_column", ("G (Kinh phí)",))]


def test_rows_above_the_heading_that_look_like_a_table_are_listed() -> None:
    read = read_rows([["Mục", "Sản phẩm", "Giá"], [1, "Chè", 50], HEAD, row("Hội nghị A")])

    assert [(one.why, one.rows) for one in read.skipped] == [("above_heading", (1, 2))]


def test_a_row_that_is_crossed_out_is_read_and_told() -> None:
    sheet = sheet_of([HEAD, row("Hội nghị A"), row("Hội nghị B", "9h - 10h, 10/10")], struck=frozenset({(3, 1), (3, 2)}))

    read = read_plan([sheet], KNOWN)

    assert len(told(read)) == 2
    assert [(problem.cell, problem.code) for problem in read.warnings] == [("B3", "struck_row")]


def test_a_group_of_a_kind_and_a_part_of_a_day() -> None:
    read = read_rows(
        [
            ["TT", "Nội dung", "Giờ", "Đơn vị"],
            ["I. LỚP HỌC SỐ (sáng 09/10)"],
            [1, "Ký số", None, "VNPT"],
            ["II. LỚP HỌC SỐ SÁNG TẠO ngày 10/10"],
            [1, "Robot", None, "VNPT"],
        ],
        merged=[Area(2, 1, 2, 4), Area(4, 1, 4, 4)],
    )

    assert [(row["kind"], row["date"], row["part"]) for row in told(read)] == [("class", "2027-10-09", "morning"), ("class", "2027-10-10", None)]


def test_a_date_alone_in_its_row_is_the_day_of_those_below() -> None:
    read = read_rows(
        [
            ["STT", "Nội dung", "Giờ", "Đơn vị"],
            [datetime(2027, 10, 9)],
            [1, "Lớp A", "8h-9h", "VNPT"],
            [date(2027, 10, 10)],
            [2, "Lớp B", "8h-9h", "VNPT"],
        ]
    )

    assert [row["date"] for row in told(read)] == ["2027-10-09", "2027-10-10"]


def test_a_table_has_its_own_title_not_that_of_the_table_above() -> None:
    found = titles(
        [
            ["DANH SÁCH CÁC TRẠM TRẢI NGHIỆM"],
            ["STT", "Nội dung", "Đơn vị", "Địa điểm", "Thời gian"],
            [1, "Bản đồ số", "VNPT", "Sân NVH xã", "8h - 9h, 10/10"],
            [],
            ["LỊCH CÁC BUỔI TRỰC TUYẾN"],
            ["STT", "Nội dung", "Đơn vị", "Thời gian"],
            [1, "Hỏi đáp", "VNPT", "8h - 9h, 10/10"],
        ]
    )

    assert found == [("Bản đồ số", "station"), ("Hỏi đáp", "online")]
