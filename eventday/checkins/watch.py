"""A commune's day as `queries.live` counts it, without counting everything anew at each look.

Each process keeps, for the communes looked at last, what every person adds to the figures (`shares`). A look asks what came or changed
since, and reads only those people again, by the contract's own rule (`facts.settled_of`). It may, because of two things:
facts are only ever added, so as many as are known are the same ones; and what is done to registrations and passes shows
(`registrations.changes`). Where more facts came than can be found, all is counted anew.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_

from eventday.checkins import counted, facts, queries, shares
from eventday.checkins.domain import Key, Kind
from eventday.checkins.figures import Live, Watched, live_slot
from eventday.checkins.models import CheckIn, Presence
from eventday.checkins.shares import Share
from eventday.db import core, db
from eventday.kernel.tally import Tally
from eventday.programme import queries as programme
from eventday.programme.domain import Slot
from eventday.registrations import changes
from eventday.registrations.changes import Stamps
from eventday.registrations.domain import Source
from eventday.registrations.models import Pass
from eventday.web.remembered import remembered

_RECENT = timedelta(seconds=10)  # what was received so shortly before the last is looked at again: who was stamped first may commit later
_MANY = 1_000  # people; more are read faster all at once
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Marks:
    """By what a change shows: how many facts and when the last came, how many presences, what was done to passes, each slot's state."""

    facts: int
    latest: datetime | None
    presences: int
    passes: Stamps
    slots: Mapping[UUID, object]


@dataclass
class _Kept:
    """What is known of a commune's day. `before`: how many facts came before `since`."""

    event_id: UUID
    commune: str
    lock: Lock = field(default_factory=Lock)
    marks: _Marks | None = None
    since: datetime = _EPOCH
    before: int = 0
    tally: Tally[UUID] = field(default_factory=Tally)
    alike: dict[Share, Share] = field(default_factory=dict)
    registered: int = 0
    online: Mapping[UUID, int] = field(default_factory=dict)


def watched(event_id: UUID, commune: str) -> Watched:
    """The day as it stands: six statements where nothing changed, else at most a dozen."""
    slots = programme.slots(event_id, commune)
    kept = remembered("days_watched", (event_id, commune), lambda: _Kept(event_id, commune))
    with kept.lock:
        _bring_up(kept, _marks(kept, slots))
        counts, online, stamps = kept.tally.counts, kept.online, shares.stamps(kept.tally)
        live = Live(
            registered=kept.registered,
            admitted=counts[shares.CAME],
            inside=counts[shares.INSIDE],
            walk_ins=counts[shares.WALK_IN],
            online=sum(online.values()),
            slots=tuple(
                live_slot(one, admitted=counts[shares.entered(one.id)], online=online.get(one.id, 0), stamps=stamps[one.id]) for one in slots
            ),
            devices=queries.devices(event_id, [commune]),
        )
        return Watched(live=live, arrivals=shares.arrivals(kept.tally))


def _here(kept: _Kept) -> tuple[ColumnElement[bool], ...]:
    return CheckIn.commune_code == kept.commune, CheckIn.event_id == kept.event_id


def _marks(kept: _Kept, slots: Iterable[Slot]) -> _Marks:
    """Three statements."""
    columns = [
        select(func.count()).where(*_here(kept)),
        select(func.max(CheckIn.received_at)).where(*_here(kept)),
        select(func.count()).where(Presence.commune_code == kept.commune, Presence.event_id == kept.event_id),
    ]
    row = db.session.execute(select(*(one.scalar_subquery() for one in columns))).one()
    registered = changes.in_each_state(kept.commune)
    return _Marks(row[0], row[1], row[2], changes.stamps(kept.event_id), {slot.id: (slot.admission, registered.get(slot.id)) for slot in slots})


def _bring_up(kept: _Kept, marks: _Marks) -> None:
    before = kept.marks
    if before == marks:
        return
    kept.marks = None  # where reading fails half way, the next look begins anew
    passes = _touched(kept, before, marks) if before else None
    if passes is None or len(passes) > _MANY:
        _count_all(kept, marks)
    elif passes:
        _count_again(kept, passes)
    if before is None or (before.passes, before.slots) != (marks.passes, marks.slots):
        kept.registered = queries.registered(kept.event_id, [kept.commune])
    kept.online = queries.online_by_slot(kept.event_id, [kept.commune]) if marks.presences else {}
    kept.marks = marks


def _touched(kept: _Kept, before: _Marks, marks: _Marks) -> set[UUID] | None:
    """The passes whose people must be read again; None where more came than can be found."""
    passes: set[UUID] = set()
    if before.facts != marks.facts:
        total, rows = _since(kept)
        if total - len(rows) != kept.before:
            return None
        _go_on(kept, total, rows)
        passes |= {row.pass_id for row in rows if row.pass_id} | _taken_back(rows)
    if before.passes != marks.passes:
        passes |= set(changes.stamped_since(kept.event_id, before.passes, most=_MANY))
    changed = [one for one in {*before.slots, *marks.slots} if before.slots.get(one) != marks.slots.get(one)]
    if changed:
        query = select(CheckIn.pass_id).where(CheckIn.commune_code == kept.commune, CheckIn.slot_id.in_(changed)).distinct()
        passes |= {pass_id for pass_id in db.session.scalars(query) if pass_id}
    return passes


def _since(kept: _Kept) -> tuple[int, Sequence[Any]]:
    """How many facts there are, and those received from `since` on, of the same moment."""
    total = select(func.count()).where(*_here(kept)).scalar_subquery().label("total")
    columns = (CheckIn.device_id, CheckIn.id, CheckIn.kind, CheckIn.pass_id, CheckIn.of, CheckIn.received_at)
    rows = db.session.execute(select(total, *columns).where(*_here(kept), CheckIn.received_at >= kept.since)).all()
    return (rows[0].total if rows else 0), rows


def _go_on(kept: _Kept, total: int, rows: Sequence[Any]) -> None:
    kept.since = max([kept.since, *(row.received_at - _RECENT for row in rows)])
    kept.before = total - sum(row.received_at >= kept.since for row in rows)


def _taken_back(rows: Iterable[Any]) -> set[UUID]:
    """The passes of what undos took back, also through undos of undos: a statement for each step."""
    passes: set[UUID] = set()
    known: set[Key] = set()
    while keys := {(row.device_id, row.of) for row in rows if row.kind == Kind.UNDO and row.of} - known:
        known |= keys
        query = select(CheckIn.device_id, CheckIn.kind, CheckIn.pass_id, CheckIn.of)
        rows = db.session.execute(query.where(tuple_(CheckIn.device_id, CheckIn.id).in_(keys))).all()
        passes |= {row.pass_id for row in rows if row.pass_id}
    return passes


def _count_again(kept: _Kept, passes: Collection[UUID]) -> None:
    """Four statements."""
    seen: dict[UUID, list[Any]] = {pass_id: [] for pass_id in passes}  # one that was merged has nothing of its own any more
    found = facts.settled_of(db.session(), passes).values()
    for fact, settled in sorted(found, key=lambda one: (one[0].at, one[0].id, one[0].device)):
        if fact.pass_id:
            seen.setdefault(fact.pass_id, [])
            if fact.commune == kept.commune and shares.counts(fact, settled):
                seen[fact.pass_id].append(fact)
    walk_ins = set(db.session.scalars(select(Pass.id).where(Pass.id.in_(seen), Pass.source == Source.WALK_IN)))
    for person, theirs in seen.items():
        _put(kept, person, theirs, is_walk_in=person in walk_ins)


def _count_all(kept: _Kept, marks: _Marks) -> None:
    kept.since = marks.latest - _RECENT if marks.latest else _EPOCH
    _go_on(kept, *_since(kept))
    here = (kept.event_id, [kept.commune])
    found = counted.seen(*here, counted.undone(*here), Kind.STAMP)
    columns = (counted.WHO, CheckIn.kind, CheckIn.slot_id.label("slot"), CheckIn.day, CheckIn.at, counted.MADE_BY.label("source"))
    ordered = found.with_only_columns(*columns).order_by(CheckIn.at, CheckIn.id, CheckIn.device_id)
    seen: dict[UUID, list[Any]] = defaultdict(list)
    for row in core(db.session()).execute(ordered):
        seen[row.pass_id].append(row)
    kept.tally, kept.alike = Tally(), {}
    for person, rows in seen.items():
        _put(kept, person, rows, is_walk_in=rows[0].source == Source.WALK_IN)


def _put(kept: _Kept, person: UUID, seen: Sequence[Any], *, is_walk_in: bool) -> None:
    share = shares.share(seen, is_walk_in=is_walk_in)
    kept.tally.put(person, kept.alike.setdefault(share, share))  # most people's are like others': each is kept once
