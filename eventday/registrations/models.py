"""People at an event: passes, households, consents, registrations; the keys that sign passes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from eventday.db import Base


class PassKey(Base):
    """The Ed25519 key pair of an event. The private half is encrypted with the instance's key.

    `key_id` is one byte of the pass: never used again before two years after `last day` of its event.
    """

    __tablename__ = "pass_keys"

    key_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"), index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    private_key: Mapped[bytes] = mapped_column(LargeBinary(200))
    created_at: Mapped[datetime]


class ConsentText(Base):
    """A sentence that people agreed to, word for word. `version` names it; it never changes."""

    __tablename__ = "consent_texts"

    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class Household(Base):
    """Passes made together under one phone number (E.164). The same phone may have many."""

    __tablename__ = "households"
    __table_args__ = (Index("ix_households_commune_code_event_id_phone", "commune_code", "event_id", "phone"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    commune_code: Mapped[str] = mapped_column(String(5))
    phone: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[datetime]


class Pass(Base):
    """One person at one event.

    `code` is the whole 64-bit pass code in hex, `typed` its first 40 bits in 8 characters of Crockford base32.
    `identity` is set where desk, API and import must find the same person again (event, phone, folded name, birth year);
    the public form leaves it empty. `changed_at`: when what scanners show of it was last changed.
    `holder_hash` is the SHA-256 of the holder's secret of this `generation`.
    `merged_into`: the pass that was kept for this person; this one is a further code of it and has no registrations.
    `alike`: when it was written there was another that is likely the same person's (`doubles`), and nobody has said yet.
    """

    __tablename__ = "passes"
    __table_args__ = (
        UniqueConstraint("event_id", "typed"),
        UniqueConstraint("event_id", "identity"),
        Index("ix_passes_commune_code_event_id_name_key", "commune_code", "event_id", "name_key"),
        Index(
            "ix_passes_event_id_revoked",
            "event_id",
            sqlite_where=text("revoked_at IS NOT NULL"),
            postgresql_where=text("revoked_at IS NOT NULL"),
        ),
        Index(
            "ix_passes_event_id_changed_at",
            "event_id",
            "changed_at",
            sqlite_where=text("changed_at IS NOT NULL"),
            postgresql_where=text("changed_at IS NOT NULL"),
        ),
        Index(
            "ix_passes_imported",
            "commune_code",
            "event_id",
            "birth_year",
            sqlite_where=text("source = 'import'"),
            postgresql_where=text("source = 'import'"),
        ),
        Index(
            "ix_passes_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
        Index(
            "ix_passes_commune_code_event_id_alike",
            "commune_code",
            "event_id",
            "id",
            sqlite_where=text("alike = 1"),
            postgresql_where=text("alike"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    commune_code: Mapped[str] = mapped_column(String(5))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("households.id"), index=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    typed: Mapped[str] = mapped_column(String(8))
    key_id: Mapped[int]
    spare: Mapped[bool] = mapped_column(default=False)
    generation: Mapped[int] = mapped_column(default=0)
    holder_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    identity: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120))
    sort_key: Mapped[str] = mapped_column(String(400))
    birth_year: Mapped[int | None]
    gender: Mapped[str | None] = mapped_column(String(6))
    group: Mapped[str | None] = mapped_column(String(10))
    hamlet_id: Mapped[UUID | None] = mapped_column(ForeignKey("hamlets.id"))
    guardian: Mapped[str | None] = mapped_column(String(120))
    child_agrees: Mapped[bool | None]
    source: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    merged_into: Mapped[UUID | None]
    alike: Mapped[bool] = mapped_column(default=False, server_default=false())


class Merge(Base):
    """An act of merging, while it can still be taken back; `undo` is what for (`merging.py`)."""

    __tablename__ = "merges"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kept_id: Mapped[UUID] = mapped_column(ForeignKey("passes.id"), index=True)
    merged_at: Mapped[datetime]
    undo: Mapped[dict[str, Any]]


class ToldApart(Base):
    """Two passes (`one` < `other`) of which somebody said that they are two people's."""

    __tablename__ = "told_apart"

    one: Mapped[UUID] = mapped_column(ForeignKey("passes.id"), primary_key=True)
    other: Mapped[UUID] = mapped_column(ForeignKey("passes.id"), primary_key=True, index=True)
    told_at: Mapped[datetime]


class PassTerm(Base):
    """What a pass is found by (`terms`), once for each commune that sees it. Compared byte by byte, so that beginnings are a range."""

    __tablename__ = "pass_terms"
    __table_args__ = (Index("ix_pass_terms_pass_id_term", "pass_id", "term"), {"sqlite_with_rowid": False})

    commune_code: Mapped[str] = mapped_column(String(5), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(String(40).with_variant(String(40, collation="C"), "postgresql"), primary_key=True)
    pass_id: Mapped[UUID] = mapped_column(ForeignKey("passes.id"), primary_key=True)


class Consent(Base):
    """Who agreed to which text, when, by which way (web, api, spoken). One for each pass: the adult's where it is a child's."""

    __tablename__ = "consents"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pass_id: Mapped[UUID] = mapped_column(ForeignKey("passes.id"), index=True)
    version: Mapped[str] = mapped_column(ForeignKey("consent_texts.version"))
    channel: Mapped[str] = mapped_column(String(10))
    device_id: Mapped[UUID | None]
    agreed_at: Mapped[datetime]


class Registration(Base):
    """`status`: confirmed, waiting, cancelled. `queue` orders who waits; it is kept after they moved up."""

    __tablename__ = "registrations"
    __table_args__ = (
        Index(
            "uq_registrations_pass_slot_live",
            "pass_id",
            "slot_id",
            unique=True,
            sqlite_where=text("status <> 'cancelled'"),
            postgresql_where=text("status <> 'cancelled'"),
        ),
        Index("ix_registrations_commune_slot_status_queue", "commune_code", "slot_id", "status", "queue"),
        Index("ix_registrations_pass_id", "pass_id"),
        Index("ix_registrations_slot_id_id", "slot_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pass_id: Mapped[UUID] = mapped_column(ForeignKey("passes.id"))
    slot_id: Mapped[UUID] = mapped_column(ForeignKey("slots.id"))
    event_id: Mapped[UUID]
    commune_code: Mapped[str] = mapped_column(String(5))
    status: Mapped[str] = mapped_column(String(10))
    queue: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    moved_up_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
