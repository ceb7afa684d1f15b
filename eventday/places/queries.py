"""Reading what a commune is made of."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from eventday.db import db, table
from eventday.kernel.errors import NotFound
from eventday.kernel.text import fold
from eventday.places import models
from eventday.places.domain import Equipment, Hamlet, Host, Profile, Space
from eventday.places.entries import Known, Thing, VenueEntry
from eventday.places.records import MODELS, entry_of

# What other features select, after `with_place`, to say where something is.
_SPACES, _VENUES = table(models.Space), table(models.Venue)
PLACE = (_SPACES.c.name.label("space"), _VENUES.c.name.label("venue"), _SPACES.c.full_name.label("place"))


def with_place(query: Select[*tuple[Any, ...]], space_id: ColumnElement[UUID | None]) -> Select[*tuple[Any, ...]]:
    """The query joined to the space (if any) that a column names. A subquery would be read whole each time (SQLite)."""
    return query.outerjoin(_SPACES, _SPACES.c.id == space_id).outerjoin(_VENUES, _VENUES.c.id == _SPACES.c.venue_id)


def spaces(commune: str) -> list[Space]:
    """A commune's spaces in the order of its venues' codes, then by name."""
    query = (
        select(models.Space, models.Venue.name.label("venue"))
        .join(models.Venue, models.Venue.id == models.Space.venue_id)
        .where(models.Space.commune_code == commune)
        .order_by(models.Venue.code, models.Space.name)
    )
    return [_space(space, venue) for space, venue in db.session.execute(query)]


def _space(row: models.Space, venue: str) -> Space:
    return Space(
        id=row.id,
        commune_code=row.commune_code,
        venue=venue,
        name=row.name,
        full_name=row.full_name,
        kind=row.kind,
        capacity=row.capacity,
        pitches=row.pitches,
        opens=row.opens,
        closes=row.closes,
        aliases=tuple(row.aliases),
    )


def hamlets(commune: str) -> list[Hamlet]:
    """A commune's hamlets in the order of their codes."""
    rows = db.session.scalars(select(models.Hamlet).where(models.Hamlet.commune_code == commune).order_by(models.Hamlet.code))
    return [Hamlet(row.id, row.code, row.name, tuple(row.aliases), row.households, row.population) for row in rows]


def hosts(commune: str) -> list[Host]:
    """Organisations the commune knows, by name."""
    rows = db.session.scalars(select(models.Host).where(models.Host.commune_code == commune))
    return sorted((Host(row.name, row.kind, tuple(row.aliases)) for row in rows), key=lambda host: fold(host.name))


def profile(commune: str) -> Profile:
    """The commune's own words; empty ones where it has entered none."""
    row = db.session.get(models.Profile, commune)
    return Profile(row.text, row.phone, row.desk, row.logo) if row else Profile()


def equipment(commune: str) -> list[Equipment]:
    rows = db.session.scalars(select(models.Equipment).where(models.Equipment.commune_code == commune))
    return sorted((Equipment(row.name, row.unit, row.in_commune) for row in rows), key=lambda item: fold(item.name))


@dataclass(frozen=True)
class VenueShown:
    """A venue with its spaces by name, each as (id, entry)."""

    id: UUID
    entry: VenueEntry
    spaces: tuple[Known, ...]


def venues(commune: str) -> list[VenueShown]:
    """A commune's venues in the order of their codes; one without spaces too."""
    spaces: dict[UUID, list[Known]] = defaultdict(list)
    for known in entered(commune, Thing.SPACE):
        spaces[known.entry.venue_id].append(known)
    return [VenueShown(known.id, known.entry, tuple(spaces[known.id])) for known in entered(commune, Thing.VENUE)]


def entered(commune: str, thing: Thing) -> list[Known]:
    """All of a kind as they were entered, by code where there is one, else by name."""
    model = MODELS[thing]
    rows = db.session.scalars(select(model).where(model.commune_code == commune))
    found = [Known(row.id, entry_of(thing, row)) for row in rows]
    return sorted(found, key=lambda known: (getattr(known.entry, "code", ""), fold(known.entry.name)))


def one(commune: str, thing: Thing, thing_id: UUID) -> Known:
    """Raises: NotFound where it is another commune's or was deleted."""
    row = db.session.get(MODELS[thing], thing_id)
    if row is None or row.commune_code != commune:
        raise NotFound
    return Known(row.id, entry_of(thing, row))


def profile_and_addresses(commune: str) -> tuple[Profile, dict[str, str]]:
    """The profile with, by a venue's name, what a map is searched for where it has an address; one statement.

    Who enters an address makes the profile's row (`editing.lock`).
    """
    has_address = (models.Venue.commune_code == models.Profile.commune_code) & (models.Venue.address != "")
    query = select(models.Profile, models.Venue.name, models.Venue.address).outerjoin(models.Venue, has_address)
    rows = db.session.execute(query.where(models.Profile.commune_code == commune)).all()
    if not rows:
        return Profile(), {}
    row = rows[0][0]
    return Profile(row.text, row.phone, row.desk, row.logo), {name: address for _, name, address in rows if name}


def name_of(commune: str, thing_id: UUID) -> str:
    """What a thing of the commune is called, one that was deleted within the last day too; empty where there is none."""
    for model in MODELS.values():
        row = db.session.get(model, thing_id)
        if row is not None and row.commune_code == commune:
            return str(row.name)
    kept = db.session.get(models.Removed, thing_id)
    return str(kept.rows[str(thing_id)]["columns"]["name"]) if kept is not None and kept.commune_code == commune else ""


def was_removed(commune: str, thing_id: UUID) -> bool:
    """Whether the commune deleted it within the last day, by itself or with the venue it was in."""
    kept = db.session.scalars(select(models.Removed.rows).where(models.Removed.commune_code == commune))
    return any(str(thing_id) in rows for rows in kept)
