"""What an organiser enters of a commune, thing by thing, and whether a name is free. Pure.

Each entry has the columns of its table (but for the id and the commune), so that what a page shows is what is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from typing import Any
from uuid import UUID

from eventday.kernel.errors import NotFound, Refusal
from eventday.kernel.text import fold
from eventday.places.domain import Space, hamlet_key, host_key, space_keys


class Thing(StrEnum):
    """What a commune is made of; the value names it in the audit too."""

    VENUE = "venue"
    SPACE = "space"
    HAMLET = "hamlet"
    HOST = "host"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, kw_only=True)
class HamletEntry:
    """An empty `code` is given the next free one (H07)."""

    name: str
    code: str = ""
    aliases: tuple[str, ...] = ()
    households: int | None = None
    population: int | None = None


@dataclass(frozen=True, kw_only=True)
class VenueEntry:
    """An empty `code` is given the next free one (V07). `address` is what a map is searched for, else the name."""

    name: str
    code: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class SpaceEntry:
    """As `domain.Space`; an empty `full_name` becomes “name, venue”."""

    venue_id: UUID
    name: str
    kind: str
    capacity: int = 0
    pitches: int = 0
    opens: time = time(0, 0)
    closes: time = time(23, 59)
    full_name: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HostEntry:
    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EquipmentEntry:
    name: str
    unit: str = ""
    in_commune: int = 0


Entry = HamletEntry | VenueEntry | SpaceEntry | HostEntry | EquipmentEntry
ENTRIES: dict[Thing, Any] = {
    Thing.VENUE: VenueEntry,
    Thing.SPACE: SpaceEntry,
    Thing.HAMLET: HamletEntry,
    Thing.HOST: HostEntry,
    Thing.EQUIPMENT: EquipmentEntry,
}
CODED = {Thing.HAMLET: "H", Thing.VENUE: "V"}


class NameTaken(Refusal):
    """Another thing of the commune is found by that name: `pointer` is the field, `text` the name, `by` what has it."""

    code = "name_taken"
    status = 422


class NoSuchThing(NotFound):
    """It was deleted, or it is another commune's."""


@dataclass(frozen=True)
class Known:
    """Something entered before."""

    id: UUID
    entry: Any


def next_code(letter: str, codes: Sequence[str]) -> str:
    """The letter with the number after the highest in use, of two digits at least."""
    numbers = [int(code[1:]) for code in codes if code[:1] == letter and code[1:].isdecimal()]
    return f"{letter}{max(numbers, default=0) + 1:02}"


def keep_former_name(entry: Any, before: Any) -> Any:
    """A host or hamlet that is renamed is still found by the name it had: sheets and plans say it."""
    key = host_key if isinstance(entry, HostEntry) else hamlet_key
    is_renamed = key(entry.name) != key(before.name)
    known = {key(name) for name in entry.aliases}
    return replace(entry, aliases=(*entry.aliases, before.name)) if is_renamed and key(before.name) not in known else entry


def refuse_taken(entry: Entry, others: Sequence[Known]) -> None:
    """For all but spaces: no name, other spelling or code may be another's. Raises: NameTaken."""
    key: Callable[[str], str] = {HamletEntry: hamlet_key, HostEntry: host_key}.get(type(entry), fold)
    theirs = {key(text): other.entry.name for other in others for _, text in _texts(other.entry)}
    for field, text in _texts(entry):
        if key(text) in theirs:
            raise NameTaken(field, text=text, by=theirs[key(text)])


def _texts(entry: Any) -> list[tuple[str, str]]:
    single = [(field, getattr(entry, field, "")) for field in ("name", "code")]
    return [*(pair for pair in single if pair[1]), *(("aliases", alias) for alias in getattr(entry, "aliases", ()))]


def refuse_taken_space(space: Space, others: Sequence[Space]) -> None:
    """No spelling that finds this space may find another. Raises: NameTaken."""
    among = [space, *others]
    theirs = {key: other.full_name for other in others for key in space_keys(other, among)}
    aliases = set(space.aliases)
    for key, text in space_keys(space, among).items():
        if key in theirs:
            given = space.full_name != f"{space.name}, {space.venue}"
            field = "aliases" if text in aliases else "full_name" if given and text == space.full_name else "name"
            raise NameTaken(field, text=text, by=theirs[key])


_TIMES, _IDS = ("opens", "closes"), ("id", "venue_id")


def to_json(values: dict[str, Any]) -> dict[str, Any]:
    """A row's columns as JSON has them: times as HH:MM:SS, ids as text."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def of_json(values: dict[str, Any]) -> dict[str, Any]:
    """The columns again."""
    times = {name: time.fromisoformat(values[name]) for name in _TIMES if name in values}
    return {**values, **times, **{name: UUID(values[name]) for name in _IDS if name in values}}
