"""What an entry says, whatever was typed."""

import pytest

from eventday.audit import wording
from tests.audit.test_domain import entry


@pytest.mark.parametrize("text", ["0000-00-00", "2027-02-30", "2027-13-45T99:99+99:99", "99:99:99"])
def test_a_name_that_looks_like_a_day_and_is_none_is_told_as_it_is(text):
    """One such name, stored once, made the page of the log fail for good."""
    (line,) = wording.lines(entry(before={"name": text}), {})

    assert line.old.startswith(text[:5])


def test_days_and_hours_are_told_as_one_reads_them():
    (line,) = wording.lines(entry(before={"day": ["2027-10-09", "07:30:00"]}), {})

    assert line.old == "09/10/2027; 07:30"
