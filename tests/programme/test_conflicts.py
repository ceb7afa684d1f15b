from datetime import UTC, datetime

import pytest

from eventday.kernel import ids
from eventday.programme.conflicts import Booking, obstacle
from eventday.programme.domain import Kind
from eventday.programme.planned import code_of, number_of

SPACE = ids.new()


def booking(start: int, end: int, kind: Kind = Kind.CLASS, pitches: int = 0, space_id=SPACE) -> Booking:
    return Booking(space_id, pitches, kind, datetime(2027, 10, 10, start, tzinfo=UTC), datetime(2027, 10, 10, end, tzinfo=UTC))


@pytest.mark.parametrize(("start", "end", "free"), [(10, 11, True), (7, 8, True), (9, 11, False), (7, 12, False), (8, 10, False)])
def test_one_thing_at_a_time_and_touching_is_no_clash(start: int, end: int, free: bool) -> None:
    assert (obstacle(booking(start, end), [booking(8, 10)]) is None) == free


def test_another_space_is_no_obstacle() -> None:
    assert obstacle(booking(8, 10), [booking(8, 10, space_id=ids.new())]) is None


def test_a_yard_takes_as_many_booths_at_once_as_it_has_pitches() -> None:
    morning, noon = booking(7, 11, Kind.BOOTH, 2), booking(11, 13, Kind.STATION, 2)

    assert obstacle(booking(7, 13, Kind.BOOTH, 2), [morning, noon]) is None
    assert obstacle(booking(8, 9, Kind.STATION, 2), [morning, booking(7, 13, Kind.BOOTH, 2)]) is not None


def test_a_conference_in_a_yard_takes_no_pitch() -> None:
    assert obstacle(booking(8, 10, Kind.CONFERENCE, 1), [booking(7, 12, Kind.BOOTH, 1)]) is None
    assert obstacle(booking(8, 10, Kind.CONFERENCE, 1), [booking(9, 12, Kind.TALK, 1)]) is not None


@pytest.mark.parametrize("number", [1, 12, 9999, 123456])
def test_a_code_names_its_number(number: int) -> None:
    assert number_of(code_of(number)) == number


@pytest.mark.parametrize(("text", "number"), [("HD-0012", 12), (" hd 12 ", 12), ("HĐ-0012", 12), ("GH01", None), ("", None), ("HD-0000", None)])
def test_codes_as_people_write_them(text: str, number: int | None) -> None:
    assert number_of(text) == number
