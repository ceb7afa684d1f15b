"""Signed-in browsers: opened, listed, ended. What is given a `session` composes; the others are one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from eventday.access.models import SignInLink, WebSession
from eventday.access.noted import tell_of_session
from eventday.access.queries import SESSION_IDLE, SESSION_LIFE
from eventday.access.secrets import hash_of, new_secret
from eventday.db import db, transaction
from eventday.kernel.errors import NotFound


@dataclass(frozen=True)
class KnownSession:
    """`id` names a session without opening it. `device` is what its browser runs on, as codes."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime


def begin(session: Session, person_id: UUID, *, now: datetime, device: str = "") -> str:
    """Returns the secret of a new web session."""
    secret = new_secret()
    session.add(WebSession(secret_hash=hash_of(secret), person_id=person_id, created_at=now, seen_at=now, device=device[:40]))
    return secret


def end_all(session: Session, person_id: UUID, *, now: datetime) -> None:
    """End the person's sessions and the links that could still open one."""
    session.flush()
    session.execute(update(WebSession).where(WebSession.person_id == person_id, WebSession.ended_at.is_(None)).values(ended_at=now))
    end_links(session, person_id, now=now)


def end_links(session: Session, person_id: UUID, *, now: datetime) -> None:
    """Sign-in links of the person that were not used are used up."""
    session.execute(update(SignInLink).where(SignInLink.person_id == person_id, SignInLink.used_at.is_(None)).values(used_at=now))


def id_of(secret: str) -> str:
    """The id of the session that a secret opens."""
    return hash_of(secret).hex()[:32]


def sessions_of(person_id: UUID, *, now: datetime) -> list[KnownSession]:
    """Those that are open, the one used last first."""
    rows = db.session.execute(_open_of(person_id, now).order_by(WebSession.seen_at.desc(), WebSession.created_at.desc()))
    return [KnownSession(row.secret_hash.hex()[:32], row.device, row.created_at, row.seen_at) for row in rows]


def end_one(person_id: UUID, session_id: str, *, now: datetime) -> None:
    """Raises: NotFound where the person has no such open session."""
    _end(person_id, {one.id for one in sessions_of(person_id, now=now)} & {session_id}, now)


def end_others(person_id: UUID, secret: str, *, now: datetime) -> int:
    """End all but the one that the secret opens, and unused links. Returns how many sessions that were."""
    others = {one.id for one in sessions_of(person_id, now=now)} - {id_of(secret)}
    with transaction() as session:
        end_links(session, person_id, now=now)
    if others:
        _end(person_id, others, now)
    return len(others)


def _open_of(person_id: UUID, now: datetime) -> Select[bytes, str, datetime, datetime]:
    return select(WebSession.secret_hash, WebSession.device, WebSession.created_at, WebSession.seen_at).where(
        WebSession.person_id == person_id,
        WebSession.ended_at.is_(None),
        WebSession.seen_at > now - SESSION_IDLE,
        WebSession.created_at > now - SESSION_LIFE,
    )


def _end(person_id: UUID, ids: Collection[str], now: datetime) -> None:
    if not ids:
        raise NotFound
    with transaction() as session:
        for row in session.execute(_open_of(person_id, now)).all():
            if row.secret_hash.hex()[:32] in ids:
                session.execute(update(WebSession).where(WebSession.secret_hash == row.secret_hash).values(ended_at=now))
                tell_of_session(session, person_id, "ended", {"device": row.device}, now)
