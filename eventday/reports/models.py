"""What a report says that no figure tells: who signs, to whom, and the organiser's own words."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventday.db import Base


class ReportSettings(Base):
    """`bases`, `addressees`, `recipients` have an item a line. `texts` has the organiser's words by section."""

    __tablename__ = "report_settings"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"), primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"), primary_key=True)
    place: Mapped[str] = mapped_column(String(60))
    dated: Mapped[date | None]
    bases: Mapped[str] = mapped_column(Text)
    addressees: Mapped[str] = mapped_column(Text)
    recipients: Mapped[str] = mapped_column(Text)
    deputy: Mapped[bool]
    signer: Mapped[str] = mapped_column(String(80))
    texts: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
