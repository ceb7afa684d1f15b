"""What each person adds to the figures of a day, and their sum, from which one person's share can be taken out and put in anew. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from eventday.checkins.domain import Fact, Kind, Outcome, Settled

QUARTER, _EPOCH = timedelta(minutes=15), datetime(1970, 1, 1, tzinfo=UTC)
CAME, INSIDE, WALK_IN = "came", "inside", "walk_in"
Part = str | UUID | datetime  # one of those above; a slot where somebody was let in; the start of the quarter in which they came on a day
Share = frozenset[Part]


class Seen(Protocol):
    """An entry that let somebody in, or an exit; a fact is one, a row with its columns too."""

    @property
    def kind(self) -> str: ...
    @property
    def slot(self) -> UUID | None: ...
    @property
    def day(self) -> date: ...
    @property
    def at(self) -> datetime: ...


class Tally:
    """`counts` has how many people have each part in their share."""

    def __init__(self) -> None:
        self.counts: Counter[Part] = Counter()
        self._shares: dict[UUID, Share] = {}
        self._alike: dict[Share, Share] = {}

    def put(self, person: UUID, share: Share) -> None:
        """Somebody's share instead of what it was."""
        before = self._shares.pop(person, frozenset())
        if share:
            self._shares[person] = self._alike.setdefault(share, share)
        for part in before - share:
            self.counts[part] -= 1
        for part in share - before:
            self.counts[part] += 1


def counts(fact: Fact, settled: Settled) -> bool:
    """Whether a fact is an entry that lets in, or an exit that stands."""
    if fact.kind is Kind.ENTRY:
        return settled.outcome in (Outcome.ADMITTED, Outcome.ALREADY_ADMITTED)
    return fact.kind is Kind.EXIT and settled.outcome is Outcome.RECORDED


def share(seen: Sequence[Seen], *, is_walk_in: bool) -> Share:
    """What somebody adds who was seen so, in this order; nothing who never entered. `is_walk_in`: their pass was made at the gate."""
    entries = [one for one in seen if one.kind == Kind.ENTRY]
    if not entries:
        return frozenset()
    parts: set[Part] = {CAME, *(one.slot for one in entries if one.slot), *_quarters(entries)}
    if seen[-1].kind == Kind.ENTRY:
        parts.add(INSIDE)
    if is_walk_in:
        parts.add(WALK_IN)
    return frozenset(parts)


def _quarters(entries: Iterable[Seen]) -> Iterable[datetime]:
    first: dict[date, datetime] = {}
    for one in entries:
        first.setdefault(one.day, one.at)
    return [at - (at - _EPOCH) % QUARTER for at in first.values()]


def arrivals(tally: Tally) -> tuple[tuple[datetime, int], ...]:
    """How many came in which quarter of an hour, in order of time; quarters without anybody are left out."""
    return tuple(sorted((part, count) for part, count in tally.counts.items() if isinstance(part, datetime) and count))
