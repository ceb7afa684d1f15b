import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventday.kernel.phone import PhoneProblem, read

CASES = json.loads((Path(__file__).parent.parent / "cases" / "phones.json").read_text())["cases"]


def _read(value):
    try:
        return {"e164": read(value)}
    except PhoneProblem as problem:
        return {"error": problem.code}


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["input"]))
def test_numbers_are_read_as_the_cases_say(case):
    assert _read(case["input"]) == {key: value for key, value in case.items() if key != "input"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, {"e164": None}),
        ("Không có điện thoại", {"e164": None}),
        ("0912 - 345 - 678", {"e164": "+84912345678"}),
        ("0912345678 hoặc 0987654321", {"e164": "+84912345678"}),
        ("0912345678\n0987654321", {"e164": "+84912345678"}),
        ("0912345678 0987654321", {"e164": "+84912345678"}),
        ("SĐT mẹ: 0912345678", {"e164": "+84912345678"}),
        ("0912345678 mẹ cháu", {"e164": "+84912345678"}),
        ("912345678.0", {"e164": "+84912345678"}),
        ("2383872123", {"e164": "+842383872123"}),
        ("84 912 345 67", {"error": "phone_too_short"}),
        ("18001234", {"error": "phone_not_personal"}),
        ("0123456789", {"error": "phone_unknown_prefix"}),
        ("612345678", {"error": "phone_unknown_prefix"}),
        ("0912abc345678", {"error": "phone_unreadable"}),
        (0.5, {"error": "phone_too_short"}),
    ],
)
def test_more_ways_to_write_a_number(value, expected):
    assert _read(value) == expected


@given(
    st.one_of(st.text(max_size=60), st.text("0123456789 .-+()/OoIl", max_size=40), st.integers(), st.floats(allow_nan=False, allow_infinity=False))
)
def test_whatever_comes_is_a_number_or_a_named_problem(value):
    result = _read(value)

    assert result.get("error", "phone_").startswith("phone_")
    assert result.get("e164") is None or (result["e164"].startswith("+84") and 12 <= len(result["e164"]) <= 13)


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_what_was_read_reads_the_same_again(number):
    assert read(read(number)) == read(number) == "+84" + number[1:]
