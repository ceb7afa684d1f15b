"""Our own form of a plan: its headings, what each of its cells says of a slot or wish, and whether a row read back still says the same. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from uuid import UUID

from eventday.imports.headings import Column
from eventday.imports.limits import MAX_TEXT
from eventday.imports.moments import shown
from eventday.imports.sheet import Value
from eventday.kernel.text import tidy
from eventday.places.domain import Space
from eventday.programme.planned import Planned, code_of

# In the order of the columns. Of the two titles the first names the activity, the second describes it.
FORM = (
    Column.CODE,
    Column.TITLE,
    Column.KIND,
    Column.HOST,
    Column.CO_HOST,
    Column.PLACE,
    Column.DATE,
    Column.START,
    Column.END,
    Column.PART,
    Column.CAPACITY,
    Column.AUDIENCE,
    Column.EQUIPMENT,
    Column.SPEAKER,
    Column.TITLE,
    Column.NOTE,
)
Written = str | int | date | time | None


@dataclass(frozen=True)
class Words:
    """How kinds and parts of the day are written."""

    kinds: Mapping[str, str]
    parts: Mapping[str, str]


@dataclass(frozen=True)
class OwnRow:
    """A slot or wish of the plan and what the form's cells say of it, in the form's order."""

    planned: Planned
    is_slot: bool
    cells: tuple[Written, ...]

    def said(self, role: Column, position: int = 0) -> str:
        """What the form's nth cell of a role says; empty where it has none."""
        found = self._said.get(role, ())
        return found[position] if position < len(found) else ""

    @cached_property
    def _said(self) -> Mapping[Column, Sequence[str]]:
        found: dict[Column, list[str]] = {}
        for column, cell in zip(FORM, self.cells, strict=True):
            found.setdefault(column, []).append(said(cell))
        return found


def own_row(planned: Planned, spaces: Mapping[UUID, Space], words: Words, *, is_slot: bool) -> OwnRow:
    """The form's cells for what stands in the plan; `spaces` by id."""
    space = spaces.get(planned.space_id) if planned.space_id else None
    cells: Sequence[Written] = (
        code_of(planned.number or 0),
        planned.title,
        words.kinds[planned.kind],
        planned.host,
        "; ".join(planned.co_hosts),
        space.full_name if space else "",
        planned.day,
        planned.start,
        planned.end,
        words.parts[planned.part] if planned.part else "",
        planned.capacity,
        planned.audience,
        planned.equipment,
        planned.speaker,
        planned.description,
        planned.note,
    )
    return OwnRow(planned, is_slot, tuple(cell if cell != "" else None for cell in cells))


def said(value: Value | None) -> str:
    """What a cell says, whatever way it is written: 100 and “100” are the same."""
    if value is None:
        return ""
    if isinstance(value, str):
        return tidy(value[:MAX_TEXT])
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return shown(value)
