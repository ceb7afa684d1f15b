"""People at an event: the words, and the rules that need nothing but facts."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from eventday.kernel.text import fold

OLDEST = 120
ADULT_AT = 16
AGREES_FROM = 7
WEB_PEOPLE = 8


class Status(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Source(StrEnum):
    """Where a pass or a registration came from."""

    WEB = "web"
    API = "api"
    DESK = "desk"
    WALK_IN = "walk_in"
    IMPORT = "import"


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Group(StrEnum):
    """The four groups of the state's framework."""

    PUPIL = "pupil"
    RESIDENT = "resident"
    OFFICIAL = "official"
    WORKER = "worker"


@dataclass(frozen=True, kw_only=True)
class PersonRequest:
    """One person as asked for. `pass_id` and `code` (16 hex digits, of a pre-printed spare pass) are a walk-in's, made elsewhere."""

    name: str
    birth_year: int | None = None
    gender: Gender | None = None
    hamlet_id: UUID | None = None
    group: Group | None = None
    guardian: str | None = None
    child_agrees: bool | None = None
    slot_ids: tuple[UUID, ...] = ()
    pass_id: UUID | None = None
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class RegistrationRequest:
    """People who come together under one phone number (E.164, or None). `commune_code` is where the passes are made.

    All of them (or the adult, for a child) have agreed to the consent's text; `device_id` is the phone that a walk-in agreed at.
    """

    event_id: UUID
    commune_code: str
    phone: str | None
    people: tuple[PersonRequest, ...]
    source: Source
    device_id: UUID | None = None

    def without_hamlets(self) -> "RegistrationRequest":
        """The same, not saying where anybody lives."""
        return replace(self, people=tuple(replace(one, hamlet_id=None) for one in self.people))


@dataclass(frozen=True)
class Placed:
    """A registration as it stands. `position` counts from 1 and is set while it waits."""

    id: UUID
    slot_id: UUID
    status: Status
    position: int | None = None


@dataclass(frozen=True)
class IssuedPass:
    """A pass with its three secrets: `code` as it is printed (DME-4NT-1RW), the QR's `token`, the holder's page's `secret`.

    `placed` has the registrations at the slots that were asked for, in that order.
    """

    id: UUID
    code: str
    token: str
    secret: str
    name: str
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class RegistrationView:
    """A registration with all that pages and devices say of it."""

    id: UUID
    pass_id: UUID
    slot_id: UUID
    commune_code: str
    status: Status
    position: int | None
    source: Source
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class PassView:
    """A pass without its secrets. `code` is printed and said aloud; `code_hex` (16 digits) is what the QR carries."""

    id: UUID
    event_id: UUID
    commune_code: str
    household_id: UUID
    code: str
    code_hex: str
    key_id: int
    spare: bool
    name: str
    sort_key: str
    birth_year: int | None
    gender: Gender | None
    group: Group | None
    hamlet_id: UUID | None
    guardian: str | None
    source: Source
    created_at: datetime
    revoked_at: datetime | None
    registrations: tuple[RegistrationView, ...] = ()


@dataclass(frozen=True)
class Member:
    """Somebody of the household, with the secret of their own page."""

    view: PassView
    secret: str


@dataclass(frozen=True)
class Holder:
    """What a holder's page shows: the pass with its QR's token, the phone it was made under, and the others of the household."""

    view: PassView
    token: str
    secret: str
    phone: str | None
    household: tuple[Member, ...]


def age(birth_year: int | None, event_year: int) -> int | None:
    """Age in the event's year; None where the year of birth is not known, which counts as adult."""
    return None if birth_year is None else event_year - birth_year


def needs_guardian(years: int | None) -> bool:
    """Under 16 an adult answers (Luật Trẻ em)."""
    return years is not None and years < ADULT_AT


def needs_child_agreement(years: int | None) -> bool:
    """From 7 full years on the child is asked too (Luật 91/2025/QH15, Điều 24)."""
    return years is not None and AGREES_FROM <= years < ADULT_AT


def missing_of_child(years: int | None, guardian: str | None, child_agrees: bool | None) -> tuple[str, ...]:
    """What the law asks of a child and is not written down: guardian, child_agrees. A list may lack them; nobody else may."""
    missing = ("guardian",) if needs_guardian(years) and not guardian else ()
    return (*missing, "child_agrees") if needs_child_agreement(years) and not child_agrees else missing


def plausible_birth_year(birth_year: int, event_year: int) -> bool:
    return event_year - OLDEST <= birth_year <= event_year


def check_people(people: Sequence[PersonRequest], event_year: int) -> list[tuple[str, str]]:
    """What is wrong or missing: pairs of a JSON pointer (/people/0/guardian) and a code."""
    return [(f"/people/{index}/{field}", code) for index, person in enumerate(people) for field, code in _check(person, event_year)]


def _check(person: PersonRequest, event_year: int) -> Iterator[tuple[str, str]]:
    if not any(char.isalpha() for char in person.name):
        yield "name", "invalid" if person.name else "required"
    if person.birth_year is not None and not plausible_birth_year(person.birth_year, event_year):
        yield "birth_year", "invalid"
        return
    years = age(person.birth_year, event_year)
    if needs_guardian(years) and not any(char.isalpha() for char in person.guardian or ""):
        yield "guardian", "guardian_required"
    if needs_child_agreement(years) and not person.child_agrees:
        yield "child_agrees", "child_agreement_required"


def identity(event_id: UUID, phone: str | None, name: str, birth_year: int | None, source: Source, *, home: str = "") -> bytes | None:
    """The key under which desk, API and import find the same person again; None where a new pass is always made.

    The public form makes a new one because no public answer may depend on what is stored about a phone; a walk-in does for
    speed; without a phone two people of one name are taken for two. Only in a list, which is read again and again, `home`
    (the hamlet's id, else the commune) then tells them apart.
    """
    if source in (Source.WEB, Source.WALK_IN) or (phone is None and source is not Source.IMPORT):
        return None
    told = phone or f"at {home}"
    return hashlib.sha256("\x1f".join((str(event_id), told, fold(name), str(birth_year or ""))).encode()).digest()
