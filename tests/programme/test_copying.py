"""Last year's plan taken over, on both databases."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from eventday.db import db
from eventday.kernel.errors import NotFound
from eventday.programme import activities, copying, occurrences, queries, records, removing
from eventday.programme.domain import Kind
from eventday.programme.drafts import ActivityDraft, OccurrenceDraft
from eventday.programme.errors import NothingToCopy
from eventday.registrations import service
from eventday.registrations import slots as people
from eventday.registrations.errors import SlotHadPeople
from tests.factories import BEFORE, COMMUNE, NOON, make_event, make_slot, make_space
from tests.registrations.people import a_request, person, registered

CLASS = ActivityDraft(
    kind=Kind.ONLINE, title="Lớp dùng VNeID", host="Công an xã", note="mang căn cước", skill="Dùng VNeID", join_url="https://a.vn/b"
)
EIGHT = OccurrenceDraft(day=date(2026, 10, 11), start=time(8), end=time(9), capacity=30)


def last_year(days=2):
    return make_event(code="ngay-hoi-2026", first_day=date(2026, 10, 11), last_day=date(2026, 10, 11) + timedelta(days=days - 1))


def planned(draft=EIGHT, activity=CLASS):
    """Something in last year's plan."""
    event = last_year()
    activity_id = activities.add_activity(event.id, COMMUNE, activity, now=BEFORE)
    return occurrences.add_occurrence(event.id, COMMUNE, activity_id, replace(draft, space_id=draft.space_id or make_space()), now=BEFORE)


def copied():
    _, kept = copying.copy_plan(last_year(), make_event(), COMMUNE, now=BEFORE)
    db.session.rollback()
    return kept


def there():
    return records.occurrences_of_plan(db.session, make_event().id, COMMUNE)


def test_days_are_shifted_by_the_days_between(each_app):
    make_event()
    planned(replace(EIGHT, closes_at=NOON - timedelta(days=365)))
    planned(replace(EIGHT, day=date(2026, 10, 12)), replace(CLASS, title="Hội thi"))
    copied()

    assert [(one.title, one.day, one.start, one.number) for one in there()] == [
        ("Lớp dùng VNeID", date(2027, 10, 9), time(8), 1),
        ("Hội thi", date(2027, 10, 10), time(8), 2),
    ]
    assert there()[0].closes_at == NOON - timedelta(days=2)


def test_what_is_offered_is_the_same_but_for_last_year_s_room_online(each_app):
    make_event()
    planned()
    copied()

    (offered,) = queries.activities(make_event().id, COMMUNE)
    assert records.activity(db.session, make_event().id, COMMUNE, offered.id) == replace(CLASS, join_url="")


def test_a_day_that_this_event_does_not_have_is_left_open(each_app):
    make_event()
    event = last_year(days=3)
    planned(replace(EIGHT, day=event.last_day))
    copy = copying.look(db.session, event, make_event(), COMMUNE)
    copied()

    (wish,) = there()
    assert (copy.slots, copy.wishes, copy.outside) == (0, 1, 1)
    assert (wish.is_slot, wish.day, wish.start, wish.space_id is not None) == (False, None, time(8), True)


def test_nothing_of_people_and_nothing_cancelled_goes_along(each_app):
    make_event()
    gone = planned(activity=replace(CLASS, title="Bị hủy"))
    people.cancel_slot(gone, now=BEFORE)
    slot = make_slot(event=last_year(), starts_at=NOON - timedelta(days=364), title="Có người")
    service.register(replace(a_request(person(slot)), event_id=last_year().id), now=BEFORE - timedelta(days=400))
    copied()

    assert [(one.title, one.taken, one.cancelled_at) for one in there()] == [("Có người", 0, None)]


def test_what_is_there_already_is_not_copied_twice(each_app):
    make_event()
    planned()
    copied()

    with pytest.raises(NothingToCopy):
        copied()
    assert len(there()) == 1


def test_a_copy_is_taken_back_once(each_app):
    make_event()
    planned()
    make_slot(title="Có trước")
    kept = copied()
    removing.restore(make_event().id, COMMUNE, kept, now=BEFORE)
    db.session.rollback()

    assert [one.title for one in there()] == ["Có trước"]
    with pytest.raises(NotFound):
        removing.restore(make_event().id, COMMUNE, kept, now=BEFORE)


def test_a_copy_that_somebody_registered_for_stays(each_app):
    make_event()
    planned()
    make_slot(title="Công bố")
    kept = copied()
    registered(next(one.id for one in there() if one.title != "Công bố"))

    with pytest.raises(SlotHadPeople):
        removing.restore(make_event().id, COMMUNE, kept, keepers=(people.refuse_where_registered,), now=BEFORE)
