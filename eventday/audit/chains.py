"""Whether a chain is whole. Pure: it is given the entries as they stand, in order of their numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from eventday.audit.domain import FIRST, Entry, hash_of


@dataclass(frozen=True)
class Link:
    """An entry as it is stored, with the hash before it and its own."""

    entry: Entry
    previous: bytes
    hash: bytes


@dataclass(frozen=True)
class End:
    """What the chain's head says: how many entries there are, and the hash of the last."""

    count: int
    hash: bytes


@dataclass(frozen=True)
class Fault:
    """The first place where a chain is not whole.

    `code`: altered (this entry), missing (this entry), added (this entry was put in), unlinked (this entry, or the way from it to
    the next), no_head (the chain's head is gone; the entries up to this number are whole).
    """

    code: str
    number: int


def first_fault(links: Iterable[Link], end: End | None) -> Fault | None:
    """The first fault of a chain, or None where it is whole."""
    number, last = 0, FIRST
    for link in links:
        fault = _fault_at(link, number + 1, last)
        if fault:
            return fault
        number, last = number + 1, link.hash
    return _fault_at_end(number, last, end)


def _fault_at(link: Link, number: int, last: bytes) -> Fault | None:
    if link.entry.number != number:
        return Fault("missing", number) if link.entry.number > number else Fault("added", link.entry.number)
    if hash_of(link.entry, link.previous) != link.hash or (number == 1 and link.previous != FIRST):
        return Fault("altered", number)
    return Fault("unlinked", number - 1) if link.previous != last else None


def _fault_at_end(number: int, last: bytes, end: End | None) -> Fault | None:
    if end is None:
        return Fault("no_head", number) if number else None
    if number != end.count:
        return Fault("missing", number + 1) if number < end.count else Fault("added", end.count + 1)
    return Fault("unlinked", number) if last != end.hash else None
