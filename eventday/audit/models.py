"""What was done, in chains: one for each commune, each province and the country. Rows are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from eventday.db import Base


class Entry(Base):
    """One act. `chain` is the code of a commune or province, or `country`; `number` counts from 1 without gaps.

    `previous` is the hash of the entry before (32 zero bytes for the first), `hash` that of this one (see `domain.hash_of`).
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_chain_at", "chain", "at", "number"),
        Index("ix_audit_entries_chain_actor_id_at", "chain", "actor_id", "at", "number"),
        Index("ix_audit_entries_chain_subject_kind_at", "chain", "subject_kind", "at", "number"),
        Index("ix_audit_entries_chain_subject_id_at", "chain", "subject_id", "at", "number"),
    )

    chain: Mapped[str] = mapped_column(String(7), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(20))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(200))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Head(Base):
    """How many entries a chain has, and the hash of the last: so that rows missing at the end are missed."""

    __tablename__ = "audit_heads"

    chain: Mapped[str] = mapped_column(String(7), primary_key=True)
    count: Mapped[int]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
