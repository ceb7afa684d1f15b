"""Rows of a commune's things as they are entered."""

from dataclasses import fields
from typing import Any

from eventday.places import models
from eventday.places.entries import ENTRIES, Thing

MODELS: dict[Thing, Any] = {
    Thing.VENUE: models.Venue,
    Thing.SPACE: models.Space,
    Thing.HAMLET: models.Hamlet,
    Thing.HOST: models.Host,
    Thing.EQUIPMENT: models.Equipment,
}


def entry_of(thing: Thing, row: Any) -> Any:
    """What is kept, as it is entered."""
    return entry_from(thing, columns_of(thing, row))


def entry_from(thing: Thing, values: dict[str, Any]) -> Any:
    return ENTRIES[thing](**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def names_of(thing: Thing) -> list[str]:
    return [one.name for one in fields(ENTRIES[thing])]


def columns_of(thing: Thing, row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names_of(thing)}
