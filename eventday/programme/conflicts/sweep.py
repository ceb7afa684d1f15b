"""One sweep over time: where more of a thing is claimed at once than there is. Pure; claims that touch do not coincide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush


@dataclass(frozen=True)
class Claim:
    """An amount of something from `starts_at` until `ends_at`, at which it is free again."""

    starts_at: datetime
    ends_at: datetime
    amount: int = 1


@dataclass(frozen=True)
class Excess:
    """A claim that begins when too little is left: its index (`last`), who `held` the thing then, and what all of them take together.

    Too much is claimed from `starts_at` until `ends_at`, or longer where another begins meanwhile: that is an excess of its own.
    """

    last: int
    held: tuple[int, ...]
    claimed: int
    starts_at: datetime
    ends_at: datetime


def excesses(claims: Sequence[Claim], limit: int) -> list[Excess]:
    """In order of start, of two that begin at once the later in `claims`. The load only rises where a claim begins: one look at each is enough."""
    found = []
    running: list[tuple[datetime, int]] = []
    load = 0
    for index in sorted(range(len(claims)), key=lambda n: (claims[n].starts_at, n)):
        claim = claims[index]
        while running and running[0][0] <= claim.starts_at:
            load -= claims[heappop(running)[1]].amount
        if claim.starts_at >= claim.ends_at or claim.amount <= 0:
            continue
        held = tuple(n for _, n in running) if load + claim.amount > limit else ()
        heappush(running, (claim.ends_at, index))
        load += claim.amount
        if load > limit:
            found.append(Excess(index, tuple(sorted(held)), load, claim.starts_at, _relief(claims, running, load, limit)))
    return found


def _relief(claims: Sequence[Claim], running: Sequence[tuple[datetime, int]], load: int, limit: int) -> datetime:
    """When enough of the running claims have ended."""
    ends = sorted(running)
    for ends_at, index in ends:
        load -= claims[index].amount
        if load <= limit:
            return ends_at
    return ends[-1][0]
