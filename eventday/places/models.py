"""What a commune is made of: its profile, hamlets, venues with spaces, hosts, equipment."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventday.db import Base


class Profile(Base):
    """How a commune presents itself: a text of its own, a number to call; `logo` names the picture in the instance (`logos`)."""

    __tablename__ = "commune_profiles"

    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"), primary_key=True)
    text: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    desk: Mapped[str] = mapped_column(String(200), default="")
    logo: Mapped[str] = mapped_column(String(16), default="", server_default="")


class Hamlet(Base):
    __tablename__ = "hamlets"
    __table_args__ = (UniqueConstraint("commune_code", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    aliases: Mapped[list[str]]
    households: Mapped[int | None]
    population: Mapped[int | None]


class Venue(Base):
    __tablename__ = "venues"
    __table_args__ = (UniqueConstraint("commune_code", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200), default="", server_default="")


class Space(Base):
    """`kind` is hall, room, yard or online; `capacity` in people (0: no limit, online); `pitches` are booth places."""

    __tablename__ = "spaces"
    __table_args__ = (UniqueConstraint("venue_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    venue_id: Mapped[UUID] = mapped_column(ForeignKey("venues.id"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    full_name: Mapped[str] = mapped_column(String(250))
    kind: Mapped[str] = mapped_column(String(10))
    capacity: Mapped[int]
    pitches: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]
    aliases: Mapped[list[str]]


class Host(Base):
    __tablename__ = "hosts"
    __table_args__ = (UniqueConstraint("commune_code", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(40))
    aliases: Mapped[list[str]]


class Equipment(Base):
    __tablename__ = "equipment"
    __table_args__ = (UniqueConstraint("commune_code", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    name: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str] = mapped_column(String(20))
    in_commune: Mapped[int]


class Removed(Base):
    """What was deleted and can be put back for a day.

    `rows` has for each row by its id what it is (`thing`), its `columns` as JSON, and what stopped naming it then (`left_by`, ids).
    """

    __tablename__ = "removed_places"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    kind: Mapped[str] = mapped_column(String(10))
    rows: Mapped[dict[str, Any]]
    removed_at: Mapped[datetime] = mapped_column(index=True)
