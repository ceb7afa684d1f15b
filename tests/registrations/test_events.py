"""An event called off and opened again, on both databases."""

from datetime import timedelta

import pytest

from eventday.db import db, transaction
from eventday.programme import occurrences, queries
from eventday.programme.drafts import OccurrenceDraft
from eventday.programme.errors import EventCancelled, SlotCancelled
from eventday.registrations import events, service, slots
from eventday.registrations.domain import Source
from eventday.registrations.errors import EventHadPeople
from tests.factories import BEFORE, COMMUNE, make_event, make_slot
from tests.registrations.people import a_request, assert_sound, counters, person, registered, statuses

LATER = BEFORE + timedelta(hours=1)


def cancelled(now=LATER):
    people = events.cancel_event(make_event().id, "40", now=now)
    db.session.rollback()
    return people


def off(slot_id):
    db.session.rollback()
    return queries.slot(slot_id).cancelled_at


def test_everything_goes_with_the_event_in_every_commune(each_app):
    here, there = make_slot(capacity=2), make_slot(commune="17230")
    registered(here, people=3)

    assert cancelled() == 3
    assert (off(here), off(there), counters(here)) == (LATER, LATER, (0, 0))
    assert statuses(here) == ["cancelled"] * 3
    assert queries.event("ngay-hoi-2027").cancelled_at == LATER
    assert_sound()


def test_another_event_stands(each_app):
    make_event()
    other = make_slot(event=make_event(code="khac"))
    cancelled()

    assert off(other) is None


def test_nobody_registers_for_it_and_nothing_is_added(each_app):
    slot = make_slot()
    activity_id = queries.slot(slot).activity_id
    cancelled()

    with pytest.raises(SlotCancelled):
        service.register(a_request(person(slot)), now=LATER)
    with pytest.raises(EventCancelled):
        occurrences.add_occurrence(make_event().id, COMMUNE, activity_id, OccurrenceDraft(), now=LATER)


def test_whom_it_touches_is_counted_by_commune(each_app):
    slot, second = make_slot(capacity=2), make_slot()
    registered(slot, people=3)
    service.register(a_request(person(slot, second)), now=BEFORE)

    assert events.people_of(make_event().id) == {COMMUNE: events.People(people=4, confirmed=3, waiting=2)}


def test_it_opens_again_where_nobody_lost_a_place(each_app):
    slot, gone_before = make_slot(), make_slot()
    slots.cancel_slot(gone_before, now=BEFORE)
    cancelled()
    events.reopen_event(make_event().id, "40", now=LATER)

    assert (off(slot), off(gone_before)) == (None, BEFORE)
    assert queries.event("ngay-hoi-2027").cancelled_at is None


def test_it_stays_off_where_people_lost_theirs(each_app):
    registered(make_slot())
    cancelled()

    with pytest.raises(EventHadPeople):
        events.reopen_event(make_event().id, "40", now=LATER)


def test_a_second_cancelling_does_nothing(each_app):
    registered(make_slot())

    assert (cancelled(), cancelled(LATER + timedelta(hours=1))) == (1, 0)
    assert queries.event("ngay-hoi-2027").cancelled_at == LATER


def test_nobody_gets_a_pass_alone_for_it(each_app):
    make_event()
    cancelled()

    with pytest.raises(EventCancelled):
        service.register(a_request(person()), now=LATER)


def test_who_stands_at_the_gate_of_it_gets_one(each_app):
    make_event()
    cancelled()

    with transaction() as session:
        assert service.register_in(session, a_request(person(), source=Source.WALK_IN), now=LATER)
