"""One line of a list of people → one person, and a problem for each cell that cannot be taken. Pure.

What stands in a column of remarks is never read into a row: it is often sensitive (poor household, illness) and nothing needs it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from eventday.imports.cells import is_blank, is_ditto
from eventday.imports.findings import Findings
from eventday.imports.people_columns import Column
from eventday.imports.sheet import CellError, Value
from eventday.imports.table import Grid
from eventday.kernel import name as names
from eventday.kernel import phone
from eventday.kernel.phone import PhoneProblem
from eventday.kernel.text import fold, tidy
from eventday.places.domain import Hamlet, find_hamlet
from eventday.registrations.domain import Gender, age, needs_child_agreement, needs_guardian, plausible_birth_year

_LONGEST_NAME = 120
_YEAR = re.compile(r"(?:\d{1,2}\s*[/.\-]\s*){0,2}(\d{4})")
_GENDERS = {
    "nam": Gender.MALE,
    "nu": Gender.FEMALE,
    "khac": Gender.OTHER,
    "m": Gender.MALE,
    "f": Gender.FEMALE,
    "male": Gender.MALE,
    "female": Gender.FEMALE,
}


@dataclass(frozen=True)
class PersonRow:
    """One person as read. `columns` says where each cell stands; `phone` is E.164."""

    sheet: str
    row: int
    columns: Mapping[Column, int]
    name: str
    birth_year: int | None
    gender: Gender | None
    hamlet: Hamlet | None
    phone: str | None
    guardian: str | None = None
    years: int | None = None

    @property
    def is_child(self) -> bool:
        return needs_guardian(self.years)

    @property
    def is_asked(self) -> bool:
        """Old enough to agree, too young to agree alone."""
        return needs_child_agreement(self.years)

    @property
    def key(self) -> tuple[object, ...]:
        """Who it is: the same is the same person."""
        return (fold(self.name), self.birth_year, self.phone or (self.hamlet.id if self.hamlet else None))


@dataclass
class Reading:
    """One list while it is read: what is above stands for “nt”."""

    grid: Grid
    columns: Mapping[Column, int]
    hamlets: Sequence[Hamlet]
    event_year: int
    findings: Findings
    above: dict[Column, Value] = field(default_factory=dict)

    def value(self, row: int, column: Column) -> Value | None:
        place = self.columns.get(column)
        found = self.grid.value(row, place) if place else None
        if is_ditto(found) and column in self.above:
            return self.above[column]
        if found is not None and not (isinstance(found, str) and is_blank(found)):
            self.above[column] = found
            return found
        return None

    def error(self, row: int, column: Column, code: str, **facts: object) -> None:
        self.findings.error(self.grid.sheet.name, row, self.columns.get(column, 1), code, **facts)


def read_person(reading: Reading, row: int) -> PersonRow | None:
    """A person, or None where something is wrong with the row: then it is told."""
    before = len(reading.findings.errors)
    person = PersonRow(
        sheet=reading.grid.sheet.name,
        row=row,
        columns=reading.columns,
        name=_name(reading, row),
        birth_year=_birth_year(reading, row),
        gender=_gender(reading, row),
        hamlet=_hamlet(reading, row),
        phone=_phone(reading, row),
    )
    person = replace(person, years=age(person.birth_year, reading.event_year))
    person = replace(person, guardian=_guardian(reading, person))
    return person if len(reading.findings.errors) == before else None


def _text(value: Value | None) -> str:
    return "" if value is None else value.text if isinstance(value, CellError) else tidy(str(value))


def _name(reading: Reading, row: int) -> str:
    parts = [reading.grid.value(row, reading.columns[column]) for column in (Column.FAMILY, Column.NAME) if column in reading.columns]
    shown = names.display(" ".join(filter(None, map(_text, parts))))
    if not shown:
        reading.error(row, Column.NAME, "missing_name")
    elif not any(char.isalpha() for char in shown) or any(char.isdigit() for char in shown) or len(shown) > _LONGEST_NAME:
        reading.error(row, Column.NAME, "name_unclear", value=shown[:60])
    return shown


def _birth_year(reading: Reading, row: int) -> int | None:
    value = reading.value(row, Column.BIRTH)
    if value is None:
        return None
    year = _year_of(value)
    if year is None:
        reading.error(row, Column.BIRTH, "birth_year_unclear", value=_text(value)[:60])
    elif not plausible_birth_year(year, reading.event_year):
        reading.error(row, Column.BIRTH, "birth_year_out_of_range", value=year)
    return year


def _year_of(value: Value) -> int | None:
    if isinstance(value, date | datetime):
        return value.year
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if 1000 <= value <= 9999 and value == int(value) else None
    found = _YEAR.fullmatch(_text(value))
    return int(found.group(1)) if found else None


def _gender(reading: Reading, row: int) -> Gender | None:
    if Column.GENDER in reading.columns:
        value = reading.value(row, Column.GENDER)
        if value is not None and fold(_text(value)) not in _GENDERS:
            reading.error(row, Column.GENDER, "gender_unclear", value=_text(value)[:60])
        return _GENDERS.get(fold(_text(value)))
    marked = [
        gender
        for column, gender in ((Column.MALE, Gender.MALE), (Column.FEMALE, Gender.FEMALE))
        if column in reading.columns and not is_blank(_text(reading.grid.value(row, reading.columns[column])))
    ]
    if len(marked) > 1:
        reading.error(row, Column.FEMALE, "gender_twice")
    return marked[0] if marked else None


def _hamlet(reading: Reading, row: int) -> Hamlet | None:
    value = reading.value(row, Column.HAMLET)
    if value is None:
        return None
    found = find_hamlet(_text(value), reading.hamlets)
    if found is None:
        reading.error(row, Column.HAMLET, "unknown_hamlet", value=_text(value)[:60])
    return found


def _phone(reading: Reading, row: int) -> str | None:
    value = reading.value(row, Column.PHONE)
    if value is None or isinstance(value, bool | date | CellError) or not isinstance(value, str | int | float):
        if value is not None:
            reading.error(row, Column.PHONE, "phone_unreadable", value=_text(value)[:60])
        return None
    try:
        return phone.read(value)
    except PhoneProblem as problem:
        reading.error(row, Column.PHONE, problem.code, value=_text(value)[:60])
        return None


def _guardian(reading: Reading, person: PersonRow) -> str | None:
    """The adult of somebody under 16, as the public form asks for it. A list without such a column is taken, and told."""
    if not person.is_child:
        return None
    if Column.GUARDIAN not in reading.columns:
        reading.findings.warning(person.sheet, person.row, person.columns[Column.BIRTH], "guardian_unknown", name=person.name)
        return None
    shown = names.display(_text(reading.value(person.row, Column.GUARDIAN)))[:_LONGEST_NAME]
    if not any(char.isalpha() for char in shown):
        reading.error(person.row, Column.GUARDIAN, "guardian_missing", name=person.name)
    return shown
