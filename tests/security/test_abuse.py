"""What a stranger might try at the doors that are open to all (checklist A15, D)."""

import pytest
from sqlalchemy import func, select

from eventday.access.domain import Role
from eventday.access.models import Person
from eventday.accounts import passwords
from eventday.app import create_app
from eventday.config import Settings
from eventday.db import db
from eventday.kernel import clock
from tests.desk import token_of
from tests.factories import BEFORE, COMMUNE, make_slot
from tests.registrations.test_api import body, caller
from tests.registrations.test_form import GOOD, send
from tests.security.test_signing_in import DOOR, enter

SPELLINGS = (
    "0912345678",
    "0912 345 678",
    "0912.345.678",
    "0912-345-678",
    "+84912345678",
    "+84 912 345 678",
    "84912345678",
    "(0912) 345678",
    "０９１２３４５６７８",
    "0084912345678",
)


@pytest.fixture
def client(app):
    clock.shift_to(BEFORE)
    return app.test_client()


def test_a_fresh_instance_knows_nobody(client):
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
    assert {enter(client.application, password, "admin")[0].status_code for password in ("admin", "password", "changeme", "eventday")} == {422}


def test_a_hundred_families_behind_one_address_all_get_in(client):
    """D4: a school, the commune's office."""
    slot = make_slot(capacity=100)

    statuses = [send(client, slot, **GOOD | {"phone": f"0912345{number:03}"}).status_code for number in range(100)]

    assert statuses == [303] * 100


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP"])
def test_a_made_up_address_does_not_pass_for_another(app, client, monkeypatch, name):
    """D5: guesses are counted where they come from, whatever the request says of itself."""
    monkeypatch.setattr(passwords, "FROM_ADDRESS", 2)

    assert [guess(app, {name: f"for=10.0.0.{number}" if name == "Forwarded" else f"10.0.0.{number}"}) for number in range(3)] == [422, 422, 429]


def test_behind_one_proxy_only_what_that_proxy_adds_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(passwords, "FROM_ADDRESS", 2)
    app = create_app(Settings(instance=tmp_path, trusted_proxies=1))

    with app.app_context():
        assert [guess(app, {"X-Forwarded-For": f"10.0.0.{number}, 8.8.8.8"}) for number in range(3)] == [422, 422, 429]
        assert guess(app, {"X-Forwarded-For": "8.8.8.8, 9.9.9.9"}) == 422


def test_limits_hold_over_a_restart_and_in_every_process(app, client, monkeypatch):
    """D6: counts are rows."""
    monkeypatch.setattr(passwords, "FROM_ADDRESS", 2)
    told = [guess(app, {}) for _ in range(2)]
    other = create_app(app.config["SETTINGS"])

    with other.app_context():
        assert (told, guess(other, {})) == ([422, 422], 429)


def guess(app, headers):
    client = app.test_client()
    token = token_of(client.get(DOOR))
    return client.post(DOOR, data={"email": "nguoi@xa.vn", "password": "đoán mò", "csrf_token": token}, headers=headers).status_code


def test_every_spelling_of_a_phone_is_the_same_household_and_two_names_are_two(app, client):
    """D7, where the caller answers for who it is; the public form never finds anybody again (tests/registrations/test_form.py)."""
    slot = make_slot()
    call = caller(app, Role.ORGANISER, f"commune:{COMMUNE}")

    answers = [call("POST", "registrations", body(slot, phone=phone)) for phone in SPELLINGS]
    other = call("POST", "registrations", body(slot, person={"name": "Nguyễn Thị Bình"})).json["passes"][0]["code"]
    given = {answer.json["passes"][0]["code"] for answer in answers}

    assert (len(given), other in given) == (1, False)
