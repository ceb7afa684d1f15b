"""What scanners saw. Append-only: a fact is added once, by (device, id), and never changed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from eventday.db import Base


class CheckIn(Base):
    """`at` is the phone's time as sent, `received_at` the server's. `day` is the Vietnamese day of `at`.

    `pass_id` is None where the pass could not be known; `verdict` says why a fact proves nothing (`domain.Verdict`).
    """

    __tablename__ = "checkins"
    __table_args__ = (
        Index("ix_checkins_commune_code_event_id_received_at", "commune_code", "event_id", "received_at"),
        Index("ix_checkins_pass_id_slot_id_day", "pass_id", "slot_id", "day"),
        Index("ix_checkins_commune_code_slot_id", "commune_code", "slot_id"),
        Index("ix_checkins_device_id_of", "device_id", "of"),
        Index(
            "ix_checkins_commune_code_event_id_undo",
            "commune_code",
            "event_id",
            sqlite_where=text("kind = 'undo'"),
            postgresql_where=text("kind = 'undo'"),
        ),
    )

    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    event_id: Mapped[UUID]
    commune_code: Mapped[str] = mapped_column(String(5))
    pass_id: Mapped[UUID | None]
    slot_id: Mapped[UUID | None]
    day: Mapped[date]
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(5))
    by: Mapped[str] = mapped_column(String(6))
    of: Mapped[UUID | None]
    verdict: Mapped[str | None] = mapped_column(String(16))


class WalkIn(Base):
    """A walk-in's id and what became of it: the same id stays so."""

    __tablename__ = "walk_ins"

    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(String(10))
    pass_id: Mapped[UUID | None]
    event_id: Mapped[UUID]
    commune_code: Mapped[str] = mapped_column(String(5))
    slot_id: Mapped[UUID | None]
    received_at: Mapped[datetime]


class Presence(Base):
    """Somebody with a seat at an online slot, by the button of the holder's page. Added once, never changed; counts while the seat stands."""

    __tablename__ = "presences"
    __table_args__ = (Index("ix_presences_commune_code_event_id", "commune_code", "event_id"),)

    pass_id: Mapped[UUID] = mapped_column(ForeignKey("passes.id"), primary_key=True)
    slot_id: Mapped[UUID] = mapped_column(ForeignKey("slots.id"), primary_key=True)
    event_id: Mapped[UUID]
    commune_code: Mapped[str] = mapped_column(String(5))
    at: Mapped[datetime]
