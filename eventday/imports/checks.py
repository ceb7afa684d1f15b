"""What is wrong with rows only in the light of the plan: spaces taken twice, seats below those taken, a “Mã” that is not there. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from eventday.imports.findings import PlanRead, PlanRow, Problem
from eventday.imports.headings import Column
from eventday.places.domain import ONLINE, Space
from eventday.programme.conflicts import Booking, obstacle
from eventday.programme.domain import Kind
from eventday.programme.planned import code_of
from eventday.programme.revision import Decision, Standing


@dataclass(frozen=True)
class _Booked:
    """A booking and who has it. `settled`: it stands in the plan as it is and is not touched."""

    booking: Booking
    title: str
    until: time
    settled: bool
    row: PlanRow | None = None


def check(pairs: Sequence[tuple[PlanRow, Decision]], left: Sequence[Standing], spaces: dict[UUID, Space]) -> tuple[list[Problem], list[Problem]]:
    """Errors and warnings."""
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for row, decision in pairs:
        if decision.unknown_number:
            errors.append(_at(row, Column.CODE, "unknown_code", value=code_of(row.planned.number or 0)))
        elif decision.below_taken and decision.standing:
            taken, wanted = decision.standing.taken, decision.target.capacity or 0
            errors.append(_at(row, Column.CAPACITY, "capacity_below_taken", value=wanted, taken=taken))
        if decision.standing and decision.standing.cancelled:
            warnings.append(_at(row, Column.TITLE, "slot_stays_cancelled", title=row.planned.title))
        elif decision.moves and decision.standing and decision.standing.people:
            warnings.append(_at(row, Column.START, "moves_people", people=decision.standing.people, title=row.planned.title))
    clashes = _clashes(pairs, left, spaces)
    in_file = [problem for problem in clashes if problem.facts["with_row"] is not None]
    return errors + in_file, warnings + [problem for problem in clashes if problem not in in_file]


def left_out(left: Sequence[Standing], found: PlanRead) -> list[Problem]:
    """A warning for each slot or wish that is in the plan and no more in the file: it stays."""
    sheet = found.rows[0].sheet if found.rows else ""
    return [
        Problem(sheet, 1, 1, "row_left_file", {"code": code_of(one.number), "title": one.title, "day": one.day, "start": one.start})
        for one in left
        if not one.cancelled
    ]


def _at(row: PlanRow, column: Column, code: str, **facts: object) -> Problem:
    where = row.column(column, Column.TIME) if column is Column.START else row.column(column)
    return Problem(row.sheet, row.row, where, code, facts)


def _clashes(pairs: Sequence[tuple[PlanRow, Decision]], left: Sequence[Standing], spaces: dict[UUID, Space]) -> list[Problem]:
    """Each row that cannot have its space, told at its start; the one that came first keeps it.

    Within the file it is an error. A slot that left the file stays and cannot be mended in it: that is a warning.
    """
    booked = [found for one in left if not one.cancelled and (found := _of_standing(one, spaces))]
    by_space: dict[UUID, list[_Booked]] = {}
    for one in booked:
        by_space.setdefault(one.booking.space_id, []).append(one)
    problems = []
    for row, decision in pairs:
        wanted = _of_row(row, decision, spaces)
        if wanted is None:
            continue
        rivals = by_space.setdefault(wanted.booking.space_id, [])
        rival = _rival(wanted, rivals)
        if rival:
            problems.append(_clash(row, wanted, rival, spaces[wanted.booking.space_id]))
        else:
            rivals.append(wanted)
    return problems


def _rival(wanted: _Booked, rivals: Sequence[_Booked]) -> _Booked | None:
    """Who is in the way; what stands already and is not touched is not held against another that stands."""
    counted = [one for one in rivals if not (wanted.settled and one.settled)]
    found = obstacle(wanted.booking, [one.booking for one in counted])
    return next((one for one in rivals if one.booking is found), None)


def _clash(row: PlanRow, wanted: _Booked, rival: _Booked, space: Space) -> Problem:
    facts: dict[str, object] = {"place": space.full_name, "title": rival.title, "until": rival.until}
    facts["with_row"] = rival.row.row if rival.row else None
    facts["with_sheet"] = rival.row.sheet if rival.row else None
    facts["pitches"] = space.pitches if wanted.booking.on_a_pitch else 0
    return _at(row, Column.START, "space_conflict", **facts)


def _of_standing(one: Standing, spaces: dict[UUID, Space]) -> _Booked | None:
    return _booked(spaces, one.space_id, Kind(one.key[0]), one.day, one.start, one.end, one.title, settled=True)


def _of_row(row: PlanRow, decision: Decision, spaces: dict[UUID, Space]) -> _Booked | None:
    target = decision.target
    if row.unplaceable or not target.is_slot or (decision.standing and decision.standing.cancelled):
        return None
    settled = decision.standing is not None and decision.standing.is_slot and not decision.moves
    found = _booked(spaces, target.space_id, row.planned.kind, target.day, target.start, target.end, row.planned.title, settled=settled)
    return found and _Booked(found.booking, found.title, found.until, settled, row)


def _booked(
    spaces: dict[UUID, Space], space_id: UUID | None, kind: Kind, day: date | None, start: time | None, end: time | None, title: str, *, settled: bool
) -> _Booked | None:
    space = spaces.get(space_id) if space_id else None
    if space is None or space.kind == ONLINE or not (day and start and end) or start >= end:
        return None
    # One clock for all: only their order matters here.
    booking = Booking(space.id, space.pitches, kind, datetime.combine(day, start, UTC), datetime.combine(day, end, UTC))
    return _Booked(booking, title, end, settled)
