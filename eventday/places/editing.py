"""Changing what a commune is made of, one thing at a time: create, change, delete, put back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import transaction
from eventday.kernel import ids
from eventday.places import models
from eventday.places.domain import Space
from eventday.places.entries import (
    CODED,
    ENTRIES,
    Entry,
    HamletEntry,
    HostEntry,
    Known,
    NoSuchThing,
    SpaceEntry,
    Thing,
    VenueEntry,
    keep_former_name,
    next_code,
    of_json,
    refuse_taken,
    refuse_taken_space,
    to_json,
)
from eventday.places.records import MODELS, columns_of, entry_from, entry_of
from eventday.web.edits import refuse_stale

KEPT = timedelta(days=1)


def add(commune: str, entries: Sequence[Entry], *, now: datetime) -> list[UUID]:
    """Add things, all or none; returns their ids. Raises: NameTaken, NoSuchThing (a space's venue)."""
    with transaction() as session:
        lock(session, commune)
        return [_add(session, commune, entry, now) for entry in entries]


def add_with_venue(commune: str, venue: VenueEntry, space_at: Callable[[UUID], SpaceEntry], *, now: datetime) -> UUID:
    """A new venue with its first space (`space_at` is given the venue's id), both or neither; returns the space's id. Raises: NameTaken."""
    with transaction() as session:
        lock(session, commune)
        return _add(session, commune, space_at(_add(session, commune, venue, now)), now)


def change(commune: str, thing_id: UUID, entry: Entry, *, seen: str | None, now: datetime) -> None:
    """Change one thing. `seen` is the stamp of what the page showed. Raises: NameTaken, NoSuchThing, Stale."""
    with transaction() as session:
        change_in(session, commune, thing_id, entry, seen=seen, now=now)


def change_in(session: Session, commune: str, thing_id: UUID, entry: Entry, *, seen: str | None, now: datetime) -> tuple[Any, Any]:
    """The same within an open transaction; returns what it was and what it is."""
    thing = thing_of(entry)
    lock(session, commune)
    row = row_of(session, commune, thing, thing_id)
    before = entry_of(thing, row)
    refuse_stale(seen, before)
    if isinstance(entry, (HostEntry, HamletEntry)):
        entry = keep_former_name(entry, before)
    _write(session, commune, row, entry)
    if isinstance(entry, VenueEntry):
        _rename_in_spaces(session, commune, row, before.name, now)
    after = entry_of(thing, row)
    note(session, commune, "changed", (thing.value, str(thing_id)), vars(before), vars(after), now)
    return before, after


def remove_in(session: Session, commune: str, thing: Thing, thing_id: UUID, now: datetime, left: Mapping[UUID, UUID] | None = None) -> None:
    """Delete one thing, a venue with its spaces; kept for a day to be put back. The caller has asked whether anything uses it.

    `left`: what has just stopped naming a row of it, by id, and which row; told again when it is put back. Raises: NoSuchThing.
    """
    row = row_of(session, commune, thing, thing_id)
    spaces = list(session.scalars(select(models.Space).where(models.Space.venue_id == thing_id))) if thing is Thing.VENUE else []
    kept = [(thing, row), *((Thing.SPACE, space) for space in spaces)]
    session.execute(delete(models.Removed).where(models.Removed.removed_at < now - KEPT))
    rows = {str(one.id): {"thing": kind.value, "columns": to_json(columns_of(kind, one)), "left_by": _leavers(left, one.id)} for kind, one in kept}
    session.add(models.Removed(id=thing_id, commune_code=commune, kind=thing.value, rows=rows, removed_at=now))
    for kind, one in reversed(kept):
        note(session, commune, "removed", (kind.value, str(one.id)), vars(entry_of(kind, one)), None, now)
        session.delete(one)
        session.flush()


def restore_in(session: Session, commune: str, thing_id: UUID, *, now: datetime) -> dict[UUID, UUID]:
    """Put back what was deleted within the last day, with its ids; returns what had stopped naming a row of it, and which.

    Raises: NameTaken, NoSuchThing.
    """
    lock(session, commune)
    kept = session.get(models.Removed, thing_id)
    if kept is None or kept.commune_code != commune or kept.removed_at < now - KEPT:
        raise NoSuchThing
    for row_id, one in kept.rows.items():
        entry = entry_from(Thing(one["thing"]), of_json(one["columns"]))
        _add(session, commune, entry, now, row_id=UUID(row_id), action="restored")
    session.delete(kept)
    return {UUID(leaver): UUID(row_id) for row_id, one in kept.rows.items() for leaver in one.get("left_by", [])}


def _leavers(left: Mapping[UUID, UUID] | None, row_id: UUID) -> list[str]:
    return [str(leaver) for leaver, of in (left or {}).items() if of == row_id]


def lock(session: Session, commune: str) -> None:
    """One at a time changes what a commune is made of: its profile's row, made where it is not there, is locked."""
    fresh = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(fresh(models.Profile).values(commune_code=commune, text="", phone="", desk="", logo="").on_conflict_do_nothing())
    session.execute(select(models.Profile.commune_code).where(models.Profile.commune_code == commune).with_for_update())


def thing_of(entry: Entry) -> Thing:
    return next(thing for thing, kind in ENTRIES.items() if isinstance(entry, kind))


def row_of(session: Session, commune: str, thing: Thing, thing_id: UUID) -> Any:
    """Raises: NoSuchThing."""
    row = session.get(MODELS[thing], thing_id)
    if row is None or row.commune_code != commune:
        raise NoSuchThing
    return row


def _add(session: Session, commune: str, entry: Entry, now: datetime, *, row_id: UUID | None = None, action: str = "added") -> UUID:
    thing = thing_of(entry)
    row = MODELS[thing](id=row_id or ids.new(), commune_code=commune)
    _write(session, commune, row, entry)
    note(session, commune, action, (thing.value, str(row.id)), None, vars(entry_of(thing, row)), now)
    return row.id  # type: ignore[no-any-return]


def _write(session: Session, commune: str, row: Any, entry: Entry) -> None:
    entry = _completed(session, commune, row, entry)
    for name, value in vars(entry).items():
        kept = list(value) if isinstance(value, tuple) else value
        if getattr(row, name) != kept:
            setattr(row, name, kept)
    session.add(row)
    session.flush()


def _completed(session: Session, commune: str, row: Any, entry: Entry) -> Entry:
    """The entry with what it leaves to us, once its names are known to be free. Raises: NameTaken, NoSuchThing."""
    if isinstance(entry, SpaceEntry):
        return _completed_space(session, commune, row, entry)
    thing = thing_of(entry)
    others = [Known(one.id, entry_of(thing, one)) for one in _rows(session, commune, thing) if one.id != row.id]
    if isinstance(entry, (HamletEntry, VenueEntry)) and not entry.code:
        entry = replace(entry, code=next_code(CODED[thing], [other.entry.code for other in others]))
    refuse_taken(entry, others)
    return entry


def _completed_space(session: Session, commune: str, row: Any, entry: SpaceEntry) -> SpaceEntry:
    venues = {venue.id: venue.name for venue in _rows(session, commune, Thing.VENUE)}
    if entry.venue_id not in venues:
        raise NoSuchThing
    entry = replace(entry, full_name=entry.full_name or f"{entry.name}, {venues[entry.venue_id]}")
    others = [
        _space(commune, one.id, entry_of(Thing.SPACE, one), venues[one.venue_id]) for one in _rows(session, commune, Thing.SPACE) if one.id != row.id
    ]
    refuse_taken_space(_space(commune, row.id, entry, venues[entry.venue_id]), others)
    return entry


def _rows(session: Session, commune: str, thing: Thing) -> Sequence[Any]:
    return session.scalars(select(MODELS[thing]).where(MODELS[thing].commune_code == commune)).all()


def _space(commune: str, space_id: UUID, entry: SpaceEntry, venue: str) -> Space:
    return Space(id=space_id, commune_code=commune, venue=venue, **{name: value for name, value in vars(entry).items() if name != "venue_id"})


def _rename_in_spaces(session: Session, commune: str, venue: models.Venue, old: str, now: datetime) -> None:
    """Full names that say the venue's old name say the new one."""
    if venue.name == old:
        return
    for row in session.scalars(select(models.Space).where(models.Space.venue_id == venue.id)):
        before = entry_of(Thing.SPACE, row)
        if row.full_name == f"{row.name}, {old}":
            row.full_name = f"{row.name}, {venue.name}"
            note(session, commune, "changed", (Thing.SPACE.value, str(row.id)), vars(before), vars(entry_of(Thing.SPACE, row)), now)


def spaces_of_venue(session: Session, venue_id: UUID) -> list[UUID]:
    return list(session.scalars(select(models.Space.id).where(models.Space.venue_id == venue_id)))
