"""An event deleted with all that was prepared in it, and put back; on both databases (eventday.workspace.event_removal)."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import select, update

from eventday.access import service as access
from eventday.access.models import Device
from eventday.audit import queries as audit
from eventday.audit.queries import Wanted
from eventday.db import db, transaction
from eventday.kernel.errors import NotFound
from eventday.programme import events as programme
from eventday.programme import models, occurrences, queries, records, removed_events
from eventday.programme.drafts import EventDraft, OccurrenceDraft
from eventday.programme.errors import EventExists, EventInUse, PlaceGone
from eventday.registrations import events as ending
from eventday.registrations import service
from eventday.reports import queries as written
from eventday.reports import service as reports
from eventday.reports.letter import Letter
from eventday.web.edits import Stale, stamp
from eventday.workspace import event_removal, removal
from tests.checkins.gate import Phone, scanned
from tests.factories import BEFORE, COMMUNE, FIRST_DAY, LAST_DAY, make_commune, make_event, make_slot, make_space
from tests.registrations.people import a_request, person, registered

LATER = BEFORE + timedelta(hours=1)
OTHER = "17230"
EMPTY = EventDraft(name="Ngày hội 2028", first_day=FIRST_DAY, last_day=LAST_DAY)


def opened():
    make_event()
    make_commune(OTHER)
    programme.open_event("40", "ngay-hoi-2028", EMPTY, now=BEFORE)
    return queries.event("ngay-hoi-2028")


def remove(event, seen=None):
    event_removal.remove(event.id, "40", seen=seen, now=LATER)
    db.session.rollback()


def restore(event, province="40"):
    code = event_removal.restore(province, event.id, now=LATER)
    db.session.rollback()
    return code


def prepared():
    """Two communes have slots, one of them a wish and a scanner too."""
    slot = make_slot(space_id=make_space())
    make_slot(commune=OTHER, published=False)
    event = make_event()
    occurrences.add_occurrence(event.id, COMMUNE, queries.slot(slot).activity_id, OccurrenceDraft(day=LAST_DAY), now=BEFORE)
    access.enrol(access.open_enrolment(event.id, COMMUNE, [], manual=False, now=BEFORE), "Máy cổng", now=BEFORE)
    return event


def planned(event):
    db.session.rollback()
    return [records.occurrences_of_plan(db.session, event.id, code) for code in (COMMUNE, OTHER)]


def test_an_empty_event_is_deleted_and_put_back_as_it_was(each_app):
    event = opened()
    remove(event)

    with pytest.raises(NotFound):
        queries.event("ngay-hoi-2028")
    assert restore(event) == "ngay-hoi-2028"
    assert queries.event("ngay-hoi-2028") == event
    with pytest.raises(NotFound):
        restore(event)


def test_what_goes_is_told_by_commune(each_app):
    event = prepared()

    assert event_removal.what_goes(event.id, "40") == {
        OTHER: {"activities": 1, "slots": 1, "wishes": 0, "is_public": False, "scanners": 0, "has_report": False},
        COMMUNE: {"activities": 1, "slots": 1, "wishes": 1, "is_public": True, "scanners": 1, "has_report": False},
    }


def test_plans_go_with_their_event_and_come_back_as_they_were(each_app):
    event = prepared()
    before = planned(event)
    remove(event)
    gone = planned(event)
    restore(event)

    assert (gone, planned(event)) == ([[], []], before)
    assert queries.plan(event.id, COMMUNE).published_at == BEFORE


def test_an_event_called_off_goes_and_comes_back_called_off(each_app):
    event = prepared()
    ending.cancel_event(event.id, "40", now=BEFORE)
    remove(event)
    restore(event)

    assert queries.event("ngay-hoi-2027").cancelled_at == BEFORE


def test_scanners_are_refused_from_then_on(each_app):
    event = prepared()
    remove(event)
    restore(event)

    assert db.session.scalars(select(Device.revoked_at)).all() == [LATER]


def test_each_commune_is_told_in_its_own_log(each_app):
    event = prepared()
    remove(event)
    restore(event)
    told = {chain: [one.action for one in audit.entries(chain, Wanted(subject_id=str(event.id)))] for chain in ("40", COMMUNE, OTHER)}

    assert told == {"40": ["restored", "removed"], COMMUNE: ["restored", "removed", "published"], OTHER: ["restored", "removed"]}
    assert audit.entries(COMMUNE, Wanted(kind="event"))[1].before["wishes"] == 1
    assert all(audit.verify(chain).fault is None for chain in told)


def write_report(event, commune=OTHER):
    reports.save_letter(event.id, commune, Letter(place="Anh Sơn", dated=LAST_DAY, signer="Đức", texts={"lessons": "đông"}), now=BEFORE)


def test_a_report_that_is_begun_is_told_goes_too_and_comes_back_as_it_was(each_app):
    event = opened()
    write_report(event)
    before = written.letter(event.id, OTHER)
    shown = event_removal.what_goes(event.id, "40")
    remove(event, stamp(shown))
    gone = written.letter(event.id, OTHER)
    restore(event)

    assert (list(shown), shown[OTHER]["has_report"], gone) == ([OTHER], True, None)
    assert written.letter(event.id, OTHER) == before
    told = audit.entries(OTHER, Wanted(kind="report"))
    assert [(one.action, (one.before or one.after)["lessons"]) for one in told[:2]] == [("restored", "đông"), ("removed", "đông")]


def test_a_report_begun_since_it_was_shown_is_shown_first(each_app):
    event = opened()
    shown = stamp(event_removal.what_goes(event.id, "40"))
    write_report(event)

    with pytest.raises(Stale):
        remove(event, shown)
    assert written.letter(event.id, OTHER)


def test_what_was_deleted_before_reports_were_kept_with_it_comes_back(each_app):
    event = opened()
    remove(event)
    with transaction() as session:
        kept = session.get_one(models.RemovedEvent, event.id)
        kept.content = {name: rows for name, rows in kept.content.items() if name != "report_settings"}

    assert restore(event) == "ngay-hoi-2028"


def test_who_saves_a_report_while_its_event_is_deleted_finds_nothing(each_app, monkeypatch):
    event = opened()

    found = race(each_app, monkeypatch, acts_on(event), lambda: write_report(event), (removed_events, "remove_in"))
    assert found == {"first": "done", "second": "not_found"}


def acts_on(event):
    return lambda: event_removal.remove(event.id, "40", seen=None, now=LATER)


def test_what_was_added_since_it_was_shown_is_shown_first(each_app):
    event = prepared()
    shown = stamp(event_removal.what_goes(event.id, "40"))
    make_slot(commune=OTHER)

    with pytest.raises(Stale):
        remove(event, shown)
    assert len(planned(event)[1]) == 2


def test_where_somebody_registered_and_cancelled_it_stays(each_app):
    event = prepared()
    service.cancel(registered(make_slot())[0].placed[0].id, now=BEFORE)
    before = planned(event)

    with pytest.raises(EventInUse):
        remove(event)
    assert planned(event) == before
    assert not event_removal.can_go(event.id, "40")


def test_where_a_foreign_pass_was_scanned_it_stays(each_app):
    event = prepared()
    assert Phone(each_app.test_client()).outcomes(scanned("không phải thẻ")) == ["invalid"]

    with pytest.raises(EventInUse):
        remove(event)


def test_another_province_puts_nothing_back(each_app):
    event = opened()
    remove(event)

    with pytest.raises(NotFound):
        restore(event, "46")


def test_a_day_later_nothing_is_put_back(each_app):
    event = opened()
    remove(event)

    with pytest.raises(NotFound):
        event_removal.restore("40", event.id, now=LATER + timedelta(hours=25))


def test_an_event_does_not_come_back_beside_one_of_its_code(each_app):
    event = opened()
    remove(event)
    programme.open_event("40", "ngay-hoi-2028", EMPTY, now=LATER)

    with pytest.raises(EventExists):
        restore(event)


def test_a_plan_does_not_come_back_into_a_room_that_is_gone(each_app):
    event = prepared()
    room = queries.slots(event.id, COMMUNE)[0].space_id
    remove(event)
    removal.remove(COMMUNE, removal.Thing.SPACE, room, now=LATER)

    with pytest.raises(PlaceGone):
        restore(event)
    assert removed_events.removed_name("40", event.id, now=LATER) == event.name


def answer_of(act):
    try:
        act()
    except (NotFound, EventInUse) as refused:
        return refused.code
    return "done"


def race(app, monkeypatch, first, second, where):
    """`first` stops at `where` (module, name) within its transaction while `second` begins; what both were answered."""
    reached, go_on, answers = Event(), Event(), {}
    real = getattr(*where)

    def slowly(*args, **named):
        found = real(*args, **named)
        reached.set()
        go_on.wait(1)
        return found

    def run():
        with app.app_context():
            answers["first"] = answer_of(first)
            db.session.remove()

    monkeypatch.setattr(*where, slowly)
    thread = Thread(target=run)
    thread.start()
    assert reached.wait(10)
    answers["second"] = answer_of(second)
    go_on.set()
    thread.join()
    return answers


def acts():
    make_commune()
    slot, event = make_slot(), make_event()
    return lambda: service.register(a_request(person(slot)), now=BEFORE), lambda: event_removal.remove(event.id, "40", seen=None, now=LATER)


def test_who_registers_first_keeps_the_event(each_app, monkeypatch):
    register, delete = acts()

    assert race(each_app, monkeypatch, register, delete, (service.issuing, "add_households")) == {"first": "done", "second": "event_in_use"}
    assert queries.event("ngay-hoi-2027")


def test_who_registers_while_it_is_deleted_finds_nothing(each_app, monkeypatch):
    register, delete = acts()

    assert race(each_app, monkeypatch, delete, register, (removed_events, "contents")) == {"first": "done", "second": "not_found"}


def test_without_the_lock_a_deadlock_or_a_lost_place(postgres_app, monkeypatch):
    """The control: a lock that lets registrations pass lets one in that the check did not see."""
    register, delete = acts()
    real = programme.hold
    monkeypatch.setattr(event_removal.events, "hold", lambda session, event_id, to_delete: real(session, event_id))
    seen = []
    monkeypatch.setattr(removed_events, "remove_in", lambda session, *_, **__: seen.append(session.scalar(select(models.Slot.taken))))
    race(postgres_app, monkeypatch, delete, register, (removed_events, "contents"))
    with transaction() as session:
        session.execute(update(models.Event).values(name="x"))

    assert seen == [1]
