"""The way into what is online: on the holder's page alone, from an hour before, with a button during the slot."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from eventday.access.domain import Role
from eventday.checkins import queries as checkins
from eventday.db import transaction
from eventday.kernel import clock
from eventday.programme import models as programme
from eventday.programme import queries
from eventday.programme.domain import Kind
from eventday.registrations import service
from tests.checkins.gate import Phone, a_pass, bearer, cancel, scanned
from tests.factories import BEFORE, COMMUNE, NOON, make_event, make_slot
from tests.residents.conftest import at
from tests.security.table import ROWS

LINK = "https://hop.example.vn/phong-123"


@pytest.fixture
def slot(client):
    made = make_slot(kind=Kind.ONLINE, title="Lớp trực tuyến", capacity=2)
    with transaction() as session:
        session.execute(update(programme.Activity).values(join_url=LINK))
    return made


def page(client, issued, minutes):
    at(NOON + timedelta(minutes=minutes))
    return client.get(f"/p/{issued.secret}").text


def press(client, issued, minutes=1, *, of=None):
    at(NOON + timedelta(minutes=minutes))
    return client.post(f"/p/{issued.secret}/du", data={"dk": str((of or issued).placed[0].id)})


@pytest.mark.parametrize(("minutes", "shown"), [(-60.1, False), (-60, True), (0, True), (119.9, True), (120, False)])
def test_the_link_stands_from_an_hour_before_until_the_end(client, slot, minutes, shown):
    assert (LINK in page(client, a_pass(slot), minutes)) is shown


def test_until_then_the_page_says_when_the_link_will_be_there(client, slot):
    issued = a_pass(slot)

    assert "Đường vào phòng trực tuyến hiện ở đây từ 11:00 ngày 10/10." in page(client, issued, -61)
    assert "Đường vào phòng trực tuyến hiện" not in page(client, issued, -59)


def test_who_has_no_seat_sees_neither_link_nor_button(client, slot):
    gave_back, _, _, waits, withdrawn = (a_pass(slot) for _ in range(5))
    cancel(gave_back, slot)
    service.revoke(withdrawn.id, now=BEFORE)

    for issued in (gave_back, waits, withdrawn):
        text = page(client, issued, 1)
        assert (LINK in text, "Tôi đang dự" in text) == (False, False)


def test_a_missing_link_is_told_in_a_sentence(client, slot):
    with transaction() as session:
        session.execute(update(programme.Activity).values(join_url=""))

    text = page(client, a_pass(slot), -30)

    assert "Chưa có đường vào phòng trực tuyến." in text
    assert "Vào phòng trực tuyến</a>" not in text


@pytest.mark.parametrize(("minutes", "shown"), [(-1, False), (0, True), (119, True), (121, False)])
def test_the_button_is_there_during_the_slot(client, slot, minutes, shown):
    assert ("Tôi đang dự" in page(client, a_pass(slot), minutes)) is shown


def test_the_button_notes_it_once_and_says_so(client, slot):
    issued = a_pass(slot)

    answers = [press(client, issued), press(client, issued, 9)]
    text = client.get(answers[0].location).text

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "Đã ghi: dự trực tuyến lúc 12:01" in text
    assert "Tôi đang dự" not in text
    assert "Hủy chỗ này</a>" not in text
    assert list(checkins.presences_of(issued.id)) == [slot]


@pytest.mark.parametrize("minutes", [-1, 120])
def test_outside_the_slot_nothing_is_noted(client, slot, minutes):
    issued = a_pass(slot)

    answer = press(client, issued, minutes)

    assert (answer.status_code, checkins.presences_of(issued.id)) == (409, {})
    assert "Chỉ ghi được lúc hoạt động trực tuyến đang diễn ra." in answer.text


def test_nobody_presses_for_another_pass_nor_with_another_key(client, slot):
    one, other = a_pass(slot), a_pass(slot)

    answers = [press(client, one, of=other), client.post(f"/p/{one.token}/du", data={"dk": str(one.placed[0].id)})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert (checkins.presences_of(one.id), checkins.presences_of(other.id)) == ({}, {})


def test_a_foreign_page_cannot_press(client, slot):
    issued = a_pass(slot)
    at(NOON)

    answer = client.post(f"/p/{issued.secret}/du", data={"dk": str(issued.placed[0].id)}, headers={"Origin": "https://evil.example"})

    assert (answer.status_code, checkins.presences_of(issued.id)) == (403, {})


def test_a_hall_has_neither_link_nor_button(client):
    text = page(client, a_pass(make_slot()), 1)

    assert "trực tuyến" not in text
    assert "Tôi đang dự" not in text


def test_no_other_page_nor_program_ever_tells_the_link(app: Flask, client, slot):
    """Everything that needs no account, and everything that tokens and scanners may ask, while the link is shown to its holder."""
    issued, keys = a_pass(slot), [{}, bearer(Role.ORGANISER, f"commune:{COMMUNE}"), Phone(client).headers]
    at(NOON)

    told = {path for path in _asked(issued, slot) for key in keys if LINK.encode() in client.get(path, headers=key).data}

    assert told == {f"/p/{issued.secret}"}
    assert LINK not in Phone(client).send(scanned(issued.token, slot, at=clock.now())).text


def _asked(issued, slot):
    """All addresses that answer with text."""
    known = {"commune:code": COMMUNE, "event": make_event().code, "token": issued.token, "secret": issued.secret, "key": issued.code}
    known["uuid:activity_id"] = str(queries.slot(slot).activity_id)
    more = {"/api/v1/live": f"?scope=commune:{COMMUNE}", "/api/v1/registrations": f"?slot={slot}", "/<commune:code>/dang-ky": f"?slot={slot}"}
    for row in ROWS:
        if row.method == "GET" and (row.who == "anybody" or row.rule.startswith("/api/")) and not row.rule.endswith((".pdf", ".png")):
            yield re.sub(r"<([^<>]+)>", lambda part: known.get(part[1], "khong-co"), row.rule) + more.get(row.rule, "")
