import unicodedata
from datetime import timedelta

import pytest

from eventday.access import models, queries, service, staff
from eventday.access.domain import Role
from eventday.access.guesses import TooManyGuesses
from eventday.accounts import domain, hashing, passwords
from eventday.accounts.passwords import Browser, WrongPassword
from eventday.db import db, transaction
from tests.conftest import MORNING
from tests.factories import COMMUNE, make_commune

PHRASE = "Mật khẩu dài của chị Ngân"
STRANGER, OWN = Browser("127.0.0.2"), Browser("127.0.0.3")
EMAIL = "ngan@xa.vn"


@pytest.fixture
def ngan(each_app):
    """Somebody with a password, and the secret of the session in which it was chosen."""
    return make_ngan(PHRASE)


def make_ngan(password):
    make_commune()
    session = service.sign_in(service.add_person(EMAIL, Role.ORGANISER, f"commune:{COMMUNE}", now=MORNING), now=MORNING)
    person = queries.person_of_session(session, now=MORNING)
    return person, passwords.choose(person, "", password, OWN, now=MORNING)


def enters(password, browser=OWN, email=EMAIL, now=MORNING):
    return passwords.sign_in(email, password, browser, now=now)


def guesses(count, browser=STRANGER):
    for number in range(count):
        with pytest.raises(WrongPassword):
            enters(f"guess number {number}", browser)


def test_a_password_is_kept_as_argon2id_of_19_mib_and_more(ngan):
    stored = db.session.query(models.Person.password_hash).scalar()

    head, version, costs = stored.split("$")[1:4]
    memory, time, lanes = (int(part[2:]) for part in costs.split(","))
    assert (head, version, lanes) == ("argon2id", "v=19", 1)
    assert memory >= 19 * 1024
    assert time >= 2


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_same_keys_are_the_same_password(ngan, form):
    person, _ = ngan

    who, session = enters(unicodedata.normalize(form, PHRASE))

    assert who == person.id
    assert queries.person_of_session(session, now=MORNING).id == person.id


@pytest.mark.parametrize("length", [12, 64, 200])
def test_nothing_is_cut_or_folded(app, length):
    password = ("Đường về quê xa lắm, " * 10)[:length]
    make_ngan(password)

    assert enters(password)
    for wrong in (password[:-1], password + "x", password.lower()):
        with pytest.raises(WrongPassword):
            enters(wrong)


def test_a_person_without_a_password_enters_by_none(app):
    make_commune()
    service.add_person(EMAIL, Role.VIEWER, f"commune:{COMMUNE}", now=MORNING)

    for guess in ("", "None", PHRASE):
        with pytest.raises(WrongPassword):
            enters(guess)


def test_who_was_disabled_does_not_enter(ngan):
    with transaction() as session:
        session.query(models.Person).update({"disabled_at": MORNING})

    with pytest.raises(WrongPassword):
        enters(PHRASE)


def test_choosing_a_password_ends_all_sessions_and_links_but_gives_a_new_one(each_app):
    make_commune()
    scope = f"commune:{COMMUNE}"
    first, second = (service.sign_in(service.add_person(EMAIL, Role.VIEWER, scope, now=MORNING), now=MORNING) for _ in range(2))
    link = service.add_person(EMAIL, Role.VIEWER, scope, now=MORNING)

    fresh = passwords.choose(queries.person_of_session(first, now=MORNING), "", PHRASE, OWN, now=MORNING)

    assert [queries.person_of_session(one, now=MORNING) is not None for one in (first, second, fresh)] == [False, False, True]
    assert not queries.link_works(link, now=MORNING)


def test_a_password_is_changed_by_who_knows_it_only(ngan):
    person, session = ngan

    with pytest.raises(WrongPassword):
        passwords.choose(person, "không phải câu này", "Một câu khác hẳn câu cũ", OWN, now=MORNING)

    assert queries.person_of_session(session, now=MORNING)
    assert enters(PHRASE)


def test_a_dropped_password_opens_nothing(ngan):
    person, _ = ngan

    passwords.drop(person, PHRASE, OWN, now=MORNING)

    with pytest.raises(WrongPassword):
        enters(PHRASE)


def test_guessing_from_one_address_is_stopped_and_the_owner_is_not(ngan):
    guesses(passwords.FROM_ADDRESS)

    with pytest.raises(TooManyGuesses) as refused:
        enters(PHRASE, STRANGER)
    assert 0 < refused.value.facts["seconds"] <= 15 * 60
    assert enters(PHRASE, OWN)
    assert enters(PHRASE, STRANGER, now=MORNING + timedelta(minutes=15))


def test_guessing_at_one_account_from_everywhere_is_stopped_and_a_known_browser_is_not(ngan):
    person, _ = ngan
    for number in range(passwords.AT_ACCOUNT):
        guesses(1, Browser(f"10.0.0.{number}"))

    with pytest.raises(TooManyGuesses):
        enters(PHRASE, Browser("10.0.1.1"))
    assert enters(PHRASE, Browser("10.0.1.1", known=passwords.proof(person.id, "nonce")))


def test_a_made_up_proof_is_none(ngan):
    person, _ = ngan
    false = Browser("127.0.0.2", known=f"nonce.{passwords.proof(person.id, 'another').partition('.')[2]}")
    guesses(passwords.FROM_ADDRESS, false)

    with pytest.raises(TooManyGuesses):
        enters(PHRASE, false)


def test_addresses_nobody_has_are_slowed_too(app):
    guesses(passwords.FROM_ADDRESS)

    with pytest.raises(TooManyGuesses):
        enters(PHRASE, STRANGER)


def test_one_customer_s_ipv6_addresses_are_one(ngan):
    for number in range(passwords.FROM_ADDRESS):
        guesses(1, Browser(f"2001:db8::{number:x}"))

    with pytest.raises(TooManyGuesses):
        enters(PHRASE, Browser("2001:db8::ffff"))
    assert enters(PHRASE, Browser("2001:db8:0:1::1"))


def test_right_passwords_are_no_guesses(ngan):
    for _ in range(passwords.FROM_ADDRESS + 1):
        assert enters(PHRASE)


def test_a_weaker_hash_is_made_anew_at_sign_in(ngan):
    person, _ = ngan
    weak = type(hashing.HASHER)(time_cost=2, memory_cost=19456, parallelism=1).hash(domain.normal(PHRASE))
    with transaction() as session:
        session.query(models.Person).update({"password_hash": weak})

    enters(PHRASE)

    assert "m=47104,t=2,p=1" in staff.account(person.id).password_hash
    assert enters(PHRASE)
