"""What the JSON API takes and gives, and how a body becomes a request: everything that is wrong with it is told at once, by pointer."""

import time
from collections.abc import Collection, Mapping
from typing import Annotated, Literal
from uuid import UUID

from flask import current_app
from pydantic import BaseModel, Field

from eventday.access.domain import Person
from eventday.kernel import name, phone
from eventday.kernel.errors import NotFound
from eventday.kernel.ids import parse
from eventday.places import queries as places
from eventday.places.domain import find_hamlet
from eventday.programme import queries as programme
from eventday.programme.domain import Event
from eventday.registrations.domain import (
    Gender,
    Group,
    PersonRequest,
    RegistrationRequest,
    Source,
    age,
    check_people,
    needs_child_agreement,
    needs_guardian,
)
from eventday.web.api import Body, ValidationFailed

PEOPLE = 50
_NAME = 120
_KEPT = 10  # seconds
_Error = tuple[str, str, dict[str, object]]


class PersonBody(Body):
    """`hamlet` is a name or a code. A child under 16 needs `guardian`, from 7 on also `child_agrees`."""

    name: str
    birth_year: int | None = None
    gender: Literal["female", "male", "other"] | None = None
    hamlet: str | None = None
    group: Literal["pupil", "resident", "official", "worker"] | None = None
    guardian: str | None = None
    child_agrees: bool | None = None
    slots: Annotated[list[str], Field(max_length=50)] = []


class RegistrationsBody(Body):
    """`event` is an id or a short code; `consent` must be true."""

    event: str
    phone: str
    consent: bool = False
    people: Annotated[list[PersonBody], Field(min_length=1, max_length=PEOPLE)]


class RegistrationAnswer(BaseModel):
    id: str
    slot: str
    status: Literal["confirmed", "waiting", "cancelled"]
    position: int | None = None


class PassAnswer(BaseModel):
    """`token` is what the QR carries, `code` what is typed, `url` the holder's page (only where registering answers)."""

    id: str
    code: str
    token: str
    url: str | None = None
    name: str
    registrations: list[RegistrationAnswer]


class PassesAnswer(BaseModel):
    passes: list[PassAnswer]


class ListedAnswer(BaseModel):
    """A registration with whose it is: `pass` is the pass's id, `code` its typed code."""

    id: str
    pass_: Annotated[str, Field(alias="pass")]
    code: str
    name: str
    phone: str | None
    slot: str
    status: Literal["confirmed", "waiting", "cancelled"]
    position: int | None = None


class ListAnswer(BaseModel):
    registrations: list[ListedAnswer]
    next: str | None


def slot_ids_of(body: RegistrationsBody) -> list[tuple[UUID, ...]]:
    """The slots of each person. Raises: ValidationFailed for what is no id."""
    read = [[parse(text) for text in person.slots] for person in body.people]
    wrong: list[_Error] = [
        (f"/people/{at}/slots/{number}", "invalid", {}) for at, ids in enumerate(read) for number, one in enumerate(ids) if one is None
    ]
    if wrong:
        raise ValidationFailed(wrong)
    return [tuple(one for one in ids if one) for ids in read]


def to_request(body: RegistrationsBody, slot_ids: list[tuple[UUID, ...]], placed: Mapping[UUID, tuple[UUID, str]], by: Person) -> RegistrationRequest:
    """`placed` has the event and the commune of every slot asked for; the asker's right there was checked. Raises: ValidationFailed."""
    errors: list[_Error] = []
    event = _event(body, errors)
    number = _phone(body, errors)
    if not body.consent:
        errors.append(("/consent", "consent_required", {}))
    for at, ids in enumerate(slot_ids):
        errors += [(f"/people/{at}/slots/{i}", "invalid", {}) for i, one in enumerate(ids) if event and placed[one][0] != event.id]
    commune = _commune(placed, slot_ids, by)
    if commune is None:
        errors.append(("/people/0/slots", "required", {}))
    if event and not any(grant.place.province in (None, event.province_code) for grant in by.grants):
        errors.append(("/event", "invalid", {}))
    people = _people(body, slot_ids, commune, event, errors)
    if errors or event is None or commune is None:
        raise ValidationFailed(errors)
    return RegistrationRequest(event_id=event.id, commune_code=commune, phone=number, people=people, source=Source.API)


def _event(body: RegistrationsBody, errors: list[_Error]) -> Event | None:
    """Kept for ten seconds in each process: programs name the same event again and again."""
    known: dict[str, tuple[Event, float]] = current_app.extensions.setdefault("events_named", {})
    event, until = known.get(body.event, (None, 0.0))
    if event and time.monotonic() < until:
        return event
    try:
        event = programme.event(body.event)
    except NotFound:
        errors.append(("/event", "invalid", {}))
        return None
    known[body.event] = event, time.monotonic() + _KEPT
    return event


def _phone(body: RegistrationsBody, errors: list[_Error]) -> str | None:
    try:
        number = phone.read(body.phone)
    except phone.PhoneProblem:
        errors.append(("/phone", "invalid", {}))
        return None
    if number is None:
        errors.append(("/phone", "required", {}))
    return number


def _commune(placed: Mapping[UUID, tuple[UUID, str]], slot_ids: Collection[tuple[UUID, ...]], by: Person) -> str | None:
    """Where the passes are made: at the first slot, else the one commune that the asker speaks for."""
    first = next((one for ids in slot_ids for one in ids), None)
    if first:
        return placed[first][1]
    return next((grant.place.commune for grant in by.grants), None)


def _people(
    body: RegistrationsBody, slot_ids: list[tuple[UUID, ...]], commune: str | None, event: Event | None, errors: list[_Error]
) -> tuple[PersonRequest, ...]:
    year = event.first_day.year if event else None
    hamlets = places.hamlets(commune) if commune and any(person.hamlet for person in body.people) else []
    people = []
    for at, (person, ids) in enumerate(zip(body.people, slot_ids, strict=True)):
        hamlet = find_hamlet(person.hamlet, hamlets) if person.hamlet and commune else None
        if person.hamlet and commune and hamlet is None:
            errors.append((f"/people/{at}/hamlet", "invalid", {}))
        people.append(_person(person, ids, hamlet.id if hamlet else None, year))
        errors += [
            (f"/people/{at}/{field}", "invalid", {})
            for field, text in (("name", people[-1].name), ("guardian", people[-1].guardian))
            if text and len(text) > _NAME
        ]
    if year:
        errors += [(pointer, code, {}) for pointer, code in check_people(people, year)]
    return tuple(people)


def _person(body: PersonBody, slot_ids: tuple[UUID, ...], hamlet_id: UUID | None, year: int | None) -> PersonRequest:
    """Only a child's adult and agreement are kept."""
    years = age(body.birth_year, year) if year else None
    return PersonRequest(
        name=name.display(body.name),
        birth_year=body.birth_year,
        gender=Gender(body.gender) if body.gender else None,
        hamlet_id=hamlet_id,
        group=Group(body.group) if body.group else None,
        guardian=name.display(body.guardian) if body.guardian and needs_guardian(years) else None,
        child_agrees=body.child_agrees if needs_child_agreement(years) else None,
        slot_ids=slot_ids,
    )
