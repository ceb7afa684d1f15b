"""What residents' pages gather from several features: plain values, a fixed number of statements whatever the length."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from eventday.catalogue import queries as catalogue
from eventday.catalogue.queries import Commune
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.places import queries as places
from eventday.places.domain import Profile
from eventday.programme import queries as programme
from eventday.programme.domain import Activity, Event, Slot
from eventday.reports import counting
from eventday.reports import queries as reports
from eventday.reports.figures import Count


@dataclass(frozen=True, kw_only=True)
class CommunePage:
    """A commune's programme in one event. `slots` is empty while the plan is not published; `addresses` are those of venues, by name."""

    commune: Commune
    profile: Profile
    event: Event | None
    published: bool
    slots: tuple[Slot, ...] = ()
    addresses: dict[str, str] = field(default_factory=dict)

    def is_over(self, today: date) -> bool:
        return self.event is not None and today > self.event.last_day


@dataclass(frozen=True, kw_only=True)
class ActivityPage:
    """An activity of a published plan with its slots in order of start."""

    commune: Commune
    profile: Profile
    event: Event
    activity: Activity
    slots: tuple[Slot, ...]
    addresses: dict[str, str]


def known_commune(code: str) -> Commune:
    """Raises: NotFound."""
    found = catalogue.commune(code)
    if found is None:
        raise NotFound
    return found


def profile(code: str) -> Profile:
    """The commune's own words and number."""
    return places.profile(code)


def commune_page(code: str, *, now: datetime) -> CommunePage:
    """The event that is running there, else the next published, else the last. Raises: NotFound for an unknown commune."""
    commune = known_commune(code)
    return _page_of(commune, programme.event_shown(code, now))


def event_page(code: str, event_key: str) -> CommunePage:
    """Raises: NotFound for an unknown commune or event, or one of another province."""
    commune = known_commune(code)
    event = programme.event(event_key)
    if event.province_code != commune.province_code and not programme.is_published(event.id, code):
        raise NotFound
    return _page_of(commune, event)


def _page_of(commune: Commune, event: Event | None) -> CommunePage:
    words, addresses = places.profile_and_addresses(commune.code)
    if event is None or not programme.is_published(event.id, commune.code):
        return CommunePage(commune=commune, profile=words, event=event, published=False)
    slots = tuple(programme.slots(event.id, commune.code))
    return CommunePage(commune=commune, profile=words, event=event, published=True, slots=slots, addresses=addresses)


def descriptions(event_id: UUID, commune: str) -> dict[UUID, str]:
    """What activities say of themselves, to be searched."""
    return {found.id: f"{found.description} {found.audience} {found.speaker}" for found in programme.activities(event_id, commune)}


def activity_page(code: str, activity_id: UUID) -> ActivityPage:
    """Raises: NotFound; an activity whose plan is not published, or that has no slot, is not there yet."""
    commune = known_commune(code)
    activity = programme.activity(activity_id)
    if activity.commune_code != code or not programme.is_published(activity.event_id, code):
        raise NotFound
    slots = tuple(programme.slots_of_activity(activity_id))
    if not slots:
        raise NotFound
    words, addresses = places.profile_and_addresses(code)
    return ActivityPage(
        commune=commune,
        profile=words,
        event=programme.event(str(activity.event_id)),
        activity=activity,
        slots=slots,
        addresses=addresses,
    )


def published_communes() -> list[Commune]:
    """Communes with a published plan in any event, by name."""
    return catalogue.communes(programme.published_communes())


def results(event: Event, commune: str) -> Count:
    """A commune's figures after the event, the same that its report has; nothing in them is about one person."""
    return counting.figures_of(reports.facts(event, commune)).totals


def countdown(event_day: date, now: datetime) -> int:
    """Whole days until a day; negative when it is past."""
    return (event_day - day_of(now)).days
