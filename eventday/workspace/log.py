"""The log of a commune as it is read: entries with the names of today, a fixed number of statements whatever stands in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from eventday.access import names
from eventday.accounts.messages import device_words
from eventday.audit import queries, wording
from eventday.audit.domain import Entry
from eventday.audit.queries import Wanted
from eventday.audit.wording import FieldLine
from eventday.kernel.clock import day_of
from eventday.kernel.ids import parse
from eventday.places import queries as places
from eventday.places.entries import Thing
from eventday.programme import queries as programme
from eventday.registrations import naming

PAGE = 50
_PEOPLE = ("person", "session", "pass", "registration")  # their names are not in the log: they are called as today, or by nothing


@dataclass(frozen=True)
class Line:
    """One act in words; `thing` is what it was done to, by its name, or empty."""

    entry: Entry
    who: str
    act: str
    thing: str
    fields: tuple[FieldLine, ...]

    @property
    def whole(self) -> bool:
        """Whether it tells of a whole thing, new or gone, and not of what changed in it."""
        return self.entry.before is None or self.entry.after is None


@dataclass(frozen=True)
class Log:
    """A page of it by day, the newest first; `older`: the number after which the next page begins, None where there is none."""

    days: tuple[tuple[date, tuple[Line, ...]], ...]
    older: int | None


def read(commune: str, wanted: Wanted, *, after: int | None) -> Log:
    found = queries.entries(commune, wanted, after=after, limit=PAGE + 1)
    shown = found[:PAGE]
    called = _names(commune, {text for entry in shown for text in (entry.actor_id, entry.subject_id, *wording.ids_in(entry))})
    called |= {code: str(device_words(code)) for entry in shown for code in wording.browsers_in(entry)}
    lines = [_line(entry, called) for entry in shown]
    days = groupby(lines, key=lambda line: day_of(line.entry.at))
    return Log(tuple((day, tuple(members)) for day, members in days), shown[-1].number if len(found) > PAGE else None)


def actors(commune: str) -> list[tuple[str, str]]:
    """(id, name) of everybody in the log, by name; who is nobody's account is one of them."""
    known = queries.actors(commune)
    called = _names(commune, {actor_id for _, actor_id in known})
    found = [(actor_id, wording.actor(kind, actor_id, called)) for kind, actor_id in known if actor_id]
    return sorted(found, key=lambda pair: pair[1])


def _line(entry: Entry, called: dict[str, str]) -> Line:
    thing = called.get(entry.subject_id, "") if entry.subject_kind in _PEOPLE else entry.label or called.get(entry.subject_id, "")
    if entry.subject_id == entry.actor_id:  # what one does to oneself needs no second name
        thing = ""
    who = wording.actor(entry.actor_kind, entry.actor_id, called)
    return Line(entry, who, wording.act(entry), thing, tuple(wording.lines(entry, called)))


def _names(commune: str, texts: Iterable[str]) -> dict[str, str]:
    """What the ids among the texts are called: people, devices, slots, places."""
    ids = [found for found in map(parse, texts) if found]
    called: dict[UUID, str] = {space.id: space.full_name for space in places.spaces(commune)}
    called |= {venue.id: venue.entry.name for venue in places.entered(commune, Thing.VENUE)}
    called |= naming.names_of(ids)
    called |= {slot.id: slot.title for slot in programme.slots_by_id(ids).values()}
    called |= names.device_names(ids) | names.person_names(ids)
    return {str(found): name for found, name in called.items()}
