"""Gathering a commune's facts from the features that own them: a fixed number of statements, whatever the length."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import select

from eventday.catalogue import queries as catalogue
from eventday.checkins import queries as checkins
from eventday.db import db
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.places import queries as places
from eventday.programme import queries as programme
from eventday.programme.domain import Activity, Event, Slot
from eventday.registrations import queries as registrations
from eventday.registrations.domain import PassView, Source
from eventday.reports import lines, models, names
from eventday.reports.facts import ActivityFact, Facts, HamletFact, PersonFact, Place, Seen, SlotFact
from eventday.reports.letter import Body, Letter


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Whose report, of which event, with what is known beside the figures. `hamlet_words` is empty where the commune has no hamlets."""

    event: Event
    code: str
    body: Body
    published_at: datetime | None
    hamlet_words: str


def subject(event: Event, commune: str) -> Subject:
    """Raises: NotFound where there is no such commune."""
    found = catalogue.commune(commune)
    if found is None:
        raise NotFound
    province = names.province_in_sentence(found.province, found.province_kind)
    return Subject(
        event=event,
        code=found.code,
        body=Body(name=found.name, kind=found.kind, province=province),
        published_at=programme.plan(event.id, commune).published_at,
        hamlet_words=names.kinds_of_hamlets(hamlet.name for hamlet in places.hamlets(commune)),
    )


def facts(event: Event, commune: str) -> Facts:
    """All that the figures of a commune are made of."""
    seen = _seen(event.id, commune)
    scanned = {one.slot_id for one in seen}
    people = {view.id: view for view in registrations.passes_of_commune(event.id, commune)}
    strangers = registrations.passes_by_ids({one.pass_id for one in seen} - people.keys())
    slots = programme.slots(event.id, commune)
    activities = _activities(programme.activities(event.id, commune), slots)
    return Facts(
        year=event.first_day.year,
        activities=[activity for activity in activities if activity.slots or scanned.intersection(activity.cancelled)],
        hamlets=[HamletFact(found.id, found.name, found.households, found.population) for found in places.hamlets(commune)],
        people=[_person(view, commune) for view in (people | strangers).values() if view.revoked_at is None],
        seen=seen,
    )


def _seen(event_id: UUID, commune: str) -> list[Seen]:
    """Admitted entries, presences online, stamps. A stamp has no time of its own here: only its day matters."""
    entries = [Seen(one.pass_id, one.slot_id, one.day, one.at) for one in checkins.attendance(event_id, commune)]
    entries += [Seen(one.pass_id, one.slot_id, day_of(one.at), one.at, is_online=True) for one in checkins.presences(event_id, commune)]
    return entries + [Seen(one.pass_id, one.slot_id, one.day, None, is_stamp=True) for one in checkins.stamps(event_id, commune)]


def _activities(activities: Iterable[Activity], slots: Iterable[Slot]) -> list[ActivityFact]:
    by_activity = {key: list(group) for key, group in groupby(sorted(slots, key=lambda slot: slot.activity_id), lambda slot: slot.activity_id)}
    return [
        ActivityFact(
            id=found.id,
            title=found.title,
            kind=found.kind,
            host=found.host,
            skill=found.skill,
            slots=tuple(_slot(slot) for slot in by_activity.get(found.id, []) if slot.cancelled_at is None),
            cancelled=tuple(slot.id for slot in by_activity.get(found.id, []) if slot.cancelled_at),
        )
        for found in activities
    ]


def _slot(slot: Slot) -> SlotFact:
    return SlotFact(
        id=slot.id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=slot.place,
        venue=slot.venue,
        admission=slot.admission,
        capacity=slot.capacity,
    )


def _person(view: PassView, commune: str) -> PersonFact:
    """A person with what they registered for in this commune."""
    return PersonFact(
        id=view.id,
        channel=str(view.source),
        hamlet_id=view.hamlet_id,
        birth_year=view.birth_year,
        gender=str(view.gender) if view.gender else None,
        places=tuple(
            Place(place.slot_id, str(place.status), place.source is Source.WALK_IN) for place in view.registrations if place.commune_code == commune
        ),
    )


def letter(event_id: UUID, commune: str) -> Letter | None:
    """What was filled in for this report, if anybody did."""
    row = db.session.get(models.ReportSettings, (event_id, commune))
    return letter_of(row) if row else None


def letter_of(row: models.ReportSettings) -> Letter:
    return Letter(
        place=row.place,
        dated=row.dated,
        bases=lines.lines_of(row.bases),
        addressees=lines.lines_of(row.addressees),
        recipients=lines.lines_of(row.recipients),
        deputy=row.deputy,
        signer=row.signer,
        texts=dict(row.texts),
    )


def changed_at(event_id: UUID, commune: str) -> datetime | None:
    """When somebody last changed what the report says beside its figures."""
    query = select(models.ReportSettings.changed_at).where(models.ReportSettings.event_id == event_id, models.ReportSettings.commune_code == commune)
    return db.session.scalar(query)
