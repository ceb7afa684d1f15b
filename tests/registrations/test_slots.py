"""What changing a slot does to the people at it, on both databases."""

from dataclasses import replace
from datetime import time, timedelta
from functools import partial

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from eventday.checkins import keeping
from eventday.db import db
from eventday.programme import models, records, removing, seats
from eventday.programme.domain import Admission
from eventday.programme.errors import PlaceNeeded, SlotCancelled
from eventday.registrations import queries, service, slots
from eventday.registrations.errors import AdmissionFixed, CapacityBelowTaken, SlotHadPeople
from eventday.web.edits import Stale, stamp
from tests.factories import BEFORE, COMMUNE, FIRST_DAY, make_event, make_slot, make_space
from tests.registrations.people import a_request, assert_sound, at_once, counters, person, registered, statuses

KEEPERS = (slots.refuse_where_registered, keeping.refuse_where_seen)


def found(slot_id):
    db.session.rollback()
    return records.occurrence(db.session, make_event().id, COMMUNE, slot_id)


def placed(capacity=2, **more):
    return make_slot(capacity=capacity, space_id=make_space(), **more)


def change(slot_id, seen=None, **wanted):
    return slots.change_slot(make_event().id, COMMUNE, slot_id, replace(found(slot_id).draft, **wanted), seen=seen, now=BEFORE)


def test_a_slot_moves_with_its_people(each_app):
    slot = placed()
    registered(slot, people=3)

    change(slot, day=FIRST_DAY, start=time(8), end=time(10))

    moved = found(slot)
    assert (moved.day, moved.start, moved.end, moved.taken, moved.waiting) == (FIRST_DAY, time(8), time(10), 2, 1)


def test_more_seats_move_the_waiting_up_at_once(each_app):
    slot = placed()
    people = registered(slot, people=5)

    moved = change(slot, capacity=4)

    assert moved == [one.placed[0].id for one in people[2:4]]
    assert counters(slot) == (4, 1)
    assert_sound()


def test_fewer_seats_than_taken_change_nothing_at_all(each_app):
    slot = placed(capacity=3)
    registered(slot, people=3)

    with pytest.raises(CapacityBelowTaken) as refused:
        change(slot, capacity=2, start=time(7))

    assert refused.value.facts == {"taken": 3}
    assert (found(slot).capacity, found(slot).start) == (3, time(12))


def test_how_registered_people_get_in_stays(each_app):
    slot = placed()
    registered(slot)

    with pytest.raises(AdmissionFixed):
        change(slot, admission=Admission.OPEN)


def test_an_empty_slot_can_be_opened_to_all_and_back(each_app):
    slot = placed()

    change(slot, admission=Admission.OPEN, capacity=500)
    change(slot, admission=Admission.SEATS, capacity=20)

    assert (found(slot).admission, found(slot).capacity) == (Admission.SEATS, 20)


def test_a_slot_that_somebody_registered_for_keeps_its_place(each_app):
    slot = placed()
    registered(slot)

    with pytest.raises(PlaceNeeded):
        change(slot, space_id=None)


def test_a_slot_of_nobody_becomes_a_wish_and_a_slot_again(each_app):
    slot = placed()
    before = found(slot)

    change(slot, space_id=None)

    wish = found(slot)
    assert (wish.is_slot, wish.number, wish.day, wish.space_id) == (False, before.number, before.day, None)


def test_a_cancelled_slot_is_not_changed(each_app):
    slot = placed()
    slots.cancel_slot(slot, now=BEFORE)

    with pytest.raises(SlotCancelled):
        change(slot, capacity=9)


def test_people_who_register_meanwhile_are_no_other_editor(each_app):
    slot = placed()
    seen = stamp(found(slot).seen)
    registered(slot)

    change(slot, seen=seen, capacity=9)

    assert found(slot).capacity == 9


def test_who_saves_second_is_told_what_changed(each_app):
    slot = placed()
    seen = stamp(found(slot).seen)
    change(slot, capacity=7)

    with pytest.raises(Stale) as refused:
        change(slot, seen=seen, capacity=9)

    assert [(one.name, one.then, one.now) for one in refused.value.changes] == [("capacity", "2", "7")]


def test_cancelling_what_nobody_registered_for_is_taken_back(each_app):
    slot = placed()
    slots.cancel_slot(slot, now=BEFORE)

    for _ in range(2):
        slots.reopen_slot(make_event().id, COMMUNE, slot, now=BEFORE)

    registered(slot)
    assert counters(slot) == (1, 0)


def test_cancelling_that_took_places_stays(each_app):
    slot = placed()
    registered(slot)
    slots.cancel_slot(slot, now=BEFORE)

    with pytest.raises(SlotHadPeople):
        slots.reopen_slot(make_event().id, COMMUNE, slot, now=BEFORE)

    assert statuses(slot) == ["cancelled"]


def test_who_had_cancelled_before_keeps_no_slot_shut(each_app):
    slot = placed()
    service.cancel(registered(slot)[0].placed[0].id, now=BEFORE)
    slots.cancel_slot(slot, now=BEFORE + timedelta(hours=1))

    slots.reopen_slot(make_event().id, COMMUNE, slot, now=BEFORE)

    assert found(slot).cancelled_at is None


def test_what_anybody_ever_registered_for_is_not_deleted(each_app):
    slot = placed()
    service.cancel(registered(slot)[0].placed[0].id, now=BEFORE)

    for remove, which in ((removing.remove_occurrence, slot), (removing.remove_activity, found(slot).activity_id)):
        with pytest.raises(SlotHadPeople):
            remove(make_event().id, COMMUNE, which, keepers=KEEPERS, now=BEFORE)

    assert len(queries.listed(slot)) == 1


def _lowered_while_others_register(app):
    """Forty people want in while the thirty seats are made ten, again and again."""
    slot = placed(capacity=30)
    registered()
    draft = found(slot).draft
    lower = [lambda: slots.change_slot(make_event().id, COMMUNE, slot, replace(draft, capacity=10), seen=None, now=BEFORE)] * 8
    wanted = [partial(service.register, a_request(person(slot)), now=BEFORE) for _ in range(40)]
    jobs = [job for pair in zip(wanted, lower * 5, strict=True) for job in pair]
    return slot, [result for result in at_once(app, jobs, 40) if isinstance(result, Exception)]


def test_seats_are_not_lowered_below_who_registers_meanwhile(each_app):
    slot, errors = _lowered_while_others_register(each_app)

    assert {type(error) for error in errors} <= {CapacityBelowTaken}
    assert sum(counters(slot)) == 40
    assert counters(slot)[0] == found(slot).capacity
    assert_sound()


def test_without_the_condition_seats_are_lowered_below_who_registered(each_app, monkeypatch):
    """The control: only the table's own constraint is left, and nobody is told why."""

    def blindly(session, slot_id, capacity):
        session.execute(update(models.Slot).where(models.Slot.id == slot_id).values(capacity=capacity))
        return True

    monkeypatch.setattr(seats, "set_capacity", blindly)
    slot = placed(capacity=30)
    registered(slot, people=20)

    with pytest.raises(IntegrityError):
        change(slot, capacity=10)
