"""A slot's registered people to take along: as a workbook and as a page to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from eventday.audit.service import note
from eventday.db import transaction
from eventday.kernel.clock import local
from eventday.kernel.errors import NotFound
from eventday.programme import queries as programme
from eventday.programme.domain import Slot
from eventday.registrations import finding
from eventday.registrations.domain import Status
from eventday.web.filters import phone
from eventday.web.translation import translated as _
from eventday.workspace.people import hamlet_names
from eventday.workspace.queries import Desk

if TYPE_CHECKING:
    from eventday.paper.spreadsheet import Heading

_ALL = 100_000


@dataclass(frozen=True)
class RosterLine:
    """A person on the list; `waits` is their place in the queue, None where they have a seat."""

    name: str
    birth_year: int | None
    hamlet: str
    code: str
    phone: str
    waits: int | None = None

    @property
    def status(self) -> str:
        return _("Có chỗ") if self.waits is None else _("Chờ, thứ %(position)s", position=self.waits)


def slot_of(at: Desk, slot_id: UUID) -> Slot:
    """Raises: NotFound where the slot is not one of this commune's plan."""
    for slot in programme.slots(at.event.id, at.commune.code):
        if slot.id == slot_id:
            return slot
    raise NotFound


def roster(slot: Slot) -> list[RosterLine]:
    """Who has a seat in the Vietnamese order of names, then who waits in the order of the queue."""
    hamlets = hamlet_names(slot.commune_code)
    lines = []
    for status in (Status.CONFIRMED, Status.WAITING):
        for place, one in enumerate(finding.people_of_slot(slot.id, status, most=_ALL), 1):
            hamlet = hamlets.get(one.hamlet_id, "") if one.hamlet_id else ""
            lines.append(RosterLine(one.name, one.birth_year, hamlet, one.code, phone(one.phone), place if status is Status.WAITING else None))
    return lines


def take_out(slot: Slot, people: Sequence[object], *, now: datetime) -> None:
    """Note that somebody took these people of the slot along; who they are is not noted."""
    with transaction() as session:
        note(session, slot.commune_code, "exported", ("people", str(slot.id)), None, {"title": slot.title, "count": len(people)}, now)


def take_out_all(at: Desk, people: int, *, now: datetime) -> None:
    """Note that somebody took so many people of the commune along."""
    with transaction() as session:
        note(session, at.commune.code, "exported", ("people", str(at.event.id)), None, {"title": at.event.name, "count": people}, now)


def rosters_file(at: Desk, lists: Sequence[tuple[Slot, Sequence[RosterLine]]]) -> bytes:
    """All lists below each other in one sheet, by slot, so that they can be filtered by any column."""
    from eventday.paper.spreadsheet import Heading, workbook  # as below

    of_slot = [Heading(_("Ngày"), 12), Heading(_("Giờ"), 8), Heading(_("Hoạt động"), 40), Heading(_("Nơi"), 28)]
    headings = [*of_slot, Heading(_("STT"), 6), *_headings_of_person()]
    rows = [(*_of_slot(slot), n, *_of_person(one)) for slot, lines in lists for n, one in enumerate(lines, 1)]
    return workbook(_("Danh sách"), headings, rows, title=f"{at.commune.name} – {at.event.name}"[:200])


def _of_slot(slot: Slot) -> tuple[date, time, str, str | None]:
    starts = local(slot.starts_at)
    return starts.date(), starts.time(), slot.title, slot.place or None


def _headings_of_person() -> "list[Heading]":
    from eventday.paper.spreadsheet import Heading  # as below

    return [
        Heading(_("Họ và tên"), 32, strong=True),
        Heading(_("Năm sinh"), 10),
        Heading(_("Thôn, bản"), 20),
        Heading(_("Điện thoại"), 17),
        Heading(_("Mã thẻ"), 15),
        Heading(_("Tình trạng"), 16),
    ]


def _of_person(one: RosterLine) -> tuple[str, int | None, str | None, str | None, str, str]:
    return one.name, one.birth_year, one.hamlet or None, one.phone or None, one.code, one.status


def roster_file(slot: Slot, people: Sequence[RosterLine]) -> bytes:
    """The list as an .xlsx; phone numbers are texts, so that their first 0 stays."""
    from eventday.paper.spreadsheet import Heading, workbook  # only who takes a file along waits for its library

    headings = [Heading(_("STT"), 6), *_headings_of_person(), Heading(_("Ký tên"), 22)]
    rows = [(n, *_of_person(one), None) for n, one in enumerate(people, 1)]
    return workbook(_("Danh sách"), headings, rows, title=_title(slot), kept=2)


def _title(slot: Slot) -> str:
    starts = local(slot.starts_at)
    return f"{slot.title} – {starts:%H:%M %d/%m/%Y} – {slot.place}"[:200]
