"""Merging passes of one person into one of them, and taking it back while nothing has happened. Each is one transaction.

Merged passes stay what scanners saw; they are further codes of the kept one and hold no registration (docs/decisions/0014).
Locks in the order of `service`: passes by id, slots by id, last the audit's head.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import db, table, transaction
from eventday.kernel import ids
from eventday.kernel.errors import NotFound
from eventday.programme import seats
from eventday.registrations import indexing, people, suspects, waiting
from eventday.registrations.domain import Source, Status
from eventday.registrations.merges import Holding, Part, Plan, first_choice, plan
from eventday.registrations.models import Household, Merge, Pass, PassTerm, Registration
from eventday.web.edits import refuse_stale, stamp

_PASSES, _REGISTRATIONS = table(Pass), table(Registration)
_HOLDING = (Registration.id, Registration.pass_id, Registration.slot_id, Registration.status, Registration.queue)


def preview(event_id: UUID, commune: str, pass_ids: Collection[UUID], kept_id: UUID | None = None) -> Plan:
    """What merging these would do, as things stand. Raises: NotFound where fewer than two are passes made in the commune."""
    session = db.session()
    return _planned(_parts(session, event_id, commune, pass_ids, _held(session, pass_ids)), kept_id)


def merge(event_id: UUID, commune: str, pass_ids: Collection[UUID], kept_id: UUID, *, seen: str | None, now: datetime) -> None:
    """Make one person of them. `seen` is the stamp (`web.edits`) of the plan that was shown. Raises: NotFound, Stale."""
    with transaction() as session:
        parts = _locked_parts(session, event_id, commune, pass_ids)
        planned = _planned(parts, kept_id)
        refuse_stale(seen, planned.shown)
        kept = next(part for part in parts if part.pass_id == kept_id)
        others = [part for part in parts if part is not kept]
        undo = _undo(session, planned, kept, [one.pass_id for one in others])
        _join(session, planned, [one.pass_id for one in others], now)
        undo["details"] = digest(session, kept_id)
        session.add(Merge(id=ids.new(), kept_id=kept_id, merged_at=now, undo=undo))
        for other in others:
            before, after = {"name": other.details["name"], "merged_into": None}, {"name": kept.details["name"], "merged_into": kept_id}
            note(session, commune, "merged", ("pass", str(other.pass_id)), before, after, now)


def digest(session: Session, pass_id: UUID) -> str:
    """Of what is known of a person: nothing of it can be read here."""
    return blake2b(stamp(people.details(session, pass_id)).encode(), digest_size=16).hexdigest()


def _planned(parts: Sequence[Part], kept_id: UUID | None) -> Plan:
    if kept_id is None:
        kept_id = first_choice(parts).pass_id
    kept = next((part for part in parts if part.pass_id == kept_id), None)
    if kept is None:
        raise NotFound
    return plan(kept, [part for part in parts if part is not kept])


def _locked_parts(session: Session, event_id: UUID, commune: str, pass_ids: Collection[UUID]) -> list[Part]:
    """Nobody registers, checks in or cancels for them meanwhile: what is read after the locks holds."""
    session.execute(select(Pass.id).where(Pass.id.in_(pass_ids)).order_by(Pass.id).with_for_update(key_share=True))
    for slot_id in sorted({one.slot_id for one in _held(session, pass_ids)}):
        seats.lock(session, slot_id)
    return _parts(session, event_id, commune, pass_ids, _held(session, pass_ids))


def _held(session: Session, pass_ids: Collection[UUID]) -> list[Holding]:
    query = select(*_HOLDING).where(Registration.pass_id.in_(pass_ids), Registration.status != Status.CANCELLED)
    return [Holding(row.id, row.pass_id, row.slot_id, Status(row.status), row.queue) for row in session.execute(query.order_by(Registration.id))]


def _parts(session: Session, event_id: UUID, commune: str, pass_ids: Collection[UUID], held: Sequence[Holding]) -> list[Part]:
    """Raises: NotFound where one is no pass that stands and was made in the commune, or there is only one."""
    stands = (Pass.event_id == event_id, Pass.commune_code == commune, Pass.merged_into.is_(None), Pass.revoked_at.is_(None))
    query = select(Pass.id, Pass.source, Pass.created_at).where(Pass.id.in_(pass_ids), *stands).order_by(Pass.id)
    rows = session.execute(query).all()
    if not 1 < len(rows) == len(set(pass_ids)):
        raise NotFound
    return [_part(session, row, held) for row in rows]


def _part(session: Session, row: Any, held: Sequence[Holding]) -> Part:
    return Part(
        pass_id=row.id,
        source=Source(row.source),
        created_at=row.created_at,
        details=vars(people.details(session, row.id)),
        holdings=tuple(one for one in held if one.pass_id == row.id),
    )


def _undo(session: Session, planned: Plan, kept: Part, others: Collection[UUID]) -> dict[str, Any]:
    """What taking it back needs: whose each registration and pass was, what the kept pass had, what stands now."""
    joining = session.execute(select(Pass.id, Pass.merged_into).where(or_(Pass.id.in_(others), Pass.merged_into.in_(others)))).all()
    owners = session.execute(select(Registration.id, Registration.pass_id).where(Registration.pass_id.in_(others))).all()
    ended = {one.id for one in planned.ended}
    held = _held(session, [kept.pass_id, *others])
    return {
        "passes": {str(row.id): str(row.merged_into) if row.merged_into else None for row in joining},
        "registrations": {str(row.id): str(row.pass_id) for row in owners},
        "ended": [str(one.id) for one in planned.ended],
        "stands": sorted(str(one.id) for one in held if one.id not in ended),
        "before": {name: kept.source if name == "source" else kept.details[name] for name in planned.filled},
    }


def _join(session: Session, planned: Plan, others: Collection[UUID], now: datetime) -> None:
    for one in planned.ended:
        waiting.end(session, one.id, one.slot_id, now=now)
    session.execute(update(_REGISTRATIONS).where(_REGISTRATIONS.c.pass_id.in_(others)).values(pass_id=planned.kept_id))
    joining = or_(_PASSES.c.id.in_(others), _PASSES.c.merged_into.in_(others))
    session.execute(update(_PASSES).where(joining).values(merged_into=planned.kept_id, alike=False, changed_at=now))
    write(session, planned.kept_id, planned.filled, now)
    for commune in session.scalars(select(PassTerm.commune_code).where(PassTerm.pass_id.in_(others)).distinct()).all():
        indexing.show_in(session, commune, [planned.kept_id])
    indexing.forget(session, others)
    index_household(session, planned.kept_id)
    for slot_id in sorted({one.slot_id for one in planned.ended}):
        waiting.move_up(session, slot_id, now=now)
    suspects.mark(session, [planned.kept_id])


def index_household(session: Session, pass_id: UUID) -> None:
    """Let somebody, and who was registered together with them, be found by what is known of them now."""
    theirs = select(Pass.household_id).where(Pass.id == pass_id).scalar_subquery()
    family = select(Pass.id).where(Pass.household_id == theirs, Pass.merged_into.is_(None))
    indexing.index_again(session, list(session.scalars(family)))


def write(session: Session, pass_id: UUID, values: Mapping[str, Any], now: datetime) -> None:
    """What is known of a person; the phone is the household's."""
    own = {name: value for name, value in values.items() if name != "phone"}
    session.execute(update(_PASSES).where(_PASSES.c.id == pass_id).values(**own, changed_at=now))
    if "phone" in values:
        household = select(Pass.household_id).where(Pass.id == pass_id).scalar_subquery()
        changed = update(Household).where(Household.id == household).values(phone=values["phone"])
        session.execute(changed.execution_options(synchronize_session=False))
