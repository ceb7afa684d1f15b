"""What clashes if a file is taken in: its rows with each other and with what stands in the plan, by `programme.conflicts`. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from eventday.imports.checks import problem_at
from eventday.imports.findings import PlanRow, Problem
from eventday.imports.headings import Column
from eventday.kernel.clock import VIETNAM, local
from eventday.places.domain import Equipment, Space
from eventday.programme.conflicts import Code, Conflict, Use, conflicts
from eventday.programme.domain import Activity, Kind
from eventday.programme.revision import Decision, Revision, Standing, Target

_COLUMNS = {Code.HOST_TWICE: Column.HOST, Code.EQUIPMENT_SHORT: Column.EQUIPMENT, Code.AUDIENCE_TWICE: Column.AUDIENCE}


@dataclass(frozen=True)
class Around:
    """What a plan stands in: the commune's spaces by id, its equipment, and the plan's activities by id."""

    spaces: Mapping[UUID, Space]
    equipment: Sequence[Equipment]
    activities: Mapping[UUID, Activity]


@dataclass(frozen=True)
class _Placed:
    """A use and its place in the file (none: it stands in the plan only). `settled`: it stands in the plan as it is and is not touched."""

    use: Use
    settled: bool
    place: int = -1
    row: PlanRow | None = None


def find(pairs: Sequence[tuple[PlanRow, Decision]], revision: Revision, around: Around) -> tuple[list[Problem], list[Problem]]:
    """Errors and warnings. Two rows that want one space are an error; what is in the way of a slot that left the file cannot be mended in it.

    A clash is told at the row that comes last in the file; what stands already and is not touched is not held against what stands.
    """
    placed = {one.use.key: one for one in [*_standing(revision.left, around), *_rows(pairs, revision, around)]}
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for conflict in conflicts([one.use for one in placed.values()], around.equipment):
        sides = [placed[use.key] for use in conflict.uses]
        told = max((one for one in sides if one.row and not one.settled), key=lambda one: one.place, default=None)
        if told is None or told.row is None or conflict.code is Code.OUTSIDE_HOURS:  # hours are told where the cell is read
            continue
        rivals = sorted((one for one in sides if one is not told), key=lambda one: one.row is None)
        problem = _problem(told.row, conflict, rivals[0] if rivals else None)
        (errors if problem.code == "space_conflict" and rivals[0].row else warnings).append(problem)
    return errors, warnings


def _problem(row: PlanRow, conflict: Conflict, rival: _Placed | None) -> Problem:
    if conflict.code in (Code.OVER_CAPACITY, Code.EQUIPMENT_SHORT):
        return _shortage(row, conflict)
    assert rival is not None
    facts: dict[str, object] = {"title": rival.use.title, "until": local(rival.use.ends_at).time()}
    facts |= {"with_row": rival.row.row if rival.row else None, "with_sheet": rival.row.sheet if rival.row else None}
    if conflict.code is Code.HOST_TWICE:
        return problem_at(row, Column.HOST, "host_conflict", host=row.planned.host, **facts)
    if conflict.code is Code.AUDIENCE_TWICE:
        return problem_at(row, Column.AUDIENCE, "audience_conflict", audience=conflict.what, **facts)
    pitches = conflict.available if conflict.code is Code.PITCHES_FULL else 0
    return problem_at(row, Column.START, "space_conflict", place=conflict.what, pitches=pitches, **facts)


def _shortage(row: PlanRow, conflict: Conflict) -> Problem:
    wanted, available = conflict.wanted, conflict.available
    if conflict.code is Code.OVER_CAPACITY:
        return problem_at(row, Column.CAPACITY, "over_capacity_together", place=conflict.what, capacity=available, value=wanted)
    facts: dict[str, object] = {"name": conflict.what, "unit": conflict.unit, "short": wanted - available}
    return problem_at(row, Column.EQUIPMENT, "equipment_short", value=wanted, available=available, **facts)


def _standing(left: Sequence[Standing], around: Around) -> list[_Placed]:
    found = []
    for one in left:
        use = None if one.cancelled_at or not one.is_slot else _use(one, one.id, one.key, one.title, around)
        if use:
            activity = around.activities.get(one.activity_id)  # none: added while this was read
            host, audience, equipment = (str(getattr(activity, name, "")) for name in ("host", "audience", "equipment"))
            found.append(_Placed(replace(use, host=host, audience=audience, equipment=equipment), settled=True))
    return found


def _rows(pairs: Sequence[tuple[PlanRow, Decision]], revision: Revision, around: Around) -> list[_Placed]:
    found = []
    for place, (row, decision) in enumerate(pairs):
        standing, plan = decision.standing, row.planned
        gone = row.unplaceable or not decision.target.is_slot or (standing and standing.cancelled_at)
        use = None if gone else _use(decision.target, place, plan.key, plan.title, around)
        if use:
            activity = around.activities.get(standing.activity_id) if standing else None
            audience, equipment = (str(revision.said[plan.key].get(name) or getattr(activity, name, "")) for name in ("audience", "equipment"))
            settled = bool(standing and standing.is_slot and not decision.moves)
            found.append(_Placed(replace(use, host=plan.host, audience=audience, equipment=equipment), settled, place, row))
    return found


def _use(one: Standing | Target, key: object, activity: tuple[str, str, str], title: str, around: Around) -> Use | None:
    """None where it lacks a day or hours."""
    if not (one.day and one.start and one.end) or one.start >= one.end:
        return None
    starts_at, ends_at = (datetime.combine(one.day, clock, VIETNAM) for clock in (one.start, one.end))
    space = around.spaces.get(one.space_id) if one.space_id else None
    kind, people = Kind(activity[0]), one.capacity or 0
    return Use(key=key, activity=activity, title=title, kind=kind, starts_at=starts_at, ends_at=ends_at, space=space, people=people)
