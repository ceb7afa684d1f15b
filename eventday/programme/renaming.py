"""An organisation or equipment gets a new name: activities say so, in every event of the commune that was not called off."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.kernel.text import fold
from eventday.places.domain import host_key
from eventday.programme import models
from eventday.programme.conflicts.pools import renamed
from eventday.programme.errors import HostsMeet
from eventday.programme.service import begin_plan


def rename_host(session: Session, commune: str, spellings: Collection[str], name: str, *, now: datetime) -> int:
    """Where one of the spellings is in charge or helps, write the name; returns in how many activities.

    Raises: HostsMeet where two activities would be one.
    """
    activities, keys, count = _held(session, commune), {host_key(text) for text in spellings}, 0
    for one in activities:
        before = {"title": one.title, "host": one.host, "co_hosts": list(one.co_hosts)}
        host = name if host_key(one.host) in keys else one.host
        co_hosts = list(dict.fromkeys(name if host_key(text) in keys else text for text in one.co_hosts))
        if (host, co_hosts) != (before["host"], before["co_hosts"]):
            one.host, one.host_key, one.co_hosts, count = host, fold(host), co_hosts, count + 1
            note(session, commune, "changed", ("activity", str(one.id)), before, before | {"host": host, "co_hosts": co_hosts}, now)
    _refuse_meeting(activities)
    session.flush()
    return count


def rename_equipment(session: Session, commune: str, old: str, new: str, others: Collection[str], *, now: datetime) -> int:
    """Where activities ask for the thing, write its new name; returns in how many. `others` are the names of the commune's other things."""
    count = 0
    for one in _held(session, commune):
        before, text = {"title": one.title, "equipment": one.equipment}, renamed(one.equipment, old, new, others)
        if text != one.equipment:
            one.equipment, count = text, count + 1
            note(session, commune, "changed", ("activity", str(one.id)), before, before | {"equipment": text}, now)
    session.flush()
    return count


def _held(session: Session, commune: str) -> list[models.Activity]:
    """The commune's activities, their plans held."""
    mine = models.Activity.commune_code == commune
    query = select(models.Activity.event_id).distinct().join(models.Event, models.Event.id == models.Activity.event_id)
    event_ids = sorted(session.scalars(query.where(mine, models.Event.cancelled_at.is_(None))))
    for event_id in event_ids:
        begin_plan(session, event_id, commune)
    return list(session.scalars(select(models.Activity).where(mine, models.Activity.event_id.in_(event_ids)).order_by(models.Activity.id)))


def _refuse_meeting(activities: Collection[models.Activity]) -> None:
    seen: set[tuple[UUID, str, str, str]] = set()
    for one in activities:
        key = (one.event_id, one.kind, one.title_key, one.host_key)
        if key in seen:
            raise HostsMeet(title=one.title)
        seen.add(key)
