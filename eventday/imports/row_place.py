"""Where a row takes place: its place columns against the commune's spaces, and whether the space is open then."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from eventday.imports.cells import is_online_word
from eventday.imports.context import Known
from eventday.imports.headings import Column
from eventday.imports.moments import TIME_COLUMNS, Moment
from eventday.imports.row_cells import RowCells
from eventday.kernel.text import fold, tidy
from eventday.places.domain import ONLINE, Space
from eventday.programme.conflicts import shut

_MAX_PLACE = 200


@dataclass(frozen=True)
class Place:
    """`online`: it takes place online, whether or not the commune has an online space."""

    space: Space | None = None
    online: bool = False


def read_place(row: RowCells) -> Place:
    """Several place columns (phòng, địa điểm) are one place."""
    if row.own and row.stands(Column.PLACE) and (row.own.planned.space_id or stays_put(row)):
        return _own_place(row.own.planned.space_id, row.context.known.spaces)
    texts = [tidy(text) for text in row.texts(Column.PLACE, _MAX_PLACE) if fold(text)]
    if not texts:
        return Place()
    known = row.context.known
    space = _space_of(texts, known)
    if space:
        return Place(space, space.kind == ONLINE)
    if all(map(is_online_word, texts)):
        return Place(known.online_space, online=True)
    value = ", ".join(texts)
    near = known.near(value) or known.near(texts[0])
    row.error(row.cells(Column.PLACE)[0].column, "unknown_place", value=value, near=near, spaces=len(known.spaces))
    row.unplaceable = True
    return Place()


def stays_put(row: RowCells) -> bool:
    """Whether a slot keeps its place, or a wish says nothing new of time and place."""
    return row.own is not None and row.stands(Column.PLACE) and (row.own.is_slot or row.stands(*TIME_COLUMNS))


def _own_place(space_id: UUID | None, spaces: Sequence[Space]) -> Place:
    space = next((space for space in spaces if space.id == space_id), None)
    return Place(space, online=space is not None and space.kind == ONLINE)


def _space_of(texts: Sequence[str], known: Known) -> Space | None:
    alone = len(set(map(fold, texts))) == 1
    tries = [", ".join(texts), ", ".join(reversed(texts)), *(texts[:1] if alone else ())]
    return next((found for text in tries if (found := known.space_named(text))), None)


def warn_if_shut(row: RowCells, moment: Moment, space: Space | None) -> None:
    """Warns where a space is shut then: a key can be fetched, but somebody must ask."""
    if space is None or space.kind == ONLINE or row.unplaceable:
        return
    facts = {"place": space.full_name, "opens": space.opens, "closes": space.closes}
    starts = [cell.column for cell in row.cells(Column.START, Column.TIME, Column.DATE)]
    if shut(space, moment.start, None):
        row.warning(starts[0] if starts else row.column(Column.TITLE), "outside_opening_hours", **facts)
    elif shut(space, None, moment.end):
        row.warning(moment.end_column or row.column(Column.TITLE), "outside_opening_hours", **facts)
