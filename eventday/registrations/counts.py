"""How many have registered, for organisers' homes: what stands (seated or waiting, the pass not revoked), in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute

from eventday.db import db
from eventday.kernel.clock import VIETNAM
from eventday.registrations.domain import Status
from eventday.registrations.models import Pass, Registration


@dataclass(frozen=True)
class Registered:
    """People (passes), the households they came in, and registrations: one person may have several. `by_day` counts those made on each day."""

    people: int
    households: int
    registrations: int
    by_day: tuple[tuple[date, int], ...]


def registered(event_id: UUID, commune: str, *, days: int, until: date) -> Registered:
    """A commune's; `by_day` has the last `days` days up to `until`, in Vietnam. Two statements."""
    stands = _stands(event_id, commune)
    made = select(Registration.pass_id, _of_pass(Pass.household_id).label("household")).where(stands).subquery()
    totals = select(func.count(made.c.pass_id.distinct()), func.count(made.c.household.distinct()), func.count()).select_from(made)
    people, households, registrations = db.session.execute(totals).one()
    every = [until - timedelta(days=days - 1 - n) for n in range(days)]
    day = _day_of(every)
    counted = select(day, func.count()).where(stands, Registration.created_at >= _begins(every[0])).group_by(day)
    by_day = {row[0]: row[1] for row in db.session.execute(counted)}
    return Registered(people, households, registrations, tuple((one, by_day.get(n, 0)) for n, one in enumerate(every)))


def hamlets_heard_from(event_id: UUID, commune: str) -> set[UUID]:
    """The hamlets in which somebody has registered. One statement."""
    found = db.session.scalars(select(_of_pass(Pass.hamlet_id)).where(_stands(event_id, commune)).distinct())
    return {hamlet_id for hamlet_id in found if hamlet_id}


def _of_pass(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    """Of a registration's pass. Looked up one by one: joined, PostgreSQL reads the passes of the whole country."""
    return select(column).where(Pass.id == Registration.pass_id).correlate(Registration).scalar_subquery()


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _day_of(every: Sequence[date]) -> ColumnElement[int]:
    """Which of the days, from 0, a registration was made on; their number where it was later. As text: a bound value would make it another column."""
    ends: list[tuple[ColumnElement[bool], ColumnElement[int]]] = [
        (Registration.created_at < _begins(day + timedelta(days=1)), literal_column(str(n))) for n, day in enumerate(every)
    ]
    return case(*ends, else_=literal_column(str(len(every)))).label("day")


def _stands(event_id: UUID, commune: str) -> ColumnElement[bool]:
    revoked = select(Pass.id).where(Pass.event_id == event_id, Pass.revoked_at.is_not(None))
    here = (Registration.commune_code == commune, Registration.event_id == event_id, Registration.status != Status.CANCELLED)
    return and_(*here, Registration.pass_id.not_in(revoked))
