import pytest
from sqlalchemy import func, select

from eventday.audit.models import Entry
from eventday.db import db, transaction
from eventday.kernel import ids
from eventday.kernel.errors import NotFound
from eventday.programme import seats
from eventday.programme.errors import SlotCancelled
from eventday.registrations import moving, queries, service
from eventday.registrations.errors import RegisteredThere, WaitingListFull
from tests.factories import BEFORE, make_slot
from tests.registrations.people import assert_sound, at_once, counters, registered, statuses


def noted():
    """How many acts with registrations were written down."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Entry.subject_kind == "registration"))


def test_a_move_takes_the_new_seat_and_gives_the_old_one_to_the_first_who_waits(each_app):
    old, new = make_slot(capacity=1), make_slot(capacity=1)
    first, second = registered(old)[0], registered(old)[0]

    placed = moving.move(first.placed[0].id, new, now=BEFORE)

    assert (placed.status, placed.slot_id) == ("confirmed", new)
    assert queries.registration(second.placed[0].id).status == "confirmed"
    assert (counters(old), counters(new)) == ((1, 0), (1, 0))
    assert_sound()


def test_a_move_to_a_full_slot_waits_there(each_app):
    old, new = make_slot(), make_slot(capacity=1)
    registered(new)
    mover = registered(old)[0]

    placed = moving.move(mover.placed[0].id, new, now=BEFORE)

    assert (placed.status, placed.position) == ("waiting", 1)
    assert_sound()


def test_a_move_that_is_refused_leaves_everything(each_app):
    each_app.config["SETTINGS"] = each_app.config["SETTINGS"].model_copy(update={"waiting_limit": 0})
    old, new = make_slot(), make_slot(capacity=1)
    registered(new)
    mover = registered(old)[0]

    with pytest.raises(WaitingListFull):
        moving.move(mover.placed[0].id, new, now=BEFORE)

    assert (statuses(old), counters(old), noted()) == (["confirmed"], (1, 0), 0)


def test_nobody_is_moved_to_where_they_are_nor_to_a_cancelled_slot(each_app):
    old, new, gone = make_slot(), make_slot(), make_slot()
    both = registered(old, new)[0]
    with transaction() as session:
        seats.cancel(session, gone, now=BEFORE)

    with pytest.raises(RegisteredThere):
        moving.move(both.placed[0].id, new, now=BEFORE)
    with pytest.raises(SlotCancelled):
        moving.move(both.placed[0].id, gone, now=BEFORE)
    with pytest.raises(NotFound):
        moving.move(ids.new(), new, now=BEFORE)


def test_what_was_cancelled_is_not_moved(each_app):
    old, new = make_slot(), make_slot()
    gone = registered(old)[0]
    service.cancel(gone.placed[0].id, now=BEFORE)

    with pytest.raises(NotFound):
        moving.move(gone.placed[0].id, new, now=BEFORE)

    assert counters(new) == (0, 0)


def test_adding_and_moving_are_written_down(each_app):
    here, there = make_slot(), make_slot()
    one = registered()[0]

    added = moving.add(one.id, here, now=BEFORE)
    moving.move(added.id, there, now=BEFORE)

    assert (statuses(here), statuses(there), noted()) == (["cancelled"], ["confirmed"], 2)
    assert_sound()


def test_moves_that_cross_never_lose_a_seat_nor_lock_each_other_out(each_app):
    here, there = make_slot(capacity=4), make_slot(capacity=4)
    people = [(registered(here)[0], there) for _ in range(4)] + [(registered(there)[0], here) for _ in range(4)]

    answers = at_once(each_app, [lambda one=one, to=to: moving.move(one.placed[0].id, to, now=BEFORE) for one, to in people], 8)

    assert [type(answer).__name__ for answer in answers] == ["Placed"] * 8
    assert_sound()
