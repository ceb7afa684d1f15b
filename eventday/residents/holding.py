"""What a holder's page gathers of one pass: its places, its online rooms, what scanners saw of it. As `queries`, plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from eventday.catalogue.queries import Commune
from eventday.checkins import queries as checkins
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.places import queries as places
from eventday.places.domain import Profile
from eventday.programme import online
from eventday.programme import queries as programme
from eventday.programme.domain import Event, Kind, Slot
from eventday.registrations import queries as registrations
from eventday.registrations.domain import Holder, PassView, RegistrationView, Status
from eventday.residents import queries


@dataclass(frozen=True, kw_only=True)
class Place:
    """A registration with its slot."""

    registration: RegistrationView
    slot: Slot


@dataclass(frozen=True, kw_only=True)
class PassPage:
    """A pass with what it is for. `places` are in order of start, cancelled ones last."""

    commune: Commune
    profile: Profile
    event: Event
    view: PassView
    places: tuple[Place, ...]
    hamlet: str = ""


def holder(secret: str) -> Holder:
    """Raises: NotFound for a secret that is nobody's, or no longer."""
    found = registrations.holder(secret)
    if found is None:
        raise NotFound
    return found


def pass_page(view: PassView) -> PassPage:
    """What a pass is for, with the commune's words. Raises: NotFound where its commune left the catalogue."""
    slots = programme.slots_by_id([registration.slot_id for registration in view.registrations])
    held = [registration for registration in _told(view) if registration.slot_id in slots]
    places_of = [Place(registration=registration, slot=slots[registration.slot_id]) for registration in held]
    hamlets = places.hamlets(view.commune_code) if view.hamlet_id else []
    return PassPage(
        commune=queries.known_commune(view.commune_code),
        profile=places.profile(view.commune_code),
        event=programme.event(str(view.event_id)),
        view=view,
        places=tuple(sorted(places_of, key=lambda place: (place.registration.status is Status.CANCELLED, place.slot.starts_at))),
        hamlet=next((hamlet.name for hamlet in hamlets if hamlet.id == view.hamlet_id), ""),
    )


def _told(view: PassView) -> list[RegistrationView]:
    """Not what was cancelled where another registration stands for the same slot."""
    standing = {one.slot_id for one in view.registrations if one.status is not Status.CANCELLED}
    return [one for one in view.registrations if one.status is not Status.CANCELLED or one.slot_id not in standing]


def published_slots(event_id: UUID, commune: str) -> list[Slot]:
    """What somebody with a pass can add to it."""
    return programme.slots(event_id, commune, published_only=True)


@dataclass(frozen=True, kw_only=True)
class Room:
    """An online slot for who has a seat there. `join_url` is there only while it may be entered, and where the organiser gave one.

    `is_on`: now they can say that they are there; `attended_at` is when they did.
    """

    opens_at: datetime
    is_ahead: bool
    is_open: bool
    is_on: bool
    join_url: str
    attended_at: datetime | None


def rooms(page: PassPage, now: datetime) -> dict[UUID, Room]:
    """For the holder's page alone: the online slots where the pass has a seat, by slot. Two statements, none where there is no such slot."""
    held = [place.slot for place in page.places if place.registration.status is Status.CONFIRMED and not place.slot.cancelled_at]
    slots = [] if page.view.revoked_at else [slot for slot in held if slot.kind is Kind.ONLINE]
    if not slots:
        return {}
    activities, attended = programme.activities_by_id({slot.activity_id for slot in slots}), checkins.presences_of(page.view.id)
    return {slot.id: _room(slot, activities[slot.activity_id].join_url, attended.get(slot.id), now) for slot in slots}


def _room(slot: Slot, join_url: str, attended_at: datetime | None, now: datetime) -> Room:
    is_open = online.is_open(slot, now)
    return Room(
        opens_at=online.opens_at(slot),
        is_ahead=now < online.opens_at(slot),
        is_open=is_open,
        is_on=online.is_on(slot, now),
        join_url=join_url if is_open else "",
        attended_at=attended_at,
    )


@dataclass(frozen=True)
class Stamp:
    """A skill as the holder's page shows it. `day` is when it was learnt; None: not yet."""

    title: str
    kind: Kind
    day: date | None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What scanners saw of a pass: when it came in, by slot, and its stamps, those to be had at its places last."""

    entered: Mapping[UUID | None, datetime]
    stamps: tuple[Stamp, ...]

    @property
    def earned(self) -> int:
        return sum(1 for stamp in self.stamps if stamp.day)


def seen(page: PassPage) -> Seen:
    """What scanners saw of a pass, and the skills that the places it holds teach besides."""
    visit = checkins.visit(page.view.id)
    held = {place.slot.id: place.slot for place in page.places if place.registration.status is Status.CONFIRMED and not place.slot.cancelled_at}
    slots = held | programme.slots_by_id({stamp.slot_id for stamp in visit.stamps if stamp.slot_id})
    activities = programme.activities_by_id({slot.activity_id for slot in slots.values()})
    days = {stamp.slot_id: stamp.day for stamp in visit.stamps}
    stamps: dict[str, Stamp] = {}
    for slot_id in sorted(slots, key=lambda one: (one not in days, days.get(one) or day_of(slots[one].starts_at))):
        activity = activities[slots[slot_id].activity_id]
        if activity.skill or slot_id in days:
            stamps.setdefault(activity.skill or activity.title, Stamp(activity.skill or activity.title, activity.kind, days.get(slot_id)))
    return Seen(entered=visit.entered, stamps=tuple(stamps.values()))
