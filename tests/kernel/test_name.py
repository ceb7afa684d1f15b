import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventday.kernel import name
from eventday.kernel.text import fold

CASES = json.loads((Path(__file__).parent.parent / "cases" / "names.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["display"])
def test_names_are_shown_taken_apart_and_folded_as_the_cases_say(case):
    shown = name.display(case["input"])

    assert (shown, name.parts(shown), fold(shown)) == (case["display"], (case["family"], case["middle"], case["given"]), case["search"])


def test_names_sort_by_given_name_in_vietnamese_order():
    shown = [name.display(case["input"]) for case in CASES]

    in_order = sorted(shown, key=lambda one: name.sort_key(one).encode())

    assert in_order == [case["display"] for case in sorted(CASES, key=lambda case: case["rank"])]


@given(st.text(max_size=120))
def test_a_key_is_ascii_and_fits_its_column(text):
    key = name.sort_key(name.display(text)[:120])

    assert key.isascii()
    assert len(key) <= 400


@given(st.text("aáàảãạăắâấbcdđeêéghiíklmnoôơóuưúxyý HT'-", max_size=40))
def test_displaying_twice_changes_nothing(text):
    assert name.display(name.display(text)) == name.display(text)
