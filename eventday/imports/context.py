"""What stands around a row: the event's days, the commune's places, and what the sheet and its groups say for all their rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial

from eventday.imports.cells import hosts_of, kind_of_heading
from eventday.imports.days import day_of_name, day_of_title, part_of_title
from eventday.imports.likeness import near_names
from eventday.imports.own_form import OwnRow
from eventday.imports.sheet import Sheet, Value
from eventday.imports.table import Table
from eventday.imports.times import read as read_when
from eventday.imports.when import Days, When
from eventday.places.domain import ONLINE, Host, Space, find_space
from eventday.programme.domain import Kind, Part


@dataclass(frozen=True)
class Known:
    """What a plan is read against: the event's days, the commune's spaces and hosts, and what stands in the plan, by number.

    The rows of a file say the same few names again and again: each is looked up once.
    """

    days: Days
    spaces: tuple[Space, ...]
    hosts: tuple[Host, ...] = ()
    own: Mapping[int, OwnRow] = field(default_factory=dict)

    @property
    def online_space(self) -> Space | None:
        """The commune's online place, where it has exactly one."""
        online = [space for space in self.spaces if space.kind == ONLINE]
        return online[0] if len(online) == 1 else None

    @cached_property
    def space_named(self) -> Callable[[str], Space | None]:
        """As `find_space`."""
        return cache(partial(find_space, spaces=self.spaces))

    @cached_property
    def near(self) -> Callable[[str], tuple[str, ...]]:
        """As `near_names`."""
        return cache(partial(near_names, spaces=self.spaces))

    @cached_property
    def hosts_in(self) -> Callable[..., tuple[str, ...]]:
        """As `hosts_of`."""
        return cache(partial(hosts_of, known=self.hosts))


@dataclass
class Context:
    """What stands above a row: the sheet's name and day, the group, the values that “nt” repeats."""

    sheet: Sheet
    table: Table
    known: Known
    outer_kind: Kind | None
    day: date | None
    kind: Kind | None = None
    part: Part | None = None
    above: dict[int, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet, table: Table, known: Known) -> "Context":
        kinds = (kind_of_heading(text) for text in (table.title_heading, sheet.name, *reversed(table.titles)))
        days = {day for title in table.titles if (day := day_of_title(title, known.days))}
        day = days.pop() if len(days) == 1 else None if days else day_of_name(sheet.name, known.days)
        return cls(sheet, table, known, next((kind for kind in kinds if kind), None), day)

    def enter_group(self, text: str) -> None:
        """A group's heading gives its rows a kind, a day or a part of the day; one of a day or part alone leaves the kind."""
        kind = kind_of_heading(text)
        when = read_when(_without_number(text), self.known.days)
        part = when.part if isinstance(when, When) and when.part else part_of_title(text)
        day = day_of_title(text, self.known.days)
        if day:
            self.day, self.part = day, None
        self.part = part or self.part
        self.kind = self.kind if kind is None and (day or part) else kind


def _without_number(text: str) -> str:
    head, _, rest = text.partition(" ")
    return rest if len(head) <= 5 and head.rstrip(".)-/:").isalnum() and rest and head[-1:] in ".)-/:" else text
