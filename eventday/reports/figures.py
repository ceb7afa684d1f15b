"""Figures of a commune's event day: facts in, figures out. Pure; documents print what stands here and count nothing.

“People” are passes, each counted once wherever they were seen. “Attendances” are a pass at a slot on a day. The two never share a column.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from eventday.kernel.clock import local
from eventday.programme.domain import Admission, Kind

SMALLEST_PUBLIC = 5  # people of a village below this number could be recognised
_Key = TypeVar("_Key", bound=Hashable)


class Age(StrEnum):
    CHILD = "under_16"
    YOUNG = "16_35"
    MIDDLE = "36_59"
    OLD = "from_60"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Place:
    """A registration of a person: `status` confirmed, waiting or cancelled; `on_the_spot` where a volunteer made it at the door."""

    slot_id: UUID
    status: str
    on_the_spot: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonFact:
    """A pass that is not revoked. `channel` is where it was made (web, api, desk, import, walk_in)."""

    id: UUID
    channel: str
    hamlet_id: UUID | None = None
    birth_year: int | None = None
    gender: str | None = None
    places: tuple[Place, ...] = ()

    @property
    def is_walk_in(self) -> bool:
        return self.channel == "walk_in"

    @property
    def is_registered(self) -> bool:
        """Registered before: not made at the gate, and not everything cancelled. A pass alone, without a slot, counts."""
        return not self.is_walk_in and (not self.places or any(place.status != "cancelled" for place in self.places))


@dataclass(frozen=True)
class Seen:
    """What counts of the check-ins: an admitted entry (`slot_id` None: the gate), or a stamp (its `at` is None)."""

    pass_id: UUID
    slot_id: UUID | None
    day: date
    at: datetime | None
    is_stamp: bool = False


@dataclass(frozen=True, kw_only=True)
class SlotFact:
    """A slot that was not cancelled. Times are aware UTC."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    place: str
    venue: str
    admission: Admission
    capacity: int


@dataclass(frozen=True, kw_only=True)
class ActivityFact:
    """`slots` took place; `cancelled` did not, but what was scanned there is not lost."""

    id: UUID
    title: str
    kind: Kind
    host: str
    skill: str | None
    slots: tuple[SlotFact, ...]
    cancelled: tuple[UUID, ...] = ()

    @property
    def slot_ids(self) -> tuple[UUID, ...]:
        return (*(slot.id for slot in self.slots), *self.cancelled)


@dataclass(frozen=True)
class HamletFact:
    id: UUID
    name: str
    households: int | None
    population: int | None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a commune's figures are made of. `people` hold everyone in `seen`."""

    year: int
    activities: Sequence[ActivityFact]
    hamlets: Sequence[HamletFact]
    people: Sequence[PersonFact]
    seen: Sequence[Seen]


@dataclass(frozen=True, kw_only=True)
class Count:
    """People: registered before (confirmed: those of them with a seat), came in person (of_registered and walk_ins are among them).

    Attendances in halls and yards, online ones, and stamps, counted apart.
    """

    registered: int = 0
    confirmed: int = 0
    of_registered: int = 0
    came: int = 0
    walk_ins: int = 0
    attendances: int = 0
    online: int = 0
    stamps: int = 0

    @property
    def all_attendances(self) -> int:
        return self.attendances + self.online


@dataclass(frozen=True)
class ActivityFigures:
    """`seats` over all its slots, None where nobody registers."""

    fact: ActivityFact
    count: Count

    @property
    def seats(self) -> int | None:
        return None if _is_open(self.fact) else sum(slot.capacity for slot in self.fact.slots)


@dataclass(frozen=True)
class HamletFigures:
    """`hamlet` None: from elsewhere, or not told."""

    hamlet: HamletFact | None
    count: Count
    genders: Counter[str]
    ages: Counter[Age]


@dataclass(frozen=True)
class Group:
    """People who share something (a channel, a gender, an age)."""

    key: str
    registered: int
    of_registered: int
    walk_ins: int
    came: int


@dataclass(frozen=True)
class Arrivals:
    """People who were first seen in the half hour from `start` (Vietnamese wall time)."""

    start: time
    registered: int
    walk_ins: int

    @property
    def people(self) -> int:
        return self.registered + self.walk_ins


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A commune's figures. `issued_at_gate`: passes of walk-ins, let in or not; `waiting`: people left without a seat.

    `learners`: people with a stamp; `skills`: most stamped first.
    """

    totals: Count
    by_kind: dict[Kind, Count]
    by_hamlet: tuple[HamletFigures, ...]
    activities: tuple[ActivityFigures, ...]
    channels: tuple[Group, ...]
    genders: tuple[Group, ...]
    ages: tuple[Group, ...]
    arrivals: tuple[Arrivals, ...]
    issued_at_gate: int
    waiting: int
    learners: int
    skills: tuple[tuple[str, int], ...]
    slots: int

    @property
    def passes(self) -> int:
        return self.totals.registered + self.issued_at_gate

    def of_kind(self, *kinds: Kind) -> tuple[ActivityFigures, ...]:
        return tuple(activity for activity in self.activities if activity.fact.kind in kinds)

    def is_registered_for(self, kind: Kind) -> bool:
        """Whether people register for anything of this kind, so that nobody registered means something."""
        return any(one.seats is not None for one in self.of_kind(kind))

    def group(self, groups: Sequence[Group], key: str) -> int:
        """How many of that group came."""
        return next((group.came for group in groups if group.key == key), 0)


def age_of(birth_year: int | None, year: int) -> Age:
    if birth_year is None:
        return Age.UNKNOWN
    age = year - birth_year
    return Age.CHILD if age < 16 else Age.YOUNG if age <= 35 else Age.MIDDLE if age <= 59 else Age.OLD


def of_facts(facts: Facts) -> Figures:
    """All figures of a commune."""
    counter = _Counter(facts)
    first = counter.first_seen()
    return Figures(
        totals=counter.of_people(facts.people, facts.seen),
        by_kind={kind: counter.of_kind(kind) for kind in Kind if any(activity.kind is kind for activity in facts.activities)},
        by_hamlet=counter.by_hamlet(),
        activities=tuple(ActivityFigures(activity, counter.of_activities([activity])) for activity in facts.activities),
        channels=counter.groups(lambda person: person.channel),
        genders=counter.groups(lambda person: person.gender or "unknown"),
        ages=counter.groups(lambda person: age_of(person.birth_year, facts.year)),
        arrivals=_arrivals(first, counter.walk_ins),
        issued_at_gate=len(counter.walk_ins),
        waiting=sum(person.is_registered and _waits_in_vain(person) for person in facts.people),
        learners=len({seen.pass_id for seen in facts.seen if seen.is_stamp and seen.slot_id}),
        skills=_skills(facts),
        slots=sum(len(activity.slots) for activity in facts.activities),
    )


class _Counter:
    """Counts over the facts, with what is asked for again and again looked up once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._online = {slot for activity in facts.activities if activity.kind is Kind.ONLINE for slot in activity.slot_ids}
        self.walk_ins = {person.id for person in facts.people if person.is_walk_in}
        self._came = {seen.pass_id for seen in facts.seen if self._in_person(seen)}

    def _in_person(self, seen: Seen) -> bool:
        return not seen.is_stamp and seen.slot_id not in self._online

    def _count(self, registered: Collection[UUID], confirmed: Collection[UUID], seen: Sequence[Seen]) -> Count:
        entries = [one for one in seen if self._in_person(one)]
        came = {one.pass_id for one in entries}
        return Count(
            registered=len(registered),
            confirmed=len(confirmed),
            of_registered=len(came.intersection(registered)),
            came=len(came),
            walk_ins=len(came & self.walk_ins),
            attendances=len({(one.pass_id, one.slot_id, one.day) for one in entries if one.slot_id}),
            online=len({(one.pass_id, one.slot_id, one.day) for one in seen if not one.is_stamp and one.slot_id in self._online}),
            stamps=len({(one.pass_id, one.slot_id) for one in seen if one.is_stamp and one.slot_id}),
        )

    def of_people(self, people: Iterable[PersonFact], seen: Sequence[Seen]) -> Count:
        """People wherever they were: registered before for anything. Who came and did not register before is a walk-in."""
        came = self._came
        registered = [person for person in people if person.is_registered or (person.id in came and not person.is_walk_in)]
        confirmed = {person.id for person in registered if any(place.status == "confirmed" for place in person.places)}
        return self._count({person.id for person in registered}, confirmed, seen)

    def of_activities(self, activities: Iterable[ActivityFact]) -> Count:
        """People at certain activities: registered before for one of these."""
        slots = {slot for activity in activities for slot in activity.slot_ids}
        standing = [
            (person.id, place)
            for person in self._facts.people
            for place in person.places
            if place.slot_id in slots and place.status != "cancelled" and not place.on_the_spot
        ]
        confirmed = {pass_id for pass_id, place in standing if place.status == "confirmed"}
        return self._count({pass_id for pass_id, _ in standing}, confirmed, [one for one in self._facts.seen if one.slot_id in slots])

    def of_kind(self, kind: Kind) -> Count:
        return self.of_activities(activity for activity in self._facts.activities if activity.kind is kind)

    def by_hamlet(self) -> tuple[HamletFigures, ...]:
        """Each hamlet in the commune's own order, and last who is from elsewhere or did not tell."""
        known: dict[UUID | None, HamletFact | None] = {hamlet.id: hamlet for hamlet in self._facts.hamlets}
        home = {person.id: person.hamlet_id if person.hamlet_id in known else None for person in self._facts.people}
        people = _grouped(self._facts.people, lambda person: home[person.id])
        seen = _grouped(self._facts.seen, lambda one: home.get(one.pass_id))
        return tuple(self._hamlet(known.get(key), people.get(key, []), seen.get(key, [])) for key in [*known, None])

    def _hamlet(self, hamlet: HamletFact | None, people: list[PersonFact], seen: list[Seen]) -> HamletFigures:
        present = [person for person in people if person.id in self._came]
        return HamletFigures(
            hamlet,
            self.of_people(people, seen),
            Counter(person.gender or "unknown" for person in present),
            Counter(age_of(person.birth_year, self._facts.year) for person in present),
        )

    def groups(self, key: Callable[[PersonFact], str]) -> tuple[Group, ...]:
        made = []
        for name, people in _grouped(self._facts.people, key).items():
            ids = {person.id for person in people}
            count = self.of_people(people, [one for one in self._facts.seen if one.pass_id in ids])
            made.append(Group(name, count.registered, count.of_registered, count.walk_ins, count.came))
        return tuple(made)

    def first_seen(self) -> dict[UUID, datetime]:
        first: dict[UUID, datetime] = {}
        for one in self._facts.seen:
            if self._in_person(one) and one.at and one.at <= first.get(one.pass_id, one.at):
                first[one.pass_id] = one.at
        return first


def _grouped(items: Iterable["_Item"], key: Callable[["_Item"], _Key]) -> dict[_Key, list["_Item"]]:
    groups: dict[_Key, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


_Item = TypeVar("_Item")


def _is_open(activity: ActivityFact) -> bool:
    return all(slot.admission is Admission.OPEN for slot in activity.slots)


def _waits_in_vain(person: PersonFact) -> bool:
    """Whether somebody waited and has no seat anywhere."""
    return any(place.status == "waiting" for place in person.places) and not any(place.status == "confirmed" for place in person.places)


def _arrivals(first: dict[UUID, datetime], walk_ins: Collection[UUID]) -> tuple[Arrivals, ...]:
    """By half hours of the day from the first to the last with somebody, the empty ones between among them."""
    halves = Counter((_half(at), pass_id in walk_ins) for pass_id, at in first.items())
    if not halves:
        return ()
    numbers = [half for half, _ in halves]
    return tuple(
        Arrivals(time(half // 2, 30 * (half % 2)), halves[half, False], halves[half, True]) for half in range(min(numbers), max(numbers) + 1)
    )


def _half(at: datetime) -> int:
    wall = local(at)
    return wall.hour * 2 + wall.minute // 30


def _skills(facts: Facts) -> tuple[tuple[str, int], ...]:
    skill = {slot: activity.skill for activity in facts.activities for slot in activity.slot_ids}
    stamped = {(one.pass_id, one.slot_id) for one in facts.seen if one.is_stamp and one.slot_id}
    counts = Counter(title for _, slot_id in stamped if slot_id and (title := skill.get(slot_id)))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def is_public(count: Count) -> bool:
    """Whether a village's figures may stand on a public page: nobody or at least five people came and registered."""
    return all(people == 0 or people >= SMALLEST_PUBLIC for people in (count.registered, count.came, count.walk_ins))
