"""What organisers' pages gather from several features."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventday.access import queries as access
from eventday.access.domain import Device, Grant, Person
from eventday.catalogue import queries as catalogue
from eventday.catalogue.queries import Commune
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.kernel.name import sort_key
from eventday.kernel.text import matches
from eventday.places import queries as places
from eventday.programme import bookings
from eventday.programme import queries as programme
from eventday.programme.conflicts import Conflict, gathered
from eventday.programme.domain import Event, Kind, Plan, Slot, Wish
from eventday.registrations import children, counts, suspects
from eventday.registrations.counts import Registered
from eventday.workspace.domain import Freshness, freshness, most_timely
from eventday.workspace.todos import Situation

_DAYS_SHOWN = 14


@dataclass(frozen=True)
class Desk:
    """The commune and the event that a page is about."""

    commune: Commune
    event: Event


@dataclass(frozen=True)
class Choice:
    """A commune one may work for; `events` of its province, the one to work on first."""

    commune: Commune
    events: tuple[Event, ...]
    published: bool


@dataclass(frozen=True)
class KnownPlaces:
    """How many spaces, hosts and hamlets of a commune are known."""

    spaces: int
    hosts: int
    hamlets: int


@dataclass(frozen=True)
class DeviceLine:
    """An enrolled phone as the list shows it. `clock_off`: by how many seconds its clock is ahead, where that is more than two minutes;
    `unsent`: how many scans it said still lay in it when it was heard of last."""

    device: Device
    enrolled_at: datetime
    seen_at: datetime | None
    freshness: Freshness
    revoked_at: datetime | None
    clock_off: int | None
    unsent: int | None


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A plan as it stands. `conflicts` are gathered; `roomless` are online slots to come without their join link."""

    plan: Plan
    slots: list[Slot]
    wishes: list[Wish]
    conflicts: list[Conflict]
    roomless: list[Slot]


def desk(code: str, event: str) -> Desk:
    """Raises: NotFound where there is no such commune or event, or the event is another province's."""
    commune, found = catalogue.commune(code), programme.event(event)
    if commune is None or found.province_code != commune.province_code:
        raise NotFound
    return Desk(commune, found)


def planned(at: Desk, *, now: datetime) -> Planned:
    """A commune's plan: eight statements at most, whatever the size."""
    event_id, code = at.event.id, at.commune.code
    slots = programme.slots(event_id, code)
    return Planned(
        plan=programme.plan(event_id, code),
        slots=slots,
        wishes=programme.wishes(event_id, code),
        conflicts=gathered(bookings.conflicts_in(event_id, code, slots)),
        roomless=_roomless(slots, now),
    )


def situation(at: Desk, *, now: datetime) -> Situation:
    """Where the commune's work stands: twelve statements at most, whatever the size."""
    event_id, code = at.event.id, at.commune.code
    return Situation(
        event=at.event,
        seen=[seen_at for _, _, seen_at, revoked_at in access.devices_of(event_id, code) if revoked_at is None],
        now=now,
        doubles=_told(len(suspects.pairs(event_id, code)), suspects.MOST),
        children=_told(children.count(event_id, code, at.event.first_day.year), children.MOST),
        **vars(planned(at, now=now)),
    )


def _told(count: int, most: int) -> str:
    """How many there are, as far as they are counted."""
    return f"{count}+" if count >= most else str(count or "")


def _roomless(slots: Iterable[Slot], now: datetime) -> list[Slot]:
    """The online slots to come that nobody can enter: their activity has no join link."""
    coming = [slot for slot in slots if slot.kind is Kind.ONLINE and slot.cancelled_at is None and slot.ends_at > now]
    activities = programme.activities_by_id({slot.activity_id for slot in coming})
    return [slot for slot in coming if not activities[slot.activity_id].join_url]


def known_places(commune: str) -> KnownPlaces:
    return KnownPlaces(spaces=len(places.spaces(commune)), hosts=len(places.hosts(commune)), hamlets=len(places.hamlets(commune)))


@dataclass(frozen=True)
class CommuneRegistered:
    """Who has registered in a commune, day by day; of its hamlets those where nobody has, by name."""

    counts: Registered
    hamlets: int
    silent: tuple[str, ...]


def registered(at: Desk, *, now: datetime) -> CommuneRegistered:
    """Three statements where nothing changed. The days end today, or with the event where that is over."""
    event_id, code = at.event.id, at.commune.code
    hamlets, until = places.hamlets(code), min(day_of(now), at.event.last_day)
    found = counts.registered(event_id, code, days=_DAYS_SHOWN, until=until, hamlets=[hamlet.id for hamlet in hamlets])
    silent = sorted((hamlet.name for hamlet in hamlets if hamlet.id not in found.heard_from), key=sort_key)
    return CommuneRegistered(found, len(hamlets), tuple(silent))


def choices(person: Person, text: str, *, now: datetime) -> list[Choice]:
    """The communes within one's scope, by name; of the whole country only those with a published plan, unless words are looked for."""
    published = set(programme.published_communes())
    communes = {commune.code: commune for grant in person.grants for commune in _communes_of(grant, text, published)}
    events: dict[str, list[Event]] = defaultdict(list)
    for event in programme.events():
        events[event.province_code].append(event)
    today = day_of(now)
    ordered = {province: tuple(most_timely(found, today)) for province, found in events.items()}
    return [Choice(commune, ordered.get(commune.province_code, ()), commune.code in published) for commune in communes.values()]


def _communes_of(grant: Grant, text: str, published: Iterable[str]) -> list[Commune]:
    place = grant.place
    if place.commune is None and place.province is None:
        return catalogue.search(text, limit=50) if text else catalogue.communes(list(published))
    found = catalogue.communes([place.commune]) if place.commune else catalogue.communes_of_province(place.province or "")
    return [commune for commune in found if matches(text, commune.name)]


def devices(at: Desk, *, now: datetime) -> list[DeviceLine]:
    """The enrolled phones, those in use first, the newest of them first."""
    lines = [
        DeviceLine(one.device, one.enrolled_at, one.seen_at, freshness(one.seen_at, now), one.revoked_at, one.clock_off, one.unsent)
        for one in access.known_devices(at.event.id, [at.commune.code])
    ]
    return sorted(lines, key=lambda line: (line.revoked_at is not None, -line.enrolled_at.timestamp()))


def device(at: Desk, device_id: UUID) -> Device:
    """Raises: NotFound where it is not one of this commune and event."""
    for found, *_ in access.devices_of(at.event.id, at.commune.code):
        if found.id == device_id:
            return found
    raise NotFound


def own_slots(at: Desk, ids: Iterable[UUID | None]) -> list[UUID]:
    """The ids, each of them a slot of this commune and event. Raises: NotFound where one is not."""
    own = {slot.id for slot in programme.slots(at.event.id, at.commune.code)}
    wanted = set(ids)
    if not wanted <= own:
        raise NotFound
    return sorted(own & wanted)
