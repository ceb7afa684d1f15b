"""Being there online: by the holder's button alone, during the slot, counted apart."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from eventday.checkins import keeping, presence, queries
from eventday.checkins.errors import NotOnNow
from eventday.db import db, transaction
from eventday.kernel.errors import NotFound
from eventday.programme import queries as programme
from eventday.programme.domain import Kind
from eventday.registrations import queries as registrations
from eventday.registrations import service as registering
from eventday.registrations.errors import MergedWasSeen, SlotHadPeople
from eventday.reports.queries import facts
from tests.checkins.gate import Phone, a_pass, cancel, live, scanned
from tests.checkins.test_merged import merge
from tests.factories import COMMUNE, NOON, make_event, make_slot

END = NOON + timedelta(hours=2)


def attend(issued: Any, slot: UUID, minutes: float = 1) -> None:
    view = registrations.pass_by_id(issued.id)
    assert view
    presence.attend(view, programme.slot(slot), now=NOON + timedelta(minutes=minutes))
    db.session.rollback()


def online_slot(**more: Any) -> UUID:
    return make_slot(kind=Kind.ONLINE, **more)


def test_who_is_there_online_counts_apart_and_once(each_app: Flask) -> None:
    slot = online_slot()
    one, other = a_pass(slot), a_pass(slot)
    for minutes in (1, 2, 60):
        attend(one, slot, minutes)
    attend(other, slot)

    day = live(each_app)

    assert (day["online"], day["admitted"], day["inside"], day["registered"]) == (2, 0, 0, 2)
    assert [(told["online"], told["admitted"]) for told in day["slots"]] == [(2, 0)]
    assert queries.presences_of(one.id) == {slot: NOON + timedelta(minutes=1)}


@pytest.mark.parametrize(("minutes", "counts"), [(-0.1, False), (0, True), (119.9, True), (120, False)])
def test_it_counts_during_the_slot_alone(app: Flask, minutes: float, counts: bool) -> None:
    slot = online_slot()
    issued = a_pass(slot)

    with suppress(NotOnNow):
        attend(issued, slot, minutes)

    assert bool(queries.presences_of(issued.id)) is counts


def test_who_has_no_seat_there_is_not_there(app: Flask) -> None:
    slot = online_slot(capacity=1)
    a_pass(slot)
    waits, elsewhere, gave_back = a_pass(slot), a_pass(), a_pass(slot)
    cancel(gave_back, slot)

    for issued in (waits, elsewhere, gave_back):
        with pytest.raises(NotFound):
            attend(issued, slot)


def test_a_hall_has_no_such_button(app: Flask) -> None:
    slot = make_slot()

    with pytest.raises(NotOnNow):
        attend(a_pass(slot), slot)


def test_it_counts_no_more_once_the_seat_is_given_back_or_the_pass_withdrawn(each_app: Flask) -> None:
    slot = online_slot()
    stays, gave_back, withdrawn = a_pass(slot), a_pass(slot), a_pass(slot)
    for issued in (stays, gave_back, withdrawn):
        attend(issued, slot)
    cancel(gave_back, slot)
    registering.revoke(withdrawn.id, now=NOON)

    db.session.rollback()

    assert [one.pass_id for one in queries.presences(make_event().id, COMMUNE)] == [stays.id]
    assert live(each_app)["online"] == 1


def test_a_scanner_cannot_say_that_somebody_is_there_online(each_app: Flask) -> None:
    slot, phone = online_slot(), Phone(each_app.test_client())
    issued = a_pass(slot)

    outcomes = phone.outcomes(
        scanned(issued.token, slot, at=NOON), scanned(issued.token, slot, kind="online"), scanned(issued.token, slot, by="online")
    )

    assert outcomes == ["admitted", "invalid", "invalid"]
    assert live(each_app)["online"] == 0
    assert [one.is_online for one in facts(make_event(), COMMUNE).seen] == [False]


def test_the_report_has_the_same_presences(each_app: Flask) -> None:
    slot = online_slot()
    people = [a_pass(slot) for _ in range(3)]
    for issued in people:
        attend(issued, slot)

    seen = facts(make_event(), COMMUNE).seen

    assert {(one.pass_id, one.slot_id, one.is_online) for one in seen} == {(issued.id, slot, True) for issued in people}
    assert live(each_app)["online"] == 3


def test_who_pressed_on_two_codes_that_were_merged_was_there_once(each_app: Flask) -> None:
    slot = online_slot()
    kept, other = a_pass(slot), a_pass(slot)
    attend(kept, slot, 5)
    attend(other, slot, 1)

    merge(kept, other)

    assert live(each_app)["online"] == 1
    assert [(one.pass_id, one.at) for one in queries.presences(make_event().id, COMMUNE)] == [(kept.id, NOON + timedelta(minutes=1))]
    assert queries.presences_of(kept.id) == {slot: NOON + timedelta(minutes=1)}
    with transaction() as session, pytest.raises(MergedWasSeen):
        keeping.refuse_where_seen_since(session, [kept.id, other.id], NOON + timedelta(minutes=5))


def test_a_slot_where_somebody_was_online_is_not_deleted(app: Flask) -> None:
    slot = online_slot()
    attend(a_pass(slot), slot)

    with transaction() as session, pytest.raises(SlotHadPeople):
        keeping.refuse_where_seen(session, [slot])
    with transaction() as session:
        keeping.refuse_where_seen(session, [uuid4()])
