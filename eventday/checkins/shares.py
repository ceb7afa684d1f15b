"""What each person adds to the figures of a day. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from eventday.checkins.domain import Fact, Kind, Outcome, Settled
from eventday.kernel.tally import Part, Tally

_QUARTER, _EPOCH = timedelta(minutes=15), datetime(1970, 1, 1, tzinfo=UTC)
CAME: Part = ("came", None)
INSIDE: Part = ("inside", None)
WALK_IN: Part = ("walk_in", None)
Share = frozenset[Part]


class Stamp(NamedTuple):
    """An exercise done at a slot on a day."""

    slot: UUID
    day: date


class Seen(Protocol):
    """An entry that let somebody in, an exit or a stamp; a fact is one, a row with its columns too."""

    @property
    def kind(self) -> str: ...
    @property
    def slot(self) -> UUID | None: ...
    @property
    def day(self) -> date: ...
    @property
    def at(self) -> datetime: ...


def counts(fact: Fact, settled: Settled) -> bool:
    """Whether a fact is an entry that lets in, or an exit or a stamp that stands."""
    if fact.kind is Kind.ENTRY:
        return settled.outcome in (Outcome.ADMITTED, Outcome.ALREADY_ADMITTED)
    return fact.kind in (Kind.EXIT, Kind.STAMP) and settled.outcome is Outcome.RECORDED


def share(seen: Sequence[Seen], *, is_walk_in: bool) -> Share:
    """What somebody adds who was seen so, in this order; only stamps who never entered. `is_walk_in`: their pass was made at the gate."""
    stamps: set[Part] = {("stamp", Stamp(one.slot, one.day)) for one in seen if one.kind == Kind.STAMP and one.slot}
    moves = [one for one in seen if one.kind != Kind.STAMP]
    entries = [one for one in moves if one.kind == Kind.ENTRY]
    if not entries:
        return frozenset(stamps)
    parts: set[Part] = {CAME, *(entered(one.slot) for one in entries if one.slot), *_quarters(entries), *stamps}
    if moves[-1].kind == Kind.ENTRY:
        parts.add(INSIDE)
    if is_walk_in:
        parts.add(WALK_IN)
    return frozenset(parts)


def entered(slot: UUID) -> Part:
    """Of whoever was let in at the slot."""
    return ("slot", slot)


def _quarters(entries: Iterable[Seen]) -> Iterable[Part]:
    """Those in which somebody came on each day, told by their starts."""
    first: dict[date, datetime] = {}
    for one in entries:
        first.setdefault(one.day, one.at)
    return [("quarter", quarter_of(at)) for at in first.values()]


def quarter_of(at: datetime) -> datetime:
    """The start of the quarter of an hour."""
    return at - (at - _EPOCH) % _QUARTER


def stamps(tally: Tally[UUID]) -> Counter[UUID]:
    """How many exercises were done at which slot, one a person and day."""
    found: Counter[UUID] = Counter()
    for (_, stamp), count in tally.counts.items():
        if isinstance(stamp, Stamp):
            found[stamp.slot] += count
    return found


def arrivals(tally: Tally[UUID]) -> tuple[tuple[datetime, int], ...]:
    """How many came in which quarter of an hour, in order of time; quarters without anybody are left out."""
    return tuple(sorted((start, count) for (_, start), count in tally.counts.items() if isinstance(start, datetime)))
