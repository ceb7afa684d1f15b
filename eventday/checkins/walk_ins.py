"""“Thêm người tại chỗ”: who stands at the gate without a pass gets one, a seat where the slot has seats, and is let in.

One transaction a request. Locks in this order: the device, the new passes, the slots by id, each in one order for all.
The same (device, id) again is answered from what became of it, full included: a new try is a new id.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast
from uuid import UUID

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from eventday.access import service as access
from eventday.access.domain import Device
from eventday.checkins import facts
from eventday.checkins.domain import By, Kind
from eventday.checkins.facts import NewFact
from eventday.checkins.faults import Fault, fault_of, number_of
from eventday.checkins.models import CheckIn, WalkIn
from eventday.checkins.reading import read_spare
from eventday.checkins.records import WalkInRecord
from eventday.checkins.service import is_in_place
from eventday.db import transaction
from eventday.kernel import name
from eventday.places import queries as places
from eventday.places.domain import Hamlet, find_hamlet
from eventday.programme import queries as programme
from eventday.programme.domain import Admission, Slot
from eventday.programme.seats import OpenSlot
from eventday.registrations import service as registering
from eventday.registrations.domain import Gender, Group, IssuedPass, PersonRequest, RegistrationRequest, Source
from eventday.registrations.errors import HamletGone, PassTaken
from eventday.registrations.issuing import StoredPass
from eventday.registrations.models import Pass

_SEALED = (Pass.id, Pass.event_id, Pass.code, Pass.typed, Pass.key_id, Pass.spare, Pass.generation, Pass.name)
_INSERT = insert(cast(Table, WalkIn.__table__))


class WalkInOutcome(StrEnum):
    ADMITTED = "admitted"
    FULL = "full"
    INVALID = "invalid"


@dataclass(frozen=True)
class WalkedIn:
    """What became of a walk-in: a pass with its secrets, or the fault."""

    outcome: WalkInOutcome
    issued: IssuedPass | None = None
    fault: Fault | None = None


@dataclass(frozen=True)
class _Judged:
    """A walk-in that can be tried: its record, the request for its pass, its slot (None: the gate)."""

    record: WalkInRecord
    request: RegistrationRequest
    slot: Slot | None


@dataclass(frozen=True)
class _Known:
    """What a walk-in is judged by."""

    device: Device
    year: int
    slots: dict[UUID, Slot]
    hamlets: list[Hamlet]


def walk_in(records: Sequence[WalkInRecord | None], device: Device, *, unsent: int | None = None, now: datetime) -> list[WalkedIn]:
    """Try each walk-in (None stands for a malformed one); the answers are in the order of the records. `unsent`: how many more lie in the phone.

    Raises: Unauthorized where the device was revoked meanwhile.
    """
    sent: dict[UUID, WalkInRecord] = {}
    for record in records:
        if record:
            sent.setdefault(record.id, record)
    judged = _judge(sent.values(), device)
    with transaction() as session:
        access.hear_device(session, device.id, now=now, unsent=unsent)
        before = _before(session, device, sent)
        fresh = [one for id_, one in judged.items() if id_ not in before and isinstance(one, _Judged)]
        results = _try(session, fresh, device, now) | before
    faults = {id_: WalkedIn(WalkInOutcome.INVALID, fault=one) for id_, one in judged.items() if isinstance(one, Fault)}
    malformed = WalkedIn(WalkInOutcome.INVALID, fault=Fault.MALFORMED)
    return [(faults | results)[one.id] if one else malformed for one in records]


def _judge(records: Collection[WalkInRecord], device: Device) -> dict[UUID, _Judged | Fault]:
    """Everything that can be said before the transaction begins."""
    known = _Known(
        device=device,
        year=programme.event(str(device.event_id)).first_day.year,
        slots=programme.slots_by_id({one.slot for one in records if one.slot}),
        hamlets=places.hamlets(device.commune) if any(one.hamlet for one in records) else [],
    )
    return {one.id: _judge_one(one, known) for one in records}


def _judge_one(record: WalkInRecord, known: _Known) -> _Judged | Fault:
    device = known.device
    slot = known.slots.get(record.slot) if record.slot else None
    if record.slot and (slot is None or not is_in_place(slot.id, device, {slot.id: (slot.event_id, slot.commune_code)})):
        return Fault.OUTSIDE
    code = read_spare(record.spare, device.event_id) if record.spare else None
    if record.spare and code is None:
        return Fault.SPARE
    hamlet = find_hamlet(record.hamlet, known.hamlets) if record.hamlet else None
    fault = fault_of(record, hamlet, known.year)
    number = number_of(record.phone)
    if fault or isinstance(number, Fault):
        return fault or Fault.PHONE
    person = PersonRequest(
        name=name.display(record.name),
        birth_year=record.birth_year,
        gender=Gender(record.gender) if record.gender else None,
        hamlet_id=hamlet.id if hamlet else None,
        group=Group(record.group) if record.group else None,
        pass_id=record.pass_id,
        code=code,
    )
    request = RegistrationRequest(
        event_id=device.event_id, commune_code=device.commune, phone=number, people=(person,), source=Source.WALK_IN, device_id=device.id
    )
    return _Judged(record, request, slot)


def _before(session: Session, device: Device, ids: Collection[UUID]) -> dict[UUID, WalkedIn]:
    """What became of those that were sent before; their secrets are made again."""
    query = select(WalkIn.id, WalkIn.outcome, WalkIn.pass_id).where(WalkIn.device_id == device.id, WalkIn.id.in_(list(ids)))
    rows = session.execute(query).all()
    issued = _issued(session, {row.pass_id for row in rows})
    return {row.id: WalkedIn(WalkInOutcome(row.outcome), issued.get(row.pass_id)) for row in rows}


def _issued(session: Session, ids: Collection[UUID]) -> dict[UUID, IssuedPass]:
    if not ids:
        return {}
    rows = session.execute(select(*_SEALED).where(Pass.id.in_(list(ids)))).all()
    return {row.id: StoredPass(*row).issued(session, ()) for row in rows}


def _try(session: Session, fresh: Sequence[_Judged], device: Device, now: datetime) -> dict[UUID, WalkedIn]:
    results = dict.fromkeys((one.record.id for one in fresh), WalkedIn(WalkInOutcome.INVALID, fault=Fault.TAKEN))
    passes = _make_passes(session, _with_free_checkin(session, fresh, device), now)
    made = [one for one in fresh if one in passes]
    for one in sorted(made, key=lambda one: str(one.record.slot or "")):  # in order of slots, else two requests wait for each other
        outcome = WalkInOutcome.ADMITTED if _seat(session, one, now) else WalkInOutcome.FULL
        results[one.record.id] = WalkedIn(outcome, passes[one])
    admitted = [one.record for one in passes if results[one.record.id].outcome is WalkInOutcome.ADMITTED]
    facts.add(session, [_entry(record) for record in admitted], device, now=now)
    _keep(session, [(one, results[one.record.id].outcome) for one in passes], device, now)
    return results


def _with_free_checkin(session: Session, fresh: Sequence[_Judged], device: Device) -> list[_Judged]:
    """Those whose check-in's id is not another fact's already, in the order in which their passes are made."""
    wanted: dict[UUID, _Judged] = {}
    for one in fresh:
        wanted.setdefault(one.record.checkin_id, one)
    query = select(CheckIn.id).where(CheckIn.device_id == device.id, CheckIn.id.in_(list(wanted)))
    used = set(session.scalars(query)) if wanted else set()
    return sorted((one for id_, one in wanted.items() if id_ not in used), key=lambda one: (one.request.people[0].code or "", one.record.pass_id))


def _make_passes(session: Session, fresh: Iterable[_Judged], now: datetime) -> dict[_Judged, IssuedPass]:
    made: dict[_Judged, IssuedPass] = {}
    for one in fresh:
        with suppress(PassTaken):
            made[one] = _make_pass(session, one.request, now)
    return made


def _make_pass(session: Session, request: RegistrationRequest, now: datetime) -> IssuedPass:
    """Who stands at the gate gets one although somebody deletes their hamlet at this very moment: then without it. Raises: PassTaken."""
    try:
        with session.begin_nested():
            return registering.register_in(session, request, now=now)[0]
    except HamletGone:
        return _make_pass(session, request.without_hamlets(), now)


def _seat(session: Session, one: _Judged, now: datetime) -> bool:
    """Whether the walk-in may enter: the gate and open slots take everybody, a slot with seats while one is free and nobody waits."""
    if one.slot is None or one.slot.admission is Admission.OPEN:
        return True
    slot = OpenSlot(one.slot.id, one.slot.event_id, one.slot.commune_code, one.slot.starts_at)
    return registering.seat_walk_in(session, one.record.pass_id, slot, now=now) is not None


def _entry(record: WalkInRecord) -> NewFact:
    return NewFact(
        id=record.checkin_id,
        sequence=record.sequence,
        kind=Kind.ENTRY,
        pass_id=record.pass_id,
        slot=record.slot,
        at=record.at,
        by=By.SCAN if record.spare else By.TYPED,
    )


def _keep(session: Session, done: Sequence[tuple[_Judged, WalkInOutcome]], device: Device, now: datetime) -> None:
    common = {"device_id": device.id, "event_id": device.event_id, "commune_code": device.commune, "received_at": now}
    rows = [
        {**common, "id": one.record.id, "outcome": outcome.value, "pass_id": one.record.pass_id, "slot_id": one.record.slot} for one, outcome in done
    ]
    if rows:
        session.execute(_INSERT, rows)
