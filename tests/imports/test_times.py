import json
import unicodedata
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventday.imports.times import minutes, read
from eventday.imports.when import Days, Unreadable, When
from eventday.programme.domain import Part

DAYS = Days(date(2027, 10, 9), date(2027, 10, 10))
CASES = json.loads((Path(__file__).parent.parent / "cases" / "times.json").read_text(encoding="utf-8"))["cases"]
SAT, SUN = date(2027, 10, 9), date(2027, 10, 10)


def told(result: When | Unreadable) -> dict[str, str | None]:
    if isinstance(result, Unreadable):
        return {"error": result.code}
    return {
        "date": result.day and result.day.isoformat(),
        "start": result.start and f"{result.start:%H:%M}",
        "end": result.end and f"{result.end:%H:%M}",
        "part": result.part and str(result.part),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["input"]))
def test_shared_cases(case: dict[str, object]) -> None:
    expected = {key: value for key, value in case.items() if key != "input"}

    assert told(read(case["input"], DAYS)) == expected


@pytest.mark.parametrize("case", [case for case in CASES if isinstance(case["input"], str)], ids=lambda case: str(case["input"]))
def test_writing_does_not_matter(case: dict[str, str]) -> None:
    expected = {key: value for key, value in case.items() if key != "input"}
    text = case["input"]

    for written in (
        unicodedata.normalize("NFD", text),
        text.upper(),
        f" {text.replace(' ', chr(0xA0) + ' ')}\n",
        f"({text})",
        text.replace(" ", "\n"),
    ):
        assert told(read(written, DAYS)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7h30\n- 9h00", When(start=time(7, 30), end=time(9))),
        ("Tối 9/10, từ 19h30", When(SAT, time(19, 30), None, Part.EVENING)),
        ("2h chiều đến 3h chiều ngày 10/10", When(SUN, time(14), time(15), Part.AFTERNOON)),
        ("Chiều Chủ nhật 10/10", When(SUN, part=Part.AFTERNOON)),
        ("Chủ nhật", When(SUN)),
        ("Thứ 7", When(SAT)),
        ("T7, 9/10", When(SAT)),
        ("Sáng thứ Bảy", When(SAT, part=Part.MORNING)),
        ("thứ Bảy 10/10/2027", When(SUN, wrong_weekday=True)),
        ("ngày 9", When(SAT)),
        ("8h00 tới 11h00", When(start=time(8), end=time(11))),
        ("8h toi 11h", When(start=time(8), end=time(11))),
        ("7h toi", When(start=time(19), part=Part.EVENING)),
        ("8h sáng đến 4h chiều", When(start=time(8), end=time(16), part=Part.AFTERNOON)),
        ("1h30 chiều - 4h30", When(start=time(13, 30), end=time(16, 30), part=Part.AFTERNOON)),
        ("7:30 AM", When(start=time(7, 30), part=Part.MORNING)),
        ("2:00 PM - 3:30 PM", When(start=time(14), end=time(15, 30), part=Part.AFTERNOON)),
        ("2027-10-10 07:30:00", When(SUN, time(7, 30))),
        ("2027-10-10T07:30", When(SUN, time(7, 30))),
        ("07:30:00", When(start=time(7, 30))),
        ("14 giờ 00 phút", When(start=time(14))),
        ("8 : 05", When(start=time(8, 5))),
        ("7h-9", When(start=time(7), end=time(9))),
        ("8h→10h", When(start=time(8), end=time(10))),
        ("đến 16h", When(end=time(16))),
        ("Cả ngày (7h30 - 16h30)", When(start=time(7, 30), end=time(16, 30), part=Part.ALL_DAY)),
        ("Suốt ngày 10/10", When(SUN, part=Part.ALL_DAY)),
        ("10 / 10 / 2027", When(SUN)),
        ("ngày 10-10", When(SUN)),
        ("７h３０", When(start=time(7, 30))),
        ("", When()),
    ],
)
def test_more_writings(text: str, expected: When) -> None:
    assert read(text, DAYS) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9/10 và 10/10", "date_unreadable"),
        ("09-10/10/2027", "date_unreadable"),
        ("Thứ Hai", "date_unreadable"),
        ("ngày 31", "date_unreadable"),
        ("tháng 10", "date_unreadable"),
        ("13/10/2027", "date_outside_event"),
        ("14h sáng", "time_unreadable"),
        ("chiều 10h", "time_unreadable"),
        ("7 - 9", "time_unreadable"),
        ("8", "time_unreadable"),
        ("8h và 10h", "time_unreadable"),
        ("Sáng: 7h30-11h; chiều: 13h30-16h", "time_unreadable"),
        ("24h00", "time_unreadable"),
        ("khoảng 8h", "time_unreadable"),
        ("8h - 8h", "end_before_start"),
        ("đầu giờ sáng", "time_unreadable"),
    ],
)
def test_what_is_not_clear_is_not_guessed(text: str, code: str) -> None:
    found = read(text, DAYS)

    assert isinstance(found, Unreadable)
    assert found.code == code


def test_a_wrong_year_is_told_with_the_day_that_was_meant() -> None:
    assert read("10/10/2026", DAYS) == Unreadable("date_outside_event", meant=SUN)
    assert read("01/02/2027", DAYS) == Unreadable("date_outside_event")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2027, 10, 10), When(SUN)),  # noqa: DTZ001
        (datetime(2027, 10, 9, 7, 29, 59, 999_000), When(SAT, time(7, 30))),  # noqa: DTZ001
        (SUN, When(SUN)),
        (time(7, 30), When(start=time(7, 30))),
        (time(7, 29, 59, 999_999), When(start=time(7, 30))),
        (True, Unreadable("time_unreadable")),
        (8, Unreadable("time_unreadable")),
        (-1, Unreadable("time_unreadable")),
        (float("nan"), Unreadable("time_unreadable")),
        (None, When()),
    ],
)
def test_typed_cells(value: object, expected: object) -> None:
    assert read(value, DAYS) == expected


def test_a_workbook_of_1904_counts_days_from_another_day() -> None:
    assert read(46670 - 1462, DAYS, date1904=True) == When(SUN)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("90 phút", 90),
        ("2 giờ", 120),
        ("1h30", 90),
        ("45'", 45),
        ("1 giờ 30 phút", 90),
        (time(1, 30), 90),
        (45, 45),
        (0.0625, 90),
        ("nửa ngày", None),
        ("", None),
        (2, None),
        ("2 tiếng", 120),
    ],
)
def test_durations(value: object, expected: int | None) -> None:
    assert minutes(value) == expected


_CELLS = st.one_of(
    st.text(),
    st.text("0123456789hg:.-/ giờphútđếntừsángchiềutối'", max_size=30),
    st.floats(),
    st.integers(),
    st.datetimes(),
    st.times(),
    st.booleans(),
)


@given(_CELLS, st.booleans())
def test_nothing_raises_and_what_is_read_is_sound(value: object, date1904: bool) -> None:
    found = read(value, DAYS, date1904=date1904)

    if isinstance(found, When):
        assert found.day is None or found.day in DAYS
        assert not (found.start and found.end) or found.start < found.end
    minutes(value)


@given(st.times(), st.times())
def test_every_plain_range_reads_back(one: time, other: time) -> None:
    first, last = sorted([one.replace(second=0, microsecond=0), other.replace(second=0, microsecond=0)])

    for written in (
        f"{first:%H:%M} - {last:%H:%M}",
        f"từ {first:%Hh%M} đến {last:%Hh%M}",
        f"{first.hour} giờ {first.minute:02} – {last.hour}g{last.minute:02}'",
    ):
        assert read(written, DAYS) == (When(start=first, end=last) if first < last else Unreadable("end_before_start", start=first, end=last))
