"""Where a row takes place: its place columns against the commune's spaces, and whether the space is open then."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from eventday.imports.cells import is_online_word
from eventday.imports.headings import Column
from eventday.imports.moments import TIME_COLUMNS, Moment
from eventday.imports.row_cells import RowCells
from eventday.kernel.text import fold, tidy
from eventday.places.domain import ONLINE, Space, find_space
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
    spaces = row.context.known.spaces
    space = _space_of(texts, spaces)
    if space:
        return Place(space, space.kind == ONLINE)
    if all(map(is_online_word, texts)):
        return Place(row.context.known.online_space, online=True)
    value = ", ".join(texts)
    near = near_names(value, spaces) or near_names(texts[0], spaces)
    row.error(row.cells(Column.PLACE)[0].column, "unknown_place", value=value, near=near, spaces=len(spaces))
    row.unplaceable = True
    return Place()


def stays_put(row: RowCells) -> bool:
    """Whether a slot keeps its place, or a wish says nothing new of time and place."""
    return row.own is not None and row.stands(Column.PLACE) and (row.own.is_slot or row.stands(*TIME_COLUMNS))


def _own_place(space_id: UUID | None, spaces: Sequence[Space]) -> Place:
    space = next((space for space in spaces if space.id == space_id), None)
    return Place(space, online=space is not None and space.kind == ONLINE)


def _space_of(texts: Sequence[str], spaces: tuple[Space, ...]) -> Space | None:
    alone = len(set(map(fold, texts))) == 1
    tries = [", ".join(texts), ", ".join(reversed(texts)), *(texts[:1] if alone else ())]
    return next((found for text in tries if (found := _find(text, spaces))), None)


@lru_cache(maxsize=4096)
def _find(text: str, spaces: tuple[Space, ...]) -> Space | None:
    return find_space(text, spaces)


_MANY, _CLOSE = 3, 0.82


@lru_cache(maxsize=1024)
def near_names(text: str, spaces: tuple[Space, ...]) -> tuple[str, ...]:
    """Up to three known spaces that the text may mean, the likeliest first: most of its words, or nearly its letters; never another number."""
    likeness = _Likeness(fold(text))
    scored: dict[str, float] = {}
    for space in spaces:
        best = max(likeness.to(fold(name)) for name in (space.full_name, *space.aliases))
        if best >= _CLOSE:
            scored[space.full_name] = best
    return tuple(sorted(scored, key=lambda name: (-scored[name], name))[:_MANY])


class _Likeness:
    """How much names are like one text, 0 to 1."""

    def __init__(self, wanted: str) -> None:
        self._words, self._numbers = set(wanted.split()), re.findall(r"\d+", wanted)
        self._letters = difflib.SequenceMatcher(None, b=wanted)

    def to(self, name: str) -> float:
        if not self._words or self._numbers != re.findall(r"\d+", name):
            return 0
        shared = len(self._words & set(name.split()))
        if shared > 1 and shared >= _CLOSE * len(self._words):
            return shared / len(self._words)
        self._letters.set_seq1(name)
        return self._letters.ratio() if min(self._letters.real_quick_ratio(), self._letters.quick_ratio()) >= _CLOSE else 0


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
