"""People who work here and every bearer secret. Secrets are stored as SHA-256 of 128 or more random bits, never in clear."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventday.db import Base


class Person(Base):
    __tablename__ = "persons"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))


class Grant(Base):
    """`scope` is `country`, `province:CODE` or `commune:CODE`."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("person_id", "scope"), Index("ix_grants_scope", "scope"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    role: Mapped[int]
    scope: Mapped[str] = mapped_column(String(20))


class SignInLink(Base):
    __tablename__ = "sign_in_links"

    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WebSession(Base):
    """A signed-in browser. (Never “session” alone: that word is Flask's and SQLAlchemy's.) `device` is what it runs on, as codes."""

    __tablename__ = "web_sessions"

    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(40), default="", server_default="")


class Guesses(Base):
    """How often a password was tried, by whom or at whom (`key` is a hash), since the first try of the present quarter of an hour."""

    __tablename__ = "guesses"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime] = mapped_column(index=True)


class ApiToken(Base):
    __tablename__ = "api_tokens"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    role: Mapped[int]
    scope: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Enrolment(Base):
    """A code that makes one phone a scanner, once, within 15 minutes."""

    __tablename__ = "enrolments"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    event_id: Mapped[UUID]
    commune_code: Mapped[str] = mapped_column(String(5))
    slot_ids: Mapped[list[str]]
    manual: Mapped[bool]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Device(Base):
    """`clock_off`: by how many seconds its clock was ahead at the last contact, where that is more than two minutes.
    `bundle_at`: when it was given its list, noted at most every half minute (so it may be older, never younger).
    `unsent`: how many scans it said still lay in it at the last contact (None: it never said)."""

    __tablename__ = "devices"
    __table_args__ = (Index("ix_devices_commune_code_event_id", "commune_code", "event_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    event_id: Mapped[UUID]
    commune_code: Mapped[str] = mapped_column(String(5))
    slot_ids: Mapped[list[str]]
    manual: Mapped[bool]
    name: Mapped[str] = mapped_column(String(60))
    enrolled_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    clock_off: Mapped[int | None]
    bundle_at: Mapped[datetime | None]
    unsent: Mapped[int | None]
    revoked_at: Mapped[datetime | None]
