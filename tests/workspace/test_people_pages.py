"""The desk: one person after another, and what is done with one of them."""

import re

import pytest
from sqlalchemy import event as events

from eventday.access.domain import Role
from eventday.db import db
from eventday.kernel import clock, ids
from eventday.registrations import finding, queries, service
from eventday.registrations.domain import Source
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot
from tests.registrations.people import a_request, counters, person

HOME = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"
PEOPLE = f"{HOME}/nguoi-tham-gia"


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(app, Role.DESK)


def enlist(desk, slot, name="Lê Thị An", **more):
    token = re.search(r'name="token"[^>]* value="([^"]+)"', desk.get(f"{PEOPLE}/them").text).group(1)
    return desk.post(f"{PEOPLE}/them", {"token": token, "slot": str(slot), "name": name, **more})


def register(*slots, name="Lê Thị An"):
    return service.register(a_request(person(*slots, name=name), source=Source.DESK), now=BEFORE)[0]


def test_saving_shows_the_code_and_puts_the_cursor_back_into_the_first_field(desk):
    slot = make_slot()

    page = desk.get(enlist(desk, slot, phone="0912 345 678", birth_year="1970").location).text

    made = finding.search(make_event().id, COMMUNE, "an").people[0]
    assert "Vừa ghi: Lê Thị An" in page
    assert made.view.code in page
    assert re.search(r"<input[^>]*autofocus[^>]*id=\"name\"[^>]*value=\"\"", page)
    assert f'<option selected value="{slot}"' in page


@pytest.mark.parametrize(("ticked", "kept"), [({"keep_phone": "y"}, "0912345678"), ({}, "")])
def test_the_phone_stays_or_clears_by_the_tick_and_is_never_in_the_address(desk, ticked, kept):
    answer = enlist(desk, make_slot(), phone="0912 345 678", **ticked)

    field = re.search(r'<input[^>]*id="phone"[^>]*>', desk.get(answer.location).text).group()

    assert f'value="{kept}"' in field
    assert "912" not in answer.location.replace(str(ids), "").partition("vua=")[0]


def test_the_same_form_sent_twice_makes_one_pass(desk):
    slot = make_slot()
    token = re.search(r'name="token"[^>]* value="([^"]+)"', desk.get(f"{PEOPLE}/them").text).group(1)
    form = {"token": token, "slot": str(slot), "name": "Lê Thị An"}

    answers = [desk.post(f"{PEOPLE}/them", form) for _ in range(2)]

    assert answers[0].location == answers[1].location
    assert counters(slot) == (1, 0)


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(desk):
    answer = enlist(desk, make_slot(), name="Cháu Bình", birth_year="2019", phone="091")

    assert answer.status_code == 422
    assert 'value="Cháu Bình"' in answer.text
    assert "ghi tên người lớn đi cùng" in answer.text
    assert "Số điện thoại thiếu" in answer.text
    assert queries.passes_of_commune(make_event().id, COMMUNE) == []


def test_a_person_just_added_is_taken_back(desk):
    slot = make_slot()
    page = desk.get(enlist(desk, slot).location).text
    undo = re.search(r'action="([^"]+/hoan-tac)"', page).group(1)

    after = desk.get(desk.post(undo, {"slot": str(slot)}).location).text

    assert "Đã hoàn tác" in after
    assert counters(slot) == (0, 0)


def test_a_person_is_corrected_and_who_saves_second_is_told(desk):
    one = register(make_slot())
    seen = re.search(r'name="seen" value="([^"]+)"', desk.get(f"{PEOPLE}/{one.id}").text).group(1).replace("&#34;", '"')
    form = {"name": "Lê Thị Ân", "phone": "0912345678", "birth_year": "1970", "seen": seen}

    first, second = desk.post(f"{PEOPLE}/{one.id}", form), desk.post(f"{PEOPLE}/{one.id}", form | {"birth_year": "1971"})

    assert (first.status_code, second.status_code) == (303, 409)
    assert "đã sửa mục này lúc" in second.text
    assert 'value="1971"' in second.text
    assert queries.pass_by_id(one.id).birth_year == 1970


def test_a_registration_is_cancelled_put_back_and_moved(desk):
    here, there = make_slot(), make_slot(title="Lớp buổi chiều")
    one = register(here)

    cancelled = desk.post(f"{PEOPLE}/{one.id}/huy", {"dk": str(one.placed[0].id)})
    offered = desk.get(cancelled.location).text
    desk.post(f"{PEOPLE}/{one.id}/them-ca", {"slot": str(here)})
    standing = queries.pass_by_id(one.id).registrations[-1]
    moved = desk.post(f"{PEOPLE}/{one.id}/chuyen", {"dk": str(standing.id), "slot": str(there)})

    assert "Hoàn tác" in offered
    assert "Lớp buổi chiều" in desk.get(f"{PEOPLE}/{one.id}?chuyen={standing.id}").text
    assert moved.status_code == 303
    assert (counters(here), counters(there)) == ((0, 0), (1, 0))


def test_a_refused_move_is_told_on_the_page(desk):
    here, there = make_slot(), make_slot()
    one = register(here, there)

    answer = desk.post(f"{PEOPLE}/{one.id}/chuyen", {"dk": str(one.placed[0].id), "slot": str(there)})

    assert answer.status_code == 409
    assert "đã có tên ở ca đó rồi" in answer.text


def test_another_commune_s_person_and_slot_are_not_there(app, desk):
    make_commune("17230", "Xã Con Cuông")
    one, other = register(make_slot()), make_slot(commune="17230")
    stranger = sign_in(app, Role.DESK, "commune:17230", email="x@y.vn")
    there = "/lam-viec/17230/ngay-hoi-2027/nguoi-tham-gia"

    assert stranger.get(f"{there}/{one.id}").status_code == 404
    assert stranger.post(f"{there}/{one.id}/huy", {"dk": str(one.placed[0].id)}).status_code == 404
    assert desk.post(f"{PEOPLE}/{one.id}/them-ca", {"slot": str(other)}).status_code == 404
    assert desk.get(f"{PEOPLE}/{ids.new()}").status_code == 404


@pytest.mark.parametrize("path", ["", "/them"])
def test_a_viewer_sees_nobody(app, desk, path):
    assert sign_in(app, Role.VIEWER).get(PEOPLE + path).status_code == 403


@pytest.mark.parametrize("people", [3, 120])
def test_a_slot_s_list_asks_as_often_whatever_its_length(desk, people):
    slot = make_slot(capacity=200)
    service.register(a_request(*(person(slot) for _ in range(people))), now=BEFORE)
    asked = []
    events.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))

    page = desk.get(f"{PEOPLE}?slot={slot}").text

    assert sum(statement.startswith("SELECT") for statement in asked) <= 9
    assert ("Trang 1 trong 2" in page) is (people > 100)


def test_likely_doubles_are_shown_with_the_reason(desk):
    for _ in range(2):
        service.register(a_request(person(name="Lê Thị Ánh", birth_year=1960)), now=BEFORE)

    page = desk.get(f"{PEOPLE}/trung").text

    assert "Cùng họ tên (không kể dấu) và năm sinh." in page
    assert page.count("Lê Thị Ánh</a>") == 2


def test_children_whose_consent_is_not_whole_are_told_listed_and_named(desk):
    child = service.register(a_request(person(name="Lê Thị Na", birth_year=2017), source=Source.IMPORT), now=BEFORE)[0]

    home, people, listed = (desk.get(address).text for address in (HOME, PEOPLE, f"{PEOPLE}?thieu=1"))

    assert "1 cháu dưới 16 tuổi chưa đủ sự đồng ý" in home
    assert f'href="{PEOPLE}?thieu=1"' in people
    assert "Lê Thị Na" in listed
    assert "họ tên người lớn đồng ý thay cháu; cháu có đồng ý không" in desk.get(f"{PEOPLE}/{child.id}").text


def test_nobody_is_listed_as_incomplete_where_nobody_is(desk):
    assert "Không còn cháu nào thiếu." in desk.get(f"{PEOPLE}?thieu=1").text
    assert "chưa đủ sự đồng ý" not in desk.get(PEOPLE).text
