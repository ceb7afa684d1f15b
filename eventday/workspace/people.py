"""What the pages about people say beside the people themselves: which slots can be chosen, why somebody waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventday.places import queries as places
from eventday.programme import queries as programme
from eventday.programme.domain import Admission, Slot, SlotStatus
from eventday.registrations import finding
from eventday.registrations.domain import Status
from eventday.registrations.finding import Seated
from eventday.workspace.queries import Desk


@dataclass(frozen=True)
class SlotList:
    """A page of a slot's people of one status, with how many of each status there are. `page` counts from 1."""

    slot: Slot
    status: Status
    people: list[Seated]
    page: int
    pages: int
    seated: int
    waiting: int
    cancelled: int


def slots_with_seats(at: Desk) -> list[Slot]:
    return [slot for slot in programme.slots(at.event.id, at.commune.code) if slot.admission is Admission.SEATS]


def choosable(slots: Iterable[Slot], now: datetime) -> list[Slot]:
    """The slots that one can register for now, in order of time; full ones too: one can wait."""
    found = [slot for slot in slots if slot.status(now) in (SlotStatus.OPEN, SlotStatus.FULL)]
    return sorted(found, key=lambda slot: (slot.starts_at, slot.title))


def slot_list(slot: Slot, status: Status, page: int) -> SlotList:
    """Four statements at most, whatever the length."""
    cancelled = finding.count_at(slot.commune_code, slot.id, Status.CANCELLED)
    many = {Status.CONFIRMED: slot.taken, Status.WAITING: slot.waiting, Status.CANCELLED: cancelled}[status]
    pages = max(1, -(-many // finding.PAGE))
    shown = min(max(page, 1), pages)
    people = finding.people_of_slot(slot.id, status, skip=(shown - 1) * finding.PAGE)
    return SlotList(slot, status, people, shown, pages, slot.taken, slot.waiting, cancelled)


def hamlet_names(commune: str) -> dict[UUID, str]:
    return {hamlet.id: hamlet.name for hamlet in places.hamlets(commune)}
