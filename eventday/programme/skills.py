"""Which skill the stamps of an activity attest."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from eventday.db import transaction
from eventday.kernel import ids
from eventday.kernel.errors import NotFound
from eventday.kernel.text import tidy
from eventday.programme import models


def attest(activity_id: UUID, title: str) -> None:
    """Say which skill an activity's stamps attest; an empty title takes it back. Raises: NotFound."""
    with transaction() as session:
        attest_in(session, activity_id, title)


def attest_in(session: Session, activity_id: UUID, title: str) -> None:
    """As `attest`, within the caller's transaction. Activities that attest an equal title share one skill."""
    skill_id = _skill(session, tidy(title)) if tidy(title) else None
    done = session.execute(update(models.Activity).where(models.Activity.id == activity_id).values(skill_id=skill_id))
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound


def _skill(session: Session, title: str) -> UUID:
    """The skill of that title, added where there is none; two who add it at once get the same one."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(models.Skill).values(id=ids.new(), title=title).on_conflict_do_nothing(index_elements=["title"]))
    return session.execute(select(models.Skill.id).where(models.Skill.title == title)).scalar_one()
