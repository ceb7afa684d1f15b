"""Who works here: inviting, changing, disabling. Each function is one transaction and asks first whether `by` may."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from eventday.access import models, queries, sessions
from eventday.access.domain import Person, Place, Role, answers_for, may_invite
from eventday.access.noted import grants_of, tell_of_person
from eventday.access.observers import tell
from eventday.access.secrets import hash_of, new_secret
from eventday.access.staff import LINK
from eventday.db import transaction
from eventday.kernel import ids
from eventday.kernel.errors import Forbidden, NotFound, Refusal
from eventday.web.edits import refuse_stale

LINK_LIFE = timedelta(minutes=30)
INVITATION_LIFE = timedelta(days=3)


class NotOnOneself(Refusal):
    """Nobody disables, demotes or removes themselves: a place could be left without anybody."""

    code = "not_on_oneself"


class WorksHereAlready(Refusal):
    """The person has a grant at this place: it is changed in the list, not by an invitation."""

    code = "works_here_already"


@dataclass(frozen=True)
class Invitation:
    """`link` is the secret of a sign-in link, None where the person has rights beyond those of who invites: they sign in as always.

    `is_locked`: the account is closed, so that there is no link either.
    """

    person_id: UUID
    email: str
    link: str | None
    until: datetime
    is_locked: bool = False


def invite(by: Person, email: str, role: Role, scope: str, *, name: str = "", now: datetime) -> Invitation:
    """Let somebody work at a place. Raises: UnknownScope, Forbidden, WorksHereAlready."""
    place = queries.place(scope)
    if not may_invite(by, role, place):
        raise Forbidden
    with transaction() as session:
        person = person_of(session, email, name=name, now=now)
        if session.scalar(select(models.Grant.id).where(models.Grant.person_id == person.id, models.Grant.scope == scope)):
            raise WorksHereAlready
        give(session, person, role, scope, now=now, ends=_answers(session, by, person))
        return _invitation(session, by, person, now)


def change_role(by: Person, grant_id: UUID, role: Role, *, seen: str | None = None, now: datetime) -> None:
    """`seen` is the stamp (`Colleague.stamp`) of what was shown, here and below. Raises: NotFound, Forbidden, NotOnOneself, Stale."""
    with transaction() as session:
        grant, person, place = _found(session, by, grant_id)
        if not may_invite(by, role, place):
            raise Forbidden
        refuse_stale(seen, {"role": Role(grant.role).name})
        if grant.role != role:
            give(session, person, role, grant.scope, now=now, ends=_answers(session, by, person))


def remove(by: Person, grant_id: UUID, *, seen: str | None = None, now: datetime) -> tuple[UUID, Role, str]:
    """Take a grant away; the person keeps those at other places. Returns what `restore` asks for.

    Raises: NotFound, Forbidden, NotOnOneself, Stale.
    """
    with transaction() as session:
        grant, person, place = _found(session, by, grant_id)
        refuse_stale(seen, {"role": Role(grant.role).name})
        if _answers(session, by, person):
            sessions.end_all(session, person.id, now=now)
        session.execute(delete(models.Grant).where(models.Grant.id == grant_id))
        tell(session, place, "removed", ("person", str(person.id)), _told(person, Role(grant.role)), None, now)
        return person.id, Role(grant.role), grant.scope


def restore(by: Person, person_id: UUID, role: Role, scope: str, *, now: datetime) -> None:
    """Give back what was taken away by mistake. The caller knows that it was. Raises: Forbidden, WorksHereAlready."""
    if not may_invite(by, role, queries.place(scope)):
        raise Forbidden
    with transaction() as session:
        person = session.get_one(models.Person, person_id, with_for_update=True)
        if session.scalar(select(models.Grant.id).where(models.Grant.person_id == person_id, models.Grant.scope == scope)):
            raise WorksHereAlready
        give(session, person, role, scope, now=now, ends=_answers(session, by, person), action="restored")


def renew_link(by: Person, grant_id: UUID, *, seen: str | None = None, now: datetime) -> Invitation:
    """A fresh sign-in link; those before it no longer work. Raises: NotFound, Forbidden, Stale."""
    with transaction() as session:
        _, person, place = _found(session, by, grant_id, oneself=True)
        link_until = session.scalar(select(LINK).select_from(models.Person).where(models.Person.id == person.id))
        refuse_stale(seen, {"disabled_at": person.disabled_at, "link_until": link_until})
        invitation = _invitation(session, by, person, now)
        if invitation.link is None:
            raise Forbidden
        tell(session, place, "invited", ("person", str(person.id)), None, {"email": person.email}, now)
        return invitation


def disable(by: Person, grant_id: UUID, *, seen: str | None = None, now: datetime) -> None:
    """Out with the next request, everywhere; who is out already stays so. Raises: NotFound, Forbidden, NotOnOneself, Stale."""
    with transaction() as session:
        _, person, _ = _found(session, by, grant_id)
        _answer_for(session, by, person)
        if person.disabled_at:
            return
        refuse_stale(seen, {"disabled_at": None})
        person.disabled_at = now
        sessions.end_all(session, person.id, now=now)
        tell_of_person(session, person.id, "disabled", None, {"email": person.email}, now)


def enable(by: Person, grant_id: UUID, *, seen: str | None = None, now: datetime) -> None:
    """Who is let in already stays so. Raises: NotFound, Forbidden, NotOnOneself, Stale (somebody disabled them anew)."""
    with transaction() as session:
        _, person, _ = _found(session, by, grant_id)
        _answer_for(session, by, person)
        if person.disabled_at is None:
            return
        refuse_stale(seen, {"disabled_at": person.disabled_at})
        person.disabled_at = None
        tell_of_person(session, person.id, "enabled", None, {"email": person.email}, now)


def rename(person_id: UUID, name: str, *, now: datetime) -> None:
    """What a person is called here."""
    with transaction() as session:
        person = session.get_one(models.Person, person_id)
        before, person.name = person.name, name
        tell_of_person(session, person_id, "changed", {"name": before}, {"name": name}, now)


def set_password(person_id: UUID, hashed: str | None, *, now: datetime, device: str = "") -> str:
    """Keep the hash of a new password, or none. All sessions and links end; returns the secret of a new session for who did it."""
    with transaction() as session:
        person = session.get_one(models.Person, person_id)
        person.password_hash = hashed
        sessions.end_all(session, person_id, now=now)
        tell_of_person(session, person_id, "changed", {}, {"password_changed": now, "password": hashed is not None}, now)
        return sessions.begin(session, person_id, now=now, device=device)


def rehash(person_id: UUID, former: str, hashed: str) -> None:
    """Keep a stronger hash of the same password, unless it was changed meanwhile."""
    with transaction() as session:
        session.execute(
            update(models.Person).where(models.Person.id == person_id, models.Person.password_hash == former).values(password_hash=hashed)
        )


def person_of(session: Session, email: str, *, name: str, now: datetime) -> models.Person:
    """The person with the address, made where nobody has it. A known person keeps their name. Composes."""
    address = email.strip().lower()
    person = session.scalar(select(models.Person).where(models.Person.email == address))
    if person is None:
        person = models.Person(id=ids.new(), email=address, name=name, created_at=now)
        session.add(person)
        session.flush()
    return person


def give(session: Session, person: models.Person, role: Role, scope: str, *, now: datetime, ends: bool = True, action: str = "invited") -> None:
    """Give the role at the scope in place of what the person had there. Composes.

    Where that changes anything, sessions and links end; not (`ends`) where it is done by who does not answer for the whole person:
    nobody throws out those above. Rights are read at each request, so they hold at once either way.
    """
    grant = session.scalar(select(models.Grant).where(models.Grant.person_id == person.id, models.Grant.scope == scope))
    before = Role(grant.role) if grant else None
    if before is role:
        return
    if grant:
        grant.role = role
    else:
        session.add(models.Grant(id=ids.new(), person_id=person.id, role=role, scope=scope))
    if ends:
        sessions.end_all(session, person.id, now=now)
    old = _told(person, before) if before else None
    tell(session, queries.place(scope), "changed" if before else action, ("person", str(person.id)), old, _told(person, role), now)


def add_link(session: Session, person_id: UUID, *, now: datetime, life: timedelta = LINK_LIFE) -> str:
    """Returns the secret of a one-time sign-in link. Composes."""
    secret = new_secret()
    session.add(models.SignInLink(secret_hash=hash_of(secret), person_id=person_id, expires_at=now + life))
    return secret


def _found(session: Session, by: Person, grant_id: UUID, *, oneself: bool = False) -> tuple[models.Grant, models.Person, Place]:
    """The grant, its person and place. Raises: NotFound, Forbidden, NotOnOneself."""
    grant = session.get(models.Grant, grant_id, with_for_update=True)
    if grant is None:
        raise NotFound
    place = queries.place(grant.scope)
    if not may_invite(by, Role(grant.role), place):
        raise Forbidden
    if grant.person_id == by.id and not oneself:
        raise NotOnOneself
    return grant, session.get_one(models.Person, grant.person_id, with_for_update=True), place


def _answer_for(session: Session, by: Person, person: models.Person) -> None:
    """Raises: Forbidden where the person has rights that `by` could not give."""
    if not _answers(session, by, person):
        raise Forbidden


def _answers(session: Session, by: Person, person: models.Person) -> bool:
    return answers_for(by, grants_of(session, person.id))


def _invitation(session: Session, by: Person, person: models.Person, now: datetime) -> Invitation:
    if person.disabled_at or not _answers(session, by, person):
        return Invitation(person.id, person.email, None, now, is_locked=person.disabled_at is not None)
    sessions.end_links(session, person.id, now=now)
    known = session.scalar(select(models.WebSession.person_id).where(models.WebSession.person_id == person.id).limit(1))
    life = LINK_LIFE if known else INVITATION_LIFE
    return Invitation(person.id, person.email, add_link(session, person.id, now=now, life=life), now + life)


def _told(person: models.Person, role: Role) -> dict[str, object]:
    return {"email": person.email, "role": role}
