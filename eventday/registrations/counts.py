"""How many have registered, for organisers' homes: what stands (seated or waiting, the pass not revoked).

Each process keeps what every slot adds, of the communes looked at last, and reads again only the slots that changed (`changes`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import InstrumentedAttribute

from eventday.db import core, db
from eventday.kernel.clock import day_of
from eventday.kernel.tally import Part, Tally
from eventday.registrations import changes
from eventday.registrations.changes import Stamps
from eventday.registrations.domain import Status
from eventday.registrations.models import Pass, Registration
from eventday.web.remembered import remembered

_ALL: Part = ("registration", None)
_MANY = 200  # slots or passes; more are read faster all at once


@dataclass(frozen=True)
class Registered:
    """People (passes), the households they came in, and registrations: one person may have several. `by_day` counts those made on each day;
    `heard_from` are those of the hamlets asked about in which somebody has registered."""

    people: int
    households: int
    registrations: int
    by_day: tuple[tuple[date, int], ...]
    heard_from: frozenset[UUID]


@dataclass(frozen=True)
class _Marks:
    """By what a change shows (`changes`)."""

    passes: Stamps
    slots: Mapping[UUID, Mapping[str, int]]


@dataclass
class _Kept:
    """What is known of a commune's registrations: by slot."""

    event_id: UUID
    commune: str
    lock: Lock = field(default_factory=Lock)
    marks: _Marks | None = None
    tally: Tally[UUID] = field(default_factory=Tally)


def registered(event_id: UUID, commune: str, *, days: int, until: date, hamlets: Collection[UUID] = ()) -> Registered:
    """A commune's; `by_day` has the last `days` days up to `until`, in Vietnam. Two statements where nothing changed, else at most four."""
    kept = remembered("registrations_counted", (event_id, commune), lambda: _Kept(event_id, commune))
    every = [until - timedelta(days=days - 1 - n) for n in range(days)]
    with kept.lock:
        _bring_up(kept)
        counts, different = kept.tally.counts, kept.tally.different
        return Registered(
            people=different["person"],
            households=different["household"],
            registrations=counts[_ALL],
            by_day=tuple((day, counts["day", day]) for day in every),
            heard_from=frozenset(hamlet for hamlet in hamlets if counts["hamlet", hamlet]),
        )


def _marks(kept: _Kept) -> _Marks:
    """Two statements."""
    return _Marks(changes.stamps(kept.event_id), changes.in_each_state(kept.commune))


def _bring_up(kept: _Kept) -> None:
    before, marks = kept.marks, _marks(kept)
    if before == marks:
        return
    kept.marks = None  # where reading fails half way, the next look begins anew
    changed = _changed(kept, before, marks) if before else None
    if changed is None:
        kept.tally = Tally()
    for slot_id, share in _shares(kept, changed).items():
        kept.tally.put(slot_id, share)
    kept.marks = marks


def _changed(kept: _Kept, before: _Marks, marks: _Marks) -> set[UUID] | None:
    """The slots to be read again; None for all."""
    slots = {one for one in {*before.slots, *marks.slots} if before.slots.get(one) != marks.slots.get(one)}
    if before.passes != marks.passes:
        ids = changes.stamped_since(kept.event_id, before.passes, most=_MANY)
        if len(ids) > _MANY:
            return None
        slots |= set(db.session.scalars(select(Registration.slot_id).where(Registration.pass_id.in_(ids)).distinct()))
    return slots if len(slots) <= _MANY else None


def _shares(kept: _Kept, slots: Collection[UUID] | None) -> dict[UUID, list[Part]]:
    """What each of these slots adds, or each of all: one statement."""
    revoked = select(Pass.id).where(Pass.event_id == kept.event_id, Pass.revoked_at.is_not(None))
    about = (Registration.slot_id, Registration.pass_id, Registration.created_at)
    query = select(*about, _of_pass(Pass.household_id).label("household_id"), _of_pass(Pass.hamlet_id).label("hamlet_id")).where(
        Registration.commune_code == kept.commune,
        Registration.event_id == kept.event_id,
        Registration.status != Status.CANCELLED,
        Registration.pass_id.not_in(revoked),
    )
    found: dict[UUID, list[Part]] = {slot_id: [] for slot_id in slots or ()}
    for row in core(db.session()).execute(query if slots is None else query.where(Registration.slot_id.in_(slots))):
        found.setdefault(row.slot_id, []).extend(_parts(row))
    return found


def _parts(row: Any) -> list[Part]:
    parts: list[Part] = [_ALL, ("person", row.pass_id), ("household", row.household_id), ("day", day_of(row.created_at))]
    return [*parts, ("hamlet", row.hamlet_id)] if row.hamlet_id else parts


def _of_pass(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
    """Of a registration's pass. Looked up one by one: joined, PostgreSQL reads the passes of the whole country."""
    return select(column).where(Pass.id == Registration.pass_id).correlate(Registration).scalar_subquery()
