"""Deleting a hamlet, venue, space, host or equipment that nothing uses; what is used is named instead."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventday.db import transaction
from eventday.kernel.errors import Refusal
from eventday.places import editing
from eventday.places.entries import Thing
from eventday.programme import used as programme
from eventday.programme.used import Use
from eventday.registrations import used as registrations


class PlaceInUse(Refusal):
    """Activities use it (`uses`), or people say that they live there (`people`)."""

    code = "place_in_use"

    def __init__(self, uses: list[Use], people: int) -> None:
        super().__init__("", uses=len(uses), people=people)
        self.uses = uses
        self.people = people


def remove(commune: str, thing: Thing, thing_id: UUID, *, now: datetime) -> None:
    """Raises: PlaceInUse (without names where somebody takes it into use at this very moment), NoSuchThing."""
    try:
        with transaction() as session:
            _remove_in(session, commune, thing, thing_id, now)
    except IntegrityError:
        raise PlaceInUse([], 0) from None


def _remove_in(session: Session, commune: str, thing: Thing, thing_id: UUID, now: datetime) -> None:
    editing.lock(session, commune)
    name = editing.row_of(session, commune, thing, thing_id).name
    uses = _uses(session, commune, thing, thing_id, name)
    people = registrations.people_of_hamlet(session, thing_id) if thing is Thing.HAMLET else 0
    if uses or people:
        raise PlaceInUse(uses, people)
    editing.remove_in(session, commune, thing, thing_id, now)


def _uses(session: Session, commune: str, thing: Thing, thing_id: UUID, name: str) -> list[Use]:
    if thing is Thing.HOST:
        return programme.uses_of_host(session, commune, name)
    if thing is Thing.EQUIPMENT:
        return programme.uses_of_equipment(session, commune, name)
    if thing is Thing.SPACE:
        return programme.uses_of_spaces(session, [thing_id])
    return programme.uses_of_spaces(session, editing.spaces_of_venue(session, thing_id)) if thing is Thing.VENUE else []
