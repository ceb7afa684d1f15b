"""Deleting a hamlet, venue, space, host or equipment that nothing uses, and putting it back; what is used is named instead."""

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

    @property
    def is_past(self) -> bool:
        """Whether only cancelled slots are in the way: they can do without."""
        return bool(self.uses) and not self.people and all(use.cancelled for use in self.uses)


def remove(commune: str, thing: Thing, thing_id: UUID, *, leave_cancelled: bool = False, now: datetime) -> None:
    """With `leave_cancelled` a place goes although cancelled slots name it: they are kept, without a place until it is put back.

    Raises: PlaceInUse (without names where somebody takes it into use at this very moment), NoSuchThing.
    """
    try:
        with transaction() as session:
            _remove_in(session, commune, thing, thing_id, leave_cancelled, now)
    except IntegrityError:
        raise PlaceInUse([], 0) from None


def _remove_in(session: Session, commune: str, thing: Thing, thing_id: UUID, leave_cancelled: bool, now: datetime) -> None:
    editing.lock(session, commune)
    name = editing.row_of(session, commune, thing, thing_id).name
    uses = _uses(session, commune, thing, thing_id, name)
    people = registrations.people_of_hamlet(session, thing_id) if thing is Thing.HAMLET else 0
    left: dict[UUID, UUID] = {}
    if uses or people:
        in_use = PlaceInUse(uses, people)
        if not (leave_cancelled and in_use.is_past):
            raise in_use
        left = programme.leave_spaces(session, commune, _spaces(session, thing, thing_id), now=now)
    editing.remove_in(session, commune, thing, thing_id, now, left)


def restore(commune: str, thing_id: UUID, *, now: datetime) -> int:
    """Put back what was deleted within the day, a place also into the slots that it was taken from; returns into how many.

    Raises: NameTaken, NoSuchThing.
    """
    with transaction() as session:
        left = editing.restore_in(session, commune, thing_id, now=now)
        return programme.return_to_spaces(session, commune, left, now=now) if left else 0


def _uses(session: Session, commune: str, thing: Thing, thing_id: UUID, name: str) -> list[Use]:
    if thing is Thing.HOST:
        return programme.uses_of_host(session, commune, name)
    if thing is Thing.EQUIPMENT:
        return programme.uses_of_equipment(session, commune, name)
    return programme.uses_of_spaces(session, _spaces(session, thing, thing_id))


def _spaces(session: Session, thing: Thing, thing_id: UUID) -> list[UUID]:
    if thing is Thing.SPACE:
        return [thing_id]
    return editing.spaces_of_venue(session, thing_id) if thing is Thing.VENUE else []
