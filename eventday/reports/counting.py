"""Counting: facts in, figures out. Pure."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import UTC, datetime, time
from typing import TypeVar
from uuid import UUID

from eventday.kernel.clock import local
from eventday.programme.domain import Kind
from eventday.reports.facts import ActivityFact, Facts, HamletFact, PersonFact, Seen
from eventday.reports.figures import ActivityFigures, Arrivals, Count, Figures, Group, HamletFigures, age_of

_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


def figures_of(facts: Facts) -> Figures:
    """All figures of a commune."""
    counter = _Counter(facts)
    first = counter.first_seen()
    return Figures(
        totals=counter.of_people(facts.people, facts.seen),
        by_kind={kind: counter.of_kind(kind) for kind in Kind if any(activity.kind is kind for activity in facts.activities)},
        by_hamlet=counter.by_hamlet(),
        activities=tuple(ActivityFigures(activity, counter.of_activities([activity])) for activity in sorted(facts.activities, key=_begins)),
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


def _begins(activity: ActivityFact) -> tuple[bool, datetime]:
    """Its first slot's start; what was cancelled comes last."""
    starts = [slot.starts_at for slot in activity.slots]
    return (False, min(starts)) if starts else (True, datetime.max.replace(tzinfo=UTC))


class _Counter:
    """Counts over the facts, with what is asked for again and again looked up once."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.walk_ins = {person.id for person in facts.people if person.is_walk_in}
        self._came = {seen.pass_id for seen in facts.seen if seen.is_in_person}

    def _count(self, registered: Collection[UUID], confirmed: Collection[UUID], seen: Sequence[Seen]) -> Count:
        entries = [one for one in seen if one.is_in_person]
        came = {one.pass_id for one in entries}
        return Count(
            registered=len(registered),
            confirmed=len(confirmed),
            of_registered=len(came.intersection(registered)),
            came=len(came),
            walk_ins=len(came & self.walk_ins),
            attendances=len({(one.pass_id, one.slot_id, one.day) for one in entries if one.slot_id}),
            online=len({(one.pass_id, one.slot_id, one.day) for one in seen if one.is_online}),
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
            if one.is_in_person and one.at and one.at <= first.get(one.pass_id, one.at):
                first[one.pass_id] = one.at
        return first


def _grouped(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, list[_Item]]:
    groups: dict[_Key, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


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
