"""Two provinces on one server: what is one's does not exist for the other."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from eventday.access.domain import Role
from eventday.kernel import clock
from eventday.registrations.domain import IssuedPass
from tests.checkins.gate import Phone, a_pass, bearer, came_by, scanned
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot

FAR = "26734"


@dataclass(frozen=True)
class Far:
    """A commune of another province with its own event."""

    slot: UUID
    issued: IssuedPass
    phone: Phone


@pytest.fixture
def far(each_app: Flask) -> Far:
    clock.shift_to(BEFORE)
    make_event()
    make_commune(FAR, "Phường Ở Xa", province="79")
    event = make_event(code="noi-xa", province="79")
    slot = make_slot(commune=FAR, event=event)
    issued = a_pass(slot, event_id=event.id, commune=FAR)
    return Far(slot, issued, Phone(each_app.test_client(), commune=FAR, event_id=event.id))


FOREIGN: dict[str, Callable[[Far], tuple[str, str]]] = {
    "a pass by its id": lambda far: ("GET", f"passes/{far.issued.id}"),
    "a pass by its code": lambda far: ("GET", f"passes/{far.issued.code}"),
    "who is registered": lambda far: ("GET", f"registrations?slot={far.slot}"),
    "cancelling": lambda far: ("DELETE", f"registrations/{far.issued.placed[0].id}"),
    "facts": lambda far: ("GET", f"checkins?slot={far.slot}"),
    "the commune live": lambda far: ("GET", f"live?scope=commune:{FAR}"),
    "the province live": lambda far: ("GET", "live?scope=province:79"),
    "the own commune live at its event": lambda far: ("GET", f"live?scope=commune:{COMMUNE}&event=noi-xa"),
}


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
def test_what_is_of_another_province_is_not_there(each_app: Flask, far: Far, foreign: Callable[[Far], tuple[str, str]]) -> None:
    method, path = foreign(far)
    scopes = (f"commune:{COMMUNE}", "province:40")

    told = [each_app.test_client().open(f"/api/v1/{path}", method=method, headers=bearer(Role.ORGANISER, scope)).status_code for scope in scopes]

    assert told == [404, 404]


def test_nobody_is_registered_in_another_province(each_app: Flask, far: Far) -> None:
    person = {"name": "Nguyễn Văn An", "birth_year": 1980, "slots": [str(far.slot)]}
    body = {"event": "noi-xa", "phone": "0912345678", "consent": True, "people": [person]}

    answer = each_app.test_client().post("/api/v1/registrations", json=body, headers=bearer(Role.ORGANISER, "province:40"))

    assert answer.status_code == 404


def test_a_device_knows_nobody_of_another_province(each_app: Flask, far: Far) -> None:
    mine, phone = make_slot(), Phone(each_app.test_client())
    someone = a_pass(mine)

    seen = phone.send(
        scanned(far.issued.token, mine), scanned(far.issued.token), scanned(far.issued.code, by="typed"), scanned(someone.token, far.slot)
    ).json["results"]

    assert [(one["outcome"], one["reason"]) for one in seen] == [
        ("invalid", "other_event"),
        ("invalid", "other_event"),
        ("unknown", "nobody"),
        ("invalid", "outside"),
    ]
    assert _status(phone, f"passes/{far.issued.code}") == 404
    assert [one["code"] for one in phone.bundle()["roster"]] == [someone.code]
    assert [one["code"] for one in far.phone.bundle()["roster"]] == [far.issued.code]
    assert phone.walk_in(came_by("Lê Văn Cường", far.slot)).json["results"][0]["outcome"] == "invalid"


def _status(phone: Phone, path: str) -> Any:
    return phone.client.get(f"/api/v1/{path}", headers=phone.headers).status_code
