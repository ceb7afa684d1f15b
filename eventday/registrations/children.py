"""Children who came by a list that does not name their adult, or that they agree: to be completed at the desk. Others cannot lack it.

One statement each, by ix_passes_imported (tests/registrations/test_children.py looks at the plan).
"""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text

from eventday.db import db
from eventday.registrations import finding
from eventday.registrations.domain import ADULT_AT, AGREES_FROM
from eventday.registrations.finding import Person
from eventday.registrations.models import Pass

MOST = 100


def count(event_id: UUID, commune: str, event_year: int) -> int:
    """How many there are, at most `MOST`."""
    some = select(Pass.id).where(*_incomplete(event_id, commune, event_year)).limit(MOST).subquery()
    return db.session.execute(select(func.count()).select_from(some)).scalar_one()


def incomplete(event_id: UUID, commune: str, event_year: int) -> list[Person]:
    """The first `MOST` of them, by given name."""
    ids = db.session.scalars(select(Pass.id).where(*_incomplete(event_id, commune, event_year)).limit(MOST)).all()
    return finding.people([Pass.id.in_(ids)]) if ids else []


def _incomplete(event_id: UUID, commune: str, event_year: int) -> tuple[ColumnElement[bool], ...]:
    unasked = (Pass.birth_year <= event_year - AGREES_FROM) & Pass.child_agrees.is_not(True)
    return (
        text("passes.source = 'import'"),  # type: ignore[return-value]  # as the partial index says it
        Pass.commune_code == commune,
        Pass.event_id == event_id,
        Pass.birth_year > event_year - ADULT_AT,
        Pass.guardian.is_(None) | unasked,
        Pass.merged_into.is_(None),
        Pass.revoked_at.is_(None),
    )
