"""Logging in, seen from outside (checklist A4–A10, C1, C6). What a password may be: tests/accounts."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from eventday.access import models, service
from eventday.access.domain import Role
from eventday.accounts import hashing, passwords
from eventday.accounts.passwords import Browser
from eventday.app import create_app
from eventday.config import Settings
from eventday.db import transaction
from eventday.kernel import clock
from eventday.kernel.errors import TryLater
from tests.desk import open_link, sign_in
from tests.factories import BEFORE, make_event

PHRASE, EMAIL = "con trâu đi trước cái cày", "ngan@xa.vn"
ACCOUNT = "/lam-viec/tai-khoan"
DOOR = "/dang-nhap/mat-khau"
_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')


@pytest.fixture
def ngan(each_app):
    """A signed-in browser of somebody with a password."""
    clock.shift_to(BEFORE)
    make_event()
    desk = sign_in(each_app, email=EMAIL)
    desk.post(f"{ACCOUNT}/mat-khau", {"password": PHRASE, "again": PHRASE})
    return desk


def enter(app, password=PHRASE, email=EMAIL, address="127.0.0.3", client=None, **more):
    """(answer, browser) of signing in by a password, as the page has it: its own token comes along."""
    client = client or app.test_client()
    token = _TOKEN.search(client.get(DOOR).text).group(1)
    answer = client.post(DOOR, data={"email": email, "password": password, "csrf_token": token, **more}, environ_base={"REMOTE_ADDR": address})
    return answer, client


def is_in(client):
    return client.get(ACCOUNT).status_code == 200


def without_token(answer):
    return re.sub(r'value="[^"]*"', "", answer.text)


def test_a_password_signs_in_and_leads_where_one_wanted_to_go(each_app, ngan):
    answer, client = enter(each_app, next="/lam-viec/tai-khoan")

    assert (answer.status_code, answer.location) == (303, ACCOUNT)
    assert is_in(client)


def test_wrong_unknown_and_closed_get_the_same_answer_after_the_same_work(each_app, ngan, monkeypatch):
    sign_in(each_app, email="khoa@xa.vn").post(f"{ACCOUNT}/mat-khau", {"password": PHRASE, "again": PHRASE})
    with transaction() as session:
        session.query(models.Person).filter_by(email="khoa@xa.vn").update({"disabled_at": BEFORE})
    checked = []
    monkeypatch.setattr(hashing.HASHER.__class__, "verify", lambda self, against, given: checked.append(against[:31]) or _refuse())

    answers = [enter(each_app, "sai mật khẩu rồi", email)[0] for email in (EMAIL, "khong-co@xa.vn", "khoa@xa.vn")]

    assert {answer.status_code for answer in answers} == {422}
    assert len({without_token(answer) for answer in answers}) == 1
    assert checked == ["$argon2id$v=19$m=47104,t=2,p=1$"] * 3


def _refuse():
    raise hashing.VerificationError


def test_thirty_guesses_from_one_address_are_slowed_and_the_owner_still_enters(each_app, ngan):
    statuses = [enter(each_app, f"đoán lần {number}", address="127.0.0.2")[0].status_code for number in range(30)]
    blocked, _ = enter(each_app, PHRASE, address="127.0.0.2")

    assert statuses == [422] * passwords.FROM_ADDRESS + [429] * (30 - passwords.FROM_ADDRESS)
    assert blocked.status_code == 429
    assert 0 < int(blocked.headers["Retry-After"]) <= 900
    assert is_in(enter(each_app)[1])


def test_a_browser_that_was_in_before_is_not_shut_out_by_strangers(each_app, ngan):
    _, own = enter(each_app)
    for number in range(passwords.AT_ACCOUNT):
        with pytest.raises(passwords.WrongPassword):
            passwords.sign_in(EMAIL, "đoán mò", Browser(f"10.0.0.{number}"), now=clock.now())

    later = each_app.test_client()
    later.set_cookie("eventday-known", own.get_cookie("eventday-known").value)
    assert enter(each_app, client=later)[0].status_code == 303
    assert enter(each_app)[0].status_code == 429


def test_guesses_made_at_once_cannot_pass_together(each_app, ngan):
    def guess(number):
        with each_app.app_context():
            return enter(each_app, f"đoán lần {number}", address="127.0.0.2")[0].status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(guess, range(40)))

    assert statuses.count(422) <= passwords.FROM_ADDRESS


def test_no_more_hashes_run_or_wait_at_once_than_there_is_room_for(monkeypatch):
    full, going_on, most, running = threading.Event(), threading.Event(), [], []

    def verify(self, against, given):
        running.append(1)
        most.append(len(running))
        full.set()
        going_on.wait(10)
        running.pop()

    monkeypatch.setattr(hashing.HASHER.__class__, "verify", verify)
    with ThreadPoolExecutor(hashing.AT_ONCE + hashing.WAITING + 20) as pool:
        tries = [pool.submit(hashing.fits, "x", "hash") for _ in range(hashing.AT_ONCE + hashing.WAITING + 20)]
        full.wait(10)
        refused = [one for one in tries if isinstance(_error_of(one, hashing.AT_ONCE + hashing.WAITING, tries), TryLater)]
        going_on.set()

    assert len(refused) == 20
    assert max(most) <= hashing.AT_ONCE


def _error_of(one, keep, tries):
    """What a refused try ended with; those that run or wait are still at it."""
    done = [each for each in tries if each.done()]
    while len(done) < len(tries) - keep:
        done = [each for each in tries if each.done()]
    return one.exception() if one.done() else None


def test_the_session_is_a_new_one_at_sign_in_and_the_old_one_is_dead(each_app, ngan):
    client = each_app.test_client()
    client.get(DOOR)
    before = client.get_cookie("eventday").value

    _, client = enter(each_app, client=client)
    after = client.get_cookie("eventday").value
    client.get("/dang-nhap")
    _, again = enter_again(each_app, client)

    assert len({before, after, again.get_cookie("eventday").value}) == 3
    for old in (before, after):
        stale = each_app.test_client()
        stale.set_cookie("eventday", old)
        assert not is_in(stale)
    assert is_in(again)


def enter_again(app, client):
    """By a link, in a browser that is signed in already."""
    link = service.add_person(EMAIL, Role.ORGANISER, "commune:17329", now=clock.now())
    return open_link(client, link), client


def test_signing_out_kills_the_session_on_the_server(each_app, ngan):
    copied = each_app.test_client()
    copied.set_cookie("eventday", ngan.client.get_cookie("eventday").value)
    assert is_in(copied)

    ngan.client.post("/dang-xuat", data={"csrf_token": _TOKEN.search(ngan.get(ACCOUNT).text).group(1)})

    assert copied.get(ACCOUNT).status_code == 302


def test_a_changed_password_ends_all_other_sessions_and_renews_one_s_own(each_app, ngan):
    _, other = enter(each_app)
    former = ngan.client.get_cookie("eventday").value
    token = _TOKEN.search(ngan.get(ACCOUNT).text).group(1)

    answer = ngan.client.post(
        f"{ACCOUNT}/mat-khau", data={"former": PHRASE, "password": "một câu khác hẳn", "again": "một câu khác hẳn", "csrf_token": token}
    )

    assert answer.status_code == 303
    assert not is_in(other)
    assert is_in(ngan.client)
    assert ngan.client.get_cookie("eventday").value != former


@pytest.mark.parametrize(("hours", "known"), [(7, True), (9, False)])
def test_an_idle_session_ends(app, hours, known):
    clock.shift_to(BEFORE)
    make_event()
    desk = sign_in(app)

    clock.shift_to(BEFORE + timedelta(hours=hours))

    assert is_in(desk.client) is known


def test_signing_in_by_a_form_of_elsewhere_is_refused(each_app, ngan):
    client = each_app.test_client()
    token = _TOKEN.search(client.get(DOOR).text).group(1)
    data = {"email": EMAIL, "password": PHRASE}

    answers = [
        client.post(DOOR, data=data),
        client.post(DOOR, data={**data, "csrf_token": ngan.token}),
        client.post(DOOR, data={**data, "csrf_token": token}, headers={"Origin": "https://evil.example"}),
        client.post(DOOR, data={**data, "csrf_token": token}, headers={"Sec-Fetch-Site": "cross-site"}),
        each_app.test_client().post(DOOR, data={**data, "csrf_token": token}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert not is_in(client)


def test_over_https_cookies_are_for_this_host_alone(tmp_path):
    app = create_app(Settings(instance=tmp_path, public_url="https://ngayhoi.example"))

    cookie = app.test_client().get(DOOR, base_url="https://ngayhoi.example").headers["Set-Cookie"]

    name, _, attributes = cookie.partition("=")
    assert name == "__Host-eventday"
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(attributes.split("; "))
    assert "Domain" not in attributes


@pytest.mark.parametrize(
    ("field", "value"), [("password", "ngắn"), ("password", "sotuyenquang1010"), ("again", "khác hẳn câu kia nhé"), ("former", "sai")]
)
def test_a_password_that_is_refused_is_told_beside_its_field_and_not_shown_again(each_app, ngan, field, value):
    token = _TOKEN.search(ngan.get(ACCOUNT).text).group(1)
    data = {"former": PHRASE, "password": "một câu khác hẳn", "again": "một câu khác hẳn", "csrf_token": token, field: value}
    if field == "password":
        data["again"] = value

    answer = ngan.client.post(f"{ACCOUNT}/mat-khau", data=data)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert value not in answer.text
    assert enter(each_app)[0].status_code == 303
