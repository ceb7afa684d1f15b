"""POST checkins: every outcome, bad records among good ones, sending again, and what a device may not."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.db import db, transaction
from eventday.kernel import clock
from eventday.kernel.clock import local
from eventday.programme.domain import Kind
from eventday.registrations import keys, passes
from eventday.registrations import service as registering
from tests.checkins.gate import Phone, a_pass, bearer, came_by, cancel, organiser, scanned, undo
from tests.checkins.statements import count_statements
from tests.conftest import MORNING
from tests.factories import COMMUNE, NOON, make_event, make_slot

LATER = NOON + timedelta(hours=3)
CITIZEN_CARD = "040090000001|182000001|Nguyễn Văn A|01011990|Nam|Xã Anh Sơn|01012021"


@pytest.fixture
def phone(each_app: Flask) -> Phone:
    make_event()
    return Phone(each_app.test_client())


def test_registered_person_is_admitted_by_token_url_and_typed_code(phone: Phone) -> None:
    slot = make_slot()
    by_token, by_url, by_code = a_pass(slot), a_pass(slot), a_pass(slot)
    url = f"HTTPS://NGAYHOI.EXAMPLE.VN/T/{by_url.token}"

    outcomes = phone.outcomes(scanned(by_token.token, slot), scanned(url, slot), scanned(by_code.code.lower(), slot, by="typed"))

    assert outcomes == ["admitted", "admitted", "admitted"]


def test_second_scan_says_when_and_where_the_first_was(phone: Phone) -> None:
    slot = make_slot()
    someone = a_pass(slot)
    other = Phone(phone.client)
    phone.outcomes(scanned(someone.token, slot, at=NOON))

    result = other.send(scanned(someone.token, slot, at=NOON + timedelta(minutes=5))).json["results"][0]

    assert result["outcome"] == "already_admitted"
    assert datetime.fromisoformat(result["at"]) == NOON
    assert result["device"] == str(phone.id)


def test_earlier_scan_that_comes_later_admits(phone: Phone) -> None:
    slot = make_slot()
    someone = a_pass(slot)
    late_comer = scanned(someone.token, slot, at=NOON + timedelta(minutes=5))
    phone.outcomes(late_comer)

    outcomes = Phone(phone.client).outcomes(scanned(someone.token, slot, at=NOON))

    assert outcomes == ["admitted"]
    assert phone.outcomes(late_comer) == ["already_admitted"]


def test_gate_admits_once_a_day(phone: Phone) -> None:
    someone = a_pass()

    outcomes = phone.outcomes(scanned(someone.token, at=NOON - timedelta(days=1)), scanned(someone.token, at=NOON), scanned(someone.token, at=LATER))

    assert outcomes == ["admitted", "admitted", "already_admitted"]


def test_open_slot_admits_every_pass_of_the_event(phone: Phone) -> None:
    booth = make_slot(kind=Kind.BOOTH)

    assert phone.outcomes(scanned(a_pass().token, booth)) == ["admitted"]


def test_who_has_no_right_is_told_why(phone: Phone) -> None:
    small, other = make_slot(capacity=1), make_slot(starts_at=LATER)
    a_pass(small)
    waits, elsewhere, cancelled = a_pass(small), a_pass(other), a_pass(other)
    cancel(cancelled, other)

    answer = phone.send(scanned(waits.token, small), scanned(elsewhere.token, small), scanned(cancelled.token, other), scanned(a_pass().token, small))

    results = answer.json["results"]
    assert [result["outcome"] for result in results] == ["waiting", "wrong_slot", "cancelled", "not_registered"]
    assert results[1]["slot"] == str(other)


def test_early_and_late_stand_beside_the_outcome(phone: Phone) -> None:
    slot = make_slot()
    early, late = a_pass(slot), a_pass(slot)

    results = phone.send(scanned(early.token, slot, at=NOON - timedelta(minutes=1)), scanned(late.token, slot, at=NOON + timedelta(hours=3))).json[
        "results"
    ]

    assert [result["outcome"] for result in results] == ["admitted", "admitted"]
    assert [(result.get("early"), result.get("late")) for result in results] == [(True, None), (None, True)]


def test_revoked_pass_is_refused_everywhere(phone: Phone) -> None:
    slot = make_slot()
    someone = a_pass(slot)
    registering.revoke(someone.id, now=MORNING)

    assert phone.outcomes(scanned(someone.token, slot), scanned(someone.code), scanned(someone.token, kind="stamp")) == ["revoked"] * 3


def test_stamp_exit_and_undo_are_recorded(phone: Phone) -> None:
    slot = make_slot()
    someone = a_pass(slot)
    entry = scanned(someone.token, slot)

    outcomes = phone.outcomes(entry, scanned(someone.token, slot, kind="stamp"), scanned(someone.token, slot, kind="exit"), undo(entry))

    assert outcomes == ["undone", "recorded", "recorded", "recorded"]


def test_undo_that_comes_first_waits_for_its_fact(phone: Phone) -> None:
    slot = make_slot()
    entry = scanned(a_pass(slot).token, slot)

    assert phone.outcomes(undo(entry)) == ["recorded"]
    assert phone.outcomes(entry) == ["undone"]


def test_undo_of_another_devices_fact_changes_nothing(phone: Phone) -> None:
    slot = make_slot()
    entry = scanned(a_pass(slot).token, slot)
    phone.outcomes(entry)

    assert Phone(phone.client).outcomes(undo(entry)) == ["recorded"]
    assert phone.outcomes(entry) == ["admitted"]


def test_a_chain_of_undos_in_any_order_means_the_same(phone: Phone) -> None:
    slot = make_slot()
    entry = scanned(a_pass(slot).token, slot)
    first = undo(entry)
    second = undo(first)
    third = undo(second)

    told = [phone.outcomes(*records) for records in ([second], [entry], [first], [entry, first, second], [third], [entry, first, second, third])]

    assert told == [
        ["recorded"],
        ["admitted"],
        ["undone"],
        ["admitted", "undone", "recorded"],
        ["recorded"],
        ["undone", "recorded", "undone", "recorded"],
    ]


def test_who_is_in_again_once_an_undo_is_undone_pushes_the_other_entry_back(phone: Phone) -> None:
    slot = make_slot()
    token = a_pass(slot).token
    entry, other = scanned(token, slot, at=NOON), Phone(phone.client)
    later, back = scanned(token, slot, at=NOON + timedelta(minutes=5)), undo(entry)

    phone.outcomes(entry, back)
    without = other.outcomes(later)
    phone.outcomes(undo(back))

    assert (without, other.outcomes(later), phone.outcomes(entry)) == (["admitted"], ["already_admitted"], ["admitted"])


@pytest.mark.parametrize("off", [timedelta(hours=24), timedelta(hours=-24), timedelta(days=700)])
def test_a_wrong_clock_closes_no_gate_and_both_times_are_kept(app: Flask, off: timedelta) -> None:
    slot = make_slot()
    phone, at = Phone(app.test_client()), clock.now() + off

    told = phone.send(scanned(a_pass(slot).token, slot, at=at), sent_at=at.isoformat()).json
    (fact,) = phone.client.get("/api/v1/checkins", query_string={"slot": str(slot)}, headers=organiser()).json["checkins"]

    assert told["results"][0]["outcome"] == "admitted"
    assert datetime.fromisoformat(fact["at"]) == at
    assert abs(datetime.fromisoformat(fact["received_at"]) - clock.now()) < timedelta(minutes=1)


def test_what_is_no_pass_of_ours_is_invalid(phone: Phone) -> None:
    slot = make_slot()
    token = a_pass(slot).token
    forged = token[:40] + ("0" if token[40] != "0" else "1") + token[41:]
    mistyped = a_pass(slot).code[:-1] + "U"
    foreign_event = make_event(code="nam-ngoai")
    other_event = a_pass(event_id=foreign_event.id)

    results = phone.send(
        scanned(forged, slot),
        scanned(token[:-1], slot),
        scanned("https://vietqr.example/pay?x=1", slot),
        scanned(CITIZEN_CARD, slot),
        scanned(other_event.token, slot),
        scanned(mistyped, slot, by="typed"),
    ).json["results"]

    assert {result["outcome"] for result in results} == {"invalid"}
    assert [result["reason"] for result in results] == ["forged", "foreign", "foreign", "citizen_card", "other_event", "mistyped"]


def _no_passes(slot: UUID) -> dict[str, str]:
    """What is shown that is no pass, by the reason: altered, cut, signed anew by a stranger under our key's number, another event's."""
    token, event = a_pass(slot).token, make_event()
    with transaction() as session:
        key = keys.signing_key(session, event.id, now=MORNING)
    code = bytes.fromhex(keys.read(token, event.id).code_hex or "")
    stranger = Ed25519PrivateKey.generate()
    kinds = {"signed anew": passes.Kind.PERSONAL, "signed anew as a spare": passes.Kind.SPARE}
    signed = {name: passes.token(stranger, key.key_id, event.id, code, kind) for name, kind in kinds.items()}
    altered = token[:-1] + ("0" if token[-1] != "0" else "8")
    return {**signed, "altered": altered, "cut at the end": token[:-1], "cut at the head": token[1:], "twice": token * 2}


def test_what_is_no_pass_spoils_no_other_of_its_batch_and_alone_is_told_the_same(phone: Phone) -> None:
    slot = make_slot()
    shown, good = _no_passes(slot), [a_pass(slot, name=f"Lò Thị {n}").token for n in ("Mai", "Lan")]

    alone = [phone.send(scanned(text, slot)).json["results"][0] for text in shown.values()]
    batch = phone.send(scanned(good[0], slot), *(scanned(text, slot) for text in shown.values()), scanned(good[1], slot)).json["results"]

    assert [(one["outcome"], one["reason"]) for one in alone] == [("invalid", "forged")] * 3 + [("invalid", "foreign")] * 3
    assert [one["outcome"] for one in batch] == ["admitted", *["invalid"] * 6, "admitted"]
    assert [one["reason"] for one in batch[1:-1]] == [one["reason"] for one in alone]


def test_what_is_no_spare_of_ours_binds_to_nobody(phone: Phone) -> None:
    shown = _no_passes(make_slot())

    results = phone.walk_in(*(came_by("Lò Thị Mai", spare=text) for text in shown.values())).json["results"]
    assert [(one["outcome"], one["reason"]) for one in results] == [("invalid", "spare")] * 6


def test_what_cannot_be_known_is_unknown(phone: Phone) -> None:
    slot = make_slot()
    token = a_pass(slot).token
    unknown_key = token[:2] + "7Z" + token[4:]
    unknown_format = "Z" + token[1:]

    outcomes = phone.outcomes(scanned("DME-4NT-1RW", slot, by="typed"), scanned(unknown_key, slot), scanned(unknown_format, slot))

    assert outcomes == ["unknown"] * 3


def test_slot_outside_the_devices_place_is_invalid(phone: Phone) -> None:
    mine, beside, far = make_slot(), make_slot(), make_slot(commune="17330")
    someone = a_pass(mine, beside, far)
    station = Phone(phone.client, slots=[mine])

    assert station.outcomes(scanned(someone.token, mine), scanned(someone.token, beside)) == ["admitted", "invalid"]
    assert phone.outcomes(scanned(someone.token, beside), scanned(someone.token, far), scanned(someone.token, uuid4())) == [
        "admitted",
        "invalid",
        "invalid",
    ]


def test_search_needs_a_device_enrolled_for_it(phone: Phone) -> None:
    slot = make_slot()
    someone = a_pass(slot)

    assert phone.outcomes(scanned(someone.code, slot, by="search")) == ["invalid"]
    assert Phone(phone.client, manual=True).outcomes(scanned(someone.code, slot, by="search")) == ["admitted"]


BAD_RECORDS = [
    None,
    7,
    "entry",
    [],
    {},
    {"id": "no-id"},
    {"id": [1, 2], "kind": {}},
    {"sequence": -1},
    {"sequence": True},
    {"sequence": 1.5},
    {"sequence": 10**30},
    {"at": "2027-10-10T09:00:00"},
    {"at": "9999-12-31T23:59:59-14:00"},
    {"at": "0001-01-01T00:00:00+14:00"},
    {"at": 1},
    {"kind": "ENTRY"},
    {"kind": ["entry"]},
    {"kind": "undo"},
    {"kind": "undo", "of": "x"},
    {"pass": None},
    {"pass": ""},
    {"pass": {"token": "x"}},
    {"pass": "\ud800"},
    {"slot": "cổng"},
    {"slot": 0},
    {"by": "smell"},
    {"by": []},
]


@pytest.mark.parametrize("bad", BAD_RECORDS, ids=lambda bad: json.dumps(bad)[:40])
def test_bad_record_is_invalid_and_holds_nobody_up(app: Flask, bad: Any) -> None:
    slot = make_slot()
    phone = Phone(app.test_client())
    record = scanned(a_pass(slot).token, slot) | bad if isinstance(bad, dict) and bad else bad

    outcomes = phone.outcomes(scanned(a_pass(slot).token, slot), record, scanned(a_pass(slot).token, slot))

    assert outcomes == ["admitted", "invalid", "admitted"]


def test_record_without_its_slot_is_malformed(app: Flask) -> None:
    record = scanned(a_pass().token)
    del record["slot"]

    assert Phone(app.test_client()).outcomes(record) == ["invalid"]


def test_malformed_record_is_answered_under_its_own_id(app: Flask) -> None:
    make_event()

    results = Phone(app.test_client()).send({"id": "cua-toi"}, {"id": 5}).json["results"]

    assert [result["id"] for result in results] == ["cua-toi", None]


def test_control_bytes_around_a_code_do_not_matter(app: Flask) -> None:
    someone, other = a_pass(), a_pass()

    outcomes = Phone(app.test_client()).outcomes(scanned(f"\x02{someone.token}\x03\r\n"), scanned(f"\x1b{other.code}\t", by="typed"))

    assert outcomes == ["admitted", "admitted"]


def test_same_record_again_gives_the_outcome_as_it_stands(phone: Phone) -> None:
    slot = make_slot()
    someone = a_pass(slot)
    record = scanned(someone.token, slot)
    first = phone.outcomes(record, record)
    cancel(someone, slot)

    assert first == ["admitted", "admitted"]
    assert phone.outcomes(record) == ["cancelled"]


def test_what_was_sent_first_under_an_id_counts(phone: Phone) -> None:
    slot = make_slot()
    record = scanned(a_pass(slot).token, slot)
    phone.outcomes(record)

    results = phone.send(record | {"pass": a_pass().token, "slot": None, "kind": "exit"}, record | {"pass": "rác"}).json["results"]

    assert [result["outcome"] for result in results] == ["admitted", "admitted"]


def test_well_formed_records_are_kept_even_if_invalid(phone: Phone) -> None:
    slot = make_slot()
    bad, good, malformed = scanned("rác", slot), scanned(a_pass(slot).token, slot), scanned("rác", slot) | {"at": "hôm qua"}
    phone.outcomes(bad, good, malformed)

    listed = phone.client.get("/api/v1/checkins", query_string={"slot": str(slot)}, headers=organiser()).json["checkins"]

    assert {(one["id"], one["outcome"], one["pass"] is None) for one in listed} == {(bad["id"], "invalid", True), (good["id"], "admitted", False)}


def test_batch_of_five_hundred_is_taken_and_one_more_is_not(app: Flask) -> None:
    booth = make_slot(kind=Kind.BOOTH)
    phone, someone = Phone(app.test_client()), a_pass()
    records = [scanned(someone.token, booth, at=NOON + timedelta(seconds=second)) for second in range(501)]

    refused = phone.send(*records)

    assert phone.outcomes(*records[:500]) == ["admitted"] + ["already_admitted"] * 499
    assert (refused.status_code, refused.json["code"]) == (413, "too_large")


def test_body_over_a_megabyte_is_too_large(app: Flask) -> None:
    make_event()

    answer = Phone(app.test_client()).send(scanned("A" * 1024 * 1024))

    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_body_over_64_kb_is_not_too_large_here(app: Flask) -> None:
    make_event()

    assert Phone(app.test_client()).outcomes(*(scanned("A" * 7000) for _ in range(100))) == ["invalid"] * 100


@pytest.mark.parametrize(
    "body", [{}, {"checkins": {}}, {"checkins": None}, [], {"checkins": [], "sent_at": "bây giờ"}, {"checkins": [], "sent_at": 5}]
)
def test_body_of_another_shape_is_refused(app: Flask, body: Any) -> None:
    make_event()
    phone = Phone(app.test_client())

    answer = phone.client.post("/api/v1/checkins", json=body, headers=phone.headers)

    assert (answer.status_code, answer.json["code"]) == (422, "validation_failed")


def test_what_is_no_json_is_refused(app: Flask) -> None:
    make_event()
    phone = Phone(app.test_client())

    for body in (b"{", b"\xff", b'{"checkins": NaN}', b'{"checkins": ["\x01"]}', b"[" * 100_000):
        answer = phone.client.post("/api/v1/checkins", data=body, content_type="application/json", headers=phone.headers)
        assert (answer.status_code, answer.json["code"]) == (400, "invalid_json")


def test_phone_with_a_wrong_clock_is_told_and_its_facts_stay(app: Flask) -> None:
    slot = make_slot()
    phone = Phone(app.test_client())
    wrong, right = (clock.local(clock.now() + timedelta(seconds=off)).isoformat() for off in (-600, 30))

    told = phone.send(scanned(a_pass(slot).token, slot), sent_at=wrong).json
    told_again = phone.send(sent_at=right).json

    assert -605 < told["clock_off"] < -595
    assert told["results"][0]["outcome"] == "admitted"
    assert "clock_off" not in told_again


def test_revoked_device_gets_401_with_the_next_request(phone: Phone) -> None:
    slot = make_slot()
    someone = a_pass(slot)
    access.revoke_device(phone.id, now=MORNING)

    for answer in (
        phone.send(scanned(someone.token, slot)),
        phone.walk_in(came_by("Lê Văn Cường", slot)),
        phone.client.get("/api/v1/devices/me/bundle", headers=phone.headers),
    ):
        assert (answer.status_code, answer.json["code"]) == (401, "unauthorized")


REFUSED_BODIES = {
    "no json": {"data": b"{", "content_type": "application/json"},
    "another media type": {"data": b"a=b", "content_type": "application/x-www-form-urlencoded"},
    "another shape": {"json": {"checkins": 1, "walk_ins": 1}},
    "too large": {"data": b" " * 1_100_000, "content_type": "application/json"},
    "too many": {"json": {"checkins": [None] * 501, "walk_ins": [None] * 501}},
}


@pytest.mark.parametrize("path", ["/api/v1/checkins", "/api/v1/walk-ins"])
@pytest.mark.parametrize("body", REFUSED_BODIES.values(), ids=REFUSED_BODIES)
def test_who_is_asked_before_what_is_sent(phone: Phone, path: str, body: dict[str, Any]) -> None:
    phone.outcomes()
    known = phone.client.post(path, headers=phone.headers, **body)
    access.revoke_device(phone.id, now=MORNING)
    strangers = [{}, {"Authorization": "Bearer x"}, phone.headers]

    answers = [phone.client.post(path, headers=headers, **body) for headers in strangers]

    assert known.status_code in (400, 413, 415, 422)
    assert [(answer.status_code, answer.json["code"]) for answer in answers] == [(401, "unauthorized")] * 3


def test_who_may_use_which_address(app: Flask) -> None:
    slot = make_slot()
    phone, far = Phone(app.test_client()), bearer(Role.ORGANISER, f"commune:{_far_commune()}")
    listed = f"/api/v1/checkins?slot={slot}"

    def status(method: str, path: str, headers: dict[str, str]) -> int:
        return phone.client.open(
            path, method=method, headers=headers, json={"checkins": [], "walk_ins": []} if method == "POST" else None
        ).status_code

    for path in ("/api/v1/checkins", "/api/v1/walk-ins"):
        assert [status("POST", path, headers) for headers in ({}, {"Authorization": "Bearer x"}, organiser(), phone.headers)] == [401, 401, 403, 200]
    assert [status("GET", listed, headers) for headers in ({}, phone.headers, bearer(Role.VIEWER, f"commune:{COMMUNE}"), far, organiser())] == [
        401,
        403,
        403,
        404,
        200,
    ]
    assert status("GET", "/api/v1/devices/me/bundle", organiser()) == 403
    assert status("GET", f"/api/v1/checkins?slot={uuid4()}", organiser()) == 404
    assert status("GET", "/api/v1/checkins?slot=x", organiser()) == 422
    assert status("GET", "/api/v1/checkins", organiser()) == 422


def _far_commune() -> str:
    make_slot(commune="17330")
    return "17330"


def test_list_of_facts_goes_on_by_cursor(phone: Phone) -> None:
    booth = make_slot(kind=Kind.BOOTH)
    someone = a_pass()
    records = [scanned(someone.token, booth, at=NOON + timedelta(seconds=second)) for second in range(450)]
    phone.outcomes(*records[:225])
    phone.outcomes(*records[225:])
    seen: list[str] = []
    cursor: str | None = ""
    pages = 0
    headers = organiser()
    while cursor is not None:
        page = phone.client.get("/api/v1/checkins", query_string={"slot": str(booth), "cursor": cursor}, headers=headers).json
        seen += [one["id"] for one in page["checkins"]]
        cursor, pages = page["next"], pages + 1

    assert pages == 3
    assert sorted(seen) == sorted(record["id"] for record in records)
    assert phone.client.get("/api/v1/checkins", query_string={"slot": str(booth), "cursor": "!"}, headers=headers).status_code == 422


def test_listed_fact_tells_all_that_is_known(app: Flask) -> None:
    slot = make_slot()
    phone, someone = Phone(app.test_client()), a_pass(slot)
    record = scanned(someone.token, slot, at=NOON)
    phone.outcomes(record)

    (listed,) = phone.client.get("/api/v1/checkins", query_string={"slot": str(slot)}, headers=organiser()).json["checkins"]

    assert listed.pop("received_at")
    assert listed == {
        "id": record["id"],
        "device": str(phone.id),
        "sequence": record["sequence"],
        "pass": str(someone.id),
        "code": someone.code,
        "slot": str(slot),
        "at": local(NOON).isoformat(),
        "kind": "entry",
        "by": "scan",
        "outcome": "admitted",
    }


def test_batches_cost_the_same_number_of_statements(app: Flask) -> None:
    slot = make_slot(capacity=200)
    phone = Phone(app.test_client())
    counted = []
    passes = [a_pass(slot) for _ in range(61)]
    phone.outcomes(scanned(passes[0].token, slot))
    for size in (1, 60):
        db.session.rollback()
        with count_statements() as asked:
            phone.outcomes(*(scanned(one.token, slot) for one in passes[:size]))
        counted.append(asked.total)

    assert counted[0] == counted[1] <= 8
