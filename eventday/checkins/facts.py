"""The log of facts: adding to it, and reading from it all that the outcome of some facts hangs on. All functions compose.

Each is one statement, whatever the number of facts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, and_, bindparam, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from eventday.access.domain import Device
from eventday.checkins.domain import By, Door, Fact, Key, Kind, Settled, Standing, Verdict, settle
from eventday.checkins.models import CheckIn
from eventday.kernel.clock import day_of
from eventday.programme import models as programme
from eventday.programme.domain import Admission
from eventday.registrations import models as registrations

_TABLE = cast(Table, CheckIn.__table__)
_INSERT = {"postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(), "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing()}
_SLOT, _PASS, _REGISTRATION = programme.Slot, registrations.Pass, registrations.Registration
_FACT = (
    CheckIn.device_id,
    CheckIn.id,
    CheckIn.kind,
    CheckIn.pass_id,
    CheckIn.commune_code,
    CheckIn.slot_id,
    CheckIn.day,
    CheckIn.at,
    CheckIn.of,
    CheckIn.verdict,
)
_DOOR = (_SLOT.admission, _SLOT.starts_at, _SLOT.ends_at)


def _with_undos(*wanted: Any) -> Any:
    """The facts wanted, the undos of each, the undos of those …, each with its door. A circle of undos ends: UNION keeps each once."""
    log = select(*_FACT).where(or_(*wanted)).cte("log", recursive=True)
    undos = select(*_FACT).join(log, and_(CheckIn.device_id == log.c.device_id, CheckIn.of == log.c.id)).where(CheckIn.kind == Kind.UNDO)
    log = log.union(undos)
    return select(log, *_DOOR).outerjoin(_SLOT, _SLOT.id == log.c.slot_id)


_OF_PASSES = CheckIn.pass_id.in_(bindparam("passes", expanding=True))
_OF_DEVICE = _with_undos(and_(CheckIn.device_id == bindparam("device"), CheckIn.id.in_(bindparam("ids", expanding=True))), _OF_PASSES)
_OF_KEYS = _with_undos(tuple_(CheckIn.device_id, CheckIn.id).in_(bindparam("keys", expanding=True)), _OF_PASSES)
_PASSES_OF = select(CheckIn.pass_id).where(
    CheckIn.device_id == bindparam("device"), CheckIn.id.in_(bindparam("ids", expanding=True)), CheckIn.pass_id.is_not(None)
)
_STANDING = (
    select(_PASS.id, _PASS.revoked_at, _REGISTRATION.slot_id, _REGISTRATION.status, *_DOOR)
    .outerjoin(_REGISTRATION, _REGISTRATION.pass_id == _PASS.id)
    .outerjoin(_SLOT, _SLOT.id == _REGISTRATION.slot_id)
    .where(_PASS.id.in_(bindparam("passes", expanding=True)))
)
_FIND = (
    select(_PASS.id, _PASS.typed, _PASS.code)
    .where(_PASS.event_id == bindparam("event"), _PASS.typed.in_(bindparam("typed", expanding=True)))
    .order_by(_PASS.id)
    .with_for_update(key_share=True)
)


@dataclass(frozen=True)
class FoundPass:
    id: UUID
    code_hex: str


def find_passes(session: Session, event_id: UUID, typed: Collection[str]) -> dict[str, FoundPass]:
    """Passes by the 8 characters of their typed codes. They stay locked, in order of id, so that of two devices that see the
    same pass at once the second one knows of the first's fact."""
    if not typed:
        return {}
    rows = session.execute(_FIND, {"event": event_id, "typed": sorted(typed)})
    return {row.typed: FoundPass(row.id, row.code) for row in rows}


@dataclass(frozen=True, kw_only=True)
class NewFact:
    """A fact with what is stored beside its meaning."""

    id: UUID
    sequence: int
    kind: Kind
    pass_id: UUID | None
    slot: UUID | None
    at: datetime
    by: By
    of: UUID | None = None
    verdict: Verdict | None = None


def add(session: Session, facts: Sequence[NewFact], device: Device, *, now: datetime) -> int:
    """Add those of the facts that are not there yet; returns how many that were."""
    if not facts:
        return 0
    common = {"device_id": device.id, "event_id": device.event_id, "commune_code": device.commune, "received_at": now}
    rows = [
        {
            **common,
            "id": fact.id,
            "sequence": fact.sequence,
            "kind": fact.kind.value,
            "pass_id": fact.pass_id,
            "slot_id": fact.slot,
            "day": day_of(fact.at),
            "at": fact.at,
            "by": fact.by.value,
            "of": fact.of,
            "verdict": fact.verdict.value if fact.verdict else None,
        }
        for fact in facts
    ]
    return int(session.execute(_INSERT[session.get_bind().dialect.name], rows).rowcount)  # type: ignore[attr-defined]


def passes_of(session: Session, device_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """The passes of a device's facts as they are stored, which may differ from what it sends again."""
    return {pass_id for pass_id in session.scalars(_PASSES_OF, {"device": device_id, "ids": list(ids)}) if pass_id}


def settled_of_device(session: Session, device_id: UUID, ids: Collection[UUID], passes: Collection[UUID]) -> dict[UUID, tuple[Fact, Settled]]:
    """A device's facts with their outcomes as they stand, by id. `passes` are the passes of those facts."""
    rows = session.execute(_OF_DEVICE, {"device": device_id, "ids": list(ids), "passes": list(passes)}).all()
    return {key[1]: found for key, found in _settled(session, rows, passes).items() if key[0] == device_id}


def settled(session: Session, keys: Collection[Key], passes: Collection[UUID]) -> dict[Key, tuple[Fact, Settled]]:
    """Facts of any devices with their outcomes as they stand. `passes` are the passes of those facts."""
    if not keys:
        return {}
    rows = session.execute(_OF_KEYS, {"keys": list(keys), "passes": list(passes)}).all()
    return _settled(session, rows, passes)


def _settled(session: Session, rows: Iterable[Any], passes: Collection[UUID]) -> dict[Key, tuple[Fact, Settled]]:
    doors: dict[UUID, Door] = {}
    facts = []
    for row in rows:
        _note_door(doors, row)
        facts.append(_fact(row))
    standings = _standings(session, passes, doors)
    outcomes = settle(facts, standings, doors)
    return {fact.key: (fact, outcomes[fact.key]) for fact in facts}


def _fact(row: Any) -> Fact:
    return Fact(
        device=row.device_id,
        id=row.id,
        kind=Kind(row.kind),
        pass_id=row.pass_id,
        commune=row.commune_code,
        slot=row.slot_id,
        day=row.day,
        at=row.at,
        of=row.of,
        verdict=Verdict(row.verdict) if row.verdict else None,
    )


def _standings(session: Session, passes: Collection[UUID], doors: dict[UUID, Door]) -> dict[UUID, Standing]:
    """The passes as they stand; the doors of their registrations are noted too, so that the right slot can be named."""
    if not passes:
        return {}
    found: dict[UUID, tuple[bool, dict[UUID, list[str]]]] = {}
    for row in session.execute(_STANDING, {"passes": list(passes)}):
        _, registered = found.setdefault(row.id, (row.revoked_at is not None, {}))
        if row.slot_id is not None:
            registered.setdefault(row.slot_id, []).append(row.status)
            _note_door(doors, row)
    return {pass_id: Standing(is_revoked, registered) for pass_id, (is_revoked, registered) in found.items()}


def _note_door(doors: dict[UUID, Door], row: Any) -> None:
    if row.starts_at is not None and row.slot_id not in doors:
        doors[row.slot_id] = Door(row.admission == Admission.OPEN, row.starts_at, row.ends_at, day_of(row.starts_at))
