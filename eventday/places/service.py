"""Entering what a commune is made of; again with the same codes and names changes what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import Base, transaction
from eventday.kernel import ids
from eventday.places import models
from eventday.places.domain import Equipment, Host, Profile
from eventday.places.entries import HamletEntry


@dataclass(frozen=True, kw_only=True)
class SpaceRecord:
    """A space as it is entered; `venue_code` is the commune's own (V01). An empty `full_name` becomes “name, venue”."""

    venue_code: str
    venue: str
    name: str
    kind: str
    capacity: int = 0
    pitches: int = 0
    opens: time = time(0, 0)
    closes: time = time(23, 59)
    full_name: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlacesOf:
    """What is entered for one commune. What is not in it stays as it is."""

    spaces: tuple[SpaceRecord, ...] = ()
    hamlets: tuple[HamletEntry, ...] = ()
    hosts: tuple[Host, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    profile: Profile | None = None


def save_places(commune: str, places: PlacesOf, *, now: datetime) -> None:
    """Add or change venues and spaces, hamlets (by code), hosts and equipment (by name) and the profile of a commune."""
    with transaction() as session:
        save_places_in(session, commune, places, now=now)


def save_places_in(session: Session, commune: str, places: PlacesOf, *, now: datetime) -> None:
    """The same within an open transaction."""
    writer = _Writer(session, commune, now)
    venues = writer.save_venues(places.spaces)
    writer.save_spaces(places.spaces, venues)
    writer.upsert(models.Hamlet, "code", [_columns(hamlet) for hamlet in places.hamlets])
    writer.upsert(models.Host, "name", [_columns(host) for host in places.hosts])
    writer.upsert(models.Equipment, "name", [_columns(item) for item in places.equipment])
    if places.profile:
        writer.save_profile(places.profile)
    session.flush()


_Model = TypeVar("_Model", models.Venue, models.Hamlet, models.Host, models.Equipment)


class _Writer:
    """Sets what differs and notes it."""

    def __init__(self, session: Session, commune: str, now: datetime) -> None:
        self.session, self.commune, self.now = session, commune, now

    def save_venues(self, spaces: Iterable[SpaceRecord]) -> dict[str, UUID]:
        names = {space.venue_code: space.venue for space in spaces}
        saved = self.upsert(models.Venue, "code", [{"code": code, "name": name} for code, name in names.items()])
        return {venue.code: venue.id for venue in saved}

    def save_spaces(self, spaces: Iterable[SpaceRecord], venues: dict[str, UUID]) -> None:
        rows = self.session.scalars(select(models.Space).where(models.Space.commune_code == self.commune))
        known = {(row.venue_id, row.name): row for row in rows}
        for space in spaces:
            values = _columns(space)
            venue_id = venues[values.pop("venue_code")]
            values["full_name"] = space.full_name or f"{space.name}, {values['venue']}"
            del values["venue"]
            row = known.get((venue_id, space.name))
            if row is None:
                row = models.Space(id=ids.new(), commune_code=self.commune, venue_id=venue_id)
                self.session.add(row)
            self.set(row, "space", str(row.id), values)

    def upsert(self, model: type[_Model], key: str, records: list[dict[str, Any]]) -> list[_Model]:
        known = {getattr(row, key): row for row in self.session.scalars(select(model).where(model.commune_code == self.commune))}
        rows = []
        for record in records:
            row = known.get(record[key])
            if row is None:
                row = known[record[key]] = model(id=ids.new(), commune_code=self.commune)
                self.session.add(row)
            self.set(row, model.__name__.lower(), str(row.id), record)
            rows.append(row)
        self.session.flush()
        return rows

    def save_profile(self, profile: Profile) -> None:
        row = self.session.get(models.Profile, self.commune)
        if row is None:
            row = models.Profile(commune_code=self.commune)
            self.session.add(row)
        self.set(row, "profile", self.commune, {name: text for name, text in vars(profile).items() if name != "logo"})

    def set(self, row: Base, kind: str, subject_id: str, values: Mapping[str, Any]) -> None:
        is_new = row in self.session.new
        before = None if is_new else {name: getattr(row, name) for name in values}
        note(self.session, self.commune, "added" if is_new else "changed", (kind, subject_id), before, values, self.now)
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)


def _columns(record: object) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(record).items()}
