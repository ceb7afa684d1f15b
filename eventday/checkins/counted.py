"""Which facts count, as statements to build on.

What an entry means follows `domain.settle`: it counts where its verdict is empty, its pass stands, nothing took it back, and it was
at the gate, at an open slot, or where the pass is confirmed. Undos are few: they are settled in Python and left out by key.
Plans (tests/checkins/test_live.py looks at them): facts by ix_checkins_commune_code_event_id_received_at, undos by their partial
index, passes by primary key, registrations by uq_registrations_pass_slot_live.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from eventday.checkins.domain import Fact, Key, Kind, undone_keys
from eventday.checkins.models import CheckIn, Presence
from eventday.db import db
from eventday.programme import models as programme_models
from eventday.programme.domain import Admission
from eventday.registrations.domain import Status
from eventday.registrations.models import Pass, Registration

_SLOT = programme_models.Slot
_kept = aliased(Pass)
WHO = func.coalesce(Pass.merged_into, Pass.id).label("pass_id")  # the person, whichever of their codes was seen
MADE_BY = case((Pass.merged_into.is_(None), Pass.source), else_=select(_kept.source).where(_kept.id == Pass.merged_into).scalar_subquery())
_UNDO: ColumnElement[str] = literal_column("'undo'")  # as the partial index says it: a bound value would not use it


def undone(event_id: UUID, communes: Collection[str]) -> set[Key]:
    """The facts of a place that count nowhere."""
    query = select(CheckIn.device_id, CheckIn.id, CheckIn.of, CheckIn.verdict, CheckIn.commune_code, CheckIn.day, CheckIn.at).where(
        CheckIn.commune_code.in_(communes), CheckIn.event_id == event_id, CheckIn.kind == _UNDO
    )
    return undone_keys(
        Fact(
            device=row.device_id,
            id=row.id,
            kind=Kind.UNDO,
            pass_id=None,
            commune=row.commune_code,
            slot=None,
            day=row.day,
            at=row.at,
            of=row.of,
            verdict=row.verdict,
        )
        for row in db.session.execute(query)
    )


def standing(event_id: UUID, communes: Collection[str], taken_back: Collection[Key], kinds: Collection[Kind]) -> Select[*tuple[Any, ...]]:
    """Facts of these kinds that prove something and were not taken back, with their pass."""
    query = (
        select(CheckIn.pass_id)
        .join(Pass, Pass.id == CheckIn.pass_id)
        .where(
            CheckIn.commune_code.in_(communes),
            CheckIn.event_id == event_id,
            CheckIn.kind.in_(kinds),
            CheckIn.verdict.is_(None),
            Pass.revoked_at.is_(None),
        )
    )
    return query.where(tuple_(CheckIn.device_id, CheckIn.id).not_in(taken_back)) if taken_back else query


IS_CONFIRMED = case((Registration.id.is_not(None), 1), else_=0)
MAY_ENTER = or_(CheckIn.slot_id.is_(None), _SLOT.admission == Admission.OPEN, Registration.id.is_not(None))
_CANCELLED: ColumnElement[str] = literal_column("'cancelled'")  # as the partial index of a pass's standing registrations says it


def _seat_at(slot_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Whether the person has a seat at the slot of a fact."""
    stands = and_(Registration.status != _CANCELLED, Registration.status == Status.CONFIRMED)
    return and_(Registration.pass_id == WHO, Registration.slot_id == slot_id, stands)


def _with_right(query: Select[*tuple[Any, ...]], may_enter: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return query.outerjoin(_SLOT, _SLOT.id == CheckIn.slot_id).outerjoin(Registration, _seat_at(CheckIn.slot_id)).where(may_enter)


def entries(event_id: UUID, communes: Collection[str], taken_back: Collection[Key]) -> Select[*tuple[Any, ...]]:
    """Entries that admit, the repeats among them."""
    return _with_right(standing(event_id, communes, taken_back, [Kind.ENTRY]), MAY_ENTER)


def seen(event_id: UUID, communes: Collection[str], taken_back: Collection[Key], *others: Kind) -> Select[*tuple[Any, ...]]:
    """Entries that admit, exits, and facts of the `others` kinds."""
    kinds = [Kind.EXIT, *others]
    return _with_right(standing(event_id, communes, taken_back, [Kind.ENTRY, *kinds]), or_(CheckIn.kind.in_(kinds), MAY_ENTER))


def present(event_id: UUID, communes: Collection[str]) -> Select[*tuple[Any, ...]]:
    """Who was online where they have a seat, with a pass that stands."""
    return (
        select(Presence.slot_id)
        .join(Pass, Pass.id == Presence.pass_id)
        .join(Registration, _seat_at(Presence.slot_id))
        .where(Presence.commune_code.in_(communes), Presence.event_id == event_id, Pass.revoked_at.is_(None))
    )
