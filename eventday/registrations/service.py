"""Registering, cancelling, adding to a pass: each function without a session is one transaction.

Locks are taken in one order everywhere: idempotency key, passes (by identity), slots (by id).
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from eventday.access import service as access
from eventday.audit.service import note, note_of_staff
from eventday.db import db, transaction
from eventday.kernel.errors import NotFound
from eventday.programme import events, seats
from eventday.programme.seats import OpenSlot
from eventday.registrations import indexing, issuing, keys, merged, waiting
from eventday.registrations.domain import IssuedPass, Placed, RegistrationRequest, Source, Status
from eventday.registrations.issuing import StoredPass
from eventday.registrations.merged import ASKED, KEPT
from eventday.registrations.models import Pass, Registration
from eventday.web import idempotency
from eventday.web.idempotency import IdempotentCall

_LIVE = (Registration.id, Registration.pass_id, Registration.slot_id, Registration.commune_code, Registration.status, Registration.queue)
_Issued = tuple[StoredPass, tuple[Placed, ...]]


def register(request: RegistrationRequest, *, now: datetime, key: IdempotentCall | None = None, token_id: UUID | None = None) -> list[IssuedPass]:
    """Give each person of the request a pass, and at each of their slots a seat or the next place in the queue.

    The same `key` again gives the same answer and does nothing; a concurrent repeat waits for it. `token_id`: the program that asks.
    Raises: SlotClosed, SlotCancelled, NoRegistrationNeeded, WaitingListFull, EventCancelled (a pass alone), NotFound,
    IdempotencyKeyReused, Unauthorized where the program's token was revoked; then nothing has happened.
    """
    with transaction() as session:
        if token_id:
            access.hear_token(session, token_id)
        kept = idempotency.claim(session, key, now=now) if key else None
        issued = _from_receipt(kept) if kept is not None else _register(session, request, now)
        if key and kept is None:
            idempotency.keep(session, key, _receipt(issued))
        return [stored.issued(session, placed) for stored, placed in issued]


def register_in(session: Session, request: RegistrationRequest, *, now: datetime) -> list[IssuedPass]:
    """As `register`, inside the caller's transaction. Raises: as `register`, PassTaken."""
    return [stored.issued(session, placed) for stored, placed in _register(session, request, now)]


def registered_before(key: IdempotentCall) -> list[IssuedPass] | None:
    """The answer kept for a key, or None where there is none (yet). Raises: IdempotencyKeyReused."""
    kept = idempotency.kept(key)
    return None if kept is None else [stored.issued(db.session(), placed) for stored, placed in _from_receipt(kept)]


def _register(session: Session, request: RegistrationRequest, now: datetime) -> list[_Issued]:
    wanted = {slot_id for person in request.people for slot_id in person.slot_ids}
    slots = seats.open_slots(session, wanted, now=now)
    if any(slot.event_id != request.event_id for slot in slots):
        raise NotFound
    if not slots and request.source is not Source.WALK_IN:  # who stands at the gate is let in
        events.refuse_called_off(session, request.event_id)
    stored = issuing.issue(session, request, now=now)
    found_again = [one.id for one in stored if not one.is_new]
    placed = _standing(session, found_again) if found_again else {}
    for slot in slots:  # in order of id: two requests never wait for each other
        for person, one in zip(request.people, stored, strict=True):
            if slot.id in person.slot_ids and (one.id, slot.id) not in placed:
                placed[one.id, slot.id] = waiting.place(session, one.id, slot, request.source, limit=waiting_limit(), now=now)
    _show_elsewhere(session, request, slots, stored)
    return [
        (one, tuple(placed[one.id, slot_id] for slot_id in dict.fromkeys(person.slot_ids)))
        for person, one in zip(request.people, stored, strict=True)
    ]


def _show_elsewhere(session: Session, request: RegistrationRequest, slots: Sequence[OpenSlot], stored: Sequence[StoredPass]) -> None:
    """Who registers at another commune's slots is found there too. A pass that was found again may have been made anywhere."""
    guests: dict[str, set[UUID]] = {}
    for slot in slots:
        for person, one in zip(request.people, stored, strict=True):
            if slot.id in person.slot_ids and (slot.commune_code != request.commune_code or not one.is_new):
                guests.setdefault(slot.commune_code, set()).add(one.id)
    for commune, pass_ids in sorted(guests.items()):
        indexing.show_in(session, commune, pass_ids)


def _standing(session: Session, pass_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], Placed]:
    """Registrations that stand already, by pass and slot."""
    rows = session.execute(select(*_LIVE).where(Registration.pass_id.in_(pass_ids), Registration.status != Status.CANCELLED))
    return {(row.pass_id, row.slot_id): _placed(session, row) for row in rows.all()}


def _placed(session: Session, row: Any) -> Placed:
    at = waiting.position(session, row.commune_code, row.slot_id, row.queue) if row.status == Status.WAITING else None
    return Placed(row.id, row.slot_id, Status(row.status), at)


def waiting_limit() -> int:
    """How many may wait for one slot."""
    return int(current_app.config["SETTINGS"].waiting_limit)


def cancel(registration_id: UUID, *, now: datetime) -> None:
    """Free the seat (once, however often it is asked) and move the next one waiting up. Raises: NotFound."""
    with transaction() as session:
        found = session.execute(select(Registration.slot_id, Registration.commune_code).where(Registration.id == registration_id)).first()
        if found is None:
            raise NotFound
        seats.lock(session, found.slot_id)
        if waiting.end(session, registration_id, found.slot_id, now=now):
            waiting.move_up(session, found.slot_id, now=now)
            note_of_staff(session, found.commune_code, "cancelled", ("registration", str(registration_id)), {"slot_id": found.slot_id}, None, now)


def add_to_pass(secret: str, slot_ids: Sequence[UUID], *, now: datetime) -> tuple[Placed, ...]:
    """Register the holder for more slots; where they are registered already it stays as it stands.

    Raises: NotFound (the secret, or a slot of another event), SlotClosed, SlotCancelled, NoRegistrationNeeded, WaitingListFull.
    """
    with transaction() as session:
        holder = merged.lock(session, ASKED.holder_hash == keys.holder_hash(secret))
        if holder is None:
            raise NotFound
        return add_in(session, holder.id, holder.event_id, slot_ids, Source.WEB, now=now)


def add_in(session: Session, pass_id: UUID, event_id: UUID, slot_ids: Sequence[UUID], source: Source, *, now: datetime) -> tuple[Placed, ...]:
    """As `add_to_pass`, for a pass that the caller has locked. Composes."""
    slots = seats.open_slots(session, set(slot_ids), now=now)
    if any(slot.event_id != event_id for slot in slots):
        raise NotFound
    placed = _standing(session, [pass_id])
    for slot in slots:
        if (pass_id, slot.id) not in placed:
            placed[pass_id, slot.id] = waiting.place(session, pass_id, slot, source, limit=waiting_limit(), now=now)
        indexing.show_in(session, slot.commune_code, [pass_id])
    return tuple(placed[pass_id, slot_id] for slot_id in dict.fromkeys(slot_ids))


def seat_walk_in(session: Session, pass_id: UUID, slot: OpenSlot, *, now: datetime) -> Placed | None:
    """A seat for a walk-in at a slot that may have begun, or None where none is free or people wait. Composes."""
    return waiting.seat(session, pass_id, slot, Source.WALK_IN, now=now)


def reissue(secret: str) -> str:
    """Give the holder's page a new secret (“Cấp lại”); the old one opens nothing from now on. Raises: NotFound."""
    with transaction() as session:
        query = select(Pass.id, Pass.generation).where(Pass.holder_hash == keys.holder_hash(secret)).with_for_update(key_share=True)
        found = session.execute(query).first()
        if found is None:
            raise NotFound
        fresh = keys.holder_secret(found.id, found.generation + 1)
        values = {"generation": found.generation + 1, "holder_hash": keys.holder_hash(fresh)}
        session.execute(update(Pass).where(Pass.id == found.id).values(**values))
        return fresh


def revoke(pass_id: UUID, *, now: datetime) -> None:
    """Withdraw a person's pass and what was merged into it: scanners refuse them from their next sync on. Registrations stand.

    Raises: NotFound.
    """
    with transaction() as session:
        person = session.execute(select(KEPT.label("id"), ASKED.commune_code).where(ASKED.id == pass_id)).first()
        if person is None:
            raise NotFound
        standing = update(Pass).where(or_(Pass.id == person.id, Pass.merged_into == person.id), Pass.revoked_at.is_(None))
        if session.scalars(standing.values(revoked_at=now).returning(Pass.id)).all():
            note(session, person.commune_code, "revoked", ("pass", str(person.id)), None, None, now)


def _receipt(issued: Sequence[_Issued]) -> str:
    """What is kept of an answer: all that its secrets are made from, but no secret."""
    return json.dumps(
        [
            {
                "pass": [str(one.id), str(one.event_id), one.code_hex, one.typed, one.key_id, one.spare, one.generation, one.name],
                "placed": [[str(at.id), str(at.slot_id), at.status, at.position] for at in placed],
            }
            for one, placed in issued
        ],
        ensure_ascii=False,
    )


def _from_receipt(text: str) -> list[_Issued]:
    return [
        (
            StoredPass(UUID(one["pass"][0]), UUID(one["pass"][1]), *one["pass"][2:]),
            tuple(Placed(UUID(at[0]), UUID(at[1]), Status(at[2]), at[3]) for at in one["placed"]),
        )
        for one in json.loads(text)
    ]
