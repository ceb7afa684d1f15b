# ruff: noqa: DTZ001 – cells have wall time
import unicodedata
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventday.imports import workbook
from eventday.imports.cells import people
from eventday.imports.headings import _SPELLINGS, Column, headings
from eventday.imports.messages import problem_codes
from eventday.imports.messages import told as in_words
from eventday.imports.plan import read_plan
from eventday.imports.sheet import Area, CellError, Sheet
from tests.imports.samples import DATA, KNOWN, PLANS, expectation, read_rows, sheet_of, told

HALL, HALL_NAME = "Hội trường Nhà văn hóa xã", "Hội trường, Nhà văn hóa xã Anh Sơn"
HEAD = ["STT", "Nội dung", "Loại hình", "Đơn vị chủ trì", "Địa điểm", "Ngày", "Bắt đầu", "Kết thúc", "Số lượng"]
ROW = [1, "Hội nghị A", "Hội nghị", "UBND xã", HALL, "10/10/2027", "7h30", "9h", 100]
READ = {
    "title": "Hội nghị A",
    "kind": "conference",
    "host": "UBND xã",
    "co_hosts": [],
    "place": HALL_NAME,
    "date": "2027-10-10",
    "start": "07:30",
    "end": "09:00",
    "part": None,
    "capacity": 100,
}


def only(read: Any) -> dict[str, Any]:
    assert [(problem.cell, problem.code) for problem in read.errors] == []
    assert len(told(read)) == 1
    return {name: value for name, value in told(read)[0].items() if name in READ}


def codes(read: Any) -> list[tuple[str, str]]:
    return [(problem.cell, problem.code) for problem in read.errors]


@pytest.mark.parametrize("name", PLANS)
def test_samples_are_read_as_expected(name: str) -> None:
    wanted = expectation(name)

    read = read_plan(workbook.read((DATA / f"{name}.xlsx").read_bytes()), KNOWN)

    # What only the whole plan can know (space_conflict) is added by the service.
    in_plan = {problem["cell"] for problem in wanted["errors"] if problem["code"] == "space_conflict"}
    either = {problem["cell"] for problem in wanted["errors"] if "severity" in problem}
    doubtful = {int(cell[1:]) for cell in in_plan | either}
    assert [row for row in told(read) if row["row"] not in doubtful] == wanted["rows"]
    found = {(problem.cell, problem.code) for problem in read.errors}
    assert found == {(problem["cell"], problem["code"]) for problem in wanted["errors"] if problem["cell"] not in in_plan | either}
    assert {(one.sheet, *one.rows) for one in read.skipped} >= {
        (one["sheet"], row) for one in wanted["skipped"] if one["rows"] != "all" for row in one["rows"]
    }


@pytest.mark.parametrize(("column", "spelling"), [(column, name) for column, names in _SPELLINGS.items() for name in names.split("|")])
def test_every_heading_is_known_in_every_writing(column: Column, spelling: str) -> None:
    for written in (spelling, spelling.upper(), f" {spelling} (người) ", unicodedata.normalize("NFD", spelling.title())):
        found = headings([written])
        assert found is not None
        assert found[0] is column


@pytest.mark.parametrize(
    ("lines", "column"),
    [
        (("Thời gian", "Giờ"), Column.TIME),
        (("Thời gian", "Ngày"), Column.DATE),
        (("Thời gian", "Từ"), Column.START),
        (("Thời gian", "Kết thúc"), Column.END),
        (("Đơn vị thực hiện", "Chủ trì"), Column.HOST),
        (("Đơn vị thực hiện", "Phối hợp"), Column.CO_HOST),
        (("Thành phần", "Số lượng"), Column.CAPACITY),
        (("Thiết bị", "Số lượng"), Column.EQUIPMENT),
        (("Số lượng\n(người)",), Column.CAPACITY),
        (("Địa điểm", "Phòng"), Column.PLACE),
    ],
)
def test_two_line_headings(lines: tuple[str, ...], column: Column) -> None:
    found = headings(lines)

    assert found is not None
    assert found[0] is column


def test_a_plain_row() -> None:
    assert only(read_rows([HEAD, ROW])) == READ


@given(st.permutations(range(len(HEAD))))
@settings(max_examples=30)
def test_columns_may_stand_in_any_order_with_blank_ones_between(order: list[int]) -> None:
    def spread(cells: list[Any]) -> list[Any]:
        return [value for n in order for value in (cells[n], None)]

    assert only(read_rows([[], [None, "KẾ HOẠCH"], [], spread(HEAD), spread(ROW)])) == READ


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (datetime(2027, 10, 10), time(7, 30), time(9)),
        (46670, 0.3125, 0.375),
        (46670.000001, 0.3125000001, 0.3749999999),
        ("46670", "0.3125", "0.375"),
        ("10-10-2027", "07:30:00", "9g"),
        (date(2027, 10, 10), datetime(2027, 10, 10, 7, 30), datetime(2027, 10, 10, 9)),
        (None, datetime(2027, 10, 10, 7, 30), time(9)),
        ("Chủ nhật, 10/10", "7h30 sáng", "9h sáng"),
        (None, "7h30 - 9h, 10/10", None),
        ("7h30 - 9h00 ngày 10/10/2027", None, None),
        ("10/10/2027 00:00:00", "7h30", "9h"),
        ("10\\10\\2027", "7h30 -> 9h", None),
        ("’10/10/2027", "7h30 ÷ 9h", None),
        ("Chủ nhật 10-10", "7h30 đến hết 9h", None),
        ("10/10", "7:30am - 9:00am", None),
    ],
)
def test_days_and_hours_in_any_cell_type(day: Any, start: Any, end: Any) -> None:
    found = only(read_rows([HEAD, [*ROW[:5], day, start, end, 100]]))

    assert (found["date"], found["start"], found["end"]) == ("2027-10-10", "07:30", "09:00")


@pytest.mark.parametrize(
    ("value", "number"),
    [(100, 100), (100.0, 100), ("100", 100), ("0100", 100), ("1.000", 1000), ("120 người", 120), ("36 học viên", 36), (" 50 ", 50), ("１２０", 120)],
)
def test_numbers_of_people(value: Any, number: int) -> None:
    assert only(read_rows([HEAD, [*ROW[:4], "Sân vận động xã", *ROW[5:8], value]]))["capacity"] == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("20 chỗ/ca", 20), ("45 học viên/lớp", 45), ("(80)", 80), ("Số lượng: 50 người", 50), ("120.0", 120), ("1 000 người", 1000), ("1,000", 1000)],
)
def test_numbers_in_more_words(text: str, number: int) -> None:
    assert people(text) == number


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("khoảng 100", "number_unclear"),
        ("50-60", "number_unclear"),
        ("trên 100", "number_unclear"),
        ("100 trở lên", "number_unclear"),
        ("≥ 50", "number_unclear"),
        ("50/ca x 3", "number_unclear"),
        ("tối đa 50", "number_unclear"),
        ("100%", "number_unclear"),
        ("12,5", "number_unclear"),
        (12.5, "number_unclear"),
        ("toàn dân", "number_unclear"),
        (True, "number_unclear"),
        (time(1), "number_unclear"),
        (0, "number_out_of_range"),
        (-5, "number_out_of_range"),
        ("-5", "number_out_of_range"),
        (10**9, "number_out_of_range"),
        (float("inf"), "number_unclear"),
        (400, "over_capacity"),
        (CellError("#VALUE!"), "cell_error"),
        (CellError("NO VALUE"), "cell_not_calculated"),
    ],
)
def test_wrong_numbers_are_errors_at_their_cell(value: Any, code: str) -> None:
    assert codes(read_rows([HEAD, [*ROW[:8], value]])) == [("I2", code)]


@pytest.mark.parametrize("sign", ["nt", "-nt-", "Nt.", "như trên", '"', "”", "''", "- nt -", "n/t"])
def test_as_above(sign: str) -> None:
    read = read_rows([HEAD, ROW, [2, "Hội nghị B", sign, sign, sign, sign, "9h", "10h", sign]])

    assert told(read)[1] == READ | {"sheet": "Kế hoạch", "row": 3, "title": "Hội nghị B", "start": "09:00", "end": "10:00"}


def test_a_merged_cell_counts_for_all_its_rows() -> None:
    rows = [HEAD, ROW, [2, "Hội nghị B", "Hội nghị", None, None, None, "9h", "10h", 50]]

    read = read_rows(rows, merged=[Area(2, 4, 3, 4), Area(2, 5, 3, 5), Area(2, 6, 3, 6)])

    assert [(row["host"], row["place"], row["date"]) for row in told(read)] == [("UBND xã", HALL_NAME, "2027-10-10")] * 2


def test_groups_give_kind_day_and_part() -> None:
    head = ["STT", "Nội dung", "Đơn vị phụ trách", "Địa điểm", "Thời gian"]
    read = read_rows(
        [
            head,
            ["I", "Gian hàng"],
            [1, "Dịch vụ công", "Công an xã", "Sân NVH xã", "7h30 - 16h30 10/10"],
            ["II.", "CÁC LỚP HỌC SỐ"],
            [1, "AI cho người mới", "VNPT", "NVH thôn 3", "8h - 10h 9/10"],
            ["Ngày 10/10/2027"],
            ["III", "Trạm trải nghiệm"],
            [1, "Bản đồ số", "Đoàn xã", "Sân NVH xã", "8h - 9h"],
            ["B. Buổi chiều"],
            [2, "Tọa đàm B", "Đoàn xã", "NVH thôn 3", "2h - 3h"],
        ],
        merged=[Area(6, 1, 6, 5)],
    )

    assert codes(read) == []
    assert [(row["title"], row["kind"], row["date"], row["start"]) for row in told(read)] == [
        ("Dịch vụ công", "booth", "2027-10-10", "07:30"),
        ("AI cho người mới", "class", "2027-10-09", "08:00"),
        ("Bản đồ số", "station", "2027-10-10", "08:00"),
        ("Tọa đàm B", "talk", "2027-10-10", "14:00"),
    ]
    assert told(read)[0]["host"] == "Công an xã"
    assert told(read)[3]["host"] == "Đoàn TNCS Hồ Chí Minh xã"


def test_totals_signatures_and_notes_are_skipped_and_listed() -> None:
    read = read_rows(
        [
            HEAD,
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
            ROW,
            [None, "Tổng cộng", None, None, None, None, None, None, 100],
            [],
            ["Ghi chú: các đơn vị có mặt trước 30 phút"],
            [None, None, None, None, None, "Anh Sơn, ngày 05 tháng 8 năm 2027"],
            [None, "Nơi nhận:", None, None, None, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"],
            [None, "- Như trên;"],
            [None, "- Lưu: VT.", None, None, None, "Nguyễn Văn A"],
        ]
    )

    assert only(read) == READ
    assert [(one.rows, one.why) for one in read.skipped] == [
        ((2,), "numbering"),
        ((4,), "total"),
        ((6,), "note"),
        ((7,), "signature"),
        ((8,), "signature"),
        ((9,), "signature"),
        ((10,), "signature"),
    ]


def test_hidden_rows_columns_and_sheets_are_not_read_and_that_is_said() -> None:
    read = read_plan(
        [
            sheet_of([HEAD, ROW, [2, "Hội nghị ẩn", *ROW[2:]]], hidden_rows=frozenset({3}), hidden_columns=frozenset({9})),
            sheet_of([HEAD, ROW], "Bản nháp", hidden=True),
        ],
        KNOWN,
    )

    assert only(read) == READ | {"capacity": None}
    assert [(problem.sheet, problem.code) for problem in read.warnings] == [
        ("Kế hoạch", "hidden_rows"),
        ("Kế hoạch", "hidden_columns"),
        ("Bản nháp", "hidden_sheet"),
    ]


@pytest.mark.parametrize(
    ("titles", "day"),
    [
        (["Ngày 10 tháng 10 năm 2027"], "2027-10-10"),
        (["LỊCH NGÀY HỘI", "(Kèm theo Kế hoạch số 45/KH-UBND ngày 05 tháng 8 năm 2027)", "Thứ Bảy, ngày 9/10/2027"], "2027-10-09"),
        (["Từ ngày 09 đến ngày 10/10/2027"], None),
        (["Ngày 09-10/10/2027"], None),
        (["Ngày 9/10", "Ngày 10/10"], None),
        (["KẾ HOẠCH"], None),
    ],
)
def test_a_single_day_above_the_heading_is_the_sheets_day(titles: list[str], day: str | None) -> None:
    rows = [*([title] for title in titles), [], HEAD, [*ROW[:5], None, *ROW[6:]]]

    assert only(read_rows(rows))["date"] == day


def test_a_sheets_name_can_give_kind_and_day() -> None:
    read = read_rows([["TT", "Tên", "Nội dung", "Phụ trách", "Giờ"], [1, None, "Bản đồ số", "VNPT", "8h-9h"]], "Trạm trải nghiệm ngày 9.10")

    found = only(read)
    assert (found["kind"], found["date"], found["host"]) == ("station", "2027-10-09", "VNPT Anh Sơn")


@pytest.mark.parametrize(
    ("title", "kind_cell", "place", "kind"),
    [
        ("Dịch vụ công trực tuyến", "Gian hàng", HALL, "booth"),
        ("Gian hàng Dịch vụ công trực tuyến", None, HALL, "booth"),
        ("Phát trực tiếp", None, "Trang Zalo của xã", "online"),
        ("Hội nghị toàn dân", None, HALL, "conference"),
        ("Lớp học số “A”", "Trực tiếp", HALL, "class"),
        ("Nghe chuyên gia", "Tọa đàm", HALL, "talk"),
        ("Trạm trải nghiệm VR", "Trạm", HALL, "station"),
        ("Hỏi đáp", "Trực tuyến", "Online", "online"),
        ("X", "LỚP HỌC SỐ", HALL, "class"),
        ("X", "Toạ đàm", HALL, "talk"),
        ("X", "Tập huấn", HALL, "class"),
        ("X", "Gian", HALL, "booth"),
        ("X", "Talkshow", HALL, "talk"),
    ],
)
def test_the_kind_comes_from_the_column_the_place_the_title(title: str, kind_cell: str | None, place: str, kind: str) -> None:
    assert only(read_rows([HEAD, [1, title, kind_cell, *ROW[3:4], place, *ROW[5:]]]))["kind"] == kind


def test_a_kind_that_nothing_tells_is_an_error() -> None:
    assert codes(read_rows([HEAD, [1, "Văn nghệ", None, *ROW[3:]]])) == [("C2", "unknown_kind")]
    assert codes(read_rows([HEAD, [1, "Văn nghệ", "Liên hoan", *ROW[3:]]])) == [("C2", "unknown_kind")]


@pytest.mark.parametrize(
    ("host", "partner", "expected"),
    [
        ("UBND xã", "Công an xã\nĐoàn xã", ("UBND xã", ["Công an xã", "Đoàn TNCS Hồ Chí Minh xã"])),
        ("UBND xã; Công an xã", None, ("UBND xã", ["Công an xã"])),
        ("Công an xã phối hợp với Đoàn xã", None, ("Công an xã", ["Đoàn TNCS Hồ Chí Minh xã"])),
        ("Trung tâm Phục vụ\nhành chính công xã", "Công an xã, Viettel", ("Trung tâm Phục vụ hành chính công xã", ["Công an xã", "Viettel Anh Sơn"])),
        ("Sở Văn hóa, Thể thao và Du lịch", "- Hội A\n- Hội B", ("Sở Văn hóa, Thể thao và Du lịch", ["Hội A", "Hội B"])),
        ("UBND xã", "Hội Nông dân xã và Hội CCB xã", ("UBND xã", ["Hội Nông dân xã", "Hội Cựu chiến binh xã"])),
        ("UBND xã phối hợp VNPT", None, ("UBND xã", ["VNPT Anh Sơn"])),
        ("VNPT/Viettel", None, ("VNPT Anh Sơn", ["Viettel Anh Sơn"])),
        ("VNPT - Viettel", None, ("VNPT Anh Sơn", ["Viettel Anh Sơn"])),
        ("1. UBND xã\n2. VNPT", None, ("UBND xã", ["VNPT Anh Sơn"])),
        ("HTX Chè Anh Sơn, VNPT", None, ("HTX Chè Anh Sơn", ["VNPT Anh Sơn"])),
        ("Tổ phối hợp liên ngành", None, ("Tổ phối hợp liên ngành", [])),
        ("Khuyến học, khuyến tài", None, ("Khuyến học, khuyến tài", [])),
    ],
)
def test_hosts_and_who_helps_them(host: str, partner: str | None, expected: tuple[str, list[str]]) -> None:
    found = only(read_rows([[*HEAD, "Đơn vị phối hợp"], [*ROW[:3], host, *ROW[4:], partner]]))

    assert (found["host"], found["co_hosts"]) == expected


def test_phòng_and_địa_điểm_are_one_place() -> None:
    head = ["TT", "Nội dung", "Đơn vị", "Phòng", "Địa điểm", "Thời gian"]

    found = only(read_rows([head, [1, "Lớp A", "VNPT", "Phòng tin học", "Trường THCS Anh Sơn", "8h-9h 9/10"]]))

    assert found["place"] == "Phòng tin học, Trường THCS Anh Sơn"


def test_a_part_of_the_day_in_its_own_column_tells_the_hour() -> None:
    head = ["TT", "Ngày", "Buổi", "Giờ", "Nội dung", "Chủ trì", "Địa điểm"]

    read = read_rows([head, [1, "9/10", "Chiều", "2h - 4h", "Lớp A", "VNPT", "NVH thôn 3"], [2, "9/10", "Sáng", None, "Lớp B", "VNPT", "NVH thôn 3"]])

    assert [(row["start"], row["end"], row["part"]) for row in told(read)] == [("14:00", "16:00", "afternoon"), (None, None, "morning")]


def test_a_duration_gives_the_end() -> None:
    head = ["TT", "Nội dung", "Chủ trì", "Địa điểm", "Ngày", "Giờ", "Thời lượng"]

    assert only(read_rows([head, [1, "Lớp A", "VNPT", "NVH thôn 3", "9/10", "8h", "90 phút"]]))["end"] == "09:30"


def test_two_tables_in_one_sheet() -> None:
    read = read_rows(
        [
            ["I. GIAN HÀNG"],
            ["TT", "Tên gian hàng", "Đơn vị phụ trách", "Vị trí", "Giờ mở cửa", "Giờ đóng cửa", "Ngày"],
            [1, "Dịch vụ công", "Công an xã", "Sân NVH xã", "7h", "16h", "10/10"],
            [],
            ["II. HỘI NGHỊ"],
            ["TT", "Ngày", "Từ", "Đến", "Nội dung", "Địa điểm", "Chủ trì"],
            [1, "9/10", "8h", "9h", "Tổng kết năm", "Hội trường UBND xã", "UBND xã"],
        ]
    )

    assert codes(read) == []
    assert [(row["title"], row["kind"], row["start"]) for row in told(read)] == [
        ("Dịch vụ công", "booth", "07:00"),
        ("Tổng kết năm", "conference", "08:00"),
    ]


def test_a_heading_of_two_lines_without_merged_cells() -> None:
    read = read_rows(
        [
            ["STT", "Nội dung", "Thời gian", None, "Đơn vị", None, "Địa điểm"],
            [None, None, "Ngày", "Giờ", "Chủ trì", "Phối hợp", None],
            [1, "Hội nghị A", "10/10", "7h30 - 9h", "UBND xã", "Công an xã", HALL],
        ]
    )

    assert only(read) == READ | {"co_hosts": ["Công an xã"], "capacity": None}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({2: None}, ("B2", "missing_title")),
        ({5: "Nhà văn hóa thôn Hạnh Phúc"}, ("E2", "unknown_place")),
        ({5: "Nhà văn hóa xã"}, ("E2", "unknown_place")),
        ({6: "31/9/2027"}, ("F2", "date_unreadable")),
        ({6: "đang cập nhật"}, ("F2", "date_unreadable")),
        ({6: "9-10"}, ("F2", "date_unreadable")),
        ({6: "Ngày 9 - 10"}, ("F2", "date_unreadable")),
        ({6: "11/10/2027"}, ("F2", "date_outside_event")),
        ({6: datetime(2026, 10, 10)}, ("F2", "date_outside_event")),
        ({7: "25h00"}, ("G2", "time_unreadable")),
        ({7: "sau giờ họp"}, ("G2", "time_unreadable")),
        ({8: "7h"}, ("H2", "end_before_start")),
        ({8: "7h30"}, ("H2", "end_before_start")),
        ({7: "11h00 - 9h00", 8: None}, ("G2", "end_before_start")),
        ({2: "x" * 201}, ("B2", "text_too_long")),
        ({4: CellError("#REF!")}, ("D2", "cell_error")),
    ],
)
def test_each_error_stands_at_its_cell(change: dict[int, Any], expected: tuple[str, str]) -> None:
    cells = [change.get(n, value) if n in change else value for n, value in enumerate(ROW, 1)]

    read = read_rows([HEAD, cells])

    assert codes(read) == [expected]
    assert told(read) == []
    assert len(str(in_words(read.errors[0]))) > 20


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({4: None}, ("D2", "missing_host")),
        ({6: "thứ Bảy 10/10/2027"}, ("F2", "weekday_mismatch")),
        ({7: "5h"}, ("G2", "outside_opening_hours")),
        ({8: "22h"}, ("H2", "outside_opening_hours")),
    ],
)
def test_what_needs_a_look_is_a_warning(change: dict[int, Any], expected: tuple[str, str]) -> None:
    cells = [change.get(n, value) if n in change else value for n, value in enumerate(ROW, 1)]

    read = read_rows([HEAD, cells])

    assert codes(read) == []
    assert [(problem.cell, problem.code) for problem in read.warnings] == [expected]


def test_the_same_row_twice_is_an_error_but_two_rounds_are_not() -> None:
    assert codes(read_rows([HEAD, ROW, ROW])) == [("B3", "duplicate_row")]
    assert codes(read_rows([HEAD, ROW, [*ROW[:6], "9h", "10h", 100]])) == []


def test_a_workbook_without_a_table_or_without_rows_says_so() -> None:
    assert [problem.code for problem in read_rows([["Ghi chú"], ["- abc"]]).errors] == ["workbook_no_table"]
    assert [problem.code for problem in read_rows([HEAD]).errors] == ["no_rows"]
    assert [problem.code for problem in read_plan([sheet_of([])], KNOWN).errors] == ["workbook_no_table"]


_VALUES = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["nt", "I", "Gian hàng", "Tổng cộng", "7h30 - 9h", "10/10", HALL, "UBND xã", "Nơi nhận:", *HEAD]),
    st.integers(-5, 50_000),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.just(CellError("#REF!")),
)
_AREAS = st.builds(lambda r, c, h, w: Area(r, c, r + h, c + w), st.integers(1, 8), st.integers(1, 9), st.integers(0, 4), st.integers(0, 8))


@given(st.lists(st.lists(_VALUES, max_size=10), max_size=8), st.lists(_AREAS, max_size=4), st.booleans())
@settings(max_examples=300, deadline=None)
def test_nothing_raises_for_any_content(rows: list[list[Any]], merged: list[Area], date1904: bool) -> None:
    read = read_plan(
        [Sheet(one.name, one.cells, one.merged, date1904=date1904) for one in (sheet_of([HEAD, *rows], merged=merged), sheet_of(rows, "Khác"))], KNOWN
    )

    assert all(str(in_words(problem)) for problem in (*read.errors, *read.warnings))
    assert all(row.planned.title for row in read.rows)


def test_every_code_of_the_reader_has_its_sentences() -> None:
    assert all(str(what) and str(mend) for what, mend in problem_codes().values())


def test_groups_of_a_bare_kind_a_numbered_kind_and_a_part_of_the_day() -> None:
    head = ["STT", "Nội dung", "Đơn vị", "Địa điểm", "Thời gian"]
    read = read_rows(
        [
            head,
            ["Gian hàng"],
            [1, "Ký số", "VNPT", "Sân NVH xã", "8h - 9h 10/10"],
            [2, "Hội nghị"],
            [1, "Phát động", "UBND xã", HALL, "8h - 9h 10/10"],
            ["Phần III: Trạm trải nghiệm"],
            ["Sáng 9/10"],
            [1, "Bản đồ số", "VNPT", "Sân NVH xã", "8h - 9h"],
            ["4. Lớp học số"],
            [1, "Zalo", "VNPT", "NVH thôn 3", "10h - 11h"],
        ]
    )

    assert codes(read) == []
    assert [(row["row"], row["title"], row["kind"], row["date"]) for row in told(read)] == [
        (3, "Ký số", "booth", "2027-10-10"),
        (5, "Phát động", "conference", "2027-10-10"),
        (8, "Bản đồ số", "station", "2027-10-09"),
        (10, "Zalo", "class", "2027-10-09"),
    ]


@pytest.mark.parametrize(
    ("partners", "expected"),
    [
        ("Công an xã và Văn phòng HĐND và UBND xã", ["Công an xã", "Văn phòng HĐND và UBND xã"]),
        ("Ban quản lý chợ, Công an xã", ["Ban quản lý chợ", "Công an xã"]),
        ("Sở Văn hóa, Thể thao và Du lịch, Công an xã", ["Sở Văn hóa, Thể thao và Du lịch", "Công an xã"]),
        ("Hội Nông dân xã Anh Sơn, VNPT và Viettel", ["Hội Nông dân xã", "VNPT Anh Sơn", "Viettel Anh Sơn"]),
        ("Các trường học, các thôn", ["Các trường học, các thôn"]),
        ("Không", []),
    ],
)
def test_partners_are_parted_where_a_known_name_makes_it_safe(partners: str, expected: list[str]) -> None:
    found = only(read_rows([[*HEAD, "Phối hợp"], [*ROW, partners]]))

    assert found["co_hosts"] == expected


def test_who_leads_in_words() -> None:
    found = only(read_rows([HEAD, [*ROW[:3], "Công an xã chủ trì, phối hợp với Đoàn xã", *ROW[4:]]]))

    assert (found["host"], found["co_hosts"]) == ("Công an xã", ["Đoàn TNCS Hồ Chí Minh xã"])


@pytest.mark.parametrize("place", ["Zoom", "Google Meet", "Qua Zoom", "Livestream trên Facebook"])
def test_a_platform_is_an_online_place(place: str) -> None:
    found = only(read_rows([HEAD, [1, "Hỏi đáp VNeID", None, "VNPT", place, *ROW[5:8], 50]]))

    assert (found["kind"], found["place"]) == ("online", "Trực tuyến")


@pytest.mark.parametrize(
    ("letter", "part"), [("S", "morning"), ("C", "afternoon"), ("T.", "evening"), ("Sáng/Chiều", "all_day"), ("S, C", "all_day")]
)
def test_letters_in_the_column_of_the_part_of_the_day(letter: str, part: str) -> None:
    found = only(read_rows([["TT", "Nội dung", "Đơn vị", "Ngày", "Buổi"], [1, "Lớp A", "VNPT", "10.10", letter]]))

    assert (found["date"], found["part"]) == ("2027-10-10", part)


@pytest.mark.parametrize("blank", ["-", "–", "…", "...", " - "])
def test_a_dash_in_place_of_a_value_says_nothing(blank: str) -> None:
    found = only(read_rows([HEAD, [*ROW[:4], *[blank] * 5]]))

    assert [found[name] for name in ("place", "date", "start", "end", "capacity")] == [None] * 5


def test_a_dotted_day_in_a_sheets_name() -> None:
    assert only(read_rows([HEAD, [*ROW[:5], None, *ROW[6:]]], "Tọa đàm 09.10"))["date"] == "2027-10-09"


@pytest.mark.parametrize(("text", "end"), [("1,5 giờ", "09:30"), ("0.5 tiếng", "08:30")])
def test_a_duration_in_parts_of_an_hour(text: str, end: str) -> None:
    assert only(read_rows([["TT", "Nội dung", "Đơn vị", "Giờ", "Thời lượng"], [1, "Lớp A", "VNPT", "8h", text]]))["end"] == end


@pytest.mark.parametrize("text", ["9 giờ kém 15, 9/10", "8 giờ 45, 9/10", "8g45 - 9/10"])
def test_minutes_before_the_day_are_no_second_day(text: str) -> None:
    found = only(read_rows([["TT", "Nội dung", "Đơn vị", "Thời gian"], [1, "Lớp A", "VNPT", text]]))

    assert (found["date"], found["start"]) == ("2027-10-09", "08:45")
