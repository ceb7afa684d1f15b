"""A holder's registrations as an iCalendar file (RFC 5545), times in Asia/Ho_Chi_Minh with the zone's definition."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext
from icalendar import Calendar, Event

from eventday.kernel.clock import local
from eventday.programme.domain import Slot
from eventday.registrations.domain import RegistrationView, Status


def calendar_of(places: Iterable[tuple[RegistrationView, Slot]], *, host: str, url: str, now: datetime) -> bytes:
    """One entry for each registration that stands; who waits has it as tentative. `host` makes the ids ours for ever."""
    calendar = Calendar()
    calendar.add("prodid", "-//Eventday//Ngay hoi toan dan hoc tap so//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for registration, slot in places:
        if registration.status is not Status.CANCELLED and not slot.cancelled_at:
            calendar.add_component(_entry(registration, slot, host, url, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _entry(registration: RegistrationView, slot: Slot, host: str, url: str, now: datetime) -> Event:
    waits = registration.status is Status.WAITING
    entry = Event()
    entry.add("uid", f"{registration.id}@{host}")
    entry.add("dtstamp", now)
    entry.add("dtstart", local(slot.starts_at))
    entry.add("dtend", local(slot.ends_at))
    entry.add("summary", gettext("%(title)s (đang chờ chỗ)", title=slot.title) if waits else slot.title)
    entry.add("location", slot.place)
    entry.add("url", url)
    entry.add("status", "TENTATIVE" if waits else "CONFIRMED")
    return entry
