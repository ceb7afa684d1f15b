"""Who a secret belongs to."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from flask import current_app
from sqlalchemy import bindparam, func, select

from eventday.access import models
from eventday.access.domain import Device, Grant, Person, Place, Role
from eventday.access.secrets import hash_of
from eventday.catalogue import queries as catalogue
from eventday.db import db, look_up, table
from eventday.kernel.errors import NotFound

_TOKENS = table(models.ApiToken).c
_TOKEN_OF_SECRET = select(_TOKENS.id, _TOKENS.role, _TOKENS.scope).where(_TOKENS.secret_hash == bindparam("hash"), _TOKENS.revoked_at.is_(None))
_MOST_MET = 10_000
_Bearer = TypeVar("_Bearer", Device, Person)
SESSION_IDLE = timedelta(hours=8)
SESSION_LIFE = timedelta(days=7)


class UnknownScope(NotFound):
    """The catalogue has no such province or commune."""

    code = "unknown_scope"


@dataclass(frozen=True)
class KnownDevice:
    """A device with when it was heard of. `clock_off`: by how many seconds its clock is ahead, where that is more than two minutes.
    `unsent`: how many scans it said still lay in it then."""

    device: Device
    enrolled_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None
    clock_off: int | None
    unsent: int | None


def place(scope: str) -> Place:
    """The place that `country`, `province:CODE` or `commune:CODE` names. Raises: UnknownScope."""
    kind, _, code = scope.partition(":")
    try:
        return Place() if kind == "country" else province_place(code) if kind == "province" else commune_place(code)
    except NotFound:
        raise UnknownScope(scope=scope) from None


def province_place(code: str) -> Place:
    """Raises: NotFound where there is no such province."""
    if catalogue.province(code) is None:
        raise NotFound
    return Place(province=code)


def commune_place(code: str) -> Place:
    """Kept once read: a code is never used again, nor moves to another province. Raises: NotFound where there is no such commune."""
    known: dict[str, Place] = current_app.extensions.setdefault("commune_places", {})
    if code not in known:
        commune = catalogue.commune(code)
        if commune is None:
            raise NotFound
        known[code] = Place(province=commune.province_code, commune=commune.code)
    return known[code]


def link_works(link: str, *, now: datetime) -> bool:
    """Whether a sign-in link could be used now: not by who was disabled. Asking does not use it."""
    query = select(models.SignInLink.secret_hash).join(models.Person, models.Person.id == models.SignInLink.person_id)
    fresh = (models.SignInLink.secret_hash == hash_of(link), models.SignInLink.used_at.is_(None), models.SignInLink.expires_at > now)
    query = query.where(*fresh, models.Person.disabled_at.is_(None))
    return db.session.execute(query).first() is not None


def _grants(pairs: Iterable[tuple[int, str]]) -> tuple[Grant, ...]:
    return tuple(Grant(Role(role), place(scope)) for role, scope in pairs)


def person_of_session(secret: str, *, now: datetime) -> Person | None:
    """The signed-in person, unless the session ended, idled for 8 hours, is over 7 days old, or the person was disabled."""
    row = db.session.execute(
        select(models.Person.id, models.Person.name, models.Person.email)
        .join(models.WebSession, models.WebSession.person_id == models.Person.id)
        .where(
            models.WebSession.secret_hash == hash_of(secret),
            models.WebSession.ended_at.is_(None),
            models.WebSession.seen_at > now - SESSION_IDLE,
            models.WebSession.created_at > now - SESSION_LIFE,
            models.Person.disabled_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    grants = db.session.execute(select(models.Grant.role, models.Grant.scope).where(models.Grant.person_id == row.id))
    return Person(id=row.id, name=row.name or row.email, grants=_grants((role, scope) for role, scope in grants))


def session_seen_at(secret: str) -> datetime:
    """When a known session was noted to be in use last."""
    return db.session.execute(select(models.WebSession.seen_at).where(models.WebSession.secret_hash == hash_of(secret))).scalar_one()


def person_of_token(token: str) -> Person | None:
    """The program that an API token speaks for."""
    row = look_up(_TOKEN_OF_SECRET, {"hash": hash_of(token)})
    return Person(id=row.id, name="api", grants=_grants([(row.role, row.scope)])) if row else None


def device_of_token(token: str) -> Device | None:
    row = look_up(_DEVICE_OF_SECRET, {"hash": hash_of(token)})
    return _device(row) if row else None


def device_met(token: str) -> Device | None:
    """As `device_of_token`, but each process keeps whom it has met, revoked or not: for what ends in `service.hear_device`.

    What an enrolment says of a device never changes; its name does, so none is kept. `hear_device` refuses one that was revoked.
    """
    return _met("devices_met", token, _nameless_device)


def _nameless_device(token: str) -> Device | None:
    device = device_of_token(token)
    return replace(device, name="") if device else None


def person_met(token: str) -> Person | None:
    """As `person_of_token`, kept likewise: for what begins its transaction with `service.hear_token`. A token's role and scope never change."""
    return _met("tokens_met", token, person_of_token)


def _met(where: str, token: str, ask: Callable[[str], _Bearer | None]) -> _Bearer | None:
    met: dict[bytes, _Bearer] = current_app.extensions.setdefault(where, {})
    key = hash_of(token)
    if key not in met:
        found = ask(token)
        if found is None:
            return None
        if len(met) >= _MOST_MET:
            met.clear()
        met[key] = found
    return met[key]


@dataclass(frozen=True)
class ApiToken:
    """A program's token without its secret. `scope` as `place` reads it."""

    id: UUID
    role: Role
    scope: str
    created_at: datetime


def api_tokens() -> list[ApiToken]:
    """The tokens that stand, oldest first."""
    model = models.ApiToken
    query = select(model.id, model.role, model.scope, model.created_at).where(model.revoked_at.is_(None)).order_by(model.created_at, model.id)
    return [ApiToken(row.id, Role(row.role), row.scope, row.created_at) for row in db.session.execute(query)]


def devices_of(event_id: UUID, commune: str) -> list[tuple[Device, datetime, datetime | None, datetime | None]]:
    """Devices of a commune in the order of enrolment, each with enrolled_at, seen_at, revoked_at."""
    return [(found.device, found.enrolled_at, found.seen_at, found.revoked_at) for found in known_devices(event_id, [commune])]


def known_devices(event_id: UUID, communes: Collection[str]) -> list[KnownDevice]:
    """Devices of these communes in the order of enrolment, revoked ones among them."""
    query = _DEVICE.where(models.Device.commune_code.in_(communes), models.Device.event_id == event_id)
    rows = db.session.execute(query.order_by(models.Device.enrolled_at, models.Device.id))
    return [KnownDevice(_device(row), row.enrolled_at, row.seen_at, row.revoked_at, row.clock_off, row.unsent) for row in rows]


def listed_at(device_id: UUID) -> datetime:
    """When a known device was given its list; its enrolment where it never was."""
    query = select(func.coalesce(models.Device.bundle_at, models.Device.enrolled_at)).where(models.Device.id == device_id)
    return db.session.execute(query).scalar_one()


_DEVICE = select(
    models.Device.id,
    models.Device.name,
    models.Device.event_id,
    models.Device.commune_code,
    models.Device.slot_ids,
    models.Device.manual,
    models.Device.enrolled_at,
    models.Device.seen_at,
    models.Device.revoked_at,
    models.Device.clock_off,
    models.Device.unsent,
)
_DEVICE_OF_SECRET = select(*(table(models.Device).c[str(column.key)] for column in _DEVICE.selected_columns)).where(
    table(models.Device).c.secret_hash == bindparam("hash"), table(models.Device).c.revoked_at.is_(None)
)


def _device(row: Any) -> Device:
    return Device(
        id=row.id, name=row.name, event_id=row.event_id, commune=row.commune_code, slot_ids=frozenset(map(UUID, row.slot_ids)), manual=row.manual
    )
