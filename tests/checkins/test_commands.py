"""`device enrol` and `device revoke`."""

from uuid import uuid4

from click.testing import Result
from flask import Flask

from eventday.access import queries as access
from eventday.db import db
from tests.checkins.gate import Phone
from tests.factories import COMMUNE, make_event, make_slot


def _run(app: Flask, *arguments: str) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["device", *arguments])


def _enrolled(app: Flask, code: str) -> access.Device:
    answer = app.test_client().post("/api/v1/devices", json={"enrolment": code, "name": "Máy cổng"})
    assert answer.status_code == 201
    device = access.device_of_token(answer.json["token"])
    assert device is not None
    return device


def test_enrol_ends_with_the_code_and_its_url(app: Flask) -> None:
    make_slot()

    result = _run(app, "enrol", "--scope", f"commune:{COMMUNE}")

    code, url = result.stdout.splitlines()[-2:]
    assert result.exit_code == 0
    assert len(code.split()) == 1
    assert url == f"http://127.0.0.1:8000/quet/{code}"
    device = _enrolled(app, code)
    assert (device.event_id, device.commune, device.slot_ids, device.manual) == (make_event().id, COMMUNE, frozenset(), False)


def test_enrol_for_slots_and_searching(app: Flask) -> None:
    slots = [make_slot(), make_slot()]

    result = _run(
        app, "enrol", "--scope", f"commune:{COMMUNE}", "--slot", str(slots[0]), "--slot", str(slots[1]), "--manual", "--event", "ngay-hoi-2027"
    )

    device = _enrolled(app, result.stdout.splitlines()[-2])
    assert (device.slot_ids, device.manual) == (frozenset(slots), True)


def test_enrol_refuses_what_is_not_there(app: Flask) -> None:
    make_slot()
    here = f"commune:{COMMUNE}"
    far = make_slot(commune="17330")

    for arguments in (
        ["--scope", "commune:99999"],
        ["--scope", here, "--slot", str(far)],
        ["--scope", here, "--slot", str(uuid4())],
        ["--scope", here, "--event", "khong-co"],
    ):
        result = _run(app, "enrol", *arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.strip()


def test_wrong_usage_is_told_from_refusal(app: Flask) -> None:
    make_slot()

    assert [
        _run(app, "enrol", *arguments).exit_code for arguments in ([], ["--scope", "province:40"], ["--scope", f"commune:{COMMUNE}", "--slot", "x"])
    ] == [2, 2, 2]
    assert _run(app, "revoke", "x").exit_code == 2


def test_revoke_ends_a_scanner(app: Flask) -> None:
    make_event()
    phone = Phone(app.test_client())

    assert _run(app, "revoke", str(phone.id)).exit_code == 0
    assert phone.send().status_code == 401
    assert _run(app, "revoke", str(phone.id)).exit_code == 0
    assert _run(app, "revoke", str(uuid4())).exit_code == 1
