"""A small world to be walked through: one commune with something of everything, and whoever may knock at its doors."""

import re
from dataclasses import dataclass, field
from uuid import uuid4

from flask import Flask

from eventday.access import service, staff
from eventday.access.domain import Role
from eventday.db import db, transaction
from eventday.jobs import service as jobs
from eventday.kernel import clock
from eventday.registrations import queries as registrations
from tests.checkins.gate import a_pass
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot

ELSEWHERE, FAR = "17230", "19774"
HERE, PROVINCE = f"commune:{COMMUNE}", "province:40"
# What lies in each scope, of the places that routes are about.
COVERS = {
    HERE: {"commune"},
    PROVINCE: {"commune", "province"},
    "country": {"commune", "province", "country"},
    f"commune:{ELSEWHERE}": set(),
    f"commune:{FAR}": set(),
    "province:46": set(),
}


@dataclass
class World:
    app: Flask
    ids: dict[str, str]
    queries: dict[str, str]
    known: dict[tuple[str, str], object] = field(default_factory=dict)

    def person(self, role: Role, scope: str):
        """The signed-in browser of somebody with that role and scope."""
        if ("person", f"{role} {scope}") not in self.known:
            self.known["person", f"{role} {scope}"] = sign_in(self.app, role, scope)
        return self.known["person", f"{role} {scope}"]

    def bearer(self, kind: str, scope: str) -> dict[str, str]:
        """The header of a token of that role, or of a device of that commune."""
        if (kind, scope) not in self.known:
            self.known[kind, scope] = _device(scope) if kind == "device" else service.add_api_token(Role[kind.upper()], scope, now=clock.now())
        return {"Authorization": f"Bearer {self.known[kind, scope]}"}

    def address(self, rule: str) -> str:
        """The rule's address with things of the commune that exist; of what is not known here, something that does not."""
        filled = re.sub(r"<(?:(\w+):)?(\w+)>", lambda part: self.ids.get(part[2]) or (str(uuid4()) if part[1] == "uuid" else "khong-co"), rule)
        return filled + self.queries.get(rule, "")

    def everything(self) -> list[str]:
        """All rows of all tables."""
        db.session.rollback()
        with db.engine.connect() as connection:
            return [f"{table.name}: {row}" for table in db.metadata.sorted_tables for row in connection.execute(table.select())]


def make_world(app: Flask) -> World:
    clock.shift_to(BEFORE)
    event, slot = make_event(), make_slot()
    make_commune(ELSEWHERE, "Xã Con Cuông")
    make_commune(FAR, "Phường Thuận Hóa", "46")
    issued = a_pass(slot)
    service.add_person("hoa@xa.vn", Role.VIEWER, HERE, now=clock.now())
    device = service.enrol(service.open_enrolment(event.id, COMMUNE, [], manual=False, now=clock.now()), "Máy đầu", now=clock.now())
    with transaction() as session:
        job = jobs.enqueue(session, "reports.build", {"event": event.code}, commune_code=COMMUNE, now=clock.now())
    ids = {
        "code": COMMUNE,
        "event": event.code,
        "province": "40",
        "slot_id": slot,
        "device_id": device.id,
        "job_id": job,
        "key": issued.code,
        "pass_id": issued.id,
    }
    ids |= {"slug": "thon", "chain": "40"}
    ids |= {"grant_id": staff.colleagues([HERE])[0].grant_id, "registration": registrations.listed(slot, limit=1)[0].registration.id}
    queries = {"/api/v1/checkins": f"?slot={slot}", "/api/v1/registrations": f"?slot={slot}", "/api/v1/live": f"?scope={HERE}&event={event.code}"}
    return World(app, {name: str(value) for name, value in ids.items()}, queries)


def _device(scope: str) -> str:
    code = service.open_enrolment(make_event().id, scope.partition(":")[2], [], manual=False, now=clock.now())
    return service.enrol(code, "Cổng", now=clock.now()).token
