from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from eventday.programme.domain import Event
from eventday.residents.domain import clash, day_shown, days, lay_out, short_title, split_title
from tests.factories import BEFORE, FIRST_DAY, LAST_DAY, NOON
from tests.programme.test_offer import SLOT

EVENT = Event(UUID(int=3), "ngay-hoi", "Ngày hội", "40", FIRST_DAY, LAST_DAY)


def slot(number: int, **more):
    return replace(SLOT, id=UUID(int=100 + number), activity_id=UUID(int=200 + number), **more)


@pytest.mark.parametrize(
    ("wanted", "today", "expected"),
    [
        pytest.param(None, BEFORE.date(), FIRST_DAY, id="before: the first"),
        pytest.param(None, LAST_DAY, LAST_DAY, id="on the day: today"),
        pytest.param(None, date(2028, 1, 1), LAST_DAY, id="afterwards: the last"),
        pytest.param("2027-10-10", FIRST_DAY, LAST_DAY, id="asked for"),
        pytest.param("2027-10-11", FIRST_DAY, FIRST_DAY, id="not one of its days"),
        pytest.param("hôm nay", FIRST_DAY, FIRST_DAY, id="not a day"),
    ],
)
def test_day_shown(wanted, today, expected):
    assert day_shown(wanted, [FIRST_DAY, LAST_DAY], today) == expected


def test_days_are_those_with_something_else_the_events():
    assert days(EVENT, [slot(1)]) == [LAST_DAY]
    assert days(EVENT, []) == [FIRST_DAY, LAST_DAY]


def test_every_slot_of_a_long_day_stands_exactly_once():
    slots = [
        slot(number, starts_at=NOON + timedelta(minutes=30 * (number - 6)), ends_at=NOON + timedelta(minutes=30 * (number - 4)))
        for number in range(14)
    ]

    for today in (False, True):
        programme = lay_out(slots, now=NOON, today=today, waiting_limit=10)
        hours = [line for hour in (*programme.hours, *programme.later) for line in hour.lines]
        shown = [line.slot.id for line in (*programme.now, *programme.soon, *hours, *programme.past)]
        assert sorted(shown) == [one.id for one in slots]


def test_where_nothing_begins_within_the_hour_the_next_is_soon():
    programme = lay_out([slot(1)], now=NOON - timedelta(hours=4), today=True, waiting_limit=10)

    assert [line.slot.id for line in programme.soon] == [slot(1).id]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Lớp học số “Em an toàn trên mạng”", ("Lớp học số", "Em an toàn trên mạng")),
        ("Trạm trải nghiệm ký số", ("", "Trạm trải nghiệm ký số")),
        ("“Chỉ có ngoặc”", ("", "“Chỉ có ngoặc”")),
        ("Nói về “AI” và ta", ("", "Nói về “AI” và ta")),
    ],
)
def test_a_title_with_a_name_in_quotes_is_label_and_name(title, expected):
    assert split_title(title) == expected


def test_short_title_drops_what_all_begin_with():
    assert short_title("Gian hàng VNeID – Định danh điện tử") == "VNeID"


def test_slots_that_touch_do_not_clash():
    held = slot(1)

    assert clash(slot(2, starts_at=held.ends_at, ends_at=held.ends_at + timedelta(hours=1)), [held]) is None
    assert clash(slot(2, starts_at=held.ends_at - timedelta(minutes=1), ends_at=held.ends_at + timedelta(hours=1)), [held]) == held
