"""Answers kept so that a repeated request gets the same one (engineering notes: docs/decisions/0003)."""

from datetime import datetime

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventday.db import Base


class IdempotencyKey(Base):
    """`bearer` is whose key it is. `response` is empty only inside the transaction that makes it."""

    __tablename__ = "idempotency_keys"

    bearer: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    body_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    response: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
