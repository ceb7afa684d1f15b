"""The day live: figures that add up with the outcomes, in their scope, with an ETag; and what the database does for them."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from eventday.access import service as access
from eventday.access.domain import Place, Role
from eventday.checkins import queries, watch
from eventday.db import db
from eventday.kernel.clock import day_of
from eventday.programme.domain import Kind
from eventday.registrations import service as registering
from tests.checkins.gate import Phone, a_pass, bearer, came_by, cancel, live, organiser, scanned, undo
from tests.checkins.statements import count_statements
from tests.conftest import MORNING
from tests.factories import COMMUNE, NOON, make_event, make_slot


def test_empty_day_has_figures_too(each_app: Flask) -> None:
    slot = make_slot(title="Lớp học số", capacity=30)

    day = live(each_app)

    assert [day[name] for name in ("registered", "admitted", "inside", "walk_ins", "devices")] == [0, 0, 0, 0, []]
    (told,) = day["slots"]
    assert (told["id"], told["title"], told["kind"], told["capacity"], told["admission"]) == (str(slot), "Lớp học số", "class", 30, "seats")
    assert (told["confirmed"], told["waiting"], told["admitted"]) == (0, 0, 0)


def test_figures_count_people_not_scans(each_app: Flask) -> None:
    slot, booth = make_slot(capacity=2), make_slot(kind=Kind.BOOTH)
    phone, other = Phone(each_app.test_client()), Phone(each_app.test_client())
    both, leaving, waits = a_pass(slot), a_pass(slot), a_pass(slot)
    nobody = a_pass()
    phone.outcomes(scanned(both.token, at=MORNING), scanned(both.token, slot, at=NOON), scanned(both.token, slot, at=NOON + timedelta(minutes=1)))
    other.outcomes(scanned(both.token, slot, at=NOON), scanned(both.token, booth, at=NOON), scanned("rác", slot))
    phone.outcomes(scanned(leaving.token, slot, at=NOON), scanned(leaving.token, slot, at=NOON + timedelta(hours=1), kind="exit"))
    phone.outcomes(scanned(waits.token, slot), scanned(nobody.token, slot))

    day = live(each_app)

    assert (day["registered"], day["admitted"], day["inside"], day["walk_ins"]) == (2, 2, 1, 0)
    assert {one["id"]: (one["confirmed"], one["waiting"], one["admitted"]) for one in day["slots"]} == {str(slot): (2, 1, 2), str(booth): (0, 0, 1)}


def test_who_comes_back_is_inside_again(each_app: Flask) -> None:
    someone = a_pass()
    phone = Phone(each_app.test_client())
    phone.outcomes(*(scanned(someone.token, at=NOON + timedelta(hours=hour), kind=kind) for hour, kind in enumerate(("entry", "exit", "entry"))))

    assert live(each_app)["inside"] == 1


def test_what_was_taken_back_counts_nowhere(each_app: Flask) -> None:
    slot = make_slot()
    phone = Phone(each_app.test_client())
    entry, exit_ = scanned(a_pass(slot).token, slot), scanned(a_pass(slot).token, slot, kind="exit")
    take_back = undo(entry)
    phone.outcomes(entry, exit_, take_back, undo(exit_))
    undone = live(each_app)

    phone.outcomes(undo(take_back))

    assert (undone["admitted"], undone["inside"], undone["slots"][0]["admitted"]) == (0, 0, 0)
    assert [live(each_app)[name] for name in ("admitted", "inside")] == [1, 1]


def test_cancelled_and_revoked_people_count_no_more(each_app: Flask) -> None:
    slot = make_slot()
    cancelled, revoked = a_pass(slot), a_pass(slot)
    Phone(each_app.test_client()).outcomes(scanned(cancelled.token, slot), scanned(revoked.token, slot))
    cancel(cancelled, slot)
    registering.revoke(revoked.id, now=MORNING)

    day = live(each_app)

    assert (day["admitted"], day["inside"], day["slots"][0]["admitted"]) == (0, 0, 0)


def test_figures_are_those_of_their_place(each_app: Flask) -> None:
    near, far = make_slot(), make_slot(commune="17330")
    someone = a_pass(near, far)
    Phone(each_app.test_client()).outcomes(scanned(someone.token, near))
    Phone(each_app.test_client(), commune="17330").outcomes(scanned(someone.token, far), scanned(a_pass().token))

    days = [live(each_app, scope) for scope in (f"commune:{COMMUNE}", "commune:17330", "province:40")]

    assert [(day["registered"], day["admitted"], len(day["slots"]), len(day["devices"])) for day in days] == [
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (1, 2, 2, 2),
    ]


def test_who_may_watch(app: Flask) -> None:
    make_slot()
    make_slot(commune="17330")
    client = app.test_client()

    def status(scope: str, headers: dict[str, str]) -> int:
        return client.get("/api/v1/live", query_string={"scope": scope}, headers=headers).status_code

    here, there, province = f"commune:{COMMUNE}", "commune:17330", "province:40"
    assert [
        status(here, headers) for headers in ({}, Phone(client).headers, organiser(), bearer(Role.VIEWER, here), bearer(Role.VIEWER, province))
    ] == [401, 403, 200, 200, 200]
    assert [status(scope, bearer(Role.VIEWER, here)) for scope in (there, province, "commune:99999", "province:99", "country", "")] == [
        404,
        404,
        404,
        404,
        422,
        422,
    ]
    assert client.get(f"/api/v1/live?scope={here}&event=khong-co", headers=organiser()).status_code == 404
    assert client.get(f"/api/v1/live?scope={here}&event=ngay-hoi-2027", headers=organiser()).status_code == 200


def test_nothing_new_is_304_and_a_checkin_changes_it(each_app: Flask) -> None:
    slot = make_slot()
    client, headers = each_app.test_client(), organiser()
    phone = Phone(client)
    path = f"/api/v1/live?scope=commune:{COMMUNE}"

    def ask(etag: str = "") -> Any:
        db.session.rollback()
        return client.get(path, headers={**headers, "Accept-Encoding": "gzip", "If-None-Match": etag})

    first = ask()
    again = ask(first.headers["ETag"])
    phone.outcomes(scanned(a_pass(slot).token, slot))
    changed = ask(first.headers["ETag"])

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert not first.headers["ETag"].startswith("W/")
    assert again.data == b""
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_devices_are_shown_with_clock_and_last_contact(each_app: Flask) -> None:
    make_event()
    phone, gone = Phone(each_app.test_client()), Phone(each_app.test_client())
    phone.send(sent_at="2001-01-01T00:00:00Z")
    access.revoke_device(gone.id, now=MORNING)

    devices = {one["id"]: one for one in live(each_app)["devices"]}

    assert devices[str(phone.id)]["clock_off"] < -(10**8)
    assert devices[str(phone.id)]["seen_at"]
    assert (devices[str(gone.id)]["seen_at"], devices[str(gone.id)]["revoked"]) == (None, True)


def test_attendance_has_each_pass_once_a_place_and_day(each_app: Flask) -> None:
    slot, booth = make_slot(), make_slot(kind=Kind.BOOTH)
    phone, someone, walk_in = Phone(each_app.test_client()), a_pass(slot), came_by("Lê Văn Cường", booth)
    day_before = NOON - timedelta(days=1)
    phone.outcomes(*(scanned(someone.token, slot, at=NOON + timedelta(minutes=minutes)) for minutes in (3, 1, 2)))
    phone.outcomes(scanned(someone.token, at=day_before), scanned(someone.token, at=NOON))
    phone.walk_in(walk_in)
    db.session.rollback()

    found = [(one.slot_id, one.pass_id, one.day, one.at, one.is_walk_in, one.is_confirmed) for one in queries.attendance(make_event().id, COMMUNE)]

    assert found == [
        (None, someone.id, day_of(day_before), day_before, False, False),
        (booth, UUID(walk_in["pass_id"]), day_of(NOON), MORNING, True, False),
        (None, someone.id, day_of(NOON), NOON, False, False),
        (slot, someone.id, day_of(NOON), NOON + timedelta(minutes=1), False, True),
    ]


def test_stamps_count_once_a_place_and_day(each_app: Flask) -> None:
    booth = make_slot(kind=Kind.STATION)
    phone, someone, other = Phone(each_app.test_client()), a_pass(), a_pass()
    mistake = scanned(other.token, booth, kind="stamp")
    phone.outcomes(scanned(someone.token, booth, kind="stamp"), scanned(someone.token, booth, kind="stamp"), mistake, undo(mistake))
    db.session.rollback()

    assert [(one.slot_id, one.pass_id, one.day) for one in queries.stamps(make_event().id, COMMUNE)] == [(booth, someone.id, day_of(MORNING))]


def test_figures_agree_with_the_outcomes(each_app: Flask) -> None:
    """A day of disorder: what the database counts is what settling each fact gives."""
    chance = random.Random(7)
    slots = [make_slot(capacity=4), make_slot(capacity=2), make_slot(kind=Kind.BOOTH)]
    phones = [Phone(each_app.test_client()) for _ in range(2)]
    people = [a_pass(*chance.sample(slots[:2], chance.randrange(3))) for _ in range(9)]
    sent: list[tuple[Phone, dict[str, Any]]] = []
    for _ in range(120):
        phone = chance.choice(phones)
        if sent and chance.random() < 0.2:
            phone, record = chance.choice(sent)
            sent.append((phone, undo(record)))
        else:
            kind = chance.choice(["entry", "entry", "entry", "exit", "stamp"])
            at = NOON + timedelta(minutes=chance.randrange(90))
            sent.append((phone, scanned(chance.choice(people).token, chance.choice([*slots, *slots, None]), at=at, kind=kind)))
    for phone, record in chance.sample(sent, len(sent)):
        phone.outcomes(record)
    registering.revoke(people[0].id, now=NOON)

    outcomes: dict[str, str] = {}
    for phone in phones:
        mine = [record for sender, record in sent if sender is phone]
        outcomes |= dict(zip([record["id"] for record in mine], phone.outcomes(*mine), strict=True))

    admitted = [record for _, record in sent if outcomes[record["id"]] == "admitted"]
    stamped = {(record["slot"], record["pass"]) for _, record in sent if record["kind"] == "stamp" and outcomes[record["id"]] == "recorded"}
    day = live(each_app)
    assert day["admitted"] == len({record["pass"] for record in admitted}) > 3
    assert {one["id"]: one["admitted"] for one in day["slots"] if one["admitted"]} == Counter(record["slot"] for record in admitted if record["slot"])
    assert len(queries.attendance(make_event().id, COMMUNE)) == len(admitted)
    assert len(queries.stamps(make_event().id, COMMUNE)) == len(stamped) > 0
    assert day["inside"] == len(_inside([record for _, record in sent], outcomes))


def _inside(records: list[dict[str, Any]], outcomes: dict[str, str]) -> list[str]:
    seen = [
        record for record in records if record["kind"] in ("entry", "exit") and outcomes[record["id"]] in ("admitted", "already_admitted", "recorded")
    ]
    last = {record["pass"]: record["kind"] for record in sorted(seen, key=lambda record: (record["at"], record["id"]))}
    return [pass_ for pass_, kind in last.items() if kind == "entry"]


def test_stamps_are_counted_by_slot_one_a_pass_and_day(each_app: Flask) -> None:
    slot, other = make_slot(), make_slot()
    one, two, phone = a_pass(slot), a_pass(), Phone(each_app.test_client())
    taken_back = scanned(two.token, other, kind="stamp")
    phone.outcomes(
        *(scanned(who.token, slot, kind="stamp") for who in (one, one, two)), scanned(one.token, None, kind="stamp"), taken_back, undo(taken_back)
    )

    counted = {found["id"]: found["stamps"] for found in live(each_app)["slots"]}

    assert counted == {str(slot): 2, str(other): 0}
    assert {found.id: found.stamps for found in watch.watched(make_event().id, COMMUNE).live.slots} == {slot: 2, other: 0}


def test_live_costs_the_same_number_of_statements(app: Flask) -> None:
    event, phone = make_event(), Phone(app.test_client())
    make_slot()
    counted = []
    for passes in (1, 30):
        for _ in range(passes):
            slot = make_slot()
            phone.outcomes(scanned(a_pass(slot).token, slot))
        db.session.rollback()
        with count_statements() as asked:
            queries.live(Place("40", COMMUNE), event.id)
        counted.append(asked.total)

    assert counted[0] == counted[1] <= 9


@pytest.fixture
def busy(app: Flask) -> UUID:
    """A commune's day."""
    slots = [make_slot(capacity=200) for _ in range(3)]
    phone = Phone(app.test_client())
    phone.outcomes(*(scanned(a_pass(slot).token, slot) for slot in slots for _ in range(20)))
    return make_event().id


@pytest.mark.parametrize(
    "ask",
    [
        lambda event: queries.live(Place("40", COMMUNE), event),
        lambda event: queries.attendance(event, COMMUNE),
        lambda event: queries.stamps(event, COMMUNE),
        lambda event: watch.watched(event, COMMUNE),
    ],
    ids=["live", "attendance", "stamps", "watched"],
)
def test_hot_tables_are_never_read_whole(busy: UUID, ask: Any) -> None:
    with count_statements() as asked:
        ask(busy)

    plans = [plan for statement in asked.texts for plan in _plan(statement)]
    whole = [
        plan
        for plan in plans
        if plan.startswith("SCAN") and any(f"SCAN {table}" == plan.split(" USING")[0] for table in ("checkins", "registrations", "passes"))
    ]
    assert any("ix_checkins_commune_code_event_id" in plan for plan in plans)
    assert whole == []


def test_presences_are_read_by_their_index(app: Flask) -> None:
    with count_statements() as asked:
        queries.presences(make_event().id, COMMUNE)

    assert any("ix_presences_commune_code_event_id" in plan for plan in _plan(asked.texts[-1]))


def _plan(statement: str) -> list[str]:
    """SQLite's plan. The values do not matter to it: each is bound to nothing."""
    with db.engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("EXPLAIN QUERY PLAN " + statement, [None] * statement.count("?"))
        return [str(row[3]) for row in cursor.fetchall()]
