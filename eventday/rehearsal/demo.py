"""The demo: communes with places, a published plan and people, made through the features' own services.

The same seed gives the same names, slots, hours and statuses; ids and keys differ.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from eventday.catalogue import queries as catalogue
from eventday.catalogue import service as catalogue_service
from eventday.catalogue.queries import Commune
from eventday.db import transaction
from eventday.kernel.clock import VIETNAM, day_of
from eventday.kernel.errors import NotFound
from eventday.places import queries as places_queries
from eventday.places.service import save_places
from eventday.programme import queries as programme
from eventday.programme import service as programme_service
from eventday.programme.domain import Event
from eventday.registrations import service as registrations
from eventday.registrations.domain import IssuedPass, PersonRequest, RegistrationRequest, Source, Status
from eventday.rehearsal import day, plan, sources
from eventday.rehearsal.choices import choose
from eventday.rehearsal.locality import HOME, Locality, places_of
from eventday.rehearsal.people import Family, Population, Somebody
from eventday.rehearsal.plan import Offered

PROVINCE = "40"
NAME = "Ngày hội toàn dân học tập số"
COMING = 2027
_BEFORE = timedelta(days=20)  # registration begins so long before the first day
_DAYS_OPEN = 17
_SOURCES = {Source.WEB: 70, Source.DESK: 20, Source.API: 10}
_CANCELS = 0.05


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be loaded; `people` are for each commune."""

    communes: int = 1
    people: int = 300
    day_passed: bool = False
    with_plan: bool = True
    seed: int = 1


@dataclass(frozen=True)
class Loaded:
    """What there is now. `communes` were filled just now; none where the demo was there already."""

    event: Event
    communes: tuple[str, ...]


def load(wanted: Wanted, *, now: datetime) -> Loaded:
    """Load what is not there yet; a commune that has been filled is left alone."""
    catalogue_service.load_if_empty()
    event = _event(wanted, now)
    filled = []
    for number, commune in enumerate(_communes(wanted)):
        rng = random.Random(f"{wanted.seed} {commune.code}")  # noqa: S311 – a demo, no secret
        if _is_filled(event, commune.code, wanted):
            continue
        _fill(event, _locality(commune, number), wanted, rng, now)
        filled.append(commune.name)
    return Loaded(event, tuple(filled))


def first_day(wanted: Wanted, now: datetime) -> date:
    """9 October 2027, or the last 9 October whose 10th is over."""
    if not wanted.day_passed:
        return date(COMING, 10, 9)
    today = day_of(now)
    return date(today.year if today > date(today.year, 10, 10) else today.year - 1, 10, 9)


def _event(wanted: Wanted, now: datetime) -> Event:
    first = first_day(wanted, now)
    code = f"ngay-hoi-{first.year}"
    try:
        return programme.event(code)
    except NotFound:
        return programme_service.add_event(code, NAME, PROVINCE, first, first + timedelta(days=1))


def _communes(wanted: Wanted) -> list[Commune]:
    """Anh Sơn, and others of its province as the seed draws them."""
    of_province = catalogue.communes_of_province(PROVINCE)
    home = next(commune for commune in of_province if commune.code == HOME)
    others = sorted((commune for commune in of_province if commune.code != HOME), key=lambda commune: commune.code)
    return [home, *random.Random(wanted.seed).sample(others, min(len(others), wanted.communes - 1))]  # noqa: S311


def _locality(commune: Commune, number: int) -> Locality:
    return Locality(commune.code, commune.kind.lower(), commune.name.removeprefix(commune.kind.capitalize()).strip(), number)


def _is_filled(event: Event, commune: str, wanted: Wanted) -> bool:
    return bool(programme.slots(event.id, commune)) if wanted.with_plan else bool(places_queries.spaces(commune))


def _fill(event: Event, locality: Locality, wanted: Wanted, rng: random.Random, now: datetime) -> None:
    opening = min(now, _midnight(event.first_day) - _BEFORE)
    if not places_queries.spaces(locality.code):
        save_places(locality.code, places_of(locality, rng), now=now)
    if not wanted.with_plan:
        return
    offered = plan.add(event, locality)
    programme_service.publish(event.id, locality.code, now=opening)
    families = list(_families(event, locality, wanted, rng))
    passes = _register(event, locality, families, offered, rng, opening)
    _cancel(passes, rng, opening)
    if wanted.day_passed:
        day.pass_by(event, locality.code, passes, rng)


def _midnight(when: date) -> datetime:
    return datetime(when.year, when.month, when.day, tzinfo=VIETNAM)


def _families(event: Event, locality: Locality, wanted: Wanted, rng: random.Random) -> list[Family]:
    hamlets = len(places_queries.hamlets(locality.code))
    population = Population(rng, sources.name_parts(), hamlets=hamlets, year=event.first_day.year)
    return list(population.families(wanted.people, first_phone=locality.number * wanted.people + 1))


def _register(
    event: Event, locality: Locality, families: Sequence[Family], offered: Sequence[Offered], rng: random.Random, opening: datetime
) -> list[IssuedPass]:
    """All families in one transaction: seconds instead of minutes."""
    chosen = choose(families, [slot.bookable for slot in offered], rng)
    hamlets = [hamlet.id for hamlet in places_queries.hamlets(locality.code)]
    passes: list[IssuedPass] = []
    with transaction() as session:
        for index, (family, wishes) in enumerate(zip(families, chosen, strict=True)):
            people = tuple(_person(somebody, hamlets, [offered[n].id for n in mine]) for somebody, mine in zip(family.people, wishes, strict=True))
            source = rng.choices(list(_SOURCES), list(_SOURCES.values()))[0]
            request = RegistrationRequest(event_id=event.id, commune_code=locality.code, phone=family.phone, people=people, source=source)
            moment = opening + timedelta(days=_DAYS_OPEN) * (index / len(families))
            passes += registrations.register_in(session, request, now=moment)
    return passes


def _person(somebody: Somebody, hamlets: Sequence[UUID], slot_ids: Sequence[UUID]) -> PersonRequest:
    return PersonRequest(
        name=somebody.name,
        birth_year=somebody.birth_year,
        gender=somebody.gender,
        hamlet_id=None if somebody.hamlet is None else hamlets[somebody.hamlet],
        group=somebody.group,
        guardian=somebody.guardian,
        child_agrees=somebody.child_agrees,
        slot_ids=tuple(slot_ids),
    )


def _cancel(passes: Sequence[IssuedPass], rng: random.Random, opening: datetime) -> None:
    """Some change their mind; whoever waits for their seat moves up."""
    placed = [at for issued in passes for at in issued.placed if at.status is Status.CONFIRMED]
    for at in rng.sample(placed, round(len(placed) * _CANCELS)):
        registrations.cancel(at.id, now=opening + timedelta(days=_DAYS_OPEN))
