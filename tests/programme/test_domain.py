import pytest

from eventday.programme.domain import Seating, Seats, seat


@pytest.mark.parametrize(
    ("free", "waiting", "people", "expected"),
    [
        pytest.param(5, 0, 3, Seating(seated=3, waiting=0), id="all find a seat"),
        pytest.param(0, 0, 1, Seating(seated=0, waiting=1), id="full"),
        pytest.param(1, 1, 1, Seating(seated=0, waiting=1), id="freed place belongs to who waits"),
        pytest.param(5, 0, 8, Seating(seated=5, waiting=3), id="a family is seated as far as it goes"),
    ],
)
def test_seating_follows_seats_and_queue(free, waiting, people, expected):
    seats = Seats(capacity=30, taken=30 - free, waiting=waiting)

    seating = seat(people, seats)

    assert seating == expected
