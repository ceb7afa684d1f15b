"""What is wrong with rows only in the light of the plan: seats below those taken, a “Mã” that is not there. Pure."""

from collections.abc import Sequence

from eventday.imports.findings import PlanRead, PlanRow, Problem
from eventday.imports.headings import Column
from eventday.programme.planned import code_of
from eventday.programme.revision import Decision, Standing


def check(pairs: Sequence[tuple[PlanRow, Decision]]) -> tuple[list[Problem], list[Problem]]:
    """Errors and warnings."""
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for row, decision in pairs:
        if decision.unknown_number:
            errors.append(problem_at(row, Column.CODE, "unknown_code", value=code_of(row.planned.number or 0)))
        elif decision.below_taken and decision.standing:
            taken, wanted = decision.standing.taken, decision.target.capacity or 0
            errors.append(problem_at(row, Column.CAPACITY, "capacity_below_taken", value=wanted, taken=taken))
        if decision.standing and decision.standing.cancelled_at:
            warnings.append(problem_at(row, Column.TITLE, "slot_stays_cancelled", title=row.planned.title))
        elif decision.moves and decision.standing and decision.standing.people:
            warnings.append(problem_at(row, Column.START, "moves_people", people=decision.standing.people, title=row.planned.title))
    return errors, warnings


def left_out(left: Sequence[Standing], found: PlanRead) -> list[Problem]:
    """A warning for each slot or wish that is in the plan and no more in the file: it stays."""
    sheet = found.rows[0].sheet if found.rows else ""
    return [
        Problem(sheet, 1, 1, "row_left_file", {"code": code_of(one.number), "title": one.title, "day": one.day, "start": one.start})
        for one in left
        if not one.cancelled_at
    ]


def problem_at(row: PlanRow, column: Column, code: str, **facts: object) -> Problem:
    """A problem at the row's cell of a column; a start may stand in the column of whole times."""
    where = row.column(column, Column.TIME) if column is Column.START else row.column(column)
    return Problem(row.sheet, row.row, where, code, facts)
