"""Who came on a day, where they went and when. Pure: the same random numbers give the same visits."""

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from eventday.checkins.domain import Kind
from eventday.programme.domain import Admission, Slot
from eventday.programme.domain import Kind as ActivityKind

_COMES, _WAITS_AND_COMES = 0.78, 0.3
_STROLLS = {0: 20, 1: 25, 2: 25, 3: 20, 4: 10}
_LEARNS = {ActivityKind.BOOTH: 0.6, ActivityKind.STATION: 0.7, ActivityKind.CLASS: 0.8, ActivityKind.TALK: 0.3, ActivityKind.CONFERENCE: 0.2}
_SCANNED_TWICE = 0.03
_LEAVES = 0.4
_SHORT = timedelta(minutes=20)


@dataclass(frozen=True)
class Scan:
    """A pass (by its number) seen at a slot, or at the gate (None)."""

    who: int
    slot: Slot | None
    at: datetime
    kind: Kind


class Day:
    """One day's slots: those with seats by id, those that anybody may enter. `teaching` are the activities that attest a skill."""

    def __init__(self, slots: Iterable[Slot], rng: random.Random, teaching: Collection[UUID]) -> None:
        self._rng, self._teaching = rng, teaching
        halls = [slot for slot in slots if slot.kind is not ActivityKind.ONLINE]  # what is online has no gate
        self._open = [slot for slot in halls if slot.admission is Admission.OPEN]
        self.seated = {slot.id: slot for slot in halls if slot.admission is Admission.SEATS}

    def of_registered(self, who: int, confirmed: Sequence[Slot], waiting: Sequence[Slot]) -> Iterator[Scan]:
        """The scans of somebody with places on this day, if they come."""
        wanted = [slot for slot in confirmed if self._rng.random() < _COMES] + [slot for slot in waiting if self._rng.random() < _WAITS_AND_COMES]
        if not wanted:
            return
        wanted.sort(key=lambda slot: slot.starts_at)
        yield Scan(who, None, wanted[0].starts_at - self._minutes(12, 30), Kind.ENTRY)
        for slot in wanted:
            yield from self._enter(who, slot, slot.starts_at + self._minutes(-10, 8))
            yield from self._learn(who, slot, slot.ends_at - self._minutes(1, 8))
        yield from self._stroll(who, wanted[-1].ends_at)

    def of_walk_in(self, who: int, came_at: datetime) -> Iterator[Scan]:
        """What a walk-in does after the gate."""
        yield from self._stroll(who, came_at)

    def arrival(self) -> datetime:
        """A moment at which somebody without a pass comes to the gate: more in the morning."""
        begins = min(slot.starts_at for slot in (*self._open, *self.seated.values()))
        return begins + timedelta(minutes=self._rng.triangular(0, 8 * 60, 80))

    def _enter(self, who: int, slot: Slot, at: datetime) -> Iterator[Scan]:
        yield Scan(who, slot, at, Kind.ENTRY)
        if self._rng.random() < _SCANNED_TWICE:
            yield Scan(who, slot, at + self._minutes(1, 3), Kind.ENTRY)

    def _learn(self, who: int, slot: Slot, at: datetime) -> Iterator[Scan]:
        """Most do the exercise where there is one and get the stamp; fewer where many only listen."""
        if slot.activity_id in self._teaching and self._rng.random() < _LEARNS.get(slot.kind, 0):
            yield Scan(who, slot, at, Kind.STAMP)

    def _stroll(self, who: int, free_from: datetime) -> Iterator[Scan]:
        """Some booths and stations that are open then."""
        at = free_from + self._minutes(3, 15)
        count = self._rng.choices(list(_STROLLS), list(_STROLLS.values()))[0]
        for slot in self._rng.sample(self._open, min(count, len(self._open))):
            if not slot.starts_at <= at < slot.ends_at - _SHORT:
                continue
            yield from self._enter(who, slot, at)
            yield from self._learn(who, slot, at + self._minutes(8, 18))
            at += self._minutes(15, 40)
        if self._rng.random() < _LEAVES:
            yield Scan(who, None, at + self._minutes(2, 10), Kind.EXIT)

    def _minutes(self, least: int, most: int) -> timedelta:
        return timedelta(seconds=self._rng.randint(60 * least, 60 * most))
