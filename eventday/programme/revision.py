"""What a list of planned rows makes of a plan that stands already: which row is which slot or wish, and what changes. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from uuid import UUID

from eventday.programme.domain import Admission, Part
from eventday.programme.drafts import Occurrence
from eventday.programme.planned import Planned


@dataclass(frozen=True, kw_only=True)
class Standing(Occurrence):
    """A slot or wish that is in the plan, with what makes its activity's rows one."""

    key: tuple[str, str, str]

    @property
    def order(self) -> tuple[bool, date, bool, time, int]:
        return _order(self.day, self.start, self.number)


@dataclass(frozen=True)
class Target:
    """What the row's slot or wish is to be."""

    is_slot: bool
    day: date | None
    start: time | None
    end: time | None
    part: Part | None
    space_id: UUID | None
    capacity: int | None


@dataclass(frozen=True)
class FieldChange:
    """A field (title, kind, host, day, time, part, space_id, capacity, …) with its old and new value."""

    field: str
    old: object
    new: object


@dataclass(frozen=True)
class Decision:
    """One row: the slot or wish it is (None: a new one), what that is to be, what changes. `unknown_number`: its “Mã” names nothing here."""

    row: Planned
    standing: Standing | None
    target: Target
    changes: tuple[FieldChange, ...] = ()
    unknown_number: bool = False

    @property
    def change(self) -> str:
        return "new" if self.standing is None else "changed" if self.changes else "same"

    @property
    def moves(self) -> bool:
        """Whether people who registered would have to know: another day, hour or place."""
        return any(change.field in ("day", "time", "space_id") for change in self.changes)

    @property
    def below_taken(self) -> bool:
        """Whether more seats are taken than would be left."""
        standing = self.standing
        return bool(standing and standing.admission is Admission.SEATS and not standing.cancelled_at and (self.target.capacity or 0) < standing.taken)


@dataclass(frozen=True)
class Revision:
    """A decision for each row, in the rows' order, and what no row speaks of: it stays. `said`: per activity what its rows say of it."""

    decisions: tuple[Decision, ...]
    left: tuple[Standing, ...]
    said: Mapping[tuple[str, str, str], Mapping[str, object]] = field(default_factory=dict)


def revise(rows: Sequence[Planned], standing: Iterable[Standing], about: Mapping[UUID, Mapping[str, object]]) -> Revision:
    """Decide for every row. `about` has what each activity says of itself now (title, host, co_hosts, …), by id."""
    every = sorted(standing, key=lambda one: one.order)
    matched = _match(rows, every)
    taken = {one.id for one in matched if one}
    known = {one.number for one in every}
    wanted = _wanted_of_activities(rows, {one.key: about.get(one.activity_id, {}) for one in every})
    decisions = []
    for row, one in zip(rows, matched, strict=True):
        target = _target(row, one)
        changes = _changes(row, one, target, about.get(one.activity_id, {}), wanted) if one else ()
        decisions.append(Decision(row, one, target, changes, row.number is not None and row.number not in known))
    said = {key: {name: value for name, (_, value) in found.items()} for key, found in wanted.items()}
    return Revision(tuple(decisions), tuple(one for one in every if one.id not in taken), said)


def _match(rows: Sequence[Planned], standing: Sequence[Standing]) -> list[Standing | None]:
    """By number; else, within one activity, what stands unchanged first, then the rest in order of start."""
    by_number = {one.number: one for one in standing}
    matched: list[Standing | None] = [by_number.get(row.number) if row.number is not None else None for row in rows]
    taken = {one.id for one in matched if one}
    free: dict[tuple[str, str, str], list[Standing]] = {}
    for one in standing:
        if one.id not in taken:
            free.setdefault(one.key, []).append(one)
    open_rows = [n for n, row in enumerate(rows) if matched[n] is None and row.number is None]
    for same in (_stands_so, None):
        for n in sorted(open_rows, key=lambda n: _order(rows[n].day, rows[n].start, n)):
            if matched[n] is None:
                alike = free.get(rows[n].key, [])
                found = next((one for one in alike if same is None or same(rows[n], one)), None)
                if found:
                    matched[n] = found
                    alike.remove(found)
    return matched


def _stands_so(row: Planned, one: Standing) -> bool:
    return (row.day, row.start, row.space_id) == (one.day, one.start, one.space_id)


def _order(day: date | None, start: time | None, number: int) -> tuple[bool, date, bool, time, int]:
    return day is None, day or date.min, start is None, start or time.min, number


def _target(row: Planned, one: Standing | None) -> Target:
    if one is None or not one.is_slot:
        capacity = row.effective_capacity if row.is_placed else row.capacity
        return Target(row.is_placed, row.day, row.start, row.end, row.part, row.space_id, capacity)
    if one.cancelled_at:
        return Target(True, one.day, one.start, one.end, None, one.space_id, one.capacity)
    return _placed_target(row, one)


def _placed_target(row: Planned, one: Standing) -> Target:
    """A slot keeps what the row does not say: a wish that was placed stays where it was placed."""
    start = row.start or one.start
    end = row.end or (_later(one.end, one.start, start) if row.start else one.end)
    space_id = row.space_id if row.space_id or row.placed_online else one.space_id
    capacity = one.capacity if row.capacity is None else row.capacity
    if row.capacity is None and space_id != one.space_id and row.space_capacity:
        capacity = min(one.capacity or row.space_capacity, row.space_capacity)
    return Target(True, row.day or one.day, start, end, None, space_id, capacity)


def _later(end: time | None, old_start: time | None, new_start: time | None) -> time | None:
    """The end moved by as much as the start, not beyond the day."""
    if end is None or old_start is None or new_start is None:
        return end
    moved = datetime.combine(date.min, new_start) + (datetime.combine(date.min, end) - datetime.combine(date.min, old_start))
    return moved.time() if moved.date() == date.min else time(23, 59)


OF_ACTIVITY = ("title", "host", "co_hosts", "description", "audience", "equipment", "speaker", "note")


def _wanted_of_activities(
    rows: Sequence[Planned], stands: Mapping[tuple[str, str, str], Mapping[str, object]]
) -> dict[tuple[str, str, str], dict[str, tuple[int, object]]]:
    """Per activity what its rows say of it: the first row that says something counts. With that row's place in the file.

    Rows with a “Mã” all said what stands when they were exported: of them the first that says something else counts.
    """
    wanted: dict[tuple[str, str, str], dict[str, tuple[int, object]]] = {}
    for row in rows:
        said = wanted.setdefault(row.key, {})
        for name in OF_ACTIVITY:
            value = getattr(row, name)
            now = stands.get(row.key, {}).get(name)
            if value and (name not in said or (row.number is not None and said[name][1] == now != value)):
                said[name] = (id(row), value)
    return wanted


def _changes(
    row: Planned,
    one: Standing,
    target: Target,
    about: Mapping[str, object],
    wanted: Mapping[tuple[str, str, str], Mapping[str, tuple[int, object]]],
) -> tuple[FieldChange, ...]:
    changes = []
    if one.key != row.key:
        changes += [
            FieldChange(name, about.get(name), getattr(row, name)) for name in ("title", "kind", "host") if about.get(name) != getattr(row, name)
        ]
    else:
        said = wanted[row.key].items()
        changes += [FieldChange(name, about.get(name), value) for name, (first, value) in said if first == id(row) and about.get(name) != value]
    old = Target(one.is_slot, one.day, one.start, one.end, None if one.is_slot else one.part, one.space_id, one.capacity)
    return tuple(changes) + _moved(old, replace(target, part=None) if target.is_slot else target)


def _moved(old: Target, new: Target) -> tuple[FieldChange, ...]:
    changes = [FieldChange(name, getattr(old, name), getattr(new, name)) for name in ("day", "part", "space_id", "capacity")]
    changes.append(FieldChange("time", (old.start, old.end), (new.start, new.end)))
    if old.is_slot != new.is_slot:
        changes.append(FieldChange("placed", old.is_slot, new.is_slot))
    return tuple(change for change in changes if change.old != change.new)
