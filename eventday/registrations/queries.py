"""Reading passes and registrations: plain values, a fixed number of statements whatever the length."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from eventday.db import db
from eventday.programme import queries as programme
from eventday.registrations import keys, passes
from eventday.registrations.domain import Holder, Member, PassView, RegistrationView
from eventday.registrations.merged import ASKED, KEPT, kept
from eventday.registrations.models import Household, Pass, Registration
from eventday.registrations.rows import PASS, REGISTRATION, by_pass, registration_of, view_of

PAGE = 200


@dataclass(frozen=True)
class Listed:
    """A registration in an organiser's list, with whose it is."""

    registration: RegistrationView
    code: str
    name: str
    phone: str | None


def holder(secret: str) -> Holder | None:
    """What the page of that secret shows; None where the secret opens nothing (any more). Registrations in the order they were made.

    The secret of a merged pass opens the page of the pass that was kept.
    """
    row = db.session.execute(_passes(Household.phone).where(Pass.id == kept(ASKED.holder_hash == keys.holder_hash(secret)))).first()
    if row is None:
        return None
    others = db.session.execute(_passes().where(*together_with(row.household_id, row.id)).order_by(Pass.created_at, Pass.id)).all()
    registered = registrations_of([row.id, *(other.id for other in others)])
    return Holder(
        view=view_of(row, registered),
        token=token_of(view_of(row)),
        secret=keys.holder_secret(row.id, row.generation),
        phone=row.phone,
        household=tuple(Member(view_of(other, registered), keys.holder_secret(other.id, other.generation)) for other in others),
    )


def shown_pass(token: str) -> PassView | None:
    """The pass that a QR's token shows: no powers come with it. None for what is not a genuine pass of any event here."""
    read = keys.read(token, _NO_EVENT)
    if read.code_hex is None:
        return None
    found = pass_by_code(read.code_hex)
    return found if found and found.event_id == read.event else None


def pass_by_id(pass_id: UUID) -> PassView | None:
    return _one(ASKED.id == pass_id)


def pass_by_code(code_hex: str) -> PassView | None:
    """The pass of a whole code (16 hex digits, as the QR carries it)."""
    return _one(ASKED.code == code_hex)


def pass_by_typed(event_id: UUID, typed: str) -> PassView | None:
    """The pass of a typed code (its 8 characters, checked by `passes.check`) at an event."""
    return _one(ASKED.event_id == event_id, ASKED.typed == typed)


def passes_by_typed(typed: str) -> list[PassView]:
    """Passes of all events with that typed code, the newest first: a typed code is unique within its event only."""
    return _views(_passes().where(Pass.id.in_(select(KEPT).where(ASKED.typed == typed))).order_by(Pass.created_at.desc()))


def passes_by_ids(ids: Collection[UUID]) -> dict[UUID, PassView]:
    return {view.id: view for view in _views(_passes().where(Pass.id.in_(ids)))} if ids else {}


def passes_of_slot(slot_id: UUID) -> list[PassView]:
    """Who has ever been registered at a slot, by given name, with all their registrations."""
    there = select(Registration.pass_id).where(Registration.slot_id == slot_id)
    return _views(_passes().where(Pass.id.in_(there)).order_by(Pass.sort_key, Pass.id))


def passes_of_commune(event_id: UUID, commune: str) -> list[PassView]:
    """Passes made in a commune or registered at its slots, by given name, with all their registrations."""
    return _views(_passes().where(_seen_by(event_id, commune)).order_by(Pass.sort_key, Pass.id))


def registrations_of(pass_ids: Collection[UUID]) -> dict[UUID, tuple[RegistrationView, ...]]:
    """All registrations of these passes, in the order they were made, cancelled ones among them."""
    if not pass_ids:
        return {}
    return by_pass(db.session.execute(select(*REGISTRATION).where(Registration.pass_id.in_(pass_ids)).order_by(Registration.id)))


def registration(registration_id: UUID) -> RegistrationView | None:
    row = db.session.execute(select(*REGISTRATION).where(Registration.id == registration_id)).first()
    return registration_of(row) if row else None


def listed(slot_id: UUID, *, after: UUID | None = None, limit: int = PAGE) -> list[Listed]:
    """A slot's registrations in order of id, from behind `after` on."""
    query = (
        select(*REGISTRATION, Pass.typed, Pass.name, Household.phone)
        .join(Pass, Pass.id == Registration.pass_id)
        .join(Household, Household.id == Pass.household_id)
        .where(Registration.slot_id == slot_id)
        .order_by(Registration.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(Registration.id > after)
    return [Listed(registration_of(row), passes.format_code(row.typed), row.name, row.phone) for row in db.session.execute(query)]


def placements(slot_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """The event and the commune of each slot that exists. They never change, so each process keeps what it has read."""
    known: dict[UUID, tuple[UUID, str]] = current_app.extensions.setdefault("slot_placements", {})
    missing = [slot_id for slot_id in slot_ids if slot_id not in known]
    known.update((slot.id, (slot.event_id, slot.commune_code)) for slot in programme.slots_by_id(missing).values())
    return {slot_id: known[slot_id] for slot_id in slot_ids if slot_id in known}


def token_of(view: PassView) -> str:
    """The token of a pass's QR."""
    return keys.token_of(db.session(), view.key_id, view.event_id, view.code_hex, spare=view.spare)


def secret_of_pass(pass_id: UUID) -> str | None:
    """The secret of a pass's page, for whoever may tell it (an organiser's answer, a message to the holder)."""
    generation = db.session.scalar(select(Pass.generation).where(Pass.id == pass_id))
    return None if generation is None else keys.holder_secret(pass_id, generation)


_NO_EVENT = UUID(int=0)


def _passes(*more: InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
    query = select(*PASS, *more)
    return query.join(Household, Household.id == Pass.household_id) if more else query


def views(conditions: Iterable[ColumnElement[bool]]) -> list[PassView]:
    """The passes that fulfil them, in the order they were made, with all their registrations."""
    return _views(_passes().where(*conditions).order_by(Pass.created_at, Pass.id))


def views_with_phone(conditions: Iterable[ColumnElement[bool]]) -> list[tuple[PassView, str | None]]:
    """The passes that fulfil them (some hundreds at most) by given name, with all their registrations, each with the household's phone."""
    rows = db.session.execute(_passes(Household.phone).where(*conditions).order_by(Pass.sort_key, Pass.id)).all()
    registered = registrations_of([row.id for row in rows])
    return [(view_of(row, registered), row.phone) for row in rows]


def together_with(household_id: UUID, pass_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Who was registered together with somebody, whichever of their passes was kept."""
    return Pass.id.in_(select(KEPT).where(ASKED.household_id == household_id)), Pass.id != pass_id


def _one(*asked: ColumnElement[bool]) -> PassView | None:
    return next(iter(_views(_passes().where(Pass.id == kept(*asked)))), None)


def _views(query: Select[*tuple[Any, ...]]) -> list[PassView]:
    """The passes of a query with their registrations: two statements. The second repeats the first's condition where there are many."""
    rows = db.session.execute(query).all()
    if len(rows) <= _MANY:
        registered = registrations_of([row.id for row in rows])
    else:
        wanted = query.with_only_columns(Pass.id).order_by(None)
        registered = by_pass(db.session.execute(select(*REGISTRATION).where(Registration.pass_id.in_(wanted)).order_by(Registration.id)))
    return [view_of(row, registered) for row in rows]


_MANY = 500


_own = aliased(Pass)


def _seen_by(event_id: UUID, commune: str) -> ColumnElement[bool]:
    """A pass is seen by the commune where it was made and by those of its slots; a merged one by nobody.

    Two indexes, joined: with an OR the whole event would be read.
    """
    own = select(_own.id).where(_own.commune_code == commune, _own.event_id == event_id)
    registered = select(Registration.pass_id).where(Registration.commune_code == commune, Registration.event_id == event_id)
    return and_(Pass.merged_into.is_(None), Pass.id.in_(own.union(registered)))
