"""Presence online: the holder presses a button during the slot. No scanner writes it, so none can forge it."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from eventday.checkins.errors import NotOnNow
from eventday.checkins.models import Presence
from eventday.db import core, table, transaction
from eventday.kernel.errors import NotFound
from eventday.programme.domain import Slot
from eventday.programme.online import is_on
from eventday.registrations.domain import PassView, Status

_TABLE = table(Presence)
_INSERT = {"postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(), "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing()}


def attend(view: PassView, slot: Slot, *, now: datetime) -> None:
    """Note that somebody is at an online slot; once more changes nothing. What it counts for hangs on how the seat stands later.

    Raises: NotFound where the pass was withdrawn or has no seat there, NotOnNow outside the slot's hours.
    """
    has_seat = any(one.slot_id == slot.id and one.status is Status.CONFIRMED for one in view.registrations)
    if view.revoked_at or not has_seat:
        raise NotFound
    if not is_on(slot, now):
        raise NotOnNow
    row = {"pass_id": view.id, "slot_id": slot.id, "event_id": slot.event_id, "commune_code": slot.commune_code, "at": now}
    with transaction() as session:
        core(session).execute(_INSERT[core(session).dialect.name], row)
