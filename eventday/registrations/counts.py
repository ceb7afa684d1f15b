"""How many have registered, for organisers' homes: what stands (seated or waiting, the pass not revoked), in a fixed number of statements."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select

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
    """A commune's; `by_day` has the last `days` days up to `until`, in Vietnam. One statement."""
    every = [until - timedelta(days=days - 1 - n) for n in range(days)]
    made = [func.coalesce(func.sum(case((_made_on(day), 1), else_=0)), 0) for day in every]
    totals = (func.count(Registration.pass_id.distinct()), func.count(Pass.household_id.distinct()), func.count())
    query = select(*totals, *made).select_from(Registration).join(Pass, Pass.id == Registration.pass_id)
    people, households, registrations, *counts = db.session.execute(query.where(_stands(event_id, [commune]), Pass.revoked_at.is_(None))).one()
    return Registered(people, households, registrations, tuple(zip(every, counts, strict=True)))


def hamlets_heard_from(event_id: UUID, commune: str) -> set[UUID]:
    """The hamlets in which somebody has registered. One statement."""
    query = select(Pass.hamlet_id).distinct().join(Registration, Registration.pass_id == Pass.id)
    found = db.session.scalars(query.where(_stands(event_id, [commune]), Pass.revoked_at.is_(None), Pass.hamlet_id.is_not(None)))
    return {hamlet_id for hamlet_id in found if hamlet_id}


def _made_on(day: date) -> ColumnElement[bool]:
    begins = datetime.combine(day, time(), VIETNAM)
    return and_(Registration.created_at >= begins, Registration.created_at < begins + timedelta(days=1))


def _stands(event_id: UUID, communes: Collection[str]) -> ColumnElement[bool]:
    return and_(Registration.commune_code.in_(communes), Registration.event_id == event_id, Registration.status != Status.CANCELLED)
