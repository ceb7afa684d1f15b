"""By what a change to passes and registrations shows, for those who keep figures of them: a look asks this and reads only what changed.

A registration is never deleted and only goes on (waiting, confirmed, cancelled): a slot with as many in each state as before has the
same ones. Whatever else is done to somebody's pass or registrations (changed, merged, parted, withdrawn) is stamped on their pass.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, union

from eventday.db import core, db
from eventday.registrations.models import Pass, Registration

_WINDOW = timedelta(minutes=2)  # what is stamped before it is committed may be seen only after what has a later stamp
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STAMPS = (Pass.changed_at, Pass.revoked_at)


@dataclass(frozen=True)
class Stamps:
    """How many passes of an event were changed, how many withdrawn, and when the last was."""

    changed: int
    changed_at: datetime | None
    revoked: int
    revoked_at: datetime | None


def stamps(event_id: UUID) -> Stamps:
    """One statement."""
    columns = []
    for at in _STAMPS:
        stamped = (Pass.event_id == event_id, at.is_not(None))
        columns += [select(func.count()).where(*stamped).scalar_subquery(), select(func.max(at)).where(*stamped).scalar_subquery()]
    row = db.session.execute(select(*columns)).one()
    return Stamps(row[0], row[1], row[2], row[3])


def stamped_since(event_id: UUID, before: Stamps, *, most: int) -> list[UUID]:
    """Passes that were changed or withdrawn since, and those of two minutes before; one more than `most` where there are more."""
    since = [at - _WINDOW if at else _EPOCH for at in (before.changed_at, before.revoked_at)]
    asked = [select(Pass.id).where(Pass.event_id == event_id, at > start) for at, start in zip(_STAMPS, since, strict=True)]
    return list(db.session.scalars(union(*asked).limit(most + 1)))


def in_each_state(commune: str) -> Mapping[UUID, Mapping[str, int]]:
    """How many registrations of each state the slots of a commune have, of all its events; from the registrations themselves."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    query = select(Registration.slot_id, Registration.status, func.count()).where(Registration.commune_code == commune)
    for slot_id, status, count in core(db.session()).execute(query.group_by(Registration.slot_id, Registration.status)):
        found[slot_id][status] = count
    return dict(found)
