"""POST walk-ins: who comes without a pass gets one and is let in, once, whatever is sent again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventday.checkins import walk_ins
from eventday.db import db, transaction
from eventday.kernel.ids import new
from eventday.places import editing
from eventday.places import models as places
from eventday.places.entries import HamletEntry, Thing
from eventday.programme import queries as programme
from eventday.programme.domain import Kind
from eventday.registrations import keys, passes
from eventday.registrations.models import Consent, ConsentText, Household, Pass
from eventday.workspace import removal
from tests.checkins.gate import Phone, a_pass, came_by, cancel, live, organiser, scanned, undo
from tests.conftest import MORNING
from tests.factories import COMMUNE, NOON, make_event, make_slot
from tests.registrations.people import assert_sound, counters, statuses
from tests.workspace.test_gone import just_before


@pytest.fixture
def phone(each_app: Flask) -> Phone:
    make_event()
    return Phone(each_app.test_client())


def _results(phone: Phone, *walk_ins: Any) -> list[Any]:
    answer = phone.walk_in(*walk_ins)
    db.session.rollback()
    assert answer.status_code == 200, answer.text
    return answer.json["results"]


def _outcomes(phone: Phone, *walk_ins: Any) -> list[str]:
    return [result["outcome"] for result in _results(phone, *walk_ins)]


def _stored(walk_in: dict[str, Any]) -> Any:
    db.session.rollback()
    return db.session.execute(select(Pass).where(Pass.id == UUID(walk_in["pass_id"]))).scalar_one()


def _spare() -> str:
    event = make_event()
    with transaction() as session:
        key = keys.signing_key(session, event.id, now=MORNING)
    return passes.token(key.private, key.key_id, event.id, uuid4().bytes[:8], passes.Kind.SPARE)


def _facts(phone: Phone, slot: UUID) -> list[Any]:
    return phone.client.get("/api/v1/checkins", query_string={"slot": str(slot)}, headers=organiser()).json["checkins"]


def test_a_name_is_enough_at_the_gate(phone: Phone) -> None:
    walk_in = came_by("nguyễn thị hoa")

    (result,) = _results(phone, walk_in)

    assert (result["id"], result["outcome"]) == (walk_in["id"], "admitted")
    assert result["pass"]["id"] == walk_in["pass_id"]
    assert passes.check(result["pass"]["code"])
    assert result["pass"]["url"].startswith("http://127.0.0.1:8000/p/")
    assert phone.client.get(result["pass"]["url"].removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert _stored(walk_in).name == "Nguyễn Thị Hoa"


def test_new_pass_lets_in_from_then_on(phone: Phone) -> None:
    booth = make_slot(kind=Kind.BOOTH)
    (result,) = _results(phone, came_by("Lê Văn Cường"))

    assert phone.outcomes(scanned(result["pass"]["token"], at=NOON), scanned(result["pass"]["code"], booth, by="typed")) == [
        "already_admitted",
        "admitted",
    ]


def test_slot_with_seats_gives_one_and_lets_in(phone: Phone) -> None:
    slot = make_slot(capacity=2)
    walk_in = came_by("Lê Văn Cường", slot)

    assert _outcomes(phone, walk_in) == ["admitted"]
    assert counters(slot) == (1, 0)
    assert statuses(slot) == ["confirmed"]
    (fact,) = _facts(phone, slot)
    assert (fact["id"], fact["pass"], fact["sequence"], fact["outcome"]) == (
        walk_in["checkin"]["id"],
        walk_in["pass_id"],
        walk_in["checkin"]["sequence"],
        "admitted",
    )
    assert_sound()


def test_slot_that_has_begun_still_takes_walk_ins(phone: Phone) -> None:
    slot = make_slot(
        starts_at=datetime.fromisoformat("2020-10-10T08:00:00+07:00"),
        event=make_event(code="xua", first_day=date(2020, 10, 10), last_day=date(2020, 10, 10)),
    )
    old = Phone(phone.client, event_id=programme.slot(slot).event_id)

    assert _outcomes(old, came_by("Lê Văn Cường", slot)) == ["admitted"]


def test_full_slot_makes_a_pass_but_no_registration_and_no_entry(phone: Phone) -> None:
    slot = make_slot(capacity=1)
    someone = a_pass(slot)
    walk_in = came_by("Lê Văn Cường", slot)

    (result,) = _results(phone, walk_in)

    assert result["outcome"] == "full"
    assert result["pass"]["id"] == walk_in["pass_id"]
    assert statuses(slot) == ["confirmed"]
    assert _facts(phone, slot) == []
    assert phone.outcomes(scanned(result["pass"]["token"], slot), scanned(someone.token, slot)) == ["not_registered", "admitted"]


def test_seat_that_somebody_waits_for_is_not_given_away(phone: Phone) -> None:
    slot = make_slot(capacity=0)
    a_pass(slot)

    assert _outcomes(phone, came_by("Lê Văn Cường", slot)) == ["full"]


def test_same_id_stays_full_and_a_new_one_may_get_the_seat(phone: Phone) -> None:
    slot = make_slot(capacity=1)
    someone = a_pass(slot)
    walk_in = came_by("Lê Văn Cường", slot)
    first = _results(phone, walk_in)
    cancel(someone, slot)

    assert _results(phone, walk_in) == first
    assert _outcomes(phone, came_by("Lê Văn Cường", slot)) == ["admitted"]


def test_sent_again_it_is_answered_the_same_and_happens_once(phone: Phone) -> None:
    slot = make_slot()
    walk_in = came_by("Lê Văn Cường", slot)

    first, second, third = _results(phone, walk_in), _results(phone, walk_in, walk_in), _results(phone, walk_in | {"name": "Người Khác"})

    assert first == third == second[:1] == second[1:]
    assert counters(slot) == (1, 0)
    assert _stored(walk_in).name == "Lê Văn Cường"


def test_walk_in_always_makes_a_new_pass(phone: Phone) -> None:
    twice = [came_by("Lê Văn Cường", phone="0912345678", birth_year=1958) for _ in range(2)]

    results = _results(phone, *twice)

    assert [result["pass"]["id"] for result in results] == [walk_in["pass_id"] for walk_in in twice]


def test_pass_id_that_is_taken_is_invalid(phone: Phone) -> None:
    walk_in = came_by("Lê Văn Cường")
    taken_by_walk_in, taken_by_form = came_by("Trần An") | {"pass_id": walk_in["pass_id"]}, came_by("Trần An") | {"pass_id": str(a_pass().id)}

    assert _outcomes(phone, walk_in, taken_by_walk_in, taken_by_form) == ["admitted", "invalid", "invalid"]
    assert _outcomes(Phone(phone.client), taken_by_walk_in) == ["invalid"]
    assert db.session.scalar(select(func.count()).select_from(Household)) == 2


def test_checkin_id_that_is_another_facts_is_invalid(phone: Phone) -> None:
    slot = make_slot()
    record = scanned(a_pass(slot).token, slot)
    phone.outcomes(record)
    walk_in = came_by("Lê Văn Cường", slot)
    walk_in["checkin"]["id"] = record["id"]

    assert _outcomes(phone, walk_in) == ["invalid"]
    assert counters(slot) == (1, 0)


def test_spare_token_binds_a_preprinted_pass_once(phone: Phone) -> None:
    token = _spare()
    unbound = phone.outcomes(scanned(token))
    walk_in = came_by("Lê Văn Cường", spare=token)

    bound = _results(phone, walk_in)[0]
    again = _outcomes(phone, came_by("Người Khác", spare=token))

    assert unbound == ["unknown"]
    assert (bound["outcome"], bound["pass"]["token"]) == ("admitted", token)
    assert again == ["invalid"]
    assert phone.outcomes(scanned(token, at=NOON)) == ["already_admitted"]


@pytest.mark.parametrize("shown", ["HTTPS://NGAYHOI.EXAMPLE/T/{}", "https://ngayhoi.example/t/{}?x=1", "{}", " {}\r\n"])
def test_a_spare_is_read_as_the_scanner_sees_it(phone: Phone, shown: str) -> None:
    token = _spare()
    text = shown.format(token if shown.isupper() else token.lower())

    (bound,) = _results(phone, came_by("Vừ A Dơ", spare=text))

    assert (bound["outcome"], bound["pass"]["token"]) == ("admitted", token)
    assert phone.outcomes(scanned(text, at=NOON)) == ["already_admitted"]


def test_only_a_spare_of_this_event_binds(phone: Phone) -> None:
    personal = a_pass().token

    assert _outcomes(phone, came_by("Lê Văn Cường", spare=personal), came_by("Lê Văn Cường", spare="rác")) == ["invalid", "invalid"]


def test_consent_is_spoken_and_stored_with_version_and_device(phone: Phone) -> None:
    walk_in = came_by("Bé Na", birth_year=2020)
    _results(phone, walk_in)

    consent = db.session.execute(select(Consent).where(Consent.pass_id == UUID(walk_in["pass_id"]))).scalar_one()
    text = db.session.execute(select(ConsentText.text).where(ConsentText.version == consent.version)).scalar_one()

    assert (consent.channel, consent.device_id) == ("spoken", phone.id)
    assert "người lớn đi cùng trả lời thay" in text


def test_what_is_told_of_a_person_is_kept(phone: Phone) -> None:
    with transaction() as session:
        session.add(places.Hamlet(id=new(), commune_code=COMMUNE, code="T1", name="Thôn 1", aliases=[], households=None, population=None))
    walk_in = came_by("Lê Văn Cường", birth_year=1958, gender="male", hamlet="thôn 1", group="resident", phone="0912 345 678")

    assert _outcomes(phone, walk_in) == ["admitted"]
    stored = _stored(walk_in)
    assert (stored.birth_year, stored.gender, stored.group, stored.source) == (1958, "male", "resident", "walk_in")
    assert stored.hamlet_id is not None
    assert db.session.scalar(select(Household.phone).where(Household.id == stored.household_id)) == "+84912345678"


def test_a_village_that_goes_at_this_moment_holds_nobody_up(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deleted between the judging of the batch and its keeping: who named it is let in without it, the others with all they said."""
    gone, stays = editing.add(COMMUNE, [HamletEntry(name="Thôn 1"), HamletEntry(name="Thôn 2")], now=MORNING)
    just_before(monkeypatch, walk_ins, "transaction", lambda: removal.remove(COMMUNE, Thing.HAMLET, gone, now=MORNING))
    batch = [came_by("Trần An", hamlet="Thôn 2"), came_by("Lê Văn Cường", hamlet="Thôn 1", birth_year=1958), came_by("Vừ A Dơ")]

    assert _outcomes(phone, *batch) == ["admitted"] * 3
    assert [_stored(one).hamlet_id for one in batch] == [stays, None, None]
    assert _stored(batch[1]).birth_year == 1958
    assert _outcomes(phone, *batch) == ["admitted"] * 3


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"name": " "}, "name"),
        ({"name": "12345"}, "name"),
        ({"name": "A" * 121}, "name"),
        ({"birth_year": 1800}, "birth_year"),
        ({"birth_year": 2028}, "birth_year"),
        ({"gender": "nam"}, "gender"),
        ({"group": "khách"}, "group"),
        ({"hamlet": "Thôn Không Có"}, "hamlet"),
        ({"phone": "12"}, "phone"),
        ({"name": None}, "malformed"),
        ({"name": "\ud800"}, "malformed"),
        ({"checkin": None}, "malformed"),
        ({"checkin": {"id": "x", "sequence": 1}}, "malformed"),
        ({"pass_id": "x"}, "malformed"),
        ({"at": "hôm nay"}, "malformed"),
        ({"birth_year": "1958"}, "malformed"),
        ({"slot": 5}, "malformed"),
    ],
    ids=str,
)
def test_bad_walk_in_is_invalid_says_why_and_holds_nobody_up(app: Flask, bad: dict[str, Any], reason: str) -> None:
    make_event()
    phone = Phone(app.test_client())

    results = _results(phone, came_by("Lê Văn Cường"), came_by("Trần An") | bad, came_by("Trần Bình"))

    assert [result["outcome"] for result in results] == ["admitted", "invalid", "admitted"]
    assert results[1]["reason"] == reason
    assert results[1]["detail"]


def test_slot_outside_the_devices_place_is_invalid(phone: Phone) -> None:
    mine, far = make_slot(), make_slot(commune="17330")
    station = Phone(phone.client, slots=[mine])

    assert _outcomes(
        station, came_by("Lê Văn Cường", mine), came_by("Trần An", far), came_by("Trần An", make_slot()), came_by("Trần An", uuid4())
    ) == [
        "admitted",
        "invalid",
        "invalid",
        "invalid",
    ]


def test_walk_in_can_be_undone(phone: Phone) -> None:
    slot = make_slot()
    walk_in = came_by("Lê Văn Cường", slot)
    _results(phone, walk_in)

    phone.outcomes(undo(walk_in["checkin"]))

    assert [fact["outcome"] for fact in _facts(phone, slot)] == ["undone"]


def test_walk_ins_of_a_batch_get_seats_in_their_order(phone: Phone) -> None:
    one, other = make_slot(capacity=1), make_slot(capacity=1)

    outcomes = _outcomes(phone, *(came_by("Lê Văn Cường", slot) for slot in (other, one, other, one)), came_by("Trần An"))

    assert outcomes == ["admitted", "admitted", "full", "full", "admitted"]
    assert_sound()


def test_live_figures_count_walk_ins(each_app: Flask) -> None:
    slot = make_slot(starts_at=NOON)
    _results(Phone(each_app.test_client()), came_by("Lê Văn Cường", slot), came_by("Trần An"))

    day = live(each_app)

    assert (day["registered"], day["admitted"], day["inside"], day["walk_ins"]) == (1, 2, 2, 2)
