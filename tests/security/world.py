"""A small world to be walked through: two communes with something of everything, and whoever may knock at their doors."""

import re
from dataclasses import dataclass, field
from uuid import uuid4

from flask import Flask

from eventday.access import service, staff
from eventday.access.domain import Role
from eventday.db import db
from eventday.kernel import clock
from tests.desk import Desk, sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event
from tests.security.commune import Furnished, furnish, upload_of

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
SLUGS = {"dia-diem": "venue", "phong": "space", "thon": "hamlet", "don-vi": "host", "thiet-bi": "equipment"}
# Which things a part of an address may name: one for each kind there is. A rule's own names come before those for all.
THINGS = {
    "activity_id": ("activity class", "activity online", "hidden activity"),
    "occurrence_id": ("slot", "second slot", "open slot", "online slot", "wish"),
    "removed_id": ("removed",),
    "thing_id": ("removed place",),
    "device_id": ("device",),
    "job_id": ("job", "failed job"),
    "grant_id": ("grant",),
    "pass_id": ("pass", "waiting pass"),
    "slot_id": ("slot", "second slot"),
    "key": ("key",),
    "registration": ("registration",),
    "link": ("link",),
    "secret": ("secret",),
    "name": ("logo",),
}
TOKENS = {
    "/<commune:code>/hoat-dong/<uuid:activity_id>": ("activity class", "activity online"),
    "/nhap/<token>": ("upload",),
    "<uuid:job_id>.pdf": ("job",),
    "<uuid:job_id>/tep": ("made file",),
    "/T/<token>": ("token",),
    "/t/<token>": ("token",),
    "/quet/<code>": ("enrolment",),
}
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass
class World:
    """`here` is the commune that addresses are about, `there` another one of the same province."""

    app: Flask
    here: Furnished
    there: Furnished
    known: dict[tuple[str, str], object] = field(default_factory=dict)

    def person(self, role: Role, scope: str) -> Desk:
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
        """The rule's address with things of the commune; of each kind the first."""
        return self.addresses(rule)[0]

    def addresses(self, rule: str, things: dict[str, str] | None = None, **places: str) -> list[str]:
        """The rule's address for each thing of the commune that it may name; with other `things` or `places` (code, province, chain)."""
        made = self.here.ids if things is None else things
        fixed = {"code": self.here.code, "event": make_event().code, "province": "40", "chain": "40", **places}
        return [_filled(rule, fixed | one) + _query(rule, fixed, made) for one in _named(rule, made)]

    def everything(self) -> list[str]:
        """All rows of all tables."""
        db.session.rollback()
        with db.engine.connect() as connection:
            return [f"{table.name}: {row}" for table in db.metadata.sorted_tables for row in connection.execute(table.select())]


def _named(rule: str, made: dict[str, str]) -> list[dict[str, str]]:
    """For each thing that the rule's last part but the place may name: what stands in the address."""
    for tail, kinds in TOKENS.items():
        if tail in rule:
            return [{_PART.findall(tail)[-1][1]: made[kind]} for kind in kinds]
    if "any" in rule:
        return [{"slug": slug, "thing_id": made[kind]} for slug, kind in SLUGS.items()]
    parts = [name for _, name in _PART.findall(rule) if name in THINGS]
    return [{parts[-1]: made[kind]} for kind in THINGS[parts[-1]]] if parts else [{}]


def _filled(rule: str, named: dict[str, str]) -> str:
    return _PART.sub(lambda part: named.get(part[2]) or (str(uuid4()) if part[1] == "uuid" else "khong-co"), rule)


def _query(rule: str, fixed: dict[str, str], made: dict[str, str]) -> str:
    wanted = {"/api/v1/checkins": "?slot={slot}", "/api/v1/registrations": "?slot={slot}", "/<commune:code>/dang-ky": "?slot={slot}"}
    wanted |= {"/api/v1/live": "?scope=commune:{code}&event={event}", "/p/<secret>/huy": "?dk={registration}"}
    wanted |= {"/lam-viec/<commune:code>/<event>/ke-hoach/nhap/<token>/dia-diem": "?o=o-0-2-3"}
    return wanted.get(rule, "").format(**fixed, **made)


def make_world(app: Flask) -> World:
    clock.shift_to(BEFORE)
    make_event()
    make_commune(FAR, "Phường Thuận Hóa", "46")
    make_commune(ELSEWHERE, "Xã Con Cuông")
    here = furnish(app, COMMUNE, mark="Mốcích", sign="Biađá", phone="+84901234567")
    there = furnish(app, ELSEWHERE, mark="Mốctê", sign="Biagỗ", phone="+84907654321")
    world = World(app, here, there)
    for made in (here, there):
        world.person(Role.ORGANISER, f"commune:{made.code}")
        made.ids["upload"] = upload_of(app, made, person_of(f"organiser@commune-{made.code}.vn"))
    return world


def person_of(email: str) -> str:
    """The id of a person known by the address."""
    account = staff.account_of_address(email)
    return str(account.id) if account else ""


def _device(scope: str) -> str:
    code = service.open_enrolment(make_event().id, scope.partition(":")[2], [], manual=False, now=clock.now())
    return service.enrol(code, "Cổng", now=clock.now()).token
