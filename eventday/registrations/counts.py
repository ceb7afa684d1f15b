"""How many have registered, for organisers' homes: what stands (seated or waiting, the pass not revoked), in a fixed number of statements."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal_column, select

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
    stands = (_stands(event_id, [commune]), Pass.revoked_at.is_(None))
    totals = select(func.count(Registration.pass_id.distinct()), func.count(Pass.household_id.distinct()), func.count()).select_from(Registration)
    people, households, registrations = db.session.execute(totals.join(Pass, Pass.id == Registration.pass_id).where(*stands)).one()
    every = [until - timedelta(days=days - 1 - n) for n in range(days)]
    day = _day_of(every)
    revoked = select(Pass.id).where(Pass.event_id == event_id, Pass.revoked_at.is_not(None))
    counted = select(day, func.count()).where(_stands(event_id, [commune]), Registration.created_at >= _begins(every[0]))
    made = {row[0]: row[1] for row in db.session.execute(counted.where(Registration.pass_id.not_in(revoked)).group_by(day))}
    return Registered(people, households, registrations, tuple((one, made.get(n, 0)) for n, one in enumerate(every)))


def hamlets_heard_from(event_id: UUID, commune: str) -> set[UUID]:
    """The hamlets in which somebody has registered. One statement."""
    query = select(Pass.hamlet_id).distinct().join(Registration, Registration.pass_id == Pass.id)
    found = db.session.scalars(query.where(_stands(event_id, [commune]), Pass.revoked_at.is_(None), Pass.hamlet_id.is_not(None)))
    return {hamlet_id for hamlet_id in found if hamlet_id}


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _day_of(every: Sequence[date]) -> ColumnElement[int]:
    """Which of the days, from 0, a registration was made on; their number where it was later. As text: a bound value would make it another column."""
    ends: list[tuple[ColumnElement[bool], ColumnElement[int]]] = [
        (Registration.created_at < _begins(day + timedelta(days=1)), literal_column(str(n))) for n, day in enumerate(every)
    ]
    return case(*ends, else_=literal_column(str(len(every)))).label("day")


def _stands(event_id: UUID, communes: Collection[str]) -> ColumnElement[bool]:
    return and_(Registration.commune_code.in_(communes), Registration.event_id == event_id, Registration.status != Status.CANCELLED)
