"""The worker puts marks of likely doubles right (`suspects`): writing a pass must not cost more.

Two that are written at the same instant do not see each other (PostgreSQL), and who was like somebody once keeps the mark when
that one becomes another. What is missing is found by reading again what was written of late; what is too much by reading the marks.
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from eventday.db import db, transaction
from eventday.jobs.tasks import each_hour
from eventday.kernel import ids
from eventday.registrations import suspects
from eventday.registrations.models import Pass

_LATE = timedelta(hours=2)


@each_hour
def settle() -> None:
    """Nothing is locked or written where all is right."""
    for some in _written_since(ids.made_within(_LATE)):
        _settle(some)
    for some in _marked():
        _settle(some)


def _settle(pass_ids: Collection[UUID]) -> None:
    found = suspects.compare(db.session(), Pass.id.in_(pass_ids))
    alike = {pass_id for pair in found for pass_id in (pair.one, pair.other)}
    marked = set(db.session.scalars(select(Pass.id).where(Pass.id.in_({*alike, *pass_ids}), Pass.alike)))
    missed = {pair.other for pair in found if not marked & {pair.one, pair.other}}
    if wrong := missed | (marked & set(pass_ids)) - alike:
        with transaction() as session:
            suspects.mark(session, wrong)


def _written_since(first: UUID) -> Iterator[list[UUID]]:
    """Passes by the households that they were made in, whose ids the server makes in order of time."""
    after = (first, UUID(int=0))
    while rows := db.session.execute(next_of(*after)).all():
        after = rows[-1][0], rows[-1][1]
        yield [row[1] for row in rows]


def next_of(household: UUID, pass_id: UUID) -> Select[UUID, UUID]:
    """The next passes after one, read from the index of their households alone: what it costs must not grow with those still to come."""
    columns = (Pass.household_id, Pass.id)
    later = (Pass.household_id >= household, tuple_(*columns) > tuple_(household, pass_id))
    return select(*columns).where(*later).order_by(*columns).limit(suspects.AT_ONCE)


def _marked() -> Iterator[list[UUID]]:
    after = ("", UUID(int=0), UUID(int=0))
    columns = (Pass.commune_code, Pass.event_id, Pass.id)
    query = select(*columns).where(Pass.alike).order_by(*columns).limit(suspects.AT_ONCE)
    while rows := db.session.execute(query.where(Pass.commune_code >= after[0], tuple_(*columns) > tuple_(*after))).all():
        after = rows[-1][0], rows[-1][1], rows[-1][2]
        yield [row[2] for row in rows]
