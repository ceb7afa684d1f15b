"""The doubles' pages: a group, what merging would do, merging it, telling people apart, and both taken back."""

import html
import re

import pytest

from eventday.access.domain import Role
from eventday.audit.models import Entry
from eventday.db import db
from eventday.kernel import clock, ids
from eventday.registrations import moving, queries, service
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot
from tests.registrations.people import a_request, counters, person, registered

HOME = f"/lam-viec/{COMMUNE}/ngay-hoi-2027"
PEOPLE = f"{HOME}/nguoi-tham-gia"
DOUBLES, MERGE = f"{PEOPLE}/trung", f"{PEOPLE}/gop"


@pytest.fixture
def desk(app):
    clock.shift_to(BEFORE)
    make_event()
    return sign_in(app, Role.DESK)


def one_person(*slots, name="Lê Thị Ánh", birth_year=1960, phone="+84912345678"):
    return service.register(a_request(person(*slots, name=name, birth_year=birth_year), phone=phone), now=BEFORE)[0]


def the(*issued):
    return {"the": [str(one.id) for one in issued]}


def hidden(page):
    """The fields of the form that merges, as a browser would send them."""
    form = page[page.rindex('<form method="post"') :]
    return {name: html.unescape(value) for name, value in re.findall(r'name="(seen|giu)" value="([^"]*)"', form)}


def merge(desk, *issued):
    page = desk.get(MERGE, query_string=the(*issued)).text
    return desk.post(MERGE, the(*issued) | hidden(page))


def test_a_group_is_one_entry_with_its_reasons_and_the_home_leads_there(desk):
    for _ in range(3):
        one_person()

    page, home = desk.get(DOUBLES).text, desk.get(HOME).text

    assert page.count('type="checkbox" name="the"') == 3
    assert page.count("Cùng họ tên (không kể dấu) và năm sinh.") == 1
    assert "3 cặp thẻ có thể là của một người" in home
    assert f'href="{DOUBLES}"' in home


def test_a_seat_that_went_into_the_other_s_is_no_cancelled_one(desk):
    slot, gone = make_slot(title="Lớp một"), make_slot(title="Lớp hai")
    kept, other = one_person(slot, gone), one_person(slot)
    service.cancel(kept.placed[1].id, now=BEFORE)
    merge(desk, kept, other)

    page = desk.get(f"{PEOPLE}/{kept.id}").text

    assert [page.count(word) for word in ("đã gộp vào chỗ kia", "có chỗ", "đã hủy")] == [1, 1, 1]


def test_where_nobody_is_double_neither_page_says_so(desk):
    one_person()

    assert "Không thấy ai trùng" in desk.get(DOUBLES).text
    assert "cặp thẻ có thể" not in desk.get(HOME).text


def test_the_preview_says_what_moves_what_clashes_and_what_is_not_kept(desk):
    here, both = make_slot(title="Lớp một"), make_slot(title="Lớp hai", capacity=2)
    kept, other = one_person(both, name="Lê Ánh", birth_year=None), one_person(here, both)
    answer = desk.post(DOUBLES, the(kept, other) | {"viec": "gop"})

    page = desk.get(answer.location).text

    assert "Lớp một" in page
    assert "chỗ chuyển sang thẻ giữ lại, nguyên như cũ" in page
    assert "Chỗ thừa nhường ngay cho người chờ đầu tiên" in page
    assert "Ghi thêm từ thẻ kia: năm sinh 1960." in page
    assert "Không giữ: họ tên Lê Thị Ánh." in page


def test_the_log_says_who_was_merged_into_whom_by_initials_only(app, desk):
    merge(desk, one_person(), one_person())

    page = sign_in(app, Role.ORGANISER, email="phu@trach.vn").get(f"{HOME}/nhat-ky").text

    assert "Gộp" in page
    assert "Gộp vào thẻ của" in page
    assert [entry.before for entry in db.session.query(Entry).filter_by(action="merged")] == [{"merged_into": None}]


def test_merging_leads_to_the_person_with_both_codes_and_is_taken_back_there(desk):
    slot = make_slot()
    kept, other = one_person(), one_person(slot)

    page = desk.get(merge(desk, kept, other).location).text
    assert "Đã gộp thành một người" in page
    assert other.code in page

    parted = desk.get(desk.post(f"{PEOPLE}/{other.id}/tach").location).text
    assert "Đã tách lại" in parted
    assert [one.slot_id for one in queries.pass_by_id(other.id).registrations] == [slot]


def test_who_has_done_something_since_is_not_parted_and_told_why(desk):
    kept, other = one_person(), one_person()
    merge(desk, kept, other)
    moving.add(kept.id, make_slot(), now=BEFORE)

    answer = desk.post(f"{PEOPLE}/{kept.id}/tach")

    assert answer.status_code == 409
    assert "Không tách lại được nữa" in answer.text


def test_the_pass_to_keep_is_chosen(desk):
    one, other = one_person(), one_person(name="Le Thi Anh")

    page = desk.get(MERGE, query_string=the(one, other) | {"giu": str(other.id)}).text
    desk.post(MERGE, the(one, other) | hidden(page))

    assert queries.pass_by_id(one.id).name == "Le Thi Anh"


def test_what_changed_since_the_preview_is_shown_before_anything_is_done(desk):
    slot = make_slot()
    one, other = one_person(), one_person()
    page = desk.get(MERGE, query_string=the(one, other)).text
    service.add_to_pass(other.secret, [slot], now=BEFORE)

    answer = desk.post(MERGE, the(one, other) | hidden(page))

    assert answer.status_code == 409
    assert "Chưa gộp gì" in answer.text
    assert desk.post(MERGE, the(one, other) | hidden(answer.text)).status_code == 303


def test_merged_by_somebody_else_meanwhile_leads_to_the_person(desk):
    one, other = one_person(), one_person()
    merge(desk, one, other)

    assert desk.get(MERGE, query_string=the(one, other)).location == f"{PEOPLE}/{one.id}?da=gop"


def test_two_people_are_off_the_list_and_back_again(desk):
    one, other = one_person(), one_person()

    told = desk.get(desk.post(DOUBLES, the(one, other) | {"viec": "khac"}).location).text
    assert "Không thấy ai trùng" in told
    assert "Hoàn tác" in told

    desk.post(DOUBLES, the(one, other) | {"viec": "lai"})
    assert "Đây là hai người khác nhau" in desk.get(DOUBLES).text


def test_less_than_two_are_nothing_to_decide(desk):
    answer = desk.post(DOUBLES, the(one_person()) | {"viec": "gop"})

    assert "Hãy đánh dấu ít nhất hai thẻ" in desk.get(answer.location).text


def test_another_commune_s_pass_is_not_there(app, desk):
    make_commune("17230", "Xã Con Cuông")
    one, other = one_person(), one_person()
    stranger = sign_in(app, Role.DESK, "commune:17230", email="x@y.vn")
    there = "/lam-viec/17230/ngay-hoi-2027/nguoi-tham-gia"
    form = the(one, other) | {"giu": str(one.id), "seen": "{}", "viec": "khac"}

    asked = [stranger.get(f"{there}/gop", query_string=form), stranger.post(f"{there}/gop", form)]
    asked += [
        stranger.post(f"{there}/trung", form),
        stranger.post(f"{there}/{one.id}/tach"),
        desk.get(MERGE, query_string={"the": [ids.new(), ids.new()]}),
    ]

    assert {answer.status_code for answer in asked} == {404}


def test_a_guest_at_our_slot_is_seen_but_not_merged_here(app, desk):
    make_commune("17230", "Xã Con Cuông")
    slot = make_slot(commune="17230")
    one, other = one_person(slot), one_person(slot)
    stranger = sign_in(app, Role.DESK, "commune:17230", email="x@y.vn")

    assert stranger.get("/lam-viec/17230/ngay-hoi-2027/nguoi-tham-gia/gop", query_string=the(one, other)).status_code == 404
    assert counters(slot) == (2, 0)


def test_the_holder_of_the_merged_pass_sees_the_kept_one_without_the_place_that_ended(desk):
    slot = make_slot(title="Lớp một", capacity=3)
    kept, other = one_person(slot), one_person(slot)
    registered(slot)
    merge(desk, kept, other)

    page = desk.get(f"/p/{other.secret}").text

    assert page.count("<h3>Lớp một</h3>") == 1
    assert "Đã hủy chỗ" not in page
