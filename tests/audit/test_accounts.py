"""Signing in and out, wrong passwords, ended sessions: noted where the person works, with nothing of a password or a number."""

import pytest

from eventday.access import people, service, staff
from eventday.access.domain import Role
from eventday.access.guesses import TooManyGuesses
from eventday.accounts import passwords
from eventday.accounts.passwords import Browser, WrongPassword
from eventday.db import transaction
from eventday.jobs import service as jobs
from eventday.jobs import tasks
from eventday.kernel import clock, ids
from tests.audit.chain import entries
from tests.conftest import MORNING
from tests.desk import Desk, sign_in, token_of
from tests.factories import COMMUNE, make_commune, make_event

EMAIL, PHRASE = "ngan@xa.vn", "con trâu đi trước cái cày"
ACCOUNT = "/lam-viec/tai-khoan"
PHONE = Browser("127.0.0.2", "android chrome")
DOOR = "/dang-nhap/mat-khau"


@pytest.fixture
def ngan(app):
    """A signed-in browser of somebody with a password."""
    make_event()
    desk = sign_in(app, email=EMAIL)
    desk.post(f"{ACCOUNT}/mat-khau", {"password": PHRASE, "again": PHRASE})
    return Desk(desk.client, token_of(desk.get(ACCOUNT)))


def since(number, chain=COMMUNE):
    return [(entry.action, entry.subject_kind, entry.actor_kind, entry.after) for entry in entries(chain)[number:]]


def test_signing_in_by_a_link_and_out_again(app):
    make_event()
    known = len(entries())

    desk = sign_in(app, email=EMAIL)
    desk.post("/dang-xuat")

    invited, entered, left = entries()[known:]
    assert (invited.action, entered.action, left.action) == ("invited", "signed_in", "signed_out")
    assert entered.after == {"way": "link", "device": "- -"}
    assert {entered.actor_id, left.actor_id, left.subject_id} == {str(staff.account_of_address(EMAIL).id)}


def test_a_password_chosen_used_and_mistaken(ngan):
    known = len(entries())

    passwords.sign_in(EMAIL, PHRASE, PHONE, now=clock.now())
    with pytest.raises(WrongPassword):
        passwords.sign_in(EMAIL, "một câu khác hẳn", PHONE, now=clock.now())

    there = {"way": "password", "device": "android chrome"}
    assert entries()[known - 1].after.keys() == {"password_changed", "password"}
    assert since(known) == [("signed_in", "session", "nobody", there), ("refused", "session", "nobody", there)]


@pytest.mark.parametrize("email", ["khong-co@xa.vn", "0912345678", EMAIL])
def test_a_wrong_password_is_noted_without_what_was_typed(ngan, email):
    with pytest.raises(WrongPassword):
        passwords.sign_in(email, "câu bí mật 0912345678", PHONE, now=clock.now())

    noted = (entries() if email == EMAIL else entries("country"))[-1]
    assert (noted.action, noted.subject_id == "") == ("refused", email != EMAIL)
    assert not any(word in f"{vars(noted)}" for word in ("0912345678", "bí mật", "khong-co", "ngan@"))


def test_tries_beyond_the_limit_fill_no_log(ngan):
    for number in range(passwords.FROM_ADDRESS + 3):
        with pytest.raises((WrongPassword, TooManyGuesses)):
            passwords.sign_in("khong-co@xa.vn", f"câu {number}", PHONE, now=clock.now())

    assert len(entries("country")) == passwords.FROM_ADDRESS


def test_a_wrong_present_password_is_noted_as_one_s_own(ngan):
    known = len(entries())

    ngan.post(f"{ACCOUNT}/mat-khau", {"former": "sai", "password": "một câu khác hẳn", "again": "một câu khác hẳn"})

    assert since(known) == [("refused", "session", "person", {"way": "password", "device": "- -"})]


def test_sessions_ended_from_afar(ngan):
    for _ in range(2):
        passwords.sign_in(EMAIL, PHRASE, PHONE, now=clock.now())
    known = len(entries())

    ngan.post(f"{ACCOUNT}/phien")

    assert since(known) == [("ended", "session", "person", {"device": "android chrome"})] * 2


@pytest.mark.parametrize(
    ("scopes", "chains"), [(["province:40"], ["40"]), (["country", f"commune:{COMMUNE}"], ["country", COMMUNE]), ([], ["country"])]
)
def test_it_is_noted_wherever_the_person_works(app, scopes, chains):
    make_commune()
    link = link_of_somebody_at(scopes)
    known = {chain: len(entries(chain)) for chain in chains}

    service.sign_in(link, now=MORNING)

    assert [[one[0] for one in since(known[chain], chain)] for chain in chains] == [["signed_in"]] * len(chains)


def link_of_somebody_at(scopes):
    with transaction() as session:
        person = people.person_of(session, EMAIL, name="", now=MORNING)
        for scope in scopes:
            people.give(session, person, Role.VIEWER, scope, now=MORNING)
        return people.add_link(session, person.id, now=MORNING)


@pytest.mark.parametrize("asks", [True, False])
def test_what_a_job_does_is_done_by_who_asked_for_it(app, asks):
    make_commune()
    person = ids.new() if asks else None
    tasks.task("tests.note")(lambda job: noted_in_job() or {})
    job = enqueued(person)

    tasks.run(job, ids.new())

    actor = entries()[-1].actor_kind, entries()[-1].actor_id
    assert actor == (("person", str(person)) if asks else ("system", "system"))


def enqueued(person):
    with transaction() as session:
        return jobs.enqueue(session, "tests.note", {}, now=clock.now(), commune_code=COMMUNE, requested_by=person)


def noted_in_job():
    service.add_api_token(Role.VIEWER, f"commune:{COMMUNE}", now=clock.now())


def test_the_page_tells_and_filters_them(ngan):
    with pytest.raises(WrongPassword):
        passwords.sign_in(EMAIL, "sai", PHONE, now=clock.now())

    page = ngan.get(f"/lam-viec/{COMMUNE}/ngay-hoi-2027/nhat-ky?viec=session").text

    assert [word in page for word in ("Đăng nhập không được", "bằng mật khẩu", "Điện thoại Android, Chrome", "Người chưa đăng nhập")] == [True] * 4
    assert "Đổi mật khẩu lúc" not in page.partition("<ol")[2]
