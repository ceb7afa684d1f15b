"""Registering a list of people for a slot: looked at first, then taken as a whole or not at all; the same list again changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import transaction
from eventday.imports import workbook
from eventday.imports.findings import Problem, Skipped
from eventday.imports.people import PeopleRead, read_people
from eventday.imports.people_columns import Column
from eventday.imports.people_row import PersonRow
from eventday.imports.sheet import Sheet
from eventday.kernel.errors import NotFound
from eventday.places import queries as places
from eventday.programme import queries as programme
from eventday.programme.domain import Admission, Event, Slot, SlotStatus
from eventday.programme.errors import NoRegistrationNeeded, SlotCancelled, SlotClosed
from eventday.registrations import enrolling, finding, service
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source, identity
from eventday.registrations.enrolling import Ready
from eventday.registrations.errors import WaitingListFull


@dataclass(frozen=True)
class Enlisted:
    """A row and what it makes: new (a new pass), changed (somebody known comes to the slot), same."""

    row: PersonRow
    change: str


@dataclass(frozen=True)
class Enlisting:
    """What an import does, or would do. With an error nothing is done."""

    rows: tuple[Enlisted, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    skipped: tuple[Skipped, ...]
    done: bool = False

    def counts(self) -> dict[str, int]:
        """How many were new, known, and registered already."""
        return {word: len(self.of(word)) for word in ("new", "changed", "same")}

    def of(self, change: str) -> tuple[Enlisted, ...]:
        return tuple(row for row in self.rows if row.change == change)

    @property
    def children(self) -> int:
        """How many of those who get a pass are under 16: an adult has to have agreed."""
        return sum(1 for one in self.of("new") if one.row.is_child)


def slot_of(event: Event, commune: str, slot_id: UUID | None) -> Slot:
    """The slot, of that event and commune. Raises: NotFound."""
    slot = programme.slot(slot_id) if slot_id else None
    if slot is None or (slot.event_id, slot.commune_code) != (event.id, commune):
        raise NotFound
    return slot


def read(data: bytes, event: Event, commune: str) -> PeopleRead:
    """What an .xlsx says of people. Raises: BadWorkbook and its kinds."""
    return read_sheets(workbook.read(data), event, commune)


def read_sheets(sheets: Sequence[Sheet], event: Event, commune: str) -> PeopleRead:
    return read_people(sheets, places.hamlets(commune), event.first_day.year)


def enlist(
    found: PeopleRead,
    slot: Slot,
    *,
    dry_run: bool,
    now: datetime,
    children_agree: bool = False,
    last: Callable[[Session, Enlisting], None] | None = None,
) -> Enlisting:
    """Register all who were read; `last` is done in the same transaction. With `dry_run` or with errors nothing changes.

    `children_agree`: who imports says that those from 7 on do.

    Raises: SlotClosed, SlotCancelled, NoRegistrationNeeded. Who finds no place on the waiting list is an error at their row.
    """
    _check_open(slot, now)
    looked = _looked_at(found, slot)
    if dry_run or looked.errors:
        return looked
    rows = [one.row for one in looked.rows if one.change != "same"]
    prepared = enrolling.ready(_requests(rows, slot, children_agree), now=now)
    try:
        _register(prepared, slot, looked, now, last)
    except WaitingListFull as refusal:
        return replace(looked, rows=(), errors=(_no_place(rows, refusal),))
    return replace(looked, done=True)


def _register(prepared: Ready, slot: Slot, looked: Enlisting, now: datetime, last: Callable[[Session, Enlisting], None] | None) -> None:
    with transaction() as session:
        enrolling.enrol(session, prepared, slot.id, limit=service.waiting_limit(), now=now)
        _note(session, slot, looked, now)
        if last:
            last(session, looked)


def _no_place(rows: Sequence[PersonRow], refusal: WaitingListFull) -> Problem:
    """At the first who finds none."""
    row = rows[min(int(str(refusal.facts["place"])), len(rows) - 1)]
    return _at_name(row, "no_place_left", name=row.name)


def _check_open(slot: Slot, now: datetime) -> None:
    if slot.cancelled_at:
        raise SlotCancelled(slot=str(slot.id))
    if slot.admission is Admission.OPEN:
        raise NoRegistrationNeeded(slot=str(slot.id))
    if slot.status(now) is SlotStatus.CLOSED or not programme.is_published(slot.event_id, slot.commune_code):
        raise SlotClosed(slot=str(slot.id))


def _looked_at(found: PeopleRead, slot: Slot) -> Enlisting:
    keys = [_identity(row, slot) for row in found.rows]
    known = finding.known(slot.event_id, slot.id, keys)
    words = {None: "new", False: "changed", True: "same"}
    rows = tuple(Enlisted(row, words[known.get(key)]) for row, key in zip(found.rows, keys, strict=True))
    return Enlisting(rows, found.errors, (*found.warnings, *_too_many(rows, slot)), found.skipped)


def _too_many(rows: Sequence[Enlisted], slot: Slot) -> list[Problem]:
    """A warning at the first row that will wait."""
    coming = [one.row for one in rows if one.change != "same"]
    left = slot.left or 0
    if len(coming) <= left:
        return []
    return [_at_name(coming[left], "will_wait", waiting=len(coming) - left, left=left)]


def _at_name(row: PersonRow, code: str, **facts: object) -> Problem:
    return Problem(row.sheet, row.row, row.columns[Column.NAME], code, facts)


def _identity(row: PersonRow, slot: Slot) -> bytes:
    key = identity(slot.event_id, row.phone, row.name, row.birth_year, Source.IMPORT, home=_home(row, slot))
    assert key is not None
    return key


def _home(row: PersonRow, slot: Slot) -> str:
    return str(row.hamlet.id if row.hamlet else slot.commune_code)


def _requests(rows: Sequence[PersonRow], slot: Slot, children_agree: bool) -> list[RegistrationRequest]:
    """One for each run of rows with the same phone: they are a household."""
    made = []
    for number, group in groupby(rows, key=lambda row: row.phone or f"{row.sheet} {row.row}"):
        members = list(group)
        people = tuple(_request(row, slot, children_agree) for row in members)
        made.append(_household(slot, number if members[0].phone else None, people))
    return made


def _household(slot: Slot, phone: str | None, people: tuple[PersonRequest, ...]) -> RegistrationRequest:
    return RegistrationRequest(event_id=slot.event_id, commune_code=slot.commune_code, phone=phone, people=people, source=Source.IMPORT)


def _request(row: PersonRow, slot: Slot, children_agree: bool) -> PersonRequest:
    return PersonRequest(
        name=row.name,
        birth_year=row.birth_year,
        gender=row.gender,
        hamlet_id=row.hamlet.id if row.hamlet else None,
        guardian=row.guardian,
        child_agrees=True if children_agree and row.is_asked else None,
        slot_ids=(slot.id,),
    )


def _note(session: Session, slot: Slot, looked: Enlisting, now: datetime) -> None:
    """One entry for the file; nothing of a person."""
    counts = {"new_rows": len(looked.of("new")), "changed_rows": len(looked.of("changed")), "slot_id": slot.id}
    if counts["new_rows"] or counts["changed_rows"]:
        note(session, slot.commune_code, "imported", ("people", str(slot.id)), None, counts, now)
