"""Which pass stands for a person: a merged pass is one more code of the pass that was kept (docs/decisions/0014). Composes."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from eventday.registrations.models import Pass

ASKED = aliased(Pass, name="asked")
KEPT: ColumnElement[Any] = func.coalesce(ASKED.merged_into, ASKED.id)
_TRIES = 3


def kept(*asked: ColumnElement[bool]) -> ScalarSelect[Any]:
    """The id of the pass that was kept for the one that is asked for."""
    return select(KEPT).where(*asked).scalar_subquery()


def lock(session: Session, *asked: ColumnElement[bool]) -> Any:
    """(id, event_id, commune_code) of the pass kept for the one asked for, locked; None where there is none, or it was withdrawn.

    Only the kept one is locked, so that whoever locks passes in order of id waits for nobody in a circle. Merged while we waited
    for it, it no longer is the kept one: then it is looked for again.
    """
    standing = (Pass.merged_into.is_(None), Pass.revoked_at.is_(None))
    query = select(Pass.id, Pass.event_id, Pass.commune_code).join(ASKED, Pass.id == KEPT).where(*asked, *standing)
    for _ in range(_TRIES):
        if found := session.execute(query.with_for_update(key_share=True, of=Pass)).first():
            return found
    return None
