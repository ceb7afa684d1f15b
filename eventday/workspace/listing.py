"""A long plan cut to what one looks for, and into pages. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from eventday.kernel.clock import day_of
from eventday.kernel.text import matches
from eventday.programme.domain import Kind, Slot, Wish

ON_A_PAGE = 100


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


@dataclass(frozen=True)
class Page:
    """The slots of one page, of how many, and the number of pages (from 1)."""

    slots: Sequence[Slot]
    found: int
    number: int
    pages: int


def page_of(ordered: Sequence[Slot], wanted: Wanted, number: int) -> Page:
    """The page of that number, or the nearest there is, of the slots that are wanted, in the order given."""
    found = [slot for slot in ordered if _is_wanted(slot, wanted)]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    number = min(max(1, number), pages)
    return Page(found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE], len(found), number, pages)


def wishes_of(wishes: Iterable[Wish], wanted: Wanted) -> list[Wish]:
    """Wishes that may be what is looked for: what they do not say yet leaves none out."""
    found = [wish for wish in wishes if wanted.day is None or wish.day in (None, wanted.day)]
    found = [wish for wish in found if wanted.kind in (None, wish.kind) and (not wanted.venue or not wish.place or wanted.venue in wish.place)]
    return [wish for wish in found if matches(wanted.text, f"{wish.title} {wish.host}")]


def _is_wanted(slot: Slot, wanted: Wanted) -> bool:
    if wanted.day not in (None, day_of(slot.starts_at)) or wanted.kind not in (None, slot.kind):
        return False
    return wanted.venue in ("", slot.venue) and matches(wanted.text, f"{slot.title} {slot.host}")
