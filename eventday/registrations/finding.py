"""Finding people of a commune's event, and a slot's people page by page: plain values, a fixed number of statements.

A search costs the same however many people there are: it walks at most `_WALKED` rows of the rarest term's part of the primary key
of `pass_terms` and asks `ix_pass_terms_pass_id_term` about the other terms (tests/registrations/test_finding.py looks at the plans).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, ScalarSelect, Select, and_, func, select
from sqlalchemy.orm import aliased

from eventday.db import db
from eventday.kernel.errors import NotFound
from eventday.registrations import passes, queries
from eventday.registrations.domain import PassView, RegistrationView, Status
from eventday.registrations.merged import ASKED, KEPT, kept
from eventday.registrations.models import Household, Pass, PassTerm, Registration
from eventday.registrations.rows import REGISTRATION, registration_of
from eventday.registrations.terms import sought

PAGE = 100
_FOUND = 50
_COUNTED = 2_000
_WALKED = 5_000
_AT_ONCE = 1_000
_AFTER = "{"  # the first character behind those of terms


@dataclass(frozen=True)
class Person:
    """A pass with its registrations, and the phone (E.164) of its household."""

    view: PassView
    phone: str | None


@dataclass(frozen=True)
class Found:
    """Who was found, by given name; `more` where there are others whom a longer text would tell apart."""

    people: tuple[Person, ...]
    more: bool = False


@dataclass(frozen=True)
class Seated:
    """A line of a slot's list. `created_at`: when they registered."""

    registration: RegistrationView
    code: str
    name: str
    birth_year: int | None
    hamlet_id: UUID | None
    phone: str | None


def search(event_id: UUID, commune: str, text: str) -> Found:
    """People seen by the commune whom every word of the text fits: a part of the name, the phone or its last digits; or a typed code."""
    wanted = sought(text)
    if wanted.typed and (by_code := people([Pass.id == kept(ASKED.event_id == event_id, ASKED.typed == wanted.typed), _known_in(commune)])):
        return Found(tuple(by_code))
    if not wanted.terms:
        return Found(())
    ids = _ids(event_id, commune, wanted.terms)
    return Found(tuple(people([Pass.id.in_(ids[:_FOUND])])) if ids else (), more=len(ids) > _FOUND)


def person(event_id: UUID, commune: str, pass_id: UUID) -> Person:
    """The person of a pass, by the one that was kept for them. Raises: NotFound where there is none, or the commune does not see it."""
    for found in people([Pass.id == kept(ASKED.id == pass_id), Pass.event_id == event_id]):
        if commune in {found.view.commune_code, *(one.commune_code for one in found.view.registrations)}:
            return found
    raise NotFound


def household(view: PassView) -> list[PassView]:
    """The others who were registered together with somebody, in that order."""
    return queries.views(queries.together_with(view.household_id, view.id))


def people_of_slot(slot_id: UUID, status: Status, *, skip: int = 0, most: int = PAGE) -> list[Seated]:
    """Who has that status at a slot: who waits in order of the queue, others by given name."""
    order = (Registration.queue,) if status is Status.WAITING else (Pass.sort_key, Registration.id)
    columns = (*REGISTRATION, Pass.typed, Pass.name, Pass.birth_year, Pass.hamlet_id, Household.phone)
    query = select(*columns).join(Pass, Pass.id == Registration.pass_id).join(Household, Household.id == Pass.household_id)
    here = (Registration.slot_id == slot_id, Registration.status == status)
    return [_seated(row) for row in db.session.execute(query.where(*here).order_by(*order).offset(skip).limit(most))]


def count_at(commune: str, slot_id: UUID, status: Status) -> int:
    """How many have that status at a slot of the commune."""
    here = (Registration.commune_code == commune, Registration.slot_id == slot_id, Registration.status == status)
    return db.session.execute(select(func.count()).select_from(Registration).where(*here)).scalar_one()


def known(event_id: UUID, slot_id: UUID, identities: Sequence[bytes]) -> dict[bytes, bool]:
    """Those of the identities that have a pass at the event, and whether it stands at the slot: a statement for each thousand."""
    there = and_(Registration.pass_id == KEPT, Registration.slot_id == slot_id, Registration.status != Status.CANCELLED)
    query = select(ASKED.identity, Registration.id).outerjoin(Registration, there).where(ASKED.event_id == event_id)
    found: dict[bytes, bool] = {}
    for start in range(0, len(identities), _AT_ONCE):
        rows = db.session.execute(query.where(ASKED.identity.in_(identities[start : start + _AT_ONCE])))
        found |= {row.identity: row.id is not None for row in rows if row.identity}
    return found


def _seated(row: Row[Any]) -> Seated:
    return Seated(registration_of(row), passes.format_code(row.typed), row.name, row.birth_year, row.hamlet_id, row.phone)


def _ids(event_id: UUID, commune: str, terms: Collection[str]) -> list[UUID]:
    """One more than are shown, where there are more."""
    first, *others = _rarest_first(event_id, commune, terms)
    walked = select(PassTerm.pass_id).where(*_beginning(event_id, commune, first)).order_by(PassTerm.term, PassTerm.pass_id).limit(_WALKED).subquery()
    query: Select[*tuple[Any, ...]] = select(walked.c.pass_id)
    for term in others:
        also = aliased(PassTerm)
        query = query.where(select(also.term).where(also.pass_id == walked.c.pass_id, also.term >= term, also.term < term + _AFTER).exists())
    return list(dict.fromkeys(db.session.scalars(query.limit(2 * _FOUND))))


def _rarest_first(event_id: UUID, commune: str, terms: Collection[str]) -> list[str]:
    """The terms by how many people have them, which is counted up to a bound; the longer first among those that many have."""
    if len(terms) == 1:
        return list(terms)
    counts = [_counted(_beginning(event_id, commune, term)) for term in terms]
    counted = dict(zip(terms, db.session.execute(select(*counts)).one(), strict=True))
    return sorted(terms, key=lambda term: (counted[term], -len(term)))


def _counted(here: Collection[ColumnElement[bool]]) -> ScalarSelect[int]:
    return select(func.count()).select_from(select(PassTerm.term).where(*here).limit(_COUNTED).subquery()).scalar_subquery()


def _beginning(event_id: UUID, commune: str, term: str) -> list[ColumnElement[bool]]:
    return [PassTerm.commune_code == commune, PassTerm.event_id == event_id, PassTerm.term >= term, PassTerm.term < term + _AFTER]


def _known_in(commune: str) -> ColumnElement[bool]:
    return select(PassTerm.term).where(and_(PassTerm.pass_id == Pass.id, PassTerm.commune_code == commune)).exists()


def people(conditions: Iterable[ColumnElement[bool]]) -> list[Person]:
    """The passes that fulfil them, some hundreds at most."""
    return [Person(view, phone) for view, phone in queries.views_with_phone(conditions)]
