"""Entering what a commune is made of; again with the same codes and names changes what differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventday.db import Base, transaction
from eventday.kernel import ids
from eventday.places import models
from eventday.places.domain import Equipment, Host, Profile


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
class HamletRecord:
    """A hamlet as it is entered; `code` is the commune's own (H01)."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    households: int | None = None
    population: int | None = None


@dataclass(frozen=True, kw_only=True)
class PlacesOf:
    """What is entered for one commune. What is not in it stays as it is."""

    spaces: tuple[SpaceRecord, ...] = ()
    hamlets: tuple[HamletRecord, ...] = ()
    hosts: tuple[Host, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    profile: Profile | None = None


def save_places(commune: str, places: PlacesOf, *, now: datetime) -> None:  # noqa: ARG001 – every service is told the time
    """Add or change venues and spaces, hamlets (by code), hosts and equipment (by name) and the profile of a commune."""
    with transaction() as session:
        save_places_in(session, commune, places)


def save_places_in(session: Session, commune: str, places: PlacesOf) -> None:
    """The same within an open transaction."""
    venues = _save_venues(session, commune, places.spaces)
    _save_spaces(session, commune, places.spaces, venues)
    _upsert(session, models.Hamlet, commune, "code", [_columns(hamlet) for hamlet in places.hamlets])
    _upsert(session, models.Host, commune, "name", [_columns(host) for host in places.hosts])
    _upsert(session, models.Equipment, commune, "name", [_columns(item) for item in places.equipment])
    if places.profile:
        session.merge(models.Profile(commune_code=commune, **vars(places.profile)))
    session.flush()


def _save_venues(session: Session, commune: str, spaces: Iterable[SpaceRecord]) -> dict[str, UUID]:
    names = {space.venue_code: space.venue for space in spaces}
    saved = _upsert(session, models.Venue, commune, "code", [{"code": code, "name": name} for code, name in names.items()])
    return {venue.code: venue.id for venue in saved}


def _save_spaces(session: Session, commune: str, spaces: Iterable[SpaceRecord], venues: dict[str, UUID]) -> None:
    known = {(row.venue_id, row.name): row for row in session.scalars(select(models.Space).where(models.Space.commune_code == commune))}
    for space in spaces:
        values = _columns(space)
        venue_id = venues[values.pop("venue_code")]
        values["full_name"] = space.full_name or f"{space.name}, {values['venue']}"
        del values["venue"]
        row = known.get((venue_id, space.name))
        if row is None:
            row = models.Space(id=ids.new(), commune_code=commune, venue_id=venue_id)
            session.add(row)
        _set(row, values)


_Model = TypeVar("_Model", models.Venue, models.Hamlet, models.Host, models.Equipment)


def _upsert(session: Session, model: type[_Model], commune: str, key: str, records: list[dict[str, Any]]) -> list[_Model]:
    known = {getattr(row, key): row for row in session.scalars(select(model).where(model.commune_code == commune))}
    rows = []
    for record in records:
        row = known.get(record[key])
        if row is None:
            row = known[record[key]] = model(id=ids.new(), commune_code=commune)
            session.add(row)
        _set(row, record)
        rows.append(row)
    session.flush()
    return rows


def _columns(record: object) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(record).items()}


def _set(row: Base, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
