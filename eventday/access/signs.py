"""When communes were heard of last: their people at a browser, their scanners."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from eventday.access.models import Device, Grant, Person, WebSession
from eventday.db import db

_SCOPE = "commune:"


def people_seen(communes: Collection[str]) -> dict[str, datetime | None]:
    """For each commune that somebody was invited to: when one of them was signed in last (None: never). One statement."""
    query = (
        select(Grant.scope, func.max(WebSession.seen_at))
        .join(Person, Person.id == Grant.person_id)
        .outerjoin(WebSession, WebSession.person_id == Grant.person_id)
        .where(Grant.scope.in_([f"{_SCOPE}{code}" for code in communes]), Person.disabled_at.is_(None))
        .group_by(Grant.scope)
    )
    return {scope.removeprefix(_SCOPE): seen_at for scope, seen_at in db.session.execute(query)}


def devices_seen(communes: Collection[str]) -> dict[str, datetime]:
    """When a scanner of a commune was heard of last, of any event; communes without one are left out. One statement."""
    query = select(Device.commune_code, func.max(Device.seen_at)).where(Device.commune_code.in_(communes), Device.seen_at.is_not(None))
    return {code: seen_at for code, seen_at in db.session.execute(query.group_by(Device.commune_code)) if seen_at}
