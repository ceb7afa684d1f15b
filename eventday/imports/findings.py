"""What reading a plan finds: rows, problems by cell, and what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eventday.imports.headings import Column
from eventday.imports.sheet import Sheet, cell_name
from eventday.places.domain import Space
from eventday.programme.planned import Planned


@dataclass(frozen=True)
class Problem:
    """What is wrong at a cell: a code and its facts; the sentence is in `messages`."""

    sheet: str
    row: int
    column: int
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def cell(self) -> str:
        return cell_name(self.row, self.column)


@dataclass(frozen=True)
class Skipped:
    """Rows or columns (neither: the whole sheet) that were not read, and a code of why. Columns are told by letter and heading: “M (Kinh phí)”."""

    sheet: str
    rows: tuple[int, ...]
    why: str
    columns: tuple[str, ...] = ()


@dataclass
class PlanRow:
    """One row as it was read. `columns` says where each of its cells stands; `faulty` rows have an error.

    `unplaceable`: its time or place is wrong or it is a double, so it is in nobody's way.
    """

    sheet: str
    row: int
    planned: Planned
    space: Space | None
    columns: Mapping[Column, int]
    faulty: bool = False
    doubtful: bool = False
    unplaceable: bool = False

    @property
    def identity(self) -> object:
        plan = self.planned
        return plan.key, plan.day, plan.start, plan.end, plan.part, plan.space_id, plan.number, None if plan.is_placed else plan.capacity

    def column(self, *wanted: Column) -> int:
        """The first of the columns that the table has, else the title's."""
        return next((self.columns[column] for column in (*wanted, Column.TITLE) if column in self.columns), 1)


@dataclass(frozen=True)
class PlanRead:
    """What was read. `rows` has faulty rows too: look at `faulty`. `sheets` are those that are not hidden, in Unicode."""

    rows: tuple[PlanRow, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    skipped: tuple[Skipped, ...]
    sheets: tuple[Sheet, ...] = ()


class Findings:
    """Problems as they are found, one a cell: the first error of a cell says enough."""

    def __init__(self) -> None:
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []
        self._cells: set[tuple[str, int, int]] = set()

    def error(self, sheet: str, row: int, column: int, code: str, /, **facts: object) -> None:
        if (sheet, row, column) not in self._cells:
            self._cells.add((sheet, row, column))
            self.errors.append(Problem(sheet, row, column, code, facts))

    def warning(self, sheet: str, row: int, column: int, code: str, /, **facts: object) -> None:
        self.warnings.append(Problem(sheet, row, column, code, facts))

    def error_at(self, row: PlanRow, column: Column, code: str, **facts: object) -> None:
        row.faulty = True
        self.error(row.sheet, row.row, row.column(column), code, **facts)
