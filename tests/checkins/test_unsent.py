"""What still lies in a phone: told with each of its calls, kept in the write that is there already, shown where figures are read."""

import re

import pytest
from flask import Flask

from eventday.access import queries as access
from eventday.access.domain import Role
from eventday.kernel import clock
from tests.checkins.gate import Phone, came_by, scanned
from tests.checkins.statements import count_statements
from tests.conftest import MORNING
from tests.desk import sign_in
from tests.factories import COMMUNE, make_event

HERE = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"


@pytest.fixture
def phone(each_app: Flask) -> Phone:
    make_event()
    return Phone(each_app.test_client())


def lying_in(phone: Phone) -> int | None:
    return next(one.unsent for one in access.known_devices(make_event().id, [COMMUNE]) if one.device.id == phone.id)


def test_each_call_tells_how_many_scans_lie_in_the_phone(phone: Phone) -> None:
    told = [lying_in(phone)]
    for call in (
        lambda: phone.send(scanned("rác"), unsent=12),
        lambda: phone.walk_in(came_by("Lê Thị Hoa"), unsent=3),
        lambda: phone.bundle(unsent=7),
    ):
        clock.shift_to(clock.now().replace(year=clock.now().year + 1))
        call()
        told.append(lying_in(phone))

    assert told == [None, 12, 3, 7]


def test_who_says_nothing_of_it_changes_nothing(phone: Phone) -> None:
    phone.send(unsent=12)

    phone.send(scanned("rác"), sent_at="2027-10-10T08:30:00+07:00")
    phone.bundle(unsent="nhiều")

    assert lying_in(phone) == 12


@pytest.mark.parametrize("unsent", [-1, 10**7, "x", 1.5])
def test_what_is_no_number_of_scans_is_refused(phone: Phone, unsent: object) -> None:
    answer = phone.send(scanned("rác"), unsent=unsent)

    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/unsent")


def test_it_costs_a_check_in_no_statement(phone: Phone) -> None:
    phone.send(scanned("rác"))
    asked = []
    for told in ({}, {"unsent": 12}):
        with count_statements() as statements:
            phone.send(scanned("rác"), **told)
        asked.append(statements.total)

    assert asked[0] == asked[1] > 0


@pytest.mark.parametrize("page", ["may-quet", "ngay-hoi"])
def test_pages_show_what_lies_in_a_phone_and_when_it_was_heard_of(app: Flask, page: str) -> None:
    make_event()
    clock.shift_to(MORNING)
    Phone(app.test_client()).send(unsent=12)

    text = sign_in(app, Role.VIEWER).get(f"{HERE}/{page}").text

    assert "còn 12 lượt chưa gửi" in text
    assert re.search(r"vừa xong <time [^>]*>\(08:30\)</time>", text)
