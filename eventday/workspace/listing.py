"""A long plan cut to what one looks for, and into pages. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from eventday.kernel.clock import day_of
from eventday.kernel.text import matches
from eventday.programme.domain import Kind, Slot, Wish

ON_A_PAGE, WISHES_ON_A_PAGE = 100, 25


@dataclass(frozen=True)
class Wanted:
    """What is looked for; everything may be left out. `venue` is a venue's name, `text` the beginnings of words, without diacritics."""

    day: date | None = None
    kind: Kind | None = None
    venue: str = ""
    text: str = ""

    @property
    def is_all(self) -> bool:
        return self == Wanted()


_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Page(Generic[_Item]):
    """What is on one page, of how many, and the number of pages (from 1)."""

    items: Sequence[_Item]
    found: int
    number: int
    pages: int


def page_of(found: Sequence[_Item], number: int, size: int) -> Page[_Item]:
    """The page of that number, or the nearest there is."""
    pages = max(1, -(-len(found) // size))
    number = min(max(1, number), pages)
    return Page(found[(number - 1) * size : number * size], len(found), number, pages)


def slots_of(slots: Iterable[Slot], wanted: Wanted) -> list[Slot]:
    """Those that are wanted, in the order given."""
    return [slot for slot in slots if _is_wanted(slot, wanted)]


def wishes_of(wishes: Iterable[Wish], wanted: Wanted) -> list[Wish]:
    """Wishes that may be what is looked for: what they do not say yet leaves none out."""
    found = [wish for wish in wishes if wanted.day is None or wish.day in (None, wanted.day)]
    found = [wish for wish in found if wanted.kind in (None, wish.kind) and (not wanted.venue or not wish.place or wanted.venue in wish.place)]
    return [wish for wish in found if matches(wanted.text, f"{wish.title} {wish.host}")]


def _is_wanted(slot: Slot, wanted: Wanted) -> bool:
    if wanted.day not in (None, day_of(slot.starts_at)) or wanted.kind not in (None, slot.kind):
        return False
    return wanted.venue in ("", slot.venue) and matches(wanted.text, f"{slot.title} {slot.host}")
