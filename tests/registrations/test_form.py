"""The public form: one page, no script, nothing typed is lost, the same submission twice is one registration."""

import re
import warnings
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from eventday.db import db, transaction
from eventday.kernel import clock
from eventday.places import models as places
from eventday.programme import models as programme
from eventday.programme import queries as programme_queries
from eventday.programme import removing
from eventday.registrations import queries, views
from eventday.registrations.models import Consent, ConsentText, Household, Pass, Registration
from eventday.web.forms import PHONE_SENTENCES
from tests.factories import BEFORE, COMMUNE, NOON, make_event, make_slot
from tests.registrations.people import assert_sound, counters, statuses
from tests.workspace.test_gone import just_before

HAMLET = UUID(int=7)
HOUR = timedelta(hours=1)
ADULT = {"people-0-name": "Nguyễn Thị Hoà", "people-0-birth_year": "1958", "people-0-gender": "female"}
CHILD = {"people-0-name": "Trần Khánh Quỳnh", "people-0-birth_year": "2014"}
GOOD = {"phone": "0912 345 678", "consent": "y", **ADULT}


@pytest.fixture
def client(app):
    clock.shift_to(BEFORE)
    return app.test_client()


def address(slot) -> str:
    return f"/{COMMUNE}/dang-ky?slot={slot}"


def token_in(page: str) -> str:
    return unescape(re.search(r'name="token" value="([^"]+)"', page)[1])


def send(client: FlaskClient, slot, token: str | None = None, **fields):
    sent = {**fields, "token": token or token_in(client.get(address(slot)).text)}
    return client.post(address(slot), data=sent)


def without(fields: dict, *names: str) -> dict:
    return {name: value for name, value in fields.items() if name not in names}


def how_many(model) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def change_slot(slot, **values) -> None:
    with transaction() as session:
        session.execute(update(programme.Slot).where(programme.Slot.id == slot).values(**values))


def test_the_form_uses_nothing_that_its_library_gives_up(client):
    slot = make_slot()
    with transaction() as session:
        session.add(places.Hamlet(id=HAMLET, commune_code=COMMUNE, code="H01", name="Thôn 1", aliases=[]))

    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        page = client.get(address(slot))
        answer = send(client, slot, **GOOD, hamlet=str(HAMLET))

    assert (page.status_code, answer.status_code) == (200, 303)
    assert "Thôn 1" in page.text


def test_a_family_is_registered_and_sent_to_its_page(client):
    slot = make_slot()

    answer = send(client, slot, **GOOD, **{"people-1-name": "trần đình nghĩa"})

    assert answer.status_code == 303
    holder = queries.holder(answer.location.removeprefix("/p/"))
    assert holder.view.name == "Nguyễn Thị Hoà"
    assert [member.view.name for member in holder.household] == ["Trần Đình Nghĩa"]
    assert holder.phone == "+84912345678"
    assert statuses(slot) == ["confirmed", "confirmed"]


def test_nothing_is_ticked_beforehand(client):
    page = client.get(address(make_slot())).text

    assert "<input checked" not in page
    assert 'name="consent"' in page


def test_the_hamlet_chosen_is_kept(client):
    slot = make_slot()
    with transaction() as session:
        session.add(places.Hamlet(id=HAMLET, commune_code=COMMUNE, code="H01", name="Thôn 1", aliases=[]))

    page = send(client, slot, **{**GOOD, "phone": "1", "hamlet": str(HAMLET)}).text
    answer = send(client, slot, **GOOD, hamlet=str(HAMLET))

    assert f'<option selected value="{HAMLET}">Thôn 1</option>' in page
    assert queries.holder(answer.location.removeprefix("/p/")).view.hamlet_id == HAMLET


def test_consent_is_stored_with_its_text(client):
    send(client, make_slot(), **GOOD)

    stored = db.session.execute(
        select(Consent.channel, Consent.agreed_at, ConsentText.text).join(ConsentText, ConsentText.version == Consent.version)
    ).one()
    assert stored.channel == "web"
    assert abs((stored.agreed_at - BEFORE).total_seconds()) < 120
    assert "Tôi đồng ý" in stored.text


def test_full_slot_offers_the_waiting_list(client):
    page = client.get(address(make_slot(capacity=0))).text

    assert "vào danh sách chờ" in page
    assert "còn 0 chỗ" not in page


def test_the_form_says_how_many_would_wait(client):
    slot = make_slot(capacity=2)
    three = {f"people-{number}-name": f"Nguyễn Văn {number} An" for number in range(2)}

    page = send(client, slot, action="add", **three).text

    assert "1 người sẽ vào danh sách chờ" in page
    assert "giữ cho 2 người ghi trước" in page
    assert "Đăng ký 3 người" in page


def test_adding_a_person_keeps_everything_and_registers_nobody(client):
    typed = {"phone": "09123", "people-0-name": "An", "people-0-birth_year": "19", "people-0-gender": "male", "consent": "y"}

    answer = send(client, make_slot(), action="add", **typed)

    assert answer.status_code == 200
    assert 'name="people-1-name"' in answer.text
    assert all(f'value="{value}"' in answer.text for value in ("09123", "An", "19"))
    assert answer.text.count("<input checked") == 2
    assert how_many(Pass) == 0


def test_the_added_person_comes_into_view(client):
    page = send(client, make_slot(), action="add", **{"people-0-name": "An"}).text

    assert re.findall(r"<input[^>]* autofocus [^>]*name=\"([^\"]+)\"", page) == ["people-1-name"]


def test_removing_a_person_keeps_the_others(client):
    people = {"people-0-name": "Một", "people-1-name": "Hai", "people-2-name": "Ba"}

    page = send(client, make_slot(), action="remove-1", **people).text

    assert ('value="Một"' in page, 'value="Hai"' in page, 'value="Ba"' in page) == (True, False, True)
    assert 'name="people-2-name"' not in page


def test_no_more_than_eight_people(client):
    people = {f"people-{number}-name": f"Người {number}" for number in range(8)}

    page = send(client, make_slot(), action="add", **people).text

    assert page.count('-name"') >= 8
    assert 'name="people-8-name"' not in page
    assert 'value="add"' not in page


def test_a_ninth_person_is_not_dropped_in_silence(client):
    people = {f"people-{number}-name": f"Người {number}" for number in range(9)}

    answer = send(client, make_slot(), **{**GOOD, **people})

    assert answer.status_code == 422
    assert "nhiều nhất 8 người" in answer.text
    assert how_many(Pass) == 0


@pytest.mark.parametrize(
    ("fields", "sentence", "field"),
    [
        pytest.param(without(GOOD, "phone"), "Hãy nhập số điện thoại", "phone", id="no phone"),
        pytest.param({**GOOD, "phone": "không có"}, "Hãy nhập số điện thoại", "phone", id="says that there is none"),
        pytest.param({**GOOD, "phone": "0912 345 67"}, "Số điện thoại thiếu 1 chữ số. Ví dụ: 0912 345 678.", "phone", id="a digit short"),
        pytest.param({**GOOD, "phone": "0912 345 6789"}, "Số điện thoại thừa 1 chữ số", "phone", id="a digit long"),
        pytest.param({**GOOD, "phone": "01234567890"}, "không còn dùng từ năm 2018", "phone", id="old number"),
        pytest.param({**GOOD, "phone": "1900 1000"}, "số tổng đài", "phone", id="hotline"),
        pytest.param({**GOOD, "phone": "hỏi mẹ"}, "Không đọc được số điện thoại", "phone", id="words"),
        pytest.param(without(GOOD, "people-0-name"), "Hãy ghi họ và tên", "people-0-name", id="no name"),
        pytest.param({**GOOD, "people-0-name": "123"}, "bằng chữ", "people-0-name", id="a name of digits"),
        pytest.param({**GOOD, "people-0-name": "a" * 200}, "Dài quá", "people-0-name", id="a name too long"),
        pytest.param({**GOOD, "people-0-birth_year": "58"}, "Năm sinh gồm 4 chữ số", "people-0-birth_year", id="two digits"),
        pytest.param({**GOOD, "people-0-birth_year": "1800"}, "Năm sinh phải từ", "people-0-birth_year", id="too old"),
        pytest.param({**GOOD, "people-0-birth_year": "2030"}, "Năm sinh phải từ", "people-0-birth_year", id="not born"),
        pytest.param({**GOOD, "people-0-gender": "x"}, "Hãy chọn một mục", "people-0-gender", id="no such gender"),
        pytest.param({**GOOD, "hamlet": "x"}, "Hãy chọn một mục", "hamlet", id="no such hamlet"),
        pytest.param(without(GOOD, "consent"), "Đánh dấu ô này nếu đồng ý", "consent", id="no consent"),
    ],
)
def test_errors_stand_beside_their_field_and_in_the_summary(client, fields, sentence, field):
    answer = send(client, make_slot(), **fields)

    assert answer.status_code == 422
    assert answer.text.casefold().count(sentence.casefold()) >= 2 or field == "hamlet"  # in the summary behind its field's name
    assert f'href="#{field}' in answer.text
    assert "Còn 1 chỗ cần sửa" in answer.text
    assert how_many(Registration) == 0


def test_what_was_typed_stays_beside_an_error(client):
    page = send(client, make_slot(), **{**GOOD, "phone": "0912 345 67", "people-0-birth_year": "58"}).text

    assert all(f'value="{value}"' in page for value in ("0912 345 67", "58", "Nguyễn Thị Hoà"))
    assert page.count("<input checked") == 2


@pytest.mark.parametrize(
    ("year", "asked"),
    [
        pytest.param("2011", (False, False), id="16: an adult"),
        pytest.param("2012", (True, True), id="15: both are asked"),
        pytest.param("2020", (True, True), id="7: both are asked"),
        pytest.param("2021", (True, False), id="6: the adult alone"),
    ],
)
def test_who_is_asked_follows_the_age_in_the_events_year(client, year, asked):
    page = send(client, make_slot(), action="add", **{"people-0-name": "Cháu", "people-0-birth_year": year}).text

    assert ('name="people-0-guardian"' in page, 'name="people-0-child_agrees"' in page) == asked


def test_a_child_needs_the_adults_name_and_both_ticks(client):
    answer = send(client, make_slot(), phone="0912345678", consent="y", **CHILD)

    assert answer.status_code == 422
    assert [name for name in ("guardian", "guardian_agrees", "child_agrees") if f'id="people-0-{name}-error"' in answer.text] == [
        "guardian",
        "guardian_agrees",
        "child_agrees",
    ]


def test_a_child_is_registered_with_both(client):
    agreed = {"people-0-guardian": "trần văn thắng", "people-0-guardian_agrees": "y", "people-0-child_agrees": "y"}

    answer = send(client, make_slot(), phone="0912345678", consent="y", **CHILD, **agreed)

    assert queries.holder(answer.location.removeprefix("/p/")).view.guardian == "Trần Văn Thắng"


def test_the_same_submission_twice_is_one_registration(client):
    slot = make_slot()
    token = token_in(client.get(address(slot)).text)

    first, second = send(client, slot, token, **GOOD), send(client, slot, token, **GOOD)

    assert first.location == second.location
    assert counters(slot) == (1, 0)


def test_a_repeat_after_the_slot_closed_still_finds_its_page(client):
    slot = make_slot()
    token = token_in(client.get(address(slot)).text)
    first = send(client, slot, token, **GOOD)
    change_slot(slot, closes_at=BEFORE)

    assert send(client, slot, token, **GOOD).location == first.location


def test_a_changed_form_under_the_same_token_is_asked_about(client):
    slot = make_slot()
    token = token_in(client.get(address(slot)).text)
    send(client, slot, token, **GOOD)

    answer = send(client, slot, token, **{**GOOD, "people-0-name": "Người Khác"})

    assert answer.status_code == 422
    assert "đã được ghi nhận" in answer.text
    assert token_in(answer.text) != token
    assert counters(slot) == (1, 0)


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_a_foreign_token_registers_nobody_and_gives_a_new_one(client, token):
    slot = make_slot()

    answer = client.post(address(slot), data={**GOOD, "token": token})

    assert answer.status_code == 422
    assert "Nguyễn Thị Hoà" in answer.text
    assert send(client, slot, token_in(answer.text), **GOOD).status_code == 303


def test_a_token_is_for_its_slot_alone(client):
    one, other = make_slot(), make_slot()

    assert send(client, other, token_in(client.get(address(one)).text), **GOOD).status_code == 422


def test_a_form_of_another_site_is_refused(client):
    slot = make_slot()
    token = token_in(client.get(address(slot)).text)

    answer = client.post(address(slot), data={**GOOD, "token": token}, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert how_many(Registration) == 0


def test_a_family_is_seated_as_far_as_it_goes(client):
    slot = make_slot(capacity=2)

    send(client, slot, **GOOD, **{"people-1-name": "Trần Hai", "people-2-name": "Trần Ba"})

    assert statuses(slot) == ["confirmed", "confirmed", "waiting"]
    assert_sound()


def test_no_answer_depends_on_what_is_stored_about_a_phone(client):
    slot = make_slot()
    send(client, slot, **GOOD)

    again = send(client, slot, **GOOD)
    stranger = send(client, slot, **{**GOOD, "phone": "0987654321"})

    assert again.status_code == stranger.status_code == 303
    assert how_many(Pass) == 3
    assert how_many(Household) == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"cancelled_at": BEFORE}, "Ca này đã hủy", id="cancelled"),
        pytest.param({"closes_at": BEFORE}, "đã đóng đăng ký", id="closed"),
        pytest.param({"starts_at": BEFORE - 2 * HOUR, "ends_at": BEFORE - HOUR}, "Ca này đã xong", id="over"),
        pytest.param({"admission": "open"}, "Không cần đăng ký", id="walked into"),
        pytest.param({"taken": 30, "waiting": 100, "queue": 100}, "danh sách chờ cũng đủ", id="list full"),
    ],
)
def test_what_cannot_be_joined_says_why_and_has_no_form(client, change, sentence):
    slot = make_slot(capacity=30)
    change_slot(slot, **change)

    page = client.get(address(slot)).text

    assert sentence in page
    assert 'name="phone"' not in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"closes_at": BEFORE}, "đã đóng", id="closed"),
        pytest.param({"cancelled_at": BEFORE}, "Ca này đã hủy", id="cancelled"),
        pytest.param({"taken": 30, "waiting": 100, "queue": 100}, "danh sách chờ cũng đã đầy", id="list full"),
    ],
)
def test_what_changed_meanwhile_is_told_and_what_was_typed_stays(client, change, sentence):
    slot = make_slot(capacity=30)
    token = token_in(client.get(address(slot)).text)
    change_slot(slot, **change)

    answer = send(client, slot, token, **GOOD)

    assert answer.status_code == 409
    assert sentence in answer.text
    assert all(f'value="{value}"' in answer.text for value in ("0912 345 678", "Nguyễn Thị Hoà", "1958"))
    assert "Xem các ca khác" in answer.text
    assert "Đăng ký 1 người" not in answer.text
    assert how_many(Pass) == 0


def take_out(slot):
    removing.remove_occurrence(make_event().id, COMMUNE, slot, keepers=(), now=BEFORE)
    db.session.rollback()


def moves_in(page):
    return [unescape(url) for url in re.findall(r'value="move" formaction="([^"]+)"', page)]


def typed_in(page):
    """What a browser would send of a page of hidden fields."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.partition("<main")[2])
    return {unescape(name): unescape(value) for name, value in found}


def test_a_slot_deleted_meanwhile_offers_the_others_and_keeps_what_was_typed(client):
    slot, other, off = (make_slot(title="Lớp chung", starts_at=NOON + hours * HOUR) for hours in range(3))
    change_slot(off, cancelled_at=BEFORE)
    token = token_in(client.get(address(slot)).text)
    take_out(slot)
    answer = send(client, slot, token, **GOOD, **{"people-1-name": "Trần Hai"})
    moved = client.post(moves_in(answer.text)[0], data={"action": "move", **typed_in(answer.text)})

    assert (answer.status_code, "Ca này không còn" in answer.text, moves_in(answer.text)) == (410, True, [address(other)])
    assert (moved.status_code, 'value="Trần Hai"' in moved.text, 'value="0912 345 678"' in moved.text) == (200, True, True)
    assert send(client, other, token_in(moved.text), **GOOD).status_code == 303


@pytest.mark.parametrize("action", ["add", "remove-0", "register"])
def test_whatever_is_pressed_says_that_the_slot_is_gone(client, action):
    slot = make_slot()
    token = token_in(client.get(address(slot)).text)
    take_out(slot)

    answer = send(client, slot, token, action=action, **GOOD)
    assert (answer.status_code, moves_in(answer.text), "không còn ca nào" in answer.text) == (410, [], True)


def test_where_the_whole_activity_is_gone_the_communes_other_slots_are_offered(client):
    slot, other = make_slot(), make_slot(title="Lớp khác")
    token = token_in(client.get(address(slot)).text)
    activity = programme_queries.slot(slot).activity_id
    removing.remove_activity(make_event().id, COMMUNE, activity, keepers=(), now=BEFORE)

    assert moves_in(send(client, slot, token, **GOOD).text) == [address(other)]


def test_a_slot_deleted_while_the_form_is_saved_is_told_the_same(client, monkeypatch):
    slot = make_slot()
    token = token_in(client.get(address(slot)).text)
    just_before(monkeypatch, views.service, "register", lambda: take_out(slot))

    assert send(client, slot, token, **GOOD).status_code == 410


def test_no_form_of_ours_no_page_in_words(client):
    slot, there = make_slot(), make_slot(commune="17332")
    token, foreign = token_in(client.get(address(slot)).text), token_in(client.get(address(there).replace(COMMUNE, "17332")).text)
    take_out(slot)

    answers = [send(client, slot, token[:-1], **GOOD), send(client, UUID(int=1), token, **GOOD), send(client, there, foreign, **GOOD)]
    assert [answer.status_code for answer in answers] == [404] * 3


def test_a_cancelled_slot_offers_its_others_beside_what_was_typed(client):
    slot, other = make_slot(title="Lớp chung"), make_slot(title="Lớp chung", starts_at=NOON + HOUR)
    token = token_in(client.get(address(slot)).text)
    change_slot(slot, cancelled_at=BEFORE)
    answer = send(client, slot, token, **GOOD)

    assert (answer.status_code, moves_in(answer.text)) == (409, [address(other)])


def test_a_family_too_large_for_the_list_may_leave_somebody_out(client):
    slot = make_slot(capacity=30)
    change_slot(slot, taken=30, waiting=99, queue=99)

    answer = send(client, slot, **GOOD, **{"people-1-name": "Trần Hai"})
    fewer = send(client, slot, token_in(answer.text), **GOOD)

    assert (answer.status_code, "Trần Hai" in answer.text, "Đăng ký chờ cho 2 người" in answer.text) == (409, True, True)
    assert fewer.status_code == 303


def test_a_slot_is_found_in_its_own_public_commune_only(client):
    hidden, elsewhere = make_slot(published=False), make_slot(commune="17332")

    assert client.get(address(hidden)).status_code == 404
    assert client.get(address(elsewhere)).status_code == 404
    assert client.get(address("nonsense")).status_code == 404
    assert client.get(f"/{COMMUNE}/dang-ky").location == f"/{COMMUNE}"


NAUGHTY = (
    "\x00",
    "\x1b[31m",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "{{7*7}}",
    "%n%s",
    "‮abc",
    "👩‍👩‍👧" * 30,
    "a" * 60_000,
    "\ud7ff",
    "Ω≈ç√",
    "=HYPERLINK(1)",
    "²",
    "٣٤٥",
    "NaN",
)


@pytest.mark.parametrize(
    "field", ["phone", "hamlet", "people-0-name", "people-0-birth_year", "people-0-gender", "people-0-guardian", "token", "action", "consent"]
)
def test_no_text_breaks_the_form(client, field):
    slot = make_slot()
    token = token_in(client.get(address(slot)).text)

    answers = [client.post(address(slot), data={**GOOD, "token": token, field: text}) for text in NAUGHTY]

    assert {answer.status_code for answer in answers} <= {200, 303, 413, 422}
    assert not any("<script>alert" in answer.text for answer in answers)
    assert_sound()


def test_no_field_name_breaks_the_form(client):
    names = ("people-²-name", "people-99999999999999999999-name", "people--name", "people-0-", "people-0-name-0", "x" * 1000)

    answer = send(client, make_slot(), **GOOD, **dict.fromkeys(names, "x"))

    assert answer.status_code == 303


def test_form_of_eight_fits_a_first_look(client):
    people = {f"people-{number}-name": f"Nguyễn Thị {number}" for number in range(8)}
    children = {f"people-{number}-birth_year": "2015" for number in range(8)}
    slot = make_slot()
    token = token_in(client.get(address(slot)).text)

    answer = client.post(address(slot), data={**people, **children, "token": token}, headers={"Accept-Encoding": "gzip"})

    assert answer.status_code == 422
    assert len(answer.data) <= 14 * 1024


def test_every_phone_problem_has_a_sentence_with_a_remedy():
    assert all("Hãy" in str(sentence) or "Ví dụ" in str(sentence) or "ví dụ" in str(sentence) for sentence in PHONE_SENTENCES.values())
