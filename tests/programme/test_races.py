"""Two who do not know of each other, on both databases; each with a control that fails without the guard."""

from contextlib import suppress
from threading import Event, Thread

import pytest

from eventday.db import at_the_end, db, transaction
from eventday.imports import service as imports
from eventday.imports.findings import PlanRead
from eventday.kernel.errors import Refusal
from eventday.programme import copying, events, models, queries, service
from eventday.programme.drafts import EventDraft
from eventday.programme.errors import DaysChanged, DaysInUse
from tests.factories import BEFORE, COMMUNE, FIRST_DAY, LAST_DAY, make_event, make_slot

SHORT = EventDraft(name="Ngày hội", first_day=FIRST_DAY, last_day=FIRST_DAY)


def add_and_stay(app, monkeypatch):
    """A slot on the last day is being added; returns what lets its transaction end and the thread that waits for that."""
    reached, go_on = Event(), Event()
    real = service.next_number

    def slowly(session, *where):
        at_the_end(session, lambda: (reached.set(), go_on.wait(2)))
        return real(session, *where)

    def add():
        with app.app_context(), suppress(Refusal):
            make_slot()
            db.session.remove()

    monkeypatch.setattr(service, "next_number", slowly)
    thread = Thread(target=add)
    thread.start()
    assert reached.wait(10)
    return go_on, thread


def shorten():
    """What became of it."""
    try:
        events.change_event(make_event().id, "40", SHORT, seen=None, now=BEFORE)
    except DaysInUse:
        return "refused"
    return "shortened"


def outside():
    db.session.rollback()
    return [slot for slot in queries.slots(make_event().id) if slot.starts_at.date() > queries.event("ngay-hoi-2027").last_day]


def test_days_are_not_cut_off_while_a_slot_is_added_there(each_app, monkeypatch):
    make_event()
    go_on, thread = add_and_stay(each_app, monkeypatch)
    answer = shorten()
    go_on.set()
    thread.join()

    assert (answer, outside()) == ("refused", [])


def test_a_slot_is_not_added_on_a_day_that_is_cut_off_meanwhile(postgres_app):
    make_event()
    held, results = Event(), []

    def add():
        held.wait(10)
        with postgres_app.app_context():
            try:
                results.append(make_slot())
            except Refusal as refused:
                results.append(refused.code)
            db.session.remove()

    thread = Thread(target=add)
    thread.start()
    with transaction() as session:
        events.hold(session, queries.event("ngay-hoi-2027").id)
        held.set()
        thread.join(0.5)
        session.query(models.Event).update({"last_day": FIRST_DAY})
    thread.join()

    assert results == ["bad_slot"]


def test_without_the_lock_a_slot_is_left_outside(postgres_app, monkeypatch):
    make_event()
    monkeypatch.setattr(events, "hold", lambda session, event_id: None)
    go_on, thread = add_and_stay(postgres_app, monkeypatch)
    answer = shorten()
    go_on.set()
    thread.join()

    assert (answer, len(outside())) == ("shortened", 1)


@pytest.mark.parametrize("last_day", [LAST_DAY])
def test_who_registers_does_not_wait_for_who_changes_the_event(postgres_app, last_day):
    make_slot()
    with transaction() as session:
        events.hold(session, queries.event("ngay-hoi-2027").id)
        assert session.query(models.Event).one().last_day == last_day


def test_what_was_made_ready_for_other_days_is_not_written(each_app):
    event = make_event()
    events.change_event(event.id, "40", SHORT, seen=None, now=BEFORE)

    with pytest.raises(DaysChanged):
        copying.copy_plan(make_event(code="truoc"), event, COMMUNE, now=BEFORE)
    with pytest.raises(DaysChanged):
        imports.import_plan(PlanRead((), (), (), ()), event, COMMUNE, dry_run=False, now=BEFORE)
