"""Keeping what people are found by (`terms`) beside their passes. All functions compose; the caller commits.

A pass is found by the commune where it was made and by those of its slots: its terms stand once for each of them.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from eventday.db import core, table
from eventday.registrations.merged import ASKED, KEPT
from eventday.registrations.models import Household, PassTerm
from eventday.registrations.terms import terms_of

_TABLE = table(PassTerm)
_INSERT = insert(_TABLE)
_TERM = _TABLE.c


def index(session: Session, commune: str, event_id: UUID, people: Iterable[tuple[UUID, str]], phone: str | None) -> None:
    """Make new passes (id, folded name), made in one commune under one phone, findable there."""
    index_all(session, commune, event_id, ((pass_id, name_key, phone) for pass_id, name_key in people))


def index_all(session: Session, commune: str, event_id: UUID, people: Iterable[tuple[UUID, str, str | None]]) -> None:
    """As `index`, each (id, folded name, phone) with a phone of their own."""
    rows = [
        {"commune_code": commune, "event_id": event_id, "term": term, "pass_id": pass_id}
        for pass_id, name_key, phone in people
        for term in terms_of(name_key, phone)
    ]
    if rows:
        core(session).execute(_INSERT, rows)


def show_in(session: Session, commune: str, pass_ids: Collection[UUID]) -> None:
    """Make passes findable in one more commune; where they are already, nothing happens."""
    terms = select(literal(commune), _TERM.event_id, _TERM.term, _TERM.pass_id).where(_TERM.pass_id.in_(pass_ids)).distinct()
    insert_new = postgresql.insert if core(session).dialect.name == "postgresql" else sqlite.insert
    columns = ("commune_code", "event_id", "term", "pass_id")
    if pass_ids:
        # A condition on the select, or SQLite reads ON CONFLICT as the ON of a join.
        core(session).execute(insert_new(_TABLE).from_select(columns, terms).on_conflict_do_nothing())


def index_again(session: Session, pass_ids: Collection[UUID]) -> None:
    """After a name or a phone was changed: the terms as they are now, in the communes where they stood.

    A person is also found by what stood on the passes that were merged into theirs.
    """
    places = session.execute(select(_TERM.commune_code, _TERM.event_id, _TERM.pass_id).where(_TERM.pass_id.in_(pass_ids)).distinct()).all()
    forget(session, pass_ids)
    query = select(KEPT.label("id"), ASKED.name_key, Household.phone).join(Household, Household.id == ASKED.household_id)
    terms: dict[UUID, set[str]] = {}
    for row in session.execute(query.where(or_(ASKED.id.in_(pass_ids), ASKED.merged_into.in_(pass_ids)))):
        terms.setdefault(row.id, set()).update(terms_of(row.name_key, row.phone))
    rows: list[dict[str, Any]] = [
        {"commune_code": commune, "event_id": event_id, "term": term, "pass_id": pass_id}
        for commune, event_id, pass_id in places
        for term in sorted(terms.get(pass_id, ()))
    ]
    if rows:
        session.execute(_INSERT, rows)


_FORGET = delete(_TABLE).where(_TERM.pass_id.in_(bindparam("passes", expanding=True)))


def is_found(session: Session, pass_id: UUID) -> bool:
    """Whether the desk finds the pass: one that was taken back it does not."""
    return session.scalar(select(PassTerm.pass_id).where(PassTerm.pass_id == pass_id).limit(1)) is not None


def forget(session: Session, pass_ids: Collection[UUID]) -> None:
    """Let nobody find them any more."""
    core(session).execute(_FORGET, {"passes": list(pass_ids)})
