"""Making, using and ending secrets: sign-in links, sessions, API tokens, enrolments, devices. Each function is one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from eventday.access import models, observers, people, queries, sessions
from eventday.access.actor import Actor, acts
from eventday.access.domain import Role
from eventday.access.noted import tell_of_session
from eventday.access.secrets import hash_of, new_code, new_secret
from eventday.db import core, transaction
from eventday.kernel import ids
from eventday.kernel.errors import NotFound, Refusal, Unauthorized
from eventday.web.edits import refuse_stale

ENROLMENT_LIFE = timedelta(minutes=15)


class LinkUsed(Refusal):
    """The sign-in link was used, has expired, or never was one: a stranger cannot tell which."""

    code = "link_used"
    status = 410


class EnrolmentUsed(Refusal):
    """The enrolment code was used, has expired, or never was one."""

    code = "enrolment_used"
    status = 410


@dataclass(frozen=True)
class EnrolledDevice:
    id: UUID
    token: str


def add_person(email: str, role: Role, scope: str, *, now: datetime, name: str = "") -> str:
    """Add a person (or one more grant to a known one). Returns the secret of a one-time sign-in link. Raises: UnknownScope."""
    queries.place(scope)
    with transaction() as session:
        person = people.person_of(session, email, name=name, now=now)
        people.give(session, person, role, scope, now=now)
        return people.add_link(session, person.id, now=now)


def sign_in(link: str, *, now: datetime, device: str = "") -> str:
    """Use a one-time link. Returns the secret of a new web session. Raises: LinkUsed, also where the person was disabled."""
    with transaction() as session:
        person_id = session.scalar(
            update(models.SignInLink)
            .where(models.SignInLink.secret_hash == hash_of(link), models.SignInLink.used_at.is_(None), models.SignInLink.expires_at > now)
            .values(used_at=now)
            .returning(models.SignInLink.person_id)
        )
        if person_id is None or session.get_one(models.Person, person_id).disabled_at:
            raise LinkUsed
        return _let_in(session, person_id, "link", now=now, device=device)


def sign_in_known(person_id: UUID, hashed: str, *, now: datetime, device: str = "") -> str | None:
    """Returns the secret of a new web session of somebody whose password was right, None where it was changed or they were disabled meanwhile."""
    with transaction() as session:
        person = session.get_one(models.Person, person_id, with_for_update=True)
        if person.disabled_at or person.password_hash != hashed:
            return None
        return _let_in(session, person_id, "password", now=now, device=device)


def _let_in(session: Session, person_id: UUID, way: str, *, now: datetime, device: str) -> str:
    """From here on the request is that person's."""
    acts(Actor("person", str(person_id)))
    tell_of_session(session, person_id, "signed_in", {"way": way, "device": device}, now)
    return sessions.begin(session, person_id, now=now, device=device)


def note_refused(person_id: UUID | None, *, now: datetime, device: str = "") -> None:
    """Note that a password was wrong: of an address that nobody has too, so that it takes as long."""
    with transaction() as session:
        tell_of_session(session, person_id, "refused", {"way": "password", "device": device}, now)


def touch_session(secret: str, *, now: datetime) -> None:
    """Note that a session is in use; written at most every ten minutes, so that reading pages takes no write lock."""
    if queries.session_seen_at(secret) > now - timedelta(minutes=10):
        return
    with transaction() as session:
        session.execute(update(models.WebSession).where(models.WebSession.secret_hash == hash_of(secret)).values(seen_at=now))


def sign_out(secret: str, *, now: datetime) -> None:
    """End the session that the secret opens, if it is still open."""
    with transaction() as session:
        still_open = update(models.WebSession).where(models.WebSession.secret_hash == hash_of(secret), models.WebSession.ended_at.is_(None))
        person_id = session.scalar(still_open.values(ended_at=now).returning(models.WebSession.person_id))
        if person_id:
            tell_of_session(session, person_id, "signed_out", None, now)


def add_api_token(role: Role, scope: str, *, now: datetime) -> str:
    """Returns the bearer token; it cannot be told again. Raises: UnknownScope."""
    place = queries.place(scope)
    with transaction() as session:
        secret, token_id = new_secret(), ids.new()
        observers.tell(session, place, "added", ("token", str(token_id)), None, {"role": role}, now)
        session.add(models.ApiToken(id=token_id, secret_hash=hash_of(secret), role=role, scope=scope, created_at=now))
        return secret


def revoke_api_token(token_id: UUID, *, now: datetime) -> None:
    """It is refused from the next request on. Raises: NotFound."""
    with transaction() as session:
        token = session.get(models.ApiToken, token_id, with_for_update=True)
        if token is None:
            raise NotFound
        if token.revoked_at is None:
            token.revoked_at = now
            observers.tell(session, queries.place(token.scope), "revoked", ("token", str(token_id)), {"role": Role(token.role)}, None, now)


def hear_token(session: Session, token_id: UUID) -> None:
    """What a program asks for is done only where its token stands. Composes. Raises: Unauthorized where it was revoked."""
    if core(session).execute(_STANDS, {"of_id": token_id}).first() is None:
        raise Unauthorized


def open_enrolment(event_id: UUID, commune: str, slot_ids: Collection[UUID], *, manual: bool, now: datetime) -> str:
    """Returns a code that makes one phone a scanner within 15 minutes. The caller has checked the slots."""
    with transaction() as session:
        code, enrolment_id = new_code(), ids.new()
        rights = {"slot_ids": sorted(map(str, slot_ids)), "manual": manual}
        observers.tell(session, queries.commune_place(commune), "added", ("enrolment", str(enrolment_id)), None, rights, now)
        session.add(
            models.Enrolment(
                id=enrolment_id,
                code_hash=hash_of(code),
                event_id=event_id,
                commune_code=commune,
                **rights,
                expires_at=now + ENROLMENT_LIFE,
            )
        )
        return code


def enrol(code: str, name: str, *, now: datetime) -> EnrolledDevice:
    """Make a phone a scanner. Raises: EnrolmentUsed."""
    with transaction() as session:
        enrolment = session.scalar(
            update(models.Enrolment)
            .where(models.Enrolment.code_hash == hash_of(code.strip().upper()), models.Enrolment.used_at.is_(None), models.Enrolment.expires_at > now)
            .values(used_at=now)
            .returning(models.Enrolment)
        )
        if enrolment is None:
            raise EnrolmentUsed
        device = EnrolledDevice(id=ids.new(), token=new_secret())
        rights = {"slot_ids": enrolment.slot_ids, "manual": enrolment.manual}
        place = queries.commune_place(enrolment.commune_code)
        observers.tell(session, place, "enrolled", ("device", str(device.id)), None, {"name": name, **rights}, now)
        session.add(
            models.Device(
                id=device.id,
                secret_hash=hash_of(device.token),
                event_id=enrolment.event_id,
                commune_code=enrolment.commune_code,
                **rights,
                name=name,
                enrolled_at=now,
            )
        )
        return device


def hear_device(
    session: Session, device_id: UUID, *, now: datetime, clock_off: int | None = None, tells_time: bool = False, unsent: int | None = None
) -> datetime | None:
    """Note that a device was heard of; where it told its time by how much that is off, where it told how many scans lie in it how many.
    Returns when it was given its list.

    Its row stays locked, so that two requests of one device never mix. Composes. Raises: Unauthorized where it was revoked meanwhile.
    """
    values = {"of_id": device_id, "seen": now} | ({"off": clock_off} if tells_time else {}) | ({} if unsent is None else {"left": unsent})
    heard = core(session).execute(_HEARD[tells_time, unsent is not None], values).first()
    if heard is None:
        raise Unauthorized
    return cast("datetime | None", heard.bundle_at)


def give_list(device_id: UUID, *, unsent: int | None = None, now: datetime) -> None:
    """Note that a device is given its list, and how many scans it says still lie in it.

    Written at most every half minute, so that asking again takes no write lock.
    """
    if queries.listed_at(device_id) > now - timedelta(seconds=30):
        return
    with transaction() as session:
        told = {} if unsent is None else {"unsent": unsent}
        session.execute(update(_DEVICES).where(_DEVICES.c.id == device_id).values(seen_at=now, bundle_at=now, **told))


_TOKENS = cast(Table, models.ApiToken.__table__)
_STANDS = select(_TOKENS.c.id).where(_TOKENS.c.id == bindparam("of_id"), _TOKENS.c.revoked_at.is_(None))
_DEVICES = cast(Table, models.Device.__table__)
_HEARD_ONLY = (
    update(_DEVICES)
    .where(_DEVICES.c.id == bindparam("of_id"), _DEVICES.c.revoked_at.is_(None))
    .values(seen_at=bindparam("seen"))
    .returning(_DEVICES.c.bundle_at)
)
# By whether the device tells its time, and how many scans still lie in it.
_HEARD = {
    (False, False): _HEARD_ONLY,
    (True, False): _HEARD_ONLY.values(clock_off=bindparam("off")),
    (False, True): _HEARD_ONLY.values(unsent=bindparam("left")),
    (True, True): _HEARD_ONLY.values(clock_off=bindparam("off"), unsent=bindparam("left")),
}


def rename_device(device_id: UUID, name: str, *, seen: str | None, now: datetime) -> None:
    """`seen` is the stamp of the name that was shown. Raises: NotFound, Stale."""
    with transaction() as session:
        known = session.get(models.Device, device_id, with_for_update=True)
        if known is None:
            raise NotFound
        before = {"name": known.name}
        refuse_stale(seen, before)
        if name != known.name:
            known.name = name
            place = queries.commune_place(known.commune_code)
            observers.tell(session, place, "changed", ("device", str(device_id)), before, {"name": name}, now)


def revoke_device(device_id: UUID, *, now: datetime) -> None:
    """Its token is refused from the next request on. Raises: NotFound."""
    with transaction() as session:
        known = session.execute(select(models.Device.name, models.Device.commune_code).where(models.Device.id == device_id)).first()
        if known is None:
            raise NotFound
        standing = update(models.Device).where(models.Device.id == device_id, models.Device.revoked_at.is_(None))
        if session.scalar(standing.values(revoked_at=now).returning(models.Device.id)):
            place = queries.commune_place(known.commune_code)
            observers.tell(session, place, "revoked", ("device", str(device_id)), {"name": known.name}, None, now)
