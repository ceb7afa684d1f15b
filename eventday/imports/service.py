"""Importing a plan: read against the commune's places, shown first, then taken as a whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.catalogue import queries as catalogue
from eventday.db import db, transaction
from eventday.imports import checks, clashes, export, workbook
from eventday.imports.clashes import Around
from eventday.imports.context import Known
from eventday.imports.errors import PlanHasProblems
from eventday.imports.findings import PlanRead, PlanRow, Problem, Skipped
from eventday.imports.plan import read_plan
from eventday.imports.sheet import Sheet
from eventday.imports.when import Days
from eventday.kernel.errors import NotFound
from eventday.places import queries as places
from eventday.programme import plan, queries
from eventday.programme.domain import Event
from eventday.programme.events import refuse_other_days
from eventday.programme.planned import Planned
from eventday.programme.revision import OF_ACTIVITY, Decision, Revision, Standing
from eventday.programme.service import begin_plan
from eventday.registrations import waiting


@dataclass(frozen=True)
class Changed:
    """One row and what it makes of the plan."""

    row: PlanRow
    decision: Decision

    @property
    def change(self) -> str:
        """new, changed or same."""
        return self.decision.change

    @property
    def people(self) -> int:
        """How many registered people a moved slot touches."""
        return self.decision.standing.people if self.decision.standing and self.decision.moves else 0


@dataclass(frozen=True)
class Changes:
    """What an import does, or would do. `left` stands in the plan but not in the file. With an error nothing is done.

    While there are errors, `rows` has only those with nothing to mend or to look at. `moved_up` people who waited have a seat now.
    """

    rows: tuple[Changed, ...]
    left: tuple[Standing, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    skipped: tuple[Skipped, ...]
    rows_read: int
    done: bool = False
    moved_up: int = 0

    def counts(self) -> dict[str, int]:
        """How many rows were new, changed, the same, and how many people moved up."""
        return {word: len(self.of(word)) for word in ("new", "changed", "same")} | {"moved_up": self.moved_up}

    def of(self, change: str) -> tuple[Changed, ...]:
        return tuple(row for row in self.rows if row.change == change)


def event_of(commune: str, key: str) -> Event:
    """The event of an id or short code. Raises: NotFound, also where it is another province's than the commune."""
    found, place = queries.event(key), catalogue.commune(commune)
    if place is None or place.province_code != found.province_code:
        raise NotFound
    return found


def read(data: bytes, event: Event, commune: str) -> PlanRead:
    """What an .xlsx says of the commune's plan. Raises: BadWorkbook and its kinds."""
    return read_sheets(workbook.read(data), event, commune)


def read_sheets(sheets: Sequence[Sheet], event: Event, commune: str) -> PlanRead:
    """What sheets say of the commune's plan."""
    spaces = tuple(places.spaces(commune))
    own = {row.planned.number or 0: row for row in export.own_rows(event, commune)}
    known = Known(Days(event.first_day, event.last_day), spaces, tuple(places.hosts(commune)), own)
    return read_plan(sheets, known)


def import_plan(
    found: PlanRead, event: Event, commune: str, *, dry_run: bool, now: datetime, last: Callable[[Session, Changes], None] | None = None
) -> Changes:
    """Take a plan that was read into the commune's programme, whole; the same again changes nothing. `last` is done in the same transaction.

    With `dry_run` or with errors nothing changes: the errors are in the answer. Two imports wait for each other.
    Raises: EventCancelled, DaysChanged.
    """
    around = _around(event, commune)
    if dry_run or found.errors:
        return _decided(found, plan.read_revision(db.session, event.id, commune, _planned(found)), around)
    try:
        with transaction() as session:
            changes = _taken(session, found, event, commune, around, now)
            if last:
                last(session, changes)
            return changes
    except _Undo as undo:
        return undo.changes


def _taken(session: Session, found: PlanRead, event: Event, commune: str, around: Around, now: datetime) -> Changes:
    """Raises: as `import_plan`, and _Undo where it no longer fits."""
    begin_plan(session, event.id, commune)
    refuse_other_days(session, event)
    revision = plan.read_revision(session, event.id, commune, _planned(found), lock=True)
    changes = _decided(found, revision, around)
    if changes.errors:
        raise _Undo(changes)
    written = plan.write(session, event.id, commune, revision)
    moved = sum(len(waiting.move_up(session, slot_id, now=now)) for slot_id in written.larger_slots)
    _note(session, event, commune, changes, now)
    return replace(changes, done=True, moved_up=moved)


def _note(session: Session, event: Event, commune: str, changes: Changes, now: datetime) -> None:
    """One entry for the file, and one for each slot, wish or activity that it changed."""
    new, changed = changes.of("new"), changes.of("changed")
    if new or changed:
        note(session, commune, "imported", ("plan", str(event.id)), None, {"new_rows": len(new), "changed_rows": len(changed)}, now)
    noted: dict[tuple[str, str], tuple[dict[str, object], dict[str, object]]] = {}
    for decision, standing in ((row.decision, row.decision.standing) for row in changed):
        for change in decision.changes if standing else ():
            assert standing
            own = ("slot" if standing.is_slot else "wish", str(standing.id))
            subject = ("activity", str(standing.activity_id)) if change.field in ("kind", *OF_ACTIVITY) else own
            old, new_values = noted.setdefault(subject, ({"title": standing.title}, {"title": standing.title}))
            old[change.field], new_values[change.field] = change.old, change.new
    for subject, (old, new_values) in noted.items():
        note(session, commune, "changed", subject, old, new_values, now)


def import_file(data: bytes, event: Event, commune: str, *, now: datetime) -> Changes:
    """Read and import. Raises: BadWorkbook and its kinds, PlanHasProblems."""
    changes = import_plan(read(data, event, commune), event, commune, dry_run=False, now=now)
    if changes.errors:
        raise PlanHasProblems(count=len(changes.errors))
    return changes


class _Undo(Exception):
    """Carries what was found out of a transaction that must not be committed."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes


def _planned(found: PlanRead) -> list[Planned]:
    return [row.planned for row in found.rows]


def _around(event: Event, commune: str) -> Around:
    return Around(
        spaces={space.id: space for space in places.spaces(commune)},
        equipment=places.equipment(commune),
        activities={activity.id: activity for activity in queries.activities(event.id, commune)},
    )


def _decided(found: PlanRead, revision: Revision, around: Around) -> Changes:
    pairs = list(zip(found.rows, revision.decisions, strict=True))
    errors, warnings = checks.check(pairs)
    clashing, doubtful = clashes.find(pairs, revision, around)
    errors, warnings = _in_order(_one_a_cell([*found.errors, *errors, *clashing]), found), [*warnings, *doubtful]
    to_look_at = {(problem.sheet, problem.row) for problem in (*errors, *found.warnings)}
    told = [*found.warnings, *([] if errors else [*warnings, *checks.left_out(revision.left, found)])]
    return Changes(
        rows=tuple(Changed(row, decision) for row, decision in pairs if not errors or not (row.faulty or (row.sheet, row.row) in to_look_at)),
        left=() if errors else revision.left,
        errors=tuple(errors),
        warnings=tuple(_in_order(told, found)),
        skipped=found.skipped,
        rows_read=len({(row.sheet, row.row) for row in found.rows} | {(error.sheet, error.row) for error in found.errors}),
    )


def _one_a_cell(problems: Sequence[Problem]) -> list[Problem]:
    first: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        first.setdefault((problem.sheet, problem.cell), problem)
    return list(first.values())


def _in_order(problems: Sequence[Problem], found: PlanRead) -> list[Problem]:
    """By sheet as they come in the file, then from the top."""
    names = dict.fromkeys([*(row.sheet for row in found.rows), *(problem.sheet for problem in problems)])
    order = {name: n for n, name in enumerate(names)}
    return sorted(problems, key=lambda problem: (order[problem.sheet], problem.row, problem.column))
