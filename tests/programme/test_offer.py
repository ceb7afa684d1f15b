from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from eventday.programme.domain import Admission, Kind, Slot
from eventday.programme.offer import Offer, State, offer_of, together
from tests.factories import BEFORE, NOON

SLOT = Slot(
    id=UUID(int=1), activity_id=UUID(int=2), event_id=UUID(int=3), commune_code="17329", title="Lớp", kind=Kind.CLASS, host="", space_id=None, space="", venue="", place="",
    starts_at=NOON, ends_at=NOON + timedelta(hours=2), closes_at=NOON, admission=Admission.SEATS, capacity=100, taken=0, waiting=0, cancelled_at=None,
)  # fmt: skip
DURING, AFTER = NOON + timedelta(hours=1), NOON + timedelta(hours=2)


@pytest.mark.parametrize(
    ("change", "now", "expected"),
    [
        pytest.param({}, BEFORE, State.FREE, id="free"),
        pytest.param({"taken": 84}, BEFORE, State.FREE, id="16 % left"),
        pytest.param({"taken": 85}, BEFORE, State.FEW, id="15 % left"),
        pytest.param({"capacity": 20, "taken": 15}, BEFORE, State.FEW, id="five left"),
        pytest.param({"taken": 100}, BEFORE, State.FULL, id="full"),
        pytest.param({"taken": 99, "waiting": 1}, BEFORE, State.FULL, id="a freed place belongs to who waits"),
        pytest.param({"taken": 100, "waiting": 10}, BEFORE, State.LIST_FULL, id="nobody more may wait"),
        pytest.param({"admission": Admission.OPEN}, DURING, State.OPEN, id="walked into"),
        pytest.param({}, NOON, State.CLOSED, id="closes when it starts"),
        pytest.param({}, AFTER, State.OVER, id="over"),
        pytest.param({"cancelled_at": BEFORE}, AFTER, State.CANCELLED, id="cancelled before all"),
    ],
)
def test_offer_follows_seats_and_time(change, now, expected):
    assert offer_of(replace(SLOT, **change), now, waiting_limit=10).state is expected


def test_rounds_together_have_all_their_seats():
    full, free = Offer(State.FULL, 0, 10, 3), Offer(State.FREE, 8, 10, 0)

    assert together([full, free, free]) == Offer(State.FREE, 16, 30, 3)


def test_rounds_that_cannot_be_had_count_for_nothing():
    over, few = Offer(State.OVER, 10, 10, 0), Offer(State.FEW, 2, 10, 0)

    assert together([over, few]) == Offer(State.FEW, 2, 10, 0)
