"""A gate as tests need it: an enrolled phone that sends records through the API, and the organiser who watches."""

import json
from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.db import db
from eventday.kernel.clock import local
from eventday.registrations import queries, service
from eventday.registrations.domain import IssuedPass, PersonRequest, RegistrationRequest, Source
from tests.conftest import MORNING
from tests.factories import BEFORE, COMMUNE, make_event

_sequences = count(1)


class Phone:
    """An enrolled scanner."""

    def __init__(
        self, client: FlaskClient, *, commune: str = COMMUNE, slots: Iterable[UUID] = (), manual: bool = False, event_id: UUID | None = None
    ) -> None:
        code = access.open_enrolment(event_id or make_event().id, commune, list(slots), manual=manual, now=MORNING)
        enrolled = access.enrol(code, "Máy cổng", now=MORNING)
        self.id, self.token, self.client = enrolled.id, enrolled.token, client
        self.headers = {"Authorization": f"Bearer {enrolled.token}"}

    def send(self, *records: Any, **told: Any) -> Any:
        """Send check-ins, with what else the phone tells (`sent_at`, `unsent`)."""
        body = {"checkins": list(records)} | told
        return self.client.post("/api/v1/checkins", data=json.dumps(body), content_type="application/json", headers=self.headers)

    def outcomes(self, *records: Any) -> list[str]:
        answer = self.send(*records)
        assert answer.status_code == 200, answer.text
        return [result["outcome"] for result in answer.json["results"]]

    def walk_in(self, *walk_ins: Any, **told: Any) -> Any:
        body = json.dumps({"walk_ins": list(walk_ins)} | told)
        return self.client.post("/api/v1/walk-ins", data=body, content_type="application/json", headers=self.headers)

    def bundle(self, since: str | None = None, **told: Any) -> Any:
        asked = ({"since": since} if since else {}) | told
        answer = self.client.get("/api/v1/devices/me/bundle", query_string=asked, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json


def scanned(pass_: str | None, slot: UUID | None = None, *, at: datetime = MORNING, kind: str = "entry", **more: Any) -> dict[str, Any]:
    """One check-in record."""
    record = {"id": str(uuid4()), "sequence": next(_sequences), "pass": pass_, "slot": str(slot) if slot else None, "at": local(at).isoformat()}
    return record | {"kind": kind} | more


def undo(of: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(uuid4()), "sequence": next(_sequences), "at": local(MORNING).isoformat(), "kind": "undo", "of": of["id"]}


def came_by(name: str, slot: UUID | None = None, **more: Any) -> dict[str, Any]:
    """One walk-in record."""
    checkin = {"id": str(uuid4()), "sequence": next(_sequences)}
    record = {"id": str(uuid4()), "pass_id": str(uuid4()), "checkin": checkin, "name": name, "slot": str(slot) if slot else None}
    return record | {"at": local(MORNING).isoformat()} | more


def a_pass(*slots: UUID, name: str = "Trần Thị Bình", event_id: UUID | None = None, commune: str = COMMUNE, now: datetime = BEFORE) -> IssuedPass:
    """Somebody registered by the public form."""
    person = PersonRequest(name=name, slot_ids=slots)
    request = RegistrationRequest(
        event_id=event_id or make_event().id, commune_code=commune, phone="+84912345678", people=(person,), source=Source.WEB
    )
    return service.register(request, now=now)[0]


def cancel(issued: IssuedPass, slot: UUID) -> None:
    found = next(one for one in queries.registrations_of([issued.id])[issued.id] if one.slot_id == slot)
    service.cancel(found.id, now=BEFORE)
    db.session.rollback()


def bearer(role: Role, scope: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access.add_api_token(role, scope, now=MORNING)}"}


def organiser() -> dict[str, str]:
    return bearer(Role.ORGANISER, f"commune:{COMMUNE}")


def live(app: Flask, scope: str = f"commune:{COMMUNE}") -> Any:
    db.session.rollback()
    answer = app.test_client().get("/api/v1/live", query_string={"scope": scope}, headers=bearer(Role.VIEWER, scope))
    assert answer.status_code == 200, answer.text
    return answer.json
