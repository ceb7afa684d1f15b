"""What a device may know: keys, the slots of its place, who is registered there, which passes were withdrawn. Nothing else of a person.

The place of a device for some slots is those slots: its roster is who is or was registered at them. Otherwise it is its commune: who
was made there or is registered there. At most seven statements.
"""

from base64 import urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from eventday.access.domain import Device
from eventday.catalogue import queries as catalogue
from eventday.checkins import cursors
from eventday.checkins.cursors import Cursor, untold
from eventday.db import db
from eventday.kernel.clock import local
from eventday.programme import queries as programme
from eventday.programme.domain import Slot
from eventday.registrations import keys
from eventday.registrations.domain import Status
from eventday.registrations.models import Pass, Registration
from eventday.registrations.passes import PassKey, format_code

Json = dict[str, Any]


@dataclass(frozen=True)
class Bundle:
    """As the API tells it. `elsewhere` are slots outside the place that the roster's people are registered at: to name them only."""

    device: Json
    keys: list[Json]
    slots: list[Json]
    elsewhere: list[Json]
    roster: list[Json]
    revoked: list[str]
    cursor: str


def bundle(device: Device, since: str | None, *, now: datetime) -> Bundle:
    """Everything, or what changed since a cursor; one that cannot be read gives everything."""
    cursor = cursors.read(since, now) if since else None
    own = [slot for slot in programme.slots(device.event_id, device.commune) if not device.slot_ids or slot.id in device.slot_ids]
    all_keys = [_key(key) for key in keys.public_keys()]
    slots = [_slot(slot) for slot in own]
    people = _people(device, cursor)
    elsewhere = _elsewhere([person for person, _ in people], {slot.id for slot in own})
    revoked = _revoked(device.event_id, cursor)
    lately = [item for item, at in [*people, *revoked] if at > now - cursors.WINDOW]
    return Bundle(
        device=_device(device),
        keys=untold(all_keys, cursor),
        slots=untold(slots, cursor),
        elsewhere=untold(elsewhere, cursor),
        roster=untold([person for person, _ in people], cursor),
        revoked=untold([code for code, _ in revoked], cursor),
        cursor=cursors.write(now, map(cursors.digest, [*all_keys, *slots, *elsewhere, *lately])),
    )


def _people(device: Device, cursor: Cursor | None) -> list[tuple[Json, datetime]]:
    """The roster, or who of it may have changed since the cursor, each with the time of the last change; by given name."""
    query = select(Pass.id, Pass.typed, Pass.name, Pass.birth_year, _shown_since().label("shown_since")).where(
        Pass.event_id == device.event_id, Pass.revoked_at.is_(None), Pass.merged_into.is_(None), _in_place(device)
    )
    if cursor:
        changed = select(Registration.id).where(Registration.pass_id == Pass.id, _changed_at() > cursor.since)
        query = query.where(or_(_shown_since() > cursor.since, changed.exists()))
    registered, codes = _registered(query), _further_codes(query)
    return [_person(row, registered.get(row.id, []), codes.get(row.id, [])) for row in db.session.execute(query.order_by(Pass.sort_key, Pass.id))]


def _in_place(device: Device) -> ColumnElement[bool]:
    """Whether a pass is of the device's place. A cancelled registration counts: the scanner says that it was cancelled."""
    if device.slot_ids:
        return Pass.id.in_(select(Registration.pass_id).where(Registration.slot_id.in_(device.slot_ids)))
    there = select(Registration.pass_id).where(Registration.commune_code == device.commune, Registration.event_id == device.event_id)
    return or_(Pass.commune_code == device.commune, Pass.id.in_(there))


def _shown_since() -> ColumnElement[datetime]:
    return func.coalesce(Pass.changed_at, Pass.created_at)


def _changed_at() -> ColumnElement[datetime]:
    return func.coalesce(Registration.cancelled_at, Registration.moved_up_at, Registration.created_at)


def _registered(people: Select[*tuple[Any, ...]]) -> dict[UUID, list[Any]]:
    """The registrations of these people by pass, cancelled ones first, so that one that stands comes later."""
    query = select(Registration.pass_id, Registration.slot_id, Registration.status, _changed_at().label("changed_at")).where(
        Registration.pass_id.in_(people.with_only_columns(Pass.id))
    )
    found: dict[UUID, list[Any]] = {}
    for row in sorted(db.session.execute(query), key=lambda row: row.status != Status.CANCELLED):
        found.setdefault(row.pass_id, []).append(row)
    return found


def _further_codes(people: Select[*tuple[Any, ...]]) -> dict[UUID, list[str]]:
    """The codes of passes that were merged into these people's."""
    theirs = Pass.merged_into.in_(people.with_only_columns(Pass.id))
    rows = db.session.execute(select(Pass.merged_into, Pass.typed).where(Pass.merged_into.is_not(None), theirs).order_by(Pass.typed))
    found: dict[UUID, list[str]] = {}
    for kept, typed in rows:
        if kept:
            found.setdefault(kept, []).append(format_code(typed))
    return found


def _person(row: Any, registered: Collection[Any], codes: Collection[str]) -> tuple[Json, datetime]:
    """`also` are further codes of the same person; it is left out where there are none."""
    by_slot = {str(one.slot_id): one.status for one in registered}
    told = {
        "id": str(row.id),
        "code": format_code(row.typed),
        "name": row.name,
        "birth_year": row.birth_year,
        "registrations": [{"slot": slot, "status": status} for slot, status in sorted(by_slot.items())],
        **({"also": codes} if codes else {}),
    }
    return told, max([row.shown_since, *(one.changed_at for one in registered)])


def _revoked(event_id: UUID, cursor: Cursor | None) -> list[tuple[str, datetime]]:
    """Typed codes of the event's withdrawn passes (any of them may come to any gate), with when that was."""
    query = select(Pass.typed, Pass.revoked_at).where(Pass.event_id == event_id, Pass.revoked_at.is_not(None)).order_by(Pass.typed)
    if cursor:
        query = query.where(Pass.revoked_at > cursor.since)
    return [(format_code(typed), revoked_at) for typed, revoked_at in db.session.execute(query) if revoked_at]


def _elsewhere(roster: Collection[Json], own: Collection[UUID]) -> list[Json]:
    named = {UUID(registration["slot"]) for person in roster for registration in person["registrations"]}
    found = programme.slots_by_id(named.difference(own))
    return [_slot(slot) for slot in sorted(found.values(), key=lambda slot: (slot.starts_at, slot.id))]


def _device(device: Device) -> Json:
    commune = catalogue.commune(device.commune)
    return {
        "id": str(device.id),
        "name": device.name,
        "event": str(device.event_id),
        "commune": device.commune,
        "commune_name": commune.name if commune else "",
        "slots": sorted(map(str, device.slot_ids)),
        "manual": device.manual,
    }


def _key(key: PassKey) -> Json:
    return {
        "id": key.key_id,
        "event": str(key.event_id),
        "public_key": urlsafe_b64encode(key.public_key).decode().rstrip("="),
        "last_day": key.last_day.isoformat() if key.last_day else None,
    }


def _slot(slot: Slot) -> Json:
    """A slot without its counters: they change with every registration and a scanner needs none of them."""
    return {
        "id": str(slot.id),
        "activity": {"id": str(slot.activity_id), "title": slot.title, "kind": slot.kind.value, "host": slot.host},
        "commune": slot.commune_code,
        "venue": slot.venue or None,
        "space": slot.space or None,
        "place": slot.place,
        "start": local(slot.starts_at).isoformat(),
        "end": local(slot.ends_at).isoformat(),
        "admission": slot.admission.value,
        "capacity": slot.capacity,
        "cancelled": slot.cancelled_at is not None,
    }
