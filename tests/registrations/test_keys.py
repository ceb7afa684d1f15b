from contextlib import suppress
from datetime import date

import pytest

from eventday.db import db, transaction
from eventday.programme import service as programme
from eventday.registrations import keys, passes, queries, service
from eventday.registrations.errors import NoFreeKey
from eventday.registrations.models import PassKey
from eventday.registrations.passes import Verdict
from tests.factories import BEFORE, make_event
from tests.registrations.people import a_request, at_once, person, registered

AFTER_TWO_YEARS = BEFORE.replace(year=2029, month=10, day=20)


def _key(event_id, now=BEFORE):
    with transaction() as session:
        return keys.signing_key(session, event_id, now=now)


def test_an_event_has_one_key_and_a_pass_verifies_under_it(each_app):
    event = make_event()

    (one,), (other,) = registered(), registered()

    (key,) = keys.public_keys([event.id])
    assert (key.key_id, key.last_day) == (0, event.last_day)
    assert [passes.read(issued.token, {0: key}, event.id).verdict for issued in (one, other)] == [Verdict.VALID] * 2


def test_the_private_half_is_not_stored_in_clear(each_app):
    key = _key(make_event().id)

    stored = db.session.query(PassKey).one().private_key

    assert key.private.private_bytes_raw() not in stored


def test_a_key_that_was_rolled_back_signs_nothing(each_app):
    event = make_event()
    with suppress(ZeroDivisionError), transaction() as session:
        keys.signing_key(session, event.id, now=BEFORE)
        raise ZeroDivisionError

    (issued,) = registered()

    assert keys.read(issued.token, event.id).verdict is Verdict.VALID
    assert queries.holder(issued.secret).token == issued.token


def test_a_pass_of_another_event_is_told_apart(each_app):
    (issued,) = registered()

    assert keys.read(issued.token, make_event(code="khac").id).verdict is Verdict.OTHER_EVENT


def test_a_pass_is_read_where_the_private_half_cannot_be_opened(each_app, monkeypatch):
    (issued,) = registered()
    monkeypatch.setattr(keys, "_about", lambda *_: b"of another instance")

    assert keys.read(issued.token, make_event().id).verdict is Verdict.VALID


def test_an_id_rests_two_years_after_its_event(each_app, monkeypatch):
    monkeypatch.setattr(keys, "_IDS", 1)
    old, new = make_event(), programme.add_event("ngay-hoi-2029", "Ngày hội", "40", date(2029, 10, 9), date(2029, 10, 10))
    _key(old.id)

    with pytest.raises(NoFreeKey):
        _key(new.id, now=BEFORE.replace(year=2029))

    assert _key(new.id, now=AFTER_TWO_YEARS).key_id == 0


def test_a_holders_secret_is_26_characters_that_can_be_told_again(app):
    (issued,) = registered()

    assert len(issued.secret) == 26
    assert keys.holder_secret(issued.id, 0) == issued.secret != keys.holder_secret(issued.id, 1)
    assert keys.holder_hash(issued.secret.lower()) == keys.holder_hash(issued.secret)


def test_keys_show_prints_public_halves(app):
    registered()

    shown = app.test_cli_runner().invoke(args=["keys", "show"])

    assert shown.exit_code == 0
    assert shown.output.split("\t")[:3] == ["0", "ngay-hoi-2027", "2027-10-10"]


def test_an_event_has_one_key_even_if_many_need_its_first_at_once(each_app):
    event, asked = make_event(), a_request(person())

    issued = at_once(each_app, [lambda: service.register(asked, now=BEFORE)[0]] * 30, 30)

    assert len(keys.public_keys([event.id])) == 1
    assert {keys.read(one.token, event.id).verdict for one in issued} == {Verdict.VALID}
