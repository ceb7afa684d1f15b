"""Days that have passed, as three scanners saw them: through the same services as real phones."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import TypeVar

from eventday.access import service as access
from eventday.access.domain import Device
from eventday.checkins import presence
from eventday.checkins.domain import By
from eventday.checkins.records import Record, WalkInRecord
from eventday.checkins.service import record
from eventday.checkins.walk_ins import walk_in
from eventday.kernel import ids
from eventday.kernel.clock import VIETNAM, day_of
from eventday.places import queries as places
from eventday.programme import queries as programme
from eventday.programme.domain import Admission, Event, Kind, Slot
from eventday.registrations import queries as registrations
from eventday.registrations.domain import IssuedPass, Status
from eventday.rehearsal import sources
from eventday.rehearsal.people import Population, Somebody
from eventday.rehearsal.visits import Day, Scan

_WALK_INS = 0.6  # for each person who registered; the nearest precedent had more (product notes)
_WATCHES = 0.7
_SENT_TOGETHER = 100
_DELAY = timedelta(seconds=20)
_T = TypeVar("_T")


class Scanner:
    """One volunteer's phone: it numbers its facts and sends them in order of time."""

    def __init__(self, event: Event, commune: str, name: str) -> None:
        eve = datetime.combine(event.first_day - timedelta(days=1), time(15), tzinfo=VIETNAM)
        code = access.open_enrolment(event.id, commune, (), manual=False, now=eve)
        self._device = Device(access.enrol(code, name, now=eve).id, name, event.id, commune, frozenset(), manual=False)
        self._sequence = 0

    def send(self, scans: Sequence[Scan], tokens: Sequence[str]) -> None:
        for together in _batches(sorted(scans, key=lambda scan: scan.at)):
            sent_at = together[-1].at + _DELAY
            record([self._record(scan, tokens[scan.who]) for scan in together], self._device, sent_at=sent_at, now=sent_at)

    def add_walk_ins(self, people: Sequence[tuple[Somebody, str, datetime]]) -> list[IssuedPass]:
        """Let in people (with their hamlet, in order of time) at the gate, by their names."""
        issued = []
        for together in _batches(people):
            records = [self._walk_in(*one) for one in together]
            issued += [answer.issued for answer in walk_in(records, self._device, now=together[-1][2] + _DELAY) if answer.issued]
        return issued

    def _next(self) -> int:
        self._sequence += 1
        return self._sequence

    def _record(self, scan: Scan, token: str) -> Record:
        slot = scan.slot.id if scan.slot else None
        return Record(id=ids.new(), sequence=self._next(), kind=scan.kind, pass_text=token, slot=slot, at=scan.at, of=None, by=By.SCAN)

    def _walk_in(self, somebody: Somebody, hamlet: str, at: datetime) -> WalkInRecord:
        return WalkInRecord(
            id=ids.new(),
            pass_id=ids.new(),
            checkin_id=ids.new(),
            sequence=self._next(),
            name=somebody.name,
            birth_year=somebody.birth_year,
            gender=somebody.gender,
            hamlet=hamlet,
            group=somebody.group,
            phone=None,
            slot=None,
            spare=None,
            at=at,
        )


def pass_by(event: Event, commune: str, passes: Sequence[IssuedPass], rng: random.Random) -> None:
    """Let the days pass: people with passes come or not, others walk in, all stroll about."""
    gate, hall, yard = (Scanner(event, commune, name) for name in ("Cổng chính", "Hội trường", "Gian hàng và trạm"))
    slots = programme.slots(event.id, commune)
    teaching = {activity.id for activity in programme.activities(event.id, commune) if activity.skill}
    dates = sorted({day_of(slot.starts_at) for slot in slots})
    days = [Day([slot for slot in slots if day_of(slot.starts_at) == date], rng, teaching) for date in dates]
    scans = list(_of_registered(days, passes))
    people = sorted(_without_a_pass(event, commune, days, round(len(passes) * _WALK_INS), rng), key=lambda one: one[1][2])
    walked_in = gate.add_walk_ins([one for _, one in people])
    for who, (day, (_, _, came)) in enumerate(people, len(passes)):
        scans += day.of_walk_in(who, came)
    tokens = [issued.token for issued in (*passes, *walked_in)]
    gate.send([scan for scan in scans if scan.slot is None], tokens)
    hall.send([scan for scan in scans if scan.slot and scan.slot.admission is Admission.SEATS], tokens)
    yard.send([scan for scan in scans if scan.slot and scan.slot.admission is Admission.OPEN], tokens)
    _watch(slots, passes, rng)


def _watch(slots: Sequence[Slot], passes: Sequence[IssuedPass], rng: random.Random) -> None:
    """Most of those with a seat at what is online say that they are there, in its first minutes."""
    online = {slot.id: slot for slot in slots if slot.kind is Kind.ONLINE and slot.cancelled_at is None}
    views = registrations.passes_by_ids([issued.id for issued in passes])
    for view in (views[issued.id] for issued in passes):
        for slot in [online[one.slot_id] for one in view.registrations if one.status is Status.CONFIRMED and one.slot_id in online]:
            if rng.random() < _WATCHES:
                presence.attend(view, slot, now=slot.starts_at + timedelta(minutes=rng.randrange(15)))


def _of_registered(days: Sequence[Day], passes: Sequence[IssuedPass]) -> Iterator[Scan]:
    standing = registrations.registrations_of([issued.id for issued in passes])
    for day in days:
        for who, issued in enumerate(passes):
            mine = [(at.status, day.seated[at.slot_id]) for at in standing.get(issued.id, ()) if at.slot_id in day.seated]
            mine.sort(key=lambda one: (one[1].starts_at, one[1].title))
            confirmed, waiting = ([slot for status, slot in mine if status is wanted] for wanted in (Status.CONFIRMED, Status.WAITING))
            yield from day.of_registered(who, confirmed, waiting)


def _without_a_pass(
    event: Event, commune: str, days: Sequence[Day], count: int, rng: random.Random
) -> Iterator[tuple[Day, tuple[Somebody, str, datetime]]]:
    """People who come to the gate of a day, with their hamlet and the moment."""
    hamlets = places.hamlets(commune)
    population = Population(rng, sources.name_parts(), hamlets=len(hamlets), year=event.first_day.year)
    for number, somebody in enumerate(one for family in population.families(count, first_phone=1) for one in family.people):
        day = days[number % len(days)]
        yield day, (somebody, hamlets[somebody.hamlet or 0].name, day.arrival())


def _batches(things: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for first in range(0, len(things), _SENT_TOGETHER):
        yield things[first : first + _SENT_TOGETHER]
