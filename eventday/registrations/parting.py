"""Taking a merging back, and saying of two passes that they are two people's. Each is one transaction."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import core, db, table, transaction
from eventday.kernel.errors import NotFound
from eventday.programme import seats
from eventday.registrations import indexing, merging, suspects
from eventday.registrations.domain import Status
from eventday.registrations.errors import MergedSeatIsGone, MergedWasChanged
from eventday.registrations.models import Household, Merge, Pass, Registration, ToldApart
from eventday.registrations.passes import format_code

Keeper = Callable[[Session, Collection[UUID], datetime], None]
_PASSES, _REGISTRATIONS, _APART = table(Pass), table(Registration), table(ToldApart)


def codes_merged_into(pass_id: UUID) -> list[str]:
    """The printed codes of the passes that were merged into one."""
    return [format_code(typed) for typed in db.session.scalars(select(Pass.typed).where(Pass.merged_into == pass_id).order_by(Pass.typed))]


def ended_by_merging(pass_id: UUID) -> set[UUID]:
    """Registrations of a person that ended because two of their codes held the same slot: the other place stayed."""
    codes = select(Pass.id).where((Pass.id == pass_id) | (Pass.merged_into == pass_id))
    return {UUID(one) for undo in db.session.scalars(select(Merge.undo).where(Merge.kept_id.in_(codes))) for one in undo["ended"]}


def part(event_id: UUID, commune: str, pass_id: UUID, *, keepers: Collection[Keeper], now: datetime) -> None:
    """Take the last merging into a pass back: everybody has again what they had. `keepers` refuse for what other features saw since.

    Raises: NotFound, MergedWasChanged, MergedSeatIsGone, whatever a keeper raises.
    """
    with transaction() as session:
        theirs = (Pass.id == pass_id, Pass.event_id == event_id, Pass.commune_code == commune, Pass.merged_into.is_(None))
        found = session.scalar(select(Pass.id).where(*theirs).with_for_update(key_share=True))
        last = session.scalar(select(Merge).where(Merge.kept_id == pass_id).order_by(Merge.id.desc()).limit(1))
        if found is None or last is None:
            raise NotFound
        joined = [UUID(one) for one in last.undo["passes"]]
        _refuse_changed(session, last)
        for keeper in keepers:
            keeper(session, [pass_id, *joined], last.merged_at)
        _give_back(session, pass_id, last.undo, now)
        _find_again(session, joined)
        merging.index_household(session, pass_id)
        suspects.mark(session, [pass_id, *joined])
        session.delete(last)
        note(session, commune, "parted", ("pass", str(pass_id)), None, None, now)


def _refuse_changed(session: Session, last: Merge) -> None:
    """Locks the slots of what is held and of what ended."""
    ended = select(Registration.slot_id).where(Registration.id.in_([UUID(one) for one in last.undo["ended"]]))
    held = select(Registration.slot_id).where(Registration.pass_id == last.kept_id, Registration.status != Status.CANCELLED)
    for slot_id in sorted({*session.scalars(ended), *session.scalars(held)}):
        seats.lock(session, slot_id)
    stands = select(Registration.id).where(Registration.pass_id == last.kept_id, Registration.status != Status.CANCELLED)
    now = sorted(map(str, session.scalars(stands)))
    revoked = session.scalar(select(Pass.revoked_at).where(Pass.id == last.kept_id))
    if revoked or now != last.undo["stands"] or merging.digest(session, last.kept_id) != last.undo["details"]:
        raise MergedWasChanged


def _give_back(session: Session, kept_id: UUID, undo: dict[str, Any], now: datetime) -> None:
    for registration, owner in undo["registrations"].items():
        session.execute(update(_REGISTRATIONS).where(_REGISTRATIONS.c.id == UUID(registration)).values(pass_id=UUID(owner)))
    for registration in undo["ended"]:
        _place_again(session, UUID(registration))
    for pass_id, into in undo["passes"].items():
        session.execute(update(_PASSES).where(_PASSES.c.id == UUID(pass_id)).values(merged_into=UUID(into) if into else None, changed_at=now))
    merging.write(session, kept_id, undo["before"], now)


def _place_again(session: Session, registration_id: UUID) -> None:
    """The seat that was given back, or the end of the queue for who waited. The slot is locked."""
    row = session.execute(select(Registration.slot_id, Registration.queue).where(Registration.id == registration_id)).one()
    limit = current_app.config["SETTINGS"].waiting_limit
    values: dict[str, Any] = {"status": Status.CONFIRMED, "cancelled_at": None}
    if not seats.take_seat(session, row.slot_id):
        queue = seats.join_queue(session, row.slot_id, limit) if row.queue is not None else None
        if queue is None:
            raise MergedSeatIsGone(slot=str(row.slot_id))
        values |= {"status": Status.WAITING, "queue": queue}
    session.execute(update(_REGISTRATIONS).where(_REGISTRATIONS.c.id == registration_id).values(**values))


def _find_again(session: Session, pass_ids: Collection[UUID]) -> None:
    """Let those that are passes of their own again be found where they were made and are registered."""
    columns = (Pass.id, Pass.event_id, Pass.commune_code, Pass.name_key, Household.phone)
    query = select(*columns).join(Household, Household.id == Pass.household_id).where(Pass.id.in_(pass_ids), Pass.merged_into.is_(None))
    for row in session.execute(query).all():
        indexing.index(session, row.commune_code, row.event_id, [(row.id, row.name_key)], row.phone)
        elsewhere = select(Registration.commune_code).where(Registration.pass_id == row.id, Registration.commune_code != row.commune_code)
        for commune in session.scalars(elsewhere.distinct()).all():
            indexing.show_in(session, commune, [row.id])


def tell_apart(event_id: UUID, commune: str, pass_ids: Collection[UUID], *, now: datetime) -> None:
    """Of these passes no two are one person's: they are not listed as doubles any more. Raises: NotFound."""
    with transaction() as session:
        found = _of_commune(session, event_id, commune, pass_ids)
        rows = [{"one": one, "other": other, "told_at": now} for at, one in enumerate(found) for other in found[at + 1 :]]
        make = postgresql.insert if core(session).dialect.name == "postgresql" else sqlite.insert
        session.execute(make(_APART).on_conflict_do_nothing(), rows)
        suspects.mark(session, found)
        for pass_id in found:
            note(session, commune, "told_apart", ("pass", str(pass_id)), None, None, now)


def take_back_apart(event_id: UUID, commune: str, pass_ids: Collection[UUID], *, now: datetime) -> None:
    """They may be one person's again. Raises: NotFound."""
    with transaction() as session:
        found = _of_commune(session, event_id, commune, pass_ids)
        session.execute(delete(_APART).where(_APART.c.one.in_(found), _APART.c.other.in_(found)))
        suspects.mark(session, found)
        for pass_id in found:
            note(session, commune, "restored", ("pass", str(pass_id)), None, None, now)


def _of_commune(session: Session, event_id: UUID, commune: str, pass_ids: Collection[UUID]) -> list[UUID]:
    """In order of id. Raises: NotFound where one was not made there, or there is only one."""
    query = select(Pass.id).where(Pass.id.in_(pass_ids), Pass.event_id == event_id, Pass.commune_code == commune)
    found = list(session.scalars(query.order_by(Pass.id)))
    if not 1 < len(found) == len(set(pass_ids)):
        raise NotFound
    return found
