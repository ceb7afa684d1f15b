"""Reading who works where. Plain values; a fixed number of statements whatever the length."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from eventday.access import models
from eventday.access.domain import Role
from eventday.db import db
from eventday.web.edits import stamp


@dataclass(frozen=True)
class Colleague:
    """A grant with whose it is. `seen_at`: when they last used a browser here; `grants`: all that they have, here and elsewhere.

    `link_until`: until when the newest sign-in link that was not used would work.
    """

    grant_id: UUID
    person_id: UUID
    name: str
    email: str
    role: Role
    scope: str
    disabled_at: datetime | None
    seen_at: datetime | None
    has_password: bool
    link_until: datetime | None
    grants: tuple[tuple[Role, str], ...]

    @property
    def stamp(self) -> str:
        """What a page that shows it keeps, for whoever acts on it after somebody else."""
        return stamp({"role": self.role.name, "disabled_at": self.disabled_at, "link_until": self.link_until})


@dataclass(frozen=True)
class GrantOf:
    """Who has a grant, and where."""

    person_id: UUID
    scope: str


@dataclass(frozen=True)
class Account:
    """What signing in by a password asks for."""

    id: UUID
    name: str
    email: str
    password_hash: str | None
    disabled_at: datetime | None


LINK = (
    select(func.max(models.SignInLink.expires_at))
    .where(models.SignInLink.person_id == models.Person.id, models.SignInLink.used_at.is_(None))
    .correlate(models.Person)
    .scalar_subquery()
)
_ACCOUNT = select(models.Person.id, models.Person.name, models.Person.email, models.Person.password_hash, models.Person.disabled_at)


def account_of_address(email: str) -> Account | None:
    row = db.session.execute(_ACCOUNT.where(models.Person.email == email.strip().lower())).first()
    return Account(*row) if row else None


def account(person_id: UUID) -> Account:
    """A known person's account."""
    return Account(*db.session.execute(_ACCOUNT.where(models.Person.id == person_id)).one())


def colleagues(scopes: Collection[str]) -> list[Colleague]:
    """Who works at these scopes, by scope, then by name: three statements."""
    grants, people = models.Grant, models.Person
    rows = db.session.execute(
        select(
            grants.id, people.id, people.name, people.email, grants.role, grants.scope, people.disabled_at, people.password_hash.is_not(None), LINK
        )
        .join(people, people.id == grants.person_id)
        .where(grants.scope.in_(scopes))
        .order_by(grants.scope, people.name, people.email)
    ).all()
    known = [row[1] for row in rows]
    seen, had = _seen(known), _grants(known)
    return [
        Colleague(grant, person, name, email, Role(role), scope, disabled, seen.get(person), has_password, link, had[person])
        for grant, person, name, email, role, scope, disabled, has_password, link in rows
    ]


def _seen(people: Collection[UUID]) -> dict[UUID, datetime]:
    sessions = models.WebSession
    query = select(sessions.person_id, func.max(sessions.seen_at)).where(sessions.person_id.in_(people)).group_by(sessions.person_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def _grants(people: Collection[UUID]) -> dict[UUID, tuple[tuple[Role, str], ...]]:
    found: dict[UUID, tuple[tuple[Role, str], ...]] = {}
    query = select(models.Grant.person_id, models.Grant.role, models.Grant.scope).where(models.Grant.person_id.in_(people))
    for person, role, scope in db.session.execute(query.order_by(models.Grant.scope)):
        found[person] = (*found.get(person, ()), (Role(role), scope))
    return found


def grant(grant_id: UUID) -> GrantOf | None:
    """Whose a grant is and where, if there is one."""
    row = db.session.execute(select(models.Grant.person_id, models.Grant.scope).where(models.Grant.id == grant_id)).first()
    return GrantOf(*row) if row else None
