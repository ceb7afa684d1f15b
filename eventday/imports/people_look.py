"""What a page shows of a list of people that was looked at, in words: plain, so that what the worker found can be kept."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from eventday.imports import enlisting, excerpt, printing
from eventday.imports.enlisting import Enlisted, Enlisting
from eventday.imports.excerpt import Excerpt
from eventday.imports.limits import SHOWN, SHOWN_WARNINGS
from eventday.imports.look import ToldProblem, tell
from eventday.imports.people import PeopleRead
from eventday.imports.uploads import Kept
from eventday.programme.domain import Event, Slot
from eventday.registrations.domain import Gender
from eventday.web.filters import phone
from eventday.web.translation import lazily as _l

_ROWS = 500
_GENDERS = {Gender.MALE: _l("Nam"), Gender.FEMALE: _l("Nữ"), Gender.OTHER: _l("Khác")}


@dataclass(frozen=True)
class ShownPerson:
    """A row of the list in words; `change` as `Enlisted` has it."""

    name: str
    birth_year: int | None
    gender: str
    hamlet: str
    phone: str
    change: str


@dataclass(frozen=True)
class PeopleLook:
    """`people` are the first of those who were read. `wrong` and `doubtful` count all problems, those that are not told as well."""

    new: int
    changed: int
    same: int
    children: int
    wrong: int
    doubtful: int
    errors: tuple[ToldProblem, ...]
    warnings: tuple[ToldProblem, ...]
    skipped: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]
    people: tuple[ShownPerson, ...]
    many_sheets: bool

    @property
    def touched(self) -> int:
        """How many people get a pass or come to the slot."""
        return self.new + self.changed

    @property
    def count(self) -> int:
        return self.touched + self.same


JSON = TypeAdapter(PeopleLook)


def look(kept: Kept, event: Event, slot: Slot, *, now: datetime) -> PeopleLook:
    """Read a kept list and say in words what it would do. Raises: BadWorkbook and its kinds, and as `enlist`."""
    found = enlisting.read_sheets(kept.sheets, event, slot.commune_code)
    return in_words(found, enlisting.enlist(found, slot, dry_run=True, now=now))


def in_words(found: PeopleRead, looked: Enlisting) -> PeopleLook:
    """What registering those who were read would do, or would have done."""
    return PeopleLook(
        **looked.counts(),
        children=looked.children,
        wrong=len(looked.errors),
        doubtful=len(looked.warnings),
        errors=tuple(map(tell, looked.errors[:SHOWN])),
        warnings=tuple(map(tell, looked.warnings[:SHOWN_WARNINGS])),
        skipped=tuple(map(printing.skipped_line, looked.skipped)),
        excerpts=tuple(excerpt.excerpts(found.sheets, looked.errors, looked.warnings)) if looked.errors else (),
        people=tuple(map(_person, looked.rows[:_ROWS])),
        many_sheets=len(found.sheets) > 1,
    )


def _person(one: Enlisted) -> ShownPerson:
    row = one.row
    gender, hamlet = str(_GENDERS[row.gender]) if row.gender else "", row.hamlet.name if row.hamlet else ""
    return ShownPerson(row.name, row.birth_year, gender, hamlet, phone(row.phone), one.change)
