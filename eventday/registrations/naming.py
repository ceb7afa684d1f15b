"""What people who registered are called, for lists that know only ids."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, union_all

from eventday.db import db
from eventday.registrations.models import Pass, Registration


def names_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """The names behind those of the ids that are passes or registrations: one statement."""
    passes = select(Pass.id, Pass.name).where(Pass.id.in_(ids))
    registrations = select(Registration.id, Pass.name).join(Pass, Pass.id == Registration.pass_id).where(Registration.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(union_all(passes, registrations))}
