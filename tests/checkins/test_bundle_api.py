"""POST devices and GET devices/me/bundle: what a phone may know, and what changed since."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from eventday.access import queries as access_queries
from eventday.access import service as access
from eventday.checkins import cursors
from eventday.db import db
from eventday.kernel import clock
from eventday.programme import queries as programme
from eventday.registrations import keys, queries
from eventday.registrations import service as registering
from tests.checkins.gate import Phone, a_pass, came_by, cancel
from tests.checkins.statements import count_statements
from tests.conftest import MORNING
from tests.factories import COMMUNE, make_event, make_slot


@pytest.fixture
def phone(each_app: Flask) -> Phone:
    make_event()
    return Phone(each_app.test_client())


@pytest.fixture
def here(app: Flask) -> Phone:
    """As `phone`, on SQLite only: for what does not hang on the database."""
    make_event()
    return Phone(app.test_client())


def test_code_makes_one_phone_a_scanner_once(app: Flask) -> None:
    client = app.test_client()
    code = access.open_enrolment(make_event().id, COMMUNE, [], manual=False, now=clock.now())

    first = client.post("/api/v1/devices", json={"enrolment": code.lower(), "name": "  Máy\tcổng 1 "})
    second = client.post("/api/v1/devices", json={"enrolment": code, "name": "Máy cổng 2"})

    assert first.status_code == 201
    assert access_queries.device_of_token(first.json["token"]).name == "Máy cổng 1"  # type: ignore[union-attr]
    assert first.json["device"] == str(access_queries.device_of_token(first.json["token"]).id)  # type: ignore[union-attr]
    assert (second.status_code, second.json["code"]) == (410, "enrolment_used")


@pytest.mark.parametrize(
    "body", [{}, {"enrolment": "X"}, {"enrolment": "X", "name": " "}, {"enrolment": "X", "name": "A" * 61}, {"enrolment": 1, "name": "A"}]
)
def test_enrolling_says_what_is_wrong(app: Flask, body: Any) -> None:
    answer = app.test_client().post("/api/v1/devices", json=body)

    assert (answer.status_code, answer.json["code"]) == (422, "validation_failed")


def test_code_ends_after_fifteen_minutes(app: Flask) -> None:
    code = access.open_enrolment(make_event().id, COMMUNE, [], manual=False, now=clock.now() - timedelta(minutes=15, seconds=1))

    assert app.test_client().post("/api/v1/devices", json={"enrolment": code, "name": "Máy"}).status_code == 410


def test_bundle_tells_keys_slots_and_people_of_the_place(phone: Phone) -> None:
    slot = make_slot(title="Tạo tài khoản VNeID")
    someone = a_pass(slot, name="Trần Thị Bình")

    bundle = phone.bundle()

    (key,) = keys.public_keys()
    assert [(one["id"], one["event"], one["last_day"]) for one in bundle["keys"]] == [(key.key_id, str(make_event().id), "2027-10-10")]
    assert len(bundle["keys"][0]["public_key"]) == 43
    assert [(one["id"], one["activity"]["title"], one["admission"]) for one in bundle["slots"]] == [(str(slot), "Tạo tài khoản VNeID", "seats")]
    assert bundle["roster"] == [
        {
            "id": str(someone.id),
            "code": someone.code,
            "name": "Trần Thị Bình",
            "birth_year": None,
            "registrations": [{"slot": str(slot), "status": "confirmed"}],
        }
    ]
    assert bundle["revoked"] == []
    assert bundle["device"] | {"name": ""} == {
        "id": str(phone.id),
        "name": "",
        "event": str(make_event().id),
        "commune": COMMUNE,
        "commune_name": "Xã Anh Sơn",
        "slots": [],
        "manual": False,
    }
    assert bundle["now"].endswith("+07:00")


def test_bundle_tells_nothing_of_other_places(phone: Phone) -> None:
    mine, beside, far = make_slot(), make_slot(), make_slot(commune="17330")
    at_mine, at_both = a_pass(mine), a_pass(mine, far)
    a_pass(beside)
    a_pass(far, commune="17330")
    a_pass(event_id=make_event(code="nam-ngoai").id)

    bundle = Phone(phone.client, slots=[mine]).bundle()

    assert {one["id"] for one in bundle["slots"]} == {str(mine)}
    assert {one["id"] for one in bundle["roster"]} == {str(at_mine.id), str(at_both.id)}
    assert {one["id"] for one in bundle["elsewhere"]} == {str(far)}
    assert len(phone.bundle()["roster"]) == 3


def test_roster_has_no_phone_number_and_no_secret(phone: Phone) -> None:
    someone = a_pass(make_slot())

    text = json.dumps(phone.bundle())

    assert "912345678" not in text
    assert someone.secret not in text
    assert someone.token not in text


def test_since_a_cursor_only_what_changed_is_told(phone: Phone) -> None:
    slot = make_slot()
    staying, cancelling, revoked = a_pass(slot, now=clock.now()), a_pass(slot), a_pass(slot)
    first = phone.bundle()
    nothing = phone.bundle(first["cursor"])

    coming = a_pass(slot, now=clock.now())
    _cancel_now(cancelling.id)
    registering.revoke(revoked.id, now=clock.now())
    more_slot = make_slot()
    changed = phone.bundle(nothing["cursor"])
    nothing_again = phone.bundle(changed["cursor"])

    assert {one["id"] for one in first["roster"]} == {str(staying.id), str(cancelling.id), str(revoked.id)}
    for bundle in (nothing, nothing_again):
        assert [bundle[name] for name in ("keys", "slots", "elsewhere", "roster", "revoked")] == [[], [], [], [], []]
    assert {one["id"]: one["registrations"][0]["status"] for one in changed["roster"]} == {
        str(coming.id): "confirmed",
        str(cancelling.id): "cancelled",
    }
    assert changed["revoked"] == [revoked.code]
    assert [one["id"] for one in changed["slots"]] == [str(more_slot)]


def _cancel_now(pass_id: UUID) -> None:
    registering.cancel(queries.registrations_of([pass_id])[pass_id][0].id, now=clock.now())
    db.session.rollback()


def test_change_stamped_before_a_bundle_but_committed_after_it_is_told(phone: Phone) -> None:
    slot = make_slot()
    a_pass(slot)
    cursor = phone.bundle()["cursor"]

    slow = a_pass(slot, now=clock.now() - timedelta(seconds=90))

    assert [one["id"] for one in phone.bundle(cursor)["roster"]] == [str(slow.id)]


def test_old_cursor_tells_of_everything_since(here: Phone) -> None:
    slot = make_slot()
    a_pass(slot, now=clock.now() - timedelta(hours=4))
    cursor = cursors.write(clock.now() - timedelta(hours=3), ())
    lately = a_pass(slot, now=clock.now() - timedelta(hours=2))

    assert [one["id"] for one in here.bundle(cursor)["roster"]] == [str(lately.id)]


def test_walk_ins_are_in_the_next_list(phone: Phone) -> None:
    cursor = phone.bundle()["cursor"]
    walk_in = came_by("Lê Văn Cường")
    phone.walk_in(walk_in)

    assert [one["id"] for one in phone.bundle(cursor)["roster"]] == [walk_in["pass_id"]]


def test_cursor_that_is_none_gives_everything(here: Phone) -> None:
    a_pass(make_slot())
    to_come = cursors.write(clock.now() + timedelta(minutes=5), ())

    for cursor in ("x", "!!!", "AAAA", "A" * 3000, to_come):
        assert len(here.bundle(cursor)["roster"]) == 1


def test_cursor_answered_to_checkins_misses_nothing(here: Phone) -> None:
    slot = make_slot()
    before = here.send().json["cursor"]
    a_pass(slot, now=clock.now())
    here.bundle()
    db.session.rollback()
    coming = a_pass(slot, now=clock.now())

    after = here.send().json["cursor"]

    assert len(here.bundle(before)["roster"]) == 2
    assert str(coming.id) in [one["id"] for one in here.bundle(after)["roster"]]


def test_registration_that_stands_hides_the_one_cancelled_before(here: Phone) -> None:
    slot = make_slot()
    someone = a_pass(slot)
    cancel(someone, slot)
    cancelled = here.bundle()["roster"][0]["registrations"]
    registering.add_to_pass(someone.secret, [slot], now=MORNING)

    assert cancelled == [{"slot": str(slot), "status": "cancelled"}]
    assert here.bundle()["roster"][0]["registrations"] == [{"slot": str(slot), "status": "confirmed"}]


def test_device_is_noted_as_seen(here: Phone) -> None:
    access.give_list(here.id, now=MORNING + timedelta(minutes=1))
    access.give_list(here.id, now=MORNING + timedelta(minutes=1, seconds=20))

    (known,) = access_queries.known_devices(make_event().id, [COMMUNE])

    assert known.seen_at == MORNING + timedelta(minutes=1)


def test_bundle_costs_the_same_number_of_statements(here: Phone) -> None:
    slot = make_slot(capacity=200)
    counted = []
    for people in (1, 60):
        for _ in range(people):
            a_pass(slot)
        db.session.rollback()
        here.bundle()
        with count_statements() as asked:
            here.bundle()
        counted.append(asked.total)

    assert counted[0] == counted[1] <= 10


def test_cursor_stays_short_in_a_rush() -> None:
    many = [cursors.digest(number) for number in range(10_000)]

    assert len(cursors.write(MORNING, many)) < 4100


def test_cursor_reads_what_it_wrote() -> None:
    cursor = cursors.read(cursors.write(MORNING, [cursors.digest({"a": 1})]), MORNING)

    assert cursor is not None
    assert cursor.at == MORNING
    assert cursor.knows({"a": 1})
    assert not cursor.knows({"a": 2})


def test_slots_of_the_bundle_are_those_of_the_programme(here: Phone) -> None:
    slots = [make_slot() for _ in range(3)]

    assert (
        {one["id"] for one in here.bundle()["slots"]}
        == {str(slot) for slot in slots}
        == {str(slot.id) for slot in programme.slots(make_event().id, COMMUNE)}
    )
