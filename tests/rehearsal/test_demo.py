"""The demo is what the contract says, the same for the same seed, on either database."""

from collections import Counter
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventday.access.domain import Place
from eventday.checkins import queries as checkins
from eventday.db import db
from eventday.kernel.clock import day_of, local
from eventday.places import models as place_models
from eventday.places import queries as places
from eventday.programme import models as programme_models
from eventday.programme import queries as programme
from eventday.programme.domain import Admission, Kind, Slot
from eventday.registrations import models
from eventday.rehearsal import demo
from eventday.reports import counting
from eventday.reports import queries as reports

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
HOME = "17329"


def _load(app: Flask, **wanted: Any) -> demo.Loaded:
    with app.app_context():
        return demo.load(demo.Wanted(**wanted), now=NOW)


def _slots(loaded: demo.Loaded, commune: str = HOME) -> list[Slot]:
    return programme.slots(loaded.event.id, commune, published_only=True)


def _told(app: Flask, loaded: demo.Loaded) -> list[tuple[Any, ...]]:
    """All that the seed decides: who, where, when, and how it stands."""
    query = (
        select(models.Pass.name, models.Pass.birth_year, programme_models.Activity.title, programme_models.Slot.starts_at, models.Registration.status)
        .join(models.Registration, models.Registration.pass_id == models.Pass.id)
        .join(programme_models.Slot, programme_models.Slot.id == models.Registration.slot_id)
        .join(programme_models.Activity, programme_models.Activity.id == programme_models.Slot.activity_id)
    )
    with app.app_context():
        return sorted((tuple(row) for row in db.session.execute(query)), key=str)


def test_same_seed_gives_the_same_names_slots_hours_and_statuses(app: Flask, postgres_app: Flask) -> None:
    here, there = _load(app, people=60), _load(postgres_app, people=60)

    assert _told(app, here) == _told(postgres_app, there)


def test_another_seed_gives_other_people(app: Flask, postgres_app: Flask) -> None:
    here, there = _load(app, people=20, seed=1), _load(postgres_app, people=20, seed=2)

    assert _told(app, here) != _told(postgres_app, there)


def test_demo_has_what_others_build_on(app: Flask) -> None:
    loaded = _load(app)

    slots = _slots(loaded)
    seated = [slot for slot in slots if slot.admission is Admission.SEATS]
    assert (loaded.event.code, loaded.event.first_day, loaded.event.last_day) == ("ngay-hoi-2027", date(2027, 10, 9), date(2027, 10, 10))
    assert len(slots) >= 40
    assert {slot.kind for slot in slots} == set(Kind)
    assert min(Counter(day_of(slot.starts_at) for slot in seated).values()) >= 10
    assert [slot.capacity for slot in seated if slot.taken == 0 and slot.capacity == 20] == [20]
    assert min(Counter(day_of(slot.starts_at) for slot in seated if (slot.left or 0) >= 40).values()) >= 4
    assert [slot.title for slot in seated if slot.waiting and slot.taken == slot.capacity]
    assert programme.wishes(loaded.event.id, HOME)
    assert db.session.query(models.Pass).count() == 300
    assert {status for (status,) in db.session.query(models.Registration.status)} == {"confirmed", "waiting", "cancelled"}


def test_counters_are_the_registrations(app: Flask) -> None:
    loaded = _load(app)

    counted = Counter(tuple(row) for row in db.session.execute(select(models.Registration.slot_id, models.Registration.status)))
    assert all((slot.taken, slot.waiting) == (counted[slot.id, "confirmed"], counted[slot.id, "waiting"]) for slot in _slots(loaded))


def test_timetable_fits_its_places(app: Flask) -> None:
    loaded = _load(app, people=0)

    spaces = {space.id: space for space in places.spaces(HOME)}
    slots = [slot for slot in _slots(loaded) if slot.kind is not Kind.ONLINE and slot.space_id]
    rooms = [slot for slot in slots if spaces[slot.space_id].kind in ("hall", "room")]
    together = [
        (a.title, b.title) for a, b in combinations(rooms, 2) if a.space_id == b.space_id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
    ]
    opening = [slot.title for slot in slots if not spaces[slot.space_id].opens <= local(slot.starts_at).time()]
    closing = [slot.title for slot in slots if not local(slot.ends_at).time() <= spaces[slot.space_id].closes]
    assert (together, opening, closing) == ([], [], [])
    assert all(slot.capacity <= spaces[slot.space_id].capacity for slot in rooms)


def test_a_demo_that_is_there_is_left_alone(app: Flask) -> None:
    _load(app, people=10)
    before = db.session.query(models.Pass).count()

    again = _load(app, people=50)

    assert (again.communes, db.session.query(models.Pass).count()) == ((), before)


def test_other_communes_have_places_of_their_own_name(app: Flask) -> None:
    loaded = _load(app, communes=3, people=5)

    names = [venue.name for venue in db.session.query(place_models.Venue) if venue.commune_code != HOME]
    communes = programme.published_communes(loaded.event.id)
    assert (len(communes), HOME in communes) == (3, True)
    assert names
    assert not [name for name in names if "Anh Sơn" in name]
    assert all(len(_slots(loaded, commune)) >= 40 for commune in communes)


def test_without_a_plan_there_are_places_only(app: Flask) -> None:
    loaded = _load(app, with_plan=False)

    assert (len(places.spaces(HOME)), len(places.hamlets(HOME)), bool(places.hosts(HOME))) == (19, 24, True)
    assert programme.plan(loaded.event.id, HOME).published_at is None
    assert programme.slots(loaded.event.id, HOME) == []
    assert db.session.query(models.Pass).count() == 0


def test_a_passed_day_was_attended(each_app: Flask) -> None:
    loaded = _load(each_app, people=40, day_passed=True)

    live = checkins.live(Place("40", HOME), loaded.event.id)
    assert (loaded.event.code, loaded.event.last_day) == ("ngay-hoi-2026", date(2026, 10, 10))
    assert 0 < live.inside < live.admitted <= 40 + 24
    assert len(live.devices) == 3
    assert db.session.query(models.Pass).filter_by(source="walk_in").count() == 24


@pytest.mark.parametrize(
    ("now", "first"),
    [
        pytest.param("2026-10-10T23:00+07:00", date(2025, 10, 9), id="the last day is not over"),
        pytest.param("2026-10-11T00:30+07:00", date(2026, 10, 9), id="it is over"),
        pytest.param("2027-03-01T08:00+07:00", date(2026, 10, 9), id="next year"),
    ],
)
def test_a_passed_day_is_the_last_one(now: str, first: date) -> None:
    assert demo.first_day(demo.Wanted(day_passed=True), datetime.fromisoformat(now)) == first


def test_stamps_of_a_day_that_passed_say_what_was_learnt(app: Flask) -> None:
    loaded = _load(app, people=40, day_passed=True)

    with app.app_context():
        activities = programme.activities(loaded.event.id, HOME)
        skill = {activity.id: activity.skill for activity in activities}
        kinds = {activity.skill: activity.kind for activity in activities}
        told = {figure for figure, _ in counting.figures_of(reports.facts(loaded.event, HOME)).skills}

    assert {"Đăng nhập và sử dụng VNeID mức độ 2"} <= set(skill.values())
    assert told
    assert told <= set(skill.values()) - {""}
    assert {kinds[title] for title in told} >= {Kind.BOOTH, Kind.STATION, Kind.CLASS, Kind.TALK}
