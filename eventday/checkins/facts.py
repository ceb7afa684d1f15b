"""The log of facts: adding to it, and reading from it all that the outcome of some facts hangs on. All functions compose.

Each is one statement, whatever the number of facts.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from eventday.access.domain import Device
from eventday.checkins.domain import By, Door, Fact, Key, Kind, Settled, Standing, Verdict, settle
from eventday.checkins.models import CheckIn
from eventday.db import core, table
from eventday.kernel.clock import day_of
from eventday.programme import models as programme
from eventday.programme.domain import Admission
from eventday.registrations import models as registrations

# Tables and connections, not models and sessions: the ORM's way of the same statements costs twice the time.
_TABLE = table(CheckIn)
_LOG = _TABLE.c
_INSERT = {"postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(), "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing()}
_SLOTS, _PASSES = table(programme.Slot), table(registrations.Pass)
_REGISTRATIONS = table(registrations.Registration)
_SLOT, _PASS, _REGISTRATION = _SLOTS.c, _PASSES.c, _REGISTRATIONS.c
_FACT = (
    _LOG.device_id,
    _LOG.id,
    _LOG.kind,
    _LOG.pass_id,
    _LOG.commune_code,
    _LOG.slot_id,
    _LOG.day,
    _LOG.at,
    _LOG.of,
    _LOG.verdict,
)
_DOOR = (_SLOT.admission, _SLOT.starts_at, _SLOT.ends_at)


def _with_undos(*wanted: Any) -> Any:
    """The facts wanted, the undos of each, the undos of those …, each with its door. A circle of undos ends: UNION keeps each once."""
    log = select(*_FACT).where(or_(*wanted)).cte("log", recursive=True)
    undos = select(*_FACT).join(log, and_(_LOG.device_id == log.c.device_id, _LOG.of == log.c.id)).where(_LOG.kind == Kind.UNDO)
    log = log.union(undos)
    return select(log, *_DOOR).outerjoin(_SLOTS, _SLOT.id == log.c.slot_id)


_OF_PASSES = _LOG.pass_id.in_(bindparam("passes", expanding=True))
_OF_DEVICE = _with_undos(and_(_LOG.device_id == bindparam("device"), _LOG.id.in_(bindparam("ids", expanding=True))), _OF_PASSES)
_OF_KEYS = _with_undos(tuple_(_LOG.device_id, _LOG.id).in_(bindparam("keys", expanding=True)), _OF_PASSES)
_OF_PEOPLE = _with_undos(_OF_PASSES)
_PASSES_OF = select(_LOG.pass_id).where(
    _LOG.device_id == bindparam("device"), _LOG.id.in_(bindparam("ids", expanding=True)), _LOG.pass_id.is_not(None)
)
# A pass stands as the one that was kept for its person does (registrations/merged.py); `member` are the further codes of that one.
_ASKED, _MEMBERS = _PASSES.alias("asked"), _PASSES.alias("member")
_STANDING = (
    select(_ASKED.c.id, _ASKED.c.typed, _ASKED.c.code, _PASS.id.label("kept_id"), _MEMBERS.c.id.label("member_id"))
    .add_columns(_PASS.revoked_at, _REGISTRATION.slot_id, _REGISTRATION.status, *_DOOR)
    .select_from(_ASKED)
    .join(_PASSES, _PASS.id == func.coalesce(_ASKED.c.merged_into, _ASKED.c.id))
    .outerjoin(_MEMBERS, and_(_MEMBERS.c.merged_into == _PASS.id, _MEMBERS.c.merged_into.is_not(None)))
    .outerjoin(_REGISTRATIONS, _REGISTRATION.pass_id == _PASS.id)
    .outerjoin(_SLOTS, _SLOT.id == _REGISTRATION.slot_id)
)
_STANDING_BY_ID = _STANDING.where(_ASKED.c.id.in_(bindparam("passes", expanding=True)))
_FIND = (
    _STANDING.where(_ASKED.c.event_id == bindparam("event"), _ASKED.c.typed.in_(bindparam("typed", expanding=True)))
    .order_by(_PASS.id)
    .with_for_update(key_share=True, of=_PASSES)
)


@dataclass(frozen=True)
class FoundPass:
    id: UUID
    code_hex: str


@dataclass(frozen=True)
class KnownPasses:
    """Passes by the 8 characters of their typed codes; by id as they stand, with the doors of the slots they are registered at.

    `kept` has for each pass, and for each other code of the same person, the pass that stands for them in `standings`.
    """

    by_typed: Mapping[str, FoundPass]
    kept: Mapping[UUID, UUID]
    standings: Mapping[UUID, Standing]
    doors: Mapping[UUID, Door]


_NO_PASSES = KnownPasses({}, {}, {}, {})


def find_passes(session: Session, event_id: UUID, typed: Collection[str]) -> KnownPasses:
    """Passes of these typed codes. Those kept for them stay locked, in order of id, so that of two devices that see the same person
    at once the second one knows of the first's fact."""
    if not typed:
        return _NO_PASSES
    return _known(core(session).execute(_FIND, {"event": event_id, "typed": sorted(typed)}).all())


def _passes_by_id(session: Session, passes: Collection[UUID]) -> KnownPasses:
    if not passes:
        return _NO_PASSES
    return _known(core(session).execute(_STANDING_BY_ID, {"passes": list(passes)}).all())


def _known(rows: Sequence[Any]) -> KnownPasses:
    registered: dict[UUID, dict[UUID, list[str]]] = {}
    doors: dict[UUID, Door] = {}
    kept: dict[UUID, UUID] = {}
    for row in rows:
        kept[row.id] = kept[row.member_id or row.kept_id] = kept[row.kept_id] = row.kept_id
        slots = registered.setdefault(row.kept_id, {})
        if row.slot_id is not None:
            slots.setdefault(row.slot_id, []).append(row.status)
            _note_door(doors, row)
    standings = {row.kept_id: Standing(row.revoked_at is not None, registered[row.kept_id]) for row in rows}
    return KnownPasses({row.typed: FoundPass(row.id, row.code) for row in rows}, kept, standings, doors)


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
    return int(core(session).execute(_INSERT[core(session).dialect.name], rows).rowcount)


def passes_of(session: Session, device_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """The passes of a device's facts as they are stored, which may differ from what it sends again."""
    return {pass_id for pass_id in core(session).scalars(_PASSES_OF, {"device": device_id, "ids": list(ids)}) if pass_id}


def settled_of_device(
    session: Session, device_id: UUID, ids: Collection[UUID], passes: Collection[UUID], known: KnownPasses = _NO_PASSES
) -> dict[UUID, tuple[Fact, Settled]]:
    """A device's facts with their outcomes as they stand, by id. `passes` are the passes of those facts; those in `known` are not
    read again."""
    known = _with_more(session, passes, known)
    rows = core(session).execute(_OF_DEVICE, {"device": device_id, "ids": list(ids), "passes": list(known.kept)}).all()
    return {key[1]: found for key, found in _settled(rows, known).items() if key[0] == device_id}


def settled(session: Session, keys: Collection[Key], passes: Collection[UUID]) -> dict[Key, tuple[Fact, Settled]]:
    """Facts of any devices with their outcomes as they stand. `passes` are the passes of those facts."""
    if not keys:
        return {}
    known = _with_more(session, passes, _NO_PASSES)
    rows = core(session).execute(_OF_KEYS, {"keys": list(keys), "passes": list(known.kept)}).all()
    return _settled(rows, known)


def settled_of(session: Session, passes: Collection[UUID]) -> dict[Key, tuple[Fact, Settled]]:
    """All facts of the people of these passes, by whichever code, with their outcomes as they stand."""
    known = _passes_by_id(session, passes)
    return _settled(core(session).execute(_OF_PEOPLE, {"passes": list(known.kept)}).all(), known)


def _with_more(session: Session, passes: Collection[UUID], known: KnownPasses) -> KnownPasses:
    more = _passes_by_id(session, [pass_id for pass_id in passes if pass_id not in known.kept])
    return KnownPasses({}, {**known.kept, **more.kept}, {**known.standings, **more.standings}, {**known.doors, **more.doors})


def _settled(rows: Iterable[Any], known: KnownPasses) -> dict[Key, tuple[Fact, Settled]]:
    """Outcomes; the `pass_id` of each fact is that of the pass kept for the person."""
    doors = dict(known.doors)
    facts = []
    for row in rows:
        _note_door(doors, row)
        facts.append(_fact(row, known.kept))
    outcomes = settle(facts, known.standings, doors)
    return {fact.key: (fact, outcomes[fact.key]) for fact in facts}


def _fact(row: Any, kept: Mapping[UUID, UUID]) -> Fact:
    return Fact(
        device=row.device_id,
        id=row.id,
        kind=Kind(row.kind),
        pass_id=kept.get(row.pass_id, row.pass_id),
        commune=row.commune_code,
        slot=row.slot_id,
        day=row.day,
        at=row.at,
        of=row.of,
        verdict=Verdict(row.verdict) if row.verdict else None,
    )


def _note_door(doors: dict[UUID, Door], row: Any) -> None:
    if row.starts_at is not None and row.slot_id not in doors:
        doors[row.slot_id] = Door(row.admission == Admission.OPEN, row.starts_at, row.ends_at, day_of(row.starts_at))
