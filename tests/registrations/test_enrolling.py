"""Many people for one slot: what is slow is done before the transaction that keeps everybody else waiting, and it is all or nobody."""

import os

import pytest
from sqlalchemy import event, func, select

from eventday.db import db, transaction
from eventday.programme.errors import SlotCancelled
from eventday.registrations import enrolling, service, slots
from eventday.registrations.domain import Source
from eventday.registrations.errors import WaitingListFull
from eventday.registrations.models import Consent, Household, Pass, PassTerm, Registration
from tests.factories import BEFORE, make_slot
from tests.registrations.people import a_request, assert_sound, counters, person, statuses


def requests(slot_id, people: int):
    return [a_request(person(slot_id, name=f"Trần Thị {n} Hoa"), phone=f"+8498{n:07}", source=Source.IMPORT) for n in range(people)]


def enrol(slot_id, of, limit=100):
    made = enrolling.ready(of, now=BEFORE)
    with transaction() as session:
        enrolling.enrol(session, made, slot_id, limit=limit, now=BEFORE)


def rows(*models):
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(model)) for model in models]


def test_each_gets_a_pass_and_a_place_as_if_they_had_come_one_by_one(each_app):
    together, alone = make_slot(capacity=3), make_slot(capacity=3)
    enrol(together, requests(together, 5))
    many = rows(Pass, Household, PassTerm, Consent)
    for n in range(5):
        service.register(a_request(person(alone, name=f"Lê Thị {n} Hoa"), phone=f"+8497{n:07}", source=Source.IMPORT), now=BEFORE)

    assert statuses(together) == statuses(alone) == ["confirmed"] * 3 + ["waiting"] * 2
    assert rows(Pass, Household, PassTerm, Consent) == [2 * count for count in many]
    assert_sound()


def test_the_transaction_asks_once_for_all_and_once_more_for_each_pass(each_app):
    slot_id = make_slot(capacity=500)
    enrol(slot_id, requests(slot_id, 1))

    counts = [statements(slot_id, people) - people for people in (10, 90)]

    assert counts[0] == counts[1] < 12


def statements(slot_id, people):
    other = [a_request(person(slot_id, name=f"Vũ {people} {n} Hà"), phone=f"+8496{people}{n:05}", source=Source.IMPORT) for n in range(people)]
    made, told = enrolling.ready(other, now=BEFORE), []
    with transaction() as session:
        event.listen(session.connection(), "before_cursor_execute", lambda *_: told.append(1))
        enrolling.enrol(session, made, slot_id, limit=100, now=BEFORE)
        return len(told)


def test_a_registration_gets_in_while_a_list_is_made_ready(each_app, monkeypatch):
    """Within a transaction the registration would be refused."""
    slot_id, draw, come = make_slot(capacity=5), os.urandom, [a_request(person())]

    def meanwhile(count):
        if count == 8 and come:
            service.register(come.pop(), now=BEFORE)
        return draw(count)

    monkeypatch.setattr("eventday.registrations.issuing.os.urandom", meanwhile)
    enrol(slot_id, requests(slot_id, 3))

    assert (come, counters(slot_id), rows(Pass)) == ([], (3, 0), [4])


def test_nothing_is_drawn_within_the_transaction(each_app, monkeypatch):
    slot_id = make_slot(capacity=5)
    made = enrolling.ready(requests(slot_id, 3), now=BEFORE)
    monkeypatch.setattr("eventday.registrations.issuing.draw", None)

    with transaction() as session:
        enrolling.enrol(session, made, slot_id, limit=100, now=BEFORE)

    assert counters(slot_id) == (3, 0)


def test_who_registered_meanwhile_keeps_their_pass_and_their_place(each_app):
    slot_id = make_slot(capacity=5)
    of = requests(slot_id, 3)
    made = enrolling.ready(of, now=BEFORE)
    (first,) = service.register(of[1], now=BEFORE)
    with transaction() as session:
        enrolling.enrol(session, made, slot_id, limit=100, now=BEFORE)

    assert (counters(slot_id), rows(Pass, Household, Registration)) == ((3, 0), [3, 3, 3])
    assert service.register(of[1], now=BEFORE)[0].id == first.id
    assert_sound()


def test_codes_that_somebody_has_are_drawn_anew(each_app, monkeypatch):
    slot_id = make_slot(capacity=5)
    codes = iter([b"12345678", b"12345abc", b"abcdefgh"])  # the first two share their first 40 bits
    monkeypatch.setattr("eventday.registrations.issuing.os.urandom", lambda count: next(codes) if count == 8 else bytes(count))

    enrol(slot_id, requests(slot_id, 2))

    assert counters(slot_id) == (2, 0)


def test_where_one_finds_no_place_nobody_has_one(each_app):
    slot_id = make_slot(capacity=2)

    with pytest.raises(WaitingListFull) as refused:
        enrol(slot_id, requests(slot_id, 5), limit=1)

    assert refused.value.facts["place"] == 3
    assert (counters(slot_id), rows(Pass, Household, Registration)) == ((0, 0), [0, 0, 0])


def test_nobody_comes_to_a_slot_that_was_cancelled_meanwhile(each_app):
    slot_id = make_slot(capacity=5)
    made = enrolling.ready(requests(slot_id, 2), now=BEFORE)
    slots.cancel_slot(slot_id, now=BEFORE)

    with pytest.raises(SlotCancelled), transaction() as session:
        enrolling.enrol(session, made, slot_id, limit=100, now=BEFORE)

    assert rows(Pass, Registration) == [0, 0]
