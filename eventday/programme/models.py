"""Events, plans, activities with their slots and wishes. Only `programme` writes a slot's counters."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventday.db import Base


class Event(Base):
    """One edition in one province; `code` is short and stands in addresses."""

    __tablename__ = "events"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    cancelled_at: Mapped[datetime | None]


class Plan(Base):
    """A commune's programme in an event. While `published_at` is set, everything in it is public at once.

    `last_number` is the number given last to a slot or wish (their “Mã”); its row is locked by whoever changes the plan.
    """

    __tablename__ = "plans"

    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"), primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"), primary_key=True, index=True)
    published_at: Mapped[datetime | None]
    last_number: Mapped[int] = mapped_column(default=0)


class Skill(Base):
    """What a stamp says was learnt. `code` only where the province has entered the state's framework."""

    __tablename__ = "skills"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), unique=True)
    code: Mapped[str | None] = mapped_column(String(20))


class Activity(Base):
    """Rows with equal folded title, kind and host are one activity."""

    __tablename__ = "activities"
    __table_args__ = (UniqueConstraint("event_id", "commune_code", "kind", "title_key", "host_key", name="uq_activities_same"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    title_key: Mapped[str] = mapped_column(String(200))
    host: Mapped[str] = mapped_column(String(160), default="")
    host_key: Mapped[str] = mapped_column(String(160), default="")
    co_hosts: Mapped[list[str]] = mapped_column(default=list)
    description: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[str] = mapped_column(String(200), default="")
    equipment: Mapped[str] = mapped_column(Text, default="")
    speaker: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    join_url: Mapped[str] = mapped_column(String(500), default="")
    skill_id: Mapped[UUID | None] = mapped_column(ForeignKey("skills.id"))


class Slot(Base):
    """One occurrence. `queue` only ever grows: it numbers who joins the waiting list; `waiting` counts who is on it."""

    __tablename__ = "slots"
    __table_args__ = (
        CheckConstraint("admission = 'open' OR taken BETWEEN 0 AND capacity", name="taken_within_capacity"),
        CheckConstraint("waiting >= 0", name="waiting_not_negative"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        Index("ix_slots_commune_code_event_id_starts_at", "commune_code", "event_id", "starts_at"),
        UniqueConstraint("event_id", "commune_code", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activities.id"), index=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    space_id: Mapped[UUID | None] = mapped_column(ForeignKey("spaces.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    admission: Mapped[str] = mapped_column(String(5))
    capacity: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    queue: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None]


class Wish(Base):
    """Wanted, not yet placed. When it is placed its slot takes over id and number."""

    __tablename__ = "wishes"
    __table_args__ = (
        Index("ix_wishes_commune_code_event_id", "commune_code", "event_id"),
        UniqueConstraint("event_id", "commune_code", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activities.id"), index=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    day: Mapped[date | None]
    start: Mapped[time | None]
    end: Mapped[time | None]
    part: Mapped[str | None] = mapped_column(String(10))
    space_id: Mapped[UUID | None] = mapped_column(ForeignKey("spaces.id"))
    capacity: Mapped[int | None]


class Removed(Base):
    """What one act did to a plan, kept for a day so that it can be taken back: what it deleted, whole, by table, or the ids of what it `copied`."""

    __tablename__ = "removed_things"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("events.id"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    removed_at: Mapped[datetime] = mapped_column(index=True)
    content: Mapped[dict[str, Any]]


class RemovedEvent(Base):
    """A deleted event, kept for a day so that it can be taken back: all rows of it, whole, by table. Its id is the event's."""

    __tablename__ = "removed_events"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    removed_at: Mapped[datetime] = mapped_column(index=True)
    content: Mapped[dict[str, Any]]
