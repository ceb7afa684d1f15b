"""Many at once, on both databases; each with a control that fails without the guard, else the test would prove nothing."""

from threading import Barrier, local

import pytest
from sqlalchemy import bindparam, select, update

from eventday.db import db
from eventday.programme import models as programme
from eventday.programme import queries as slots_of
from eventday.programme import seats
from eventday.registrations import checks, issuing, queries, service, slots, waiting
from eventday.registrations.domain import Source
from eventday.registrations.models import Registration
from eventday.web.idempotency import IdempotentCall
from tests.factories import BEFORE, make_slot
from tests.registrations.people import a_request, assert_sound, at_once, counters, person, registered, statuses

THREADS = 60


@pytest.fixture(autouse=True)
def ready(each_app):
    """The event's key and the consent's text are there, as they are after the first registration."""
    registered()


def _statuses(results) -> list[str]:
    return [str(result[0].placed[0].status) if isinstance(result, list) else type(result).__name__ for result in results]


def test_two_hundred_people_want_the_last_twenty_seats(each_app):
    slot = make_slot(capacity=20)
    wanted = [a_request(person(slot)) for _ in range(200)]

    results = _statuses(at_once(each_app, [lambda one=one: service.register(one, now=BEFORE) for one in wanted], 200))

    assert [results.count(status) for status in ("confirmed", "waiting", "WaitingListFull")] == [20, 100, 80]
    assert counters(slot) == (20, 100)
    assert_sound()


def test_without_the_conditional_update_seats_are_oversold(each_app, monkeypatch):
    """The control counts before the transaction, as systems do that oversell: on SQLite writers queue anyway."""
    slot, gate, seen = make_slot(capacity=1000), Barrier(THREADS), local()
    unguarded = update(programme.Slot.__table__).where(seats._THIS).values(taken=seats._SLOT.taken + 1)
    monkeypatch.setattr(seats, "take_seat", lambda session, slot_id: seen.free and seats._done(session, unguarded, slot_id))

    def count_then_register(ask):
        seen.free = slots_of.slot(slot).taken < 20
        db.session.rollback()
        gate.wait(30)
        return service.register(ask, now=BEFORE)

    at_once(each_app, [lambda one=one: count_then_register(one) for one in _many(slot, THREADS)], THREADS)

    assert counters(slot)[0] > 20


def test_forty_repeats_at_once_make_one_registration(each_app):
    slot = make_slot()
    call, ask = IdempotentCall.of("form", "k", {}), a_request(person(slot, name="Lê An"))

    results = at_once(each_app, [lambda: service.register(ask, now=BEFORE, key=call)] * 40, 40)

    assert all(result == results[0] for result in results)
    assert (counters(slot), len(queries.listed(slot))) == ((1, 0), 1)


def test_without_a_key_forty_repeats_make_forty(each_app):
    slot = make_slot(capacity=50)
    ask = a_request(person(slot, name="Lê An"))

    at_once(each_app, [lambda: service.register(ask, now=BEFORE)] * 40, 40)

    assert counters(slot) == (40, 0)


def test_the_same_person_asked_for_at_once_is_one_pass(each_app):
    slot = make_slot()
    ask = a_request(person(slot, name="Lê An"), person(slot, name="Lê Bình"), source=Source.API)
    turned = a_request(*reversed(ask.people), source=Source.API)  # the other order: no two wait for each other

    results = at_once(each_app, [lambda one=one: service.register(one, now=BEFORE) for one in [ask, turned] * 20], 40)

    assert {frozenset(issued.id for issued in result) for result in results} == {frozenset(issued.id for issued in results[0])}
    assert counters(slot) == (2, 0)
    assert_sound()


def test_without_identity_the_same_person_asked_for_at_once_is_many(each_app, monkeypatch):
    monkeypatch.setattr(issuing, "identity", lambda *_, **__: None)
    slot = make_slot(capacity=50)
    ask = a_request(person(slot, name="Lê An"), source=Source.API)

    at_once(each_app, [lambda: service.register(ask, now=BEFORE)] * 40, 40)

    assert counters(slot) == (40, 0)


def _fifty_cancel_one_seat(app, cancel):
    slot = make_slot(capacity=5)
    first = registered(slot, people=5)[0].placed[0].id
    registered(slot, people=3)
    newcomers = [a_request(person(slot)) for _ in range(20)]
    jobs = [lambda: cancel(first)] * 50 + [lambda one=one: service.register(one, now=BEFORE) for one in newcomers]
    results = at_once(app, jobs, 70)
    return slot, [result for result in results if isinstance(result, Exception)]


def test_fifty_cancels_of_one_seat_free_it_once_while_others_register(each_app):
    slot, errors = _fifty_cancel_one_seat(each_app, lambda one: service.cancel(one, now=BEFORE))

    assert errors == []
    assert counters(slot) == (5, 22)
    assert statuses(slot)[:8] == ["cancelled", *["confirmed"] * 5, "waiting", "waiting"]
    assert_sound()


def test_without_the_lock_a_seat_is_given_back_more_than_once(each_app, monkeypatch):
    """The control looks at the registration before the transaction."""
    gate, seen = Barrier(50), local()

    def end(session, registration_id, slot_id, *, now):
        session.execute(update(Registration).where(Registration.id == registration_id).values(status="cancelled"))
        if seen.status == "confirmed" and session.scalar(select(programme.Slot.taken).where(programme.Slot.id == slot_id)):
            seats.give_back_seat(session, slot_id)
        return True

    def look_then_cancel(one):
        seen.status = queries.registration(one).status
        db.session.rollback()
        gate.wait(30)
        service.cancel(one, now=BEFORE)

    monkeypatch.setattr(waiting, "end", end)
    slot, _ = _fifty_cancel_one_seat(each_app, look_then_cancel)

    assert counters(slot)[0] != statuses(slot).count("confirmed")


def test_people_move_up_in_the_order_in_which_they_joined(each_app):
    slot = make_slot(capacity=10)
    seated = registered(slot, people=10)
    queued = [result[0] for result in at_once(each_app, [lambda one=one: service.register(one, now=BEFORE) for one in _many(slot, 30)], 30)]
    in_order = sorted(queued, key=lambda issued: issued.placed[0].position)

    at_once(each_app, [lambda one=one: service.cancel(one.placed[0].id, now=BEFORE) for one in seated], 10)

    confirmed = {one.registration.pass_id for one in queries.listed(slot) if one.registration.status == "confirmed"}
    assert [issued.placed[0].position for issued in in_order] == list(range(1, 31))
    assert confirmed == {issued.id for issued in in_order[:10]}
    assert_sound()


def _seats_raised_while_people_queue(app):
    """Sixty want in while ten seats become twenty, thirty, forty."""
    slot = make_slot(capacity=10)
    more = [lambda seats=seats: slots.change_capacity(slot, seats, now=BEFORE) for seats in (20, 30, 40)]
    jobs = [lambda one=one: service.register(one, now=BEFORE) for one in _many(slot, 60)]
    jobs[15:15], jobs[30:30], jobs[45:45] = more[:1], more[1:2], more[2:]
    return slot, [result for result in at_once(app, jobs, 63) if isinstance(result, Exception)]


def test_raised_seats_go_to_who_waits_while_others_join(each_app):
    slot, errors = _seats_raised_while_people_queue(each_app)

    assert {type(error).__name__ for error in errors} <= {"CapacityBelowTaken"}  # a smaller number that came late
    assert sum(counters(slot)) == 60
    assert_sound()


def test_without_moving_up_raised_seats_stay_free(each_app, monkeypatch):
    slot = make_slot(capacity=10)
    registered(slot, people=15)
    monkeypatch.setattr(waiting, "move_up", lambda *_, **__: [])

    slots.change_capacity(slot, 20, now=BEFORE)

    assert [finding.code for finding in checks.seats_and_people()] == ["seat_free_while_waiting"]


def _many(slot, count):
    return [a_request(person(slot)) for _ in range(count)]


def test_without_the_queues_number_others_move_up_first(each_app, monkeypatch):
    last_first = select(Registration.id).where(Registration.slot_id == bindparam("slot"), Registration.status == "waiting")
    monkeypatch.setattr(waiting, "_NEXT", last_first.order_by(Registration.id.desc()).limit(1))
    slot = make_slot(capacity=1)
    (seated,), (first,), (_,) = (registered(slot) for _ in range(3))

    service.cancel(seated.placed[0].id, now=BEFORE)

    assert queries.holder(first.secret).view.registrations[0].status == "waiting"
