"""Who came when: the bars of the live page, and the page on an empty day, a quiet one and a busy one."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from eventday.checkins import watch
from eventday.db import db
from eventday.kernel import clock
from eventday.programme.domain import Admission, Kind
from eventday.registrations import service as registrations
from eventday.workspace import arrivals
from tests.checkins.gate import Phone, a_pass, scanned, undo
from tests.checkins.statements import count_statements
from tests.desk import sign_in
from tests.factories import COMMUNE, make_event, make_slot

PAGE = f"/lam-viec/{COMMUNE}/ngay-hoi-2027/ngay-hoi"
SEVEN = datetime(2027, 10, 9, 0, 0, tzinfo=UTC)  # 07:00 in Vietnam, first day


def at(minutes):
    return SEVEN + timedelta(minutes=minutes)


@pytest.fixture
def desk(app):
    clock.shift_to(at(180))
    make_event()
    return sign_in(app)


def page(desk):
    db.session.rollback()
    return desk.get(PAGE).text


def table(text):
    return re.findall(r"<time>([\d:]+)</time>–<time>([\d:]+)</time></th><td class=\"number\">([\d.]+)<", text)


def test_each_person_is_counted_once_a_day_in_the_quarter_of_the_first_entry(each_app):
    slot, phone = make_slot(), Phone(each_app.test_client())
    early, late, gone = a_pass(slot), a_pass(), a_pass()
    mistake = scanned(a_pass().token, at=at(2))
    again = scanned(early.token, slot, at=at(40)), scanned(early.token, at=at(24 * 60 + 14))
    phone.outcomes(scanned(early.token, at=at(14) + timedelta(seconds=59.9)), scanned(late.token, at=at(15)), mistake, undo(mistake), *again)
    phone.outcomes(scanned(gone.token, at=at(0)), scanned(late.token, slot, at=at(1)))
    registrations.revoke(gone.id, now=at(60))
    db.session.rollback()

    came = watch.watched(make_event().id, COMMUNE).arrivals

    assert list(came) == [(at(0), 1), (at(15), 1), (at(24 * 60), 1)]


def test_the_page_tells_stamps_of_each_station_and_of_the_day(app, desk):
    station, phone = make_slot(kind=Kind.STATION, admission=Admission.OPEN, starts_at=at(60)), Phone(app.test_client())
    phone.outcomes(*(scanned(a_pass().token, station, kind="stamp", at=at(70)) for _ in range(3)))

    text = page(desk)

    assert "<b>3</b> <span>lượt kỹ năng</span>" in text
    assert '<small class="muted">3 lượt kỹ năng</small>' in text


def test_bars_stand_for_every_quarter_from_the_first_to_the_last():
    (day,) = arrivals.by_day([(at(0), 5), (at(45), 10)])

    assert [(bar.count, bar.height, bar.is_marked) for bar in day.bars] == [(5, 50, True), (0, 0, False), (0, 0, False), (10, 100, False)]
    assert (day.people, day.most.start, all(bar.is_told for bar in day.bars)) == (15, at(45), True)
    assert [bar.x for bar in day.bars] == [0, 25, 50, 75]


def test_bars_of_a_whole_day_fit_and_few_hours_are_told():
    (day,) = arrivals.by_day([(at(15 * number - 7 * 60), 1) for number in range(96)])

    assert len(day.bars) == 96
    assert day.bars[-1].x + day.bars[-1].width <= arrivals.WIDTH
    assert [bar.start.hour for bar in day.bars if bar.is_marked] == [17, 22, 3, 8, 13]
    assert not any(bar.is_told for bar in day.bars)


def test_each_day_has_its_own_bars():
    assert [day.day.day for day in arrivals.by_day([(at(0), 1), (at(24 * 60), 1)])] == [9, 10]


def test_an_empty_day_says_where_the_first_scan_will_stand(desk):
    text = page(desk)

    assert "Chưa có ai đến. Lượt quét đầu tiên sẽ hiện ở đây." in text
    assert "<figure" not in text


def test_one_scan_is_one_bar_and_one_line(app, desk):
    Phone(app.test_client()).outcomes(scanned(a_pass().token, at=at(65)))

    text = page(desk)

    assert 'aria-label="1 người đến; đông nhất từ 08:00 đến 08:15: 1 người."' in text
    assert table(text) == [("08:00", "08:15", "1")]


def test_the_table_has_the_numbers_of_the_bars_and_they_add_up_to_who_came(app, desk):
    phone, slot = Phone(app.test_client()), make_slot(starts_at=SEVEN)
    phone.outcomes(*(scanned(a_pass(slot).token, slot if number % 2 else None, at=at(7 * number)) for number in range(25)))

    text = page(desk)

    bars = re.findall(r"<title>([\d:]+): (\d+)</title>", text)
    assert bars == [(start, count) for start, _, count in table(text)]
    assert sum(int(count) for _, count in bars) == 25
    assert "<b>25</b> <span>người đã đến</span>" in text


def test_the_page_needs_neither_script_nor_style_within(app, desk):
    Phone(app.test_client()).outcomes(scanned(a_pass().token, at=at(1)))

    text = page(desk)

    assert " style=" not in text
    assert "<style" not in text
    assert re.findall(r"<script[^>]*>([^<]*)</script>", text) == [""]


def test_silent_scanners_are_named_with_the_time_of_their_last_word(app, desk):
    phone = Phone(app.test_client())
    phone.outcomes(scanned(a_pass().token, at=at(180)))
    clock.shift_to(at(300))
    desk = sign_in(app, email="sau@xa.vn")

    assert "Máy cổng chưa gửi từ 10:00. Số người đã đến có thể cao hơn." in page(desk)


def test_a_busy_day_asks_as_often_as_a_quiet_one(app, desk):
    event, phone, asked = make_event(), Phone(app.test_client()), []
    watch.watched(event.id, COMMUNE)
    for many in (1, 40):
        phone.outcomes(*(scanned(a_pass().token, at=at(number)) for number in range(many)))
        db.session.rollback()
        with count_statements() as statements:
            watch.watched(event.id, COMMUNE)
        asked.append(statements.total)

    assert asked[0] == asked[1] <= 9
