"""The same pass at several devices at once is admitted once, and each device is told what holds in the end."""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from eventday.access import queries as access
from eventday.access.domain import Device
from eventday.checkins import facts, service, walk_ins
from eventday.checkins.records import read_record, read_walk_in
from eventday.db import db
from eventday.programme.domain import Kind
from tests.checkins.gate import Phone, a_pass, came_by, live, scanned
from tests.conftest import MORNING
from tests.factories import make_slot
from tests.registrations.people import assert_sound, at_once, counters

DEVICES, PASSES = 6, 5


def _devices(app: Flask) -> list[Device]:
    phones = [Phone(app.test_client()) for _ in range(DEVICES)]
    found = [access.device_of_token(phone.token) for phone in phones]
    return [device for device in found if device]


def _seen_at_once(app: Flask, devices: list[Device], slot: Any, tokens: list[str]) -> list[list[str]]:
    """Each device sees all passes at the same moment, in one batch. Returns the outcomes by device."""

    def job(device: Device, order: int) -> Any:
        mine = tokens if order % 2 else tokens[::-1]
        records = [read_record(scanned(token, slot)) for token in mine]
        return lambda: [str(answer.settled.outcome) for answer in service.record(records, device, sent_at=None, now=MORNING).answers]

    return at_once(app, [job(device, order) for order, device in enumerate(devices)], threads=DEVICES)


def test_same_pass_at_several_devices_at_once_is_admitted_once(each_app: Flask) -> None:
    booth = make_slot(kind=Kind.BOOTH)
    devices, tokens = _devices(each_app), [a_pass().token for _ in range(PASSES)]

    told = _seen_at_once(each_app, devices, booth, tokens)

    day = live(each_app)
    assert sorted({outcome for outcomes in told for outcome in outcomes}) == ["admitted", "already_admitted"]
    assert (day["admitted"], day["slots"][0]["admitted"]) == (PASSES, PASSES)


def _one_after_the_other(app: Flask, monkeypatch: pytest.MonkeyPatch, *, patience: float) -> list[str]:
    """Two devices see a pass, the first a second earlier. The second sends while the first's transaction is open, its fact added.

    The first waits `patience` seconds for the second to settle: where the second is kept waiting the first goes on.
    """
    booth = make_slot(kind=Kind.BOOTH)
    devices, token = _devices(app)[:2], a_pass().token
    first_has_added, second_has_settled = threading.Event(), threading.Event()
    settled_of_device = facts.settled_of_device

    def settle_slowly(session: Any, device_id: UUID, *more: Any) -> Any:
        if device_id == devices[0].id:
            first_has_added.set()
            second_has_settled.wait(patience)
            return settled_of_device(session, device_id, *more)
        settled = settled_of_device(session, device_id, *more)
        second_has_settled.set()
        return settled

    def job(device: Device, second: int) -> Any:
        record = read_record(scanned(token, booth, at=MORNING + timedelta(seconds=second)))

        def send() -> str:
            if second:
                assert first_has_added.wait(20)
            return str(service.record([record], device, sent_at=None, now=MORNING).answers[0].settled.outcome)

        return send

    monkeypatch.setattr(facts, "settled_of_device", settle_slowly)
    return at_once(app, [job(device, second) for second, device in enumerate(devices)], threads=2)


def test_second_device_knows_of_a_fact_that_is_just_being_kept(each_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _one_after_the_other(each_app, monkeypatch, patience=1) == ["admitted", "already_admitted"]


def test_without_the_lock_both_devices_are_told_admitted(postgres_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the test above proves nothing. (On SQLite writers queue anyway.)"""
    unlocked = facts._FIND._generate()
    unlocked._for_update_arg = None
    monkeypatch.setattr(facts, "_FIND", unlocked)

    assert _one_after_the_other(postgres_app, monkeypatch, patience=20) == ["admitted", "admitted"]


def test_same_record_sent_twice_at_once_is_kept_once(each_app: Flask) -> None:
    slot = make_slot()
    (device, *_), record = _devices(each_app), scanned(a_pass(slot).token, slot)

    told = at_once(each_app, [lambda: service.record([read_record(record)], device, sent_at=None, now=MORNING) for _ in range(6)], threads=6)

    assert [str(one.answers[0].settled.outcome) for one in told] == ["admitted"] * 6
    assert live(each_app)["slots"][0]["admitted"] == 1


def test_last_seats_go_to_as_many_walk_ins(each_app: Flask) -> None:
    slots = [make_slot(capacity=3), make_slot(capacity=4)]
    devices = _devices(each_app)

    def job(device: Device, order: int) -> Any:
        chosen = slots if order % 2 else slots[::-1]
        records = [read_walk_in(came_by("Lê Văn Cường", slot)) for slot in chosen]
        return lambda: [str(one.outcome) for one in walk_ins.walk_in(records, device, now=MORNING)]

    told = at_once(each_app, [job(device, order) for order, device in enumerate(devices)], threads=DEVICES)

    outcomes = [outcome for outcomes in told for outcome in outcomes]
    assert (outcomes.count("admitted"), outcomes.count("full")) == (7, 5)
    assert [counters(slot) for slot in slots] == [(3, 0), (4, 0)]
    assert_sound()


def test_same_walk_in_sent_twice_at_once_happens_once(each_app: Flask) -> None:
    slot = make_slot(capacity=5)
    (device, *_), record = _devices(each_app), came_by("Lê Văn Cường", slot)

    told = at_once(each_app, [lambda: walk_ins.walk_in([read_walk_in(record)], device, now=MORNING)[0] for _ in range(6)], threads=6)

    assert len({one.issued.token for one in told}) == 1
    assert counters(slot) == (1, 0)
    db.session.rollback()


def test_same_pass_id_from_two_devices_at_once_is_one_pass(each_app: Flask) -> None:
    devices = _devices(each_app)
    pass_id = came_by("x")["pass_id"]

    def job(device: Device) -> Any:
        record = read_walk_in(came_by("Lê Văn Cường") | {"pass_id": pass_id})
        return lambda: str(walk_ins.walk_in([record], device, now=MORNING)[0].outcome)

    told = at_once(each_app, [job(device) for device in devices], threads=DEVICES)

    assert sorted(told) == ["admitted", *["invalid"] * (DEVICES - 1)]
