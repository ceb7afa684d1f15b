"""Making passes: one a person, found again by identity where desk, API and import must. All functions compose; the caller commits."""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventday.config import Settings
from eventday.db import core, names_what_is_gone, table
from eventday.kernel import ids, name
from eventday.kernel.errors import NotFound
from eventday.kernel.text import fold
from eventday.registrations import consent, indexing, keys, passes, suspects
from eventday.registrations.domain import IssuedPass, PersonRequest, Placed, RegistrationRequest, identity
from eventday.registrations.errors import HamletGone, PassTaken
from eventday.registrations.models import Consent, ConsentText, Household, Pass

_CONSENT_KNOWN = "consent_texts"
_DRAWS = 20
_TABLE = table(Pass)
_INSERT_HOUSEHOLD = insert(table(Household))
_INSERT_CONSENT = insert(table(Consent))
_INSERT_PASS = {
    "postgresql": postgresql.insert(_TABLE).values(alike=suspects.MAY_BE).on_conflict_do_nothing().returning(_TABLE.c.alike),
    "sqlite": sqlite.insert(_TABLE).values(alike=suspects.MAY_BE).on_conflict_do_nothing().returning(_TABLE.c.alike),
}
_PASS = _TABLE.c
_SEALED = (_PASS.id, _PASS.event_id, _PASS.code, _PASS.typed, _PASS.key_id, _PASS.spare, _PASS.generation, _PASS.name)
_ASKED = _TABLE.alias("asked")
_BY_IDENTITY = (
    select(*_SEALED)
    .join(_ASKED, _PASS.id == func.coalesce(_ASKED.c.merged_into, _ASKED.c.id))
    .where(_ASKED.c.event_id == bindparam("event"), _ASKED.c.identity == bindparam("identity"), _PASS.merged_into.is_(None))
    .with_for_update(key_share=True, of=_TABLE)
)


@dataclass(frozen=True)
class StoredPass:
    """What of a pass its secrets are made from. `is_new` is False for one that was found again; the rest only of a new one."""

    id: UUID
    event_id: UUID
    code_hex: str
    typed: str
    key_id: int
    spare: bool
    generation: int
    name: str
    is_new: bool = False
    name_key: str = ""
    may_be_double: bool = False

    @cached_property
    def secret(self) -> str:
        """Of the holder's page."""
        return keys.holder_secret(self.id, self.generation)

    def issued(self, session: Session, placed: Sequence[Placed]) -> IssuedPass:
        """The pass with its three secrets."""
        return IssuedPass(
            id=self.id,
            code=passes.format_code(self.typed),
            token=keys.token_of(session, self.key_id, self.event_id, self.code_hex, spare=self.spare),
            secret=self.secret,
            name=self.name,
            placed=tuple(placed),
        )


def issue(session: Session, request: RegistrationRequest, *, now: datetime) -> list[StoredPass]:
    """A pass for each person, in the order given; each is locked until the end of the transaction.

    Passes are taken in order of identity, so that two requests for the same people never wait for each other.
    Raises: PassTaken where an id or spare code that a phone chose is somebody's, NotFound where the event is gone, HamletGone.
    """
    household_id = ids.new()
    add_households(session, [(household_id, request)], now=now)
    identities = identities_of(request)
    stored: dict[int, StoredPass] = {}
    for index in sorted(range(len(identities)), key=lambda index: identities[index] or b""):
        values = values_of(request, request.people[index], identities[index], household_id, now)
        stored[index] = find_or_make(session, request, request.people[index], values, now=now)
    if not any(one.is_new for one in stored.values()):
        session.execute(delete(Household).where(Household.id == household_id))
    made = [(one.id, one.name_key) for one in stored.values() if one.is_new]
    indexing.index(session, request.commune_code, request.event_id, made, request.phone)
    if suspected := [one.id for one in stored.values() if one.may_be_double]:
        suspects.mark(session, suspected)
    add_consents(session, request, {one.id for one in stored.values()}, now=now)
    return [stored[index] for index in range(len(identities))]


def identities_of(request: RegistrationRequest) -> list[bytes | None]:
    """Of the request's people, in their order."""
    return [
        identity(request.event_id, request.phone, one.name, one.birth_year, request.source, home=str(one.hamlet_id or request.commune_code))
        for one in request.people
    ]


def add_households(session: Session, households: Sequence[tuple[UUID, RegistrationRequest]], *, now: datetime) -> None:
    """Raises: NotFound where the event is gone."""
    rows = [
        {"id": one, "event_id": request.event_id, "commune_code": request.commune_code, "phone": request.phone, "created_at": now}
        for one, request in households
    ]
    try:
        core(session).execute(_INSERT_HOUSEHOLD, _rows(rows))
    except IntegrityError:  # the event was deleted since its slots were read
        raise NotFound from None


def _rows(rows: list[dict[str, Any]]) -> Any:
    return rows if len(rows) > 1 else rows[0]  # many at once cost more than one by itself


def find_or_make(
    session: Session,
    request: RegistrationRequest,
    person: PersonRequest,
    values: Mapping[str, Any],
    *,
    now: datetime,
    first: StoredPass | None = None,
) -> StoredPass:
    """The pass of that identity, or a new one with `values`; it has the codes of `first` unless they are taken. Raises: PassTaken."""
    key = values["identity"]
    for _ in range(_DRAWS):
        new, first = first or draw(session, request, person, values["name"], now=now), None
        made = _insert(session, {**values, **_codes(new)})
        if made:
            return replace(new, may_be_double=made.alike)
        found = core(session).execute(_BY_IDENTITY, {"event": request.event_id, "identity": key}).first() if key else None
        if found:
            return StoredPass(found.id, found.event_id, found.code, found.typed, found.key_id, found.spare, found.generation, found.name)
        if person.pass_id or person.code:
            break
    raise PassTaken


def _insert(session: Session, values: Mapping[str, Any]) -> Any:
    """Whether it may be a double, of a pass that was made; None where somebody has its code or is that person. Raises: HamletGone."""
    try:
        return core(session).execute(_INSERT_PASS[core(session).dialect.name], values).first()
    except IntegrityError as error:
        if names_what_is_gone(error):
            raise HamletGone from None
        raise


def draw(session: Session, request: RegistrationRequest, person: PersonRequest, shown: str, *, now: datetime) -> StoredPass:
    """A pass with codes of its own for somebody of that name, not stored yet."""
    code = bytes.fromhex(person.code) if person.code else os.urandom(8)
    key = keys.signing_key(session, request.event_id, now=now)
    return StoredPass(
        id=person.pass_id or ids.new(),
        event_id=request.event_id,
        code_hex=code.hex(),
        typed=passes.typed_of(code),
        key_id=key.key_id,
        spare=person.code is not None,
        generation=0,
        name=shown,
        is_new=True,
        name_key=fold(shown),
    )


def _codes(drawn: StoredPass) -> dict[str, Any]:
    return {
        "id": drawn.id,
        "code": drawn.code_hex,
        "typed": drawn.typed,
        "key_id": drawn.key_id,
        "spare": drawn.spare,
        "holder_hash": keys.holder_hash(drawn.secret),
    }


def values_of(request: RegistrationRequest, person: PersonRequest, key: bytes | None, household_id: UUID, now: datetime) -> dict[str, Any]:
    """What a new pass says of somebody, `key` being their identity, and what is asked about doubles of it."""
    values = _about(request, person, now) | {"identity": key, "household_id": household_id}
    return values | suspects.told(values, request.phone)


def _about(request: RegistrationRequest, person: PersonRequest, now: datetime) -> dict[str, Any]:
    shown = name.display(person.name)[:120]
    return {
        "event_id": request.event_id,
        "commune_code": request.commune_code,
        "generation": 0,
        "name": shown,
        "name_key": fold(shown),
        "sort_key": name.sort_key(shown),
        "birth_year": person.birth_year,
        "gender": person.gender,
        "group": person.group,
        "hamlet_id": person.hamlet_id,
        "guardian": name.display(person.guardian)[:120] if person.guardian else None,
        "child_agrees": person.child_agrees,
        "source": request.source,
        "created_at": now,
        "changed_at": None,
        "revoked_at": None,
    }


def add_consents(session: Session, request: RegistrationRequest, pass_ids: Collection[UUID], *, now: datetime) -> None:
    """What the people of these passes agreed to, by the way that the request came."""
    version = consent_version(session, request)
    common: dict[str, Any] = {"version": version, "channel": consent.channel(request.source), "device_id": request.device_id, "agreed_at": now}
    rows = [{"id": ids.new(), "pass_id": pass_id} | common for pass_id in pass_ids]
    core(session).execute(_INSERT_CONSENT, _rows(rows))


def consent_version(session: Session, request: RegistrationRequest) -> str:
    """The version of the text that was agreed to; the text is stored the first time."""
    settings: Settings = current_app.config["SETTINGS"]
    version, text = consent.stored(request.source, days=settings.retention_days)
    known: set[str] = current_app.extensions.setdefault(_CONSENT_KNOWN, set())
    if version in known:
        return version
    if session.get(ConsentText, version):
        if version not in session.info.get(_CONSENT_KNOWN, ()):  # else it is our own and may be rolled back yet
            known.add(version)
        return version
    make = postgresql.insert if core(session).dialect.name == "postgresql" else sqlite.insert
    session.execute(make(ConsentText).values(version=version, text=text).on_conflict_do_nothing())
    session.info.setdefault(_CONSENT_KNOWN, set()).add(version)
    return version
