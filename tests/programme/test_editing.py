"""Adding, changing, deleting what is in a plan, on both databases."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from eventday.db import db
from eventday.kernel import ids
from eventday.kernel.errors import NotFound
from eventday.programme import activities, events, occurrences, queries, records, removing
from eventday.programme.domain import Admission, Kind
from eventday.programme.drafts import ActivityDraft, EventDraft, OccurrenceDraft
from eventday.programme.errors import ActivityExists, BadDays, BadSlot, DaysInUse, EventExists, PlaceNeeded
from eventday.web.edits import Stale, stamp
from tests.factories import BEFORE, COMMUNE, FIRST_DAY, LAST_DAY, NOON, make_event, make_slot, make_space

CLASS = ActivityDraft(kind=Kind.CLASS, title="Lớp dùng VNeID", host="Công an xã", co_hosts=("VNPT",), note="mang căn cước", skill="Dùng VNeID")
MORNING = OccurrenceDraft(day=FIRST_DAY, start=time(8), end=time(9, 30), capacity=30)


def read(activity_id):
    db.session.rollback()
    return records.activity(db.session, make_event().id, COMMUNE, activity_id)


def found(occurrence_id):
    db.session.rollback()
    return records.occurrence(db.session, make_event().id, COMMUNE, occurrence_id)


def added(draft=CLASS):
    return activities.add_activity(make_event().id, COMMUNE, draft, now=BEFORE)


def offered(draft=MORNING, activity=CLASS):
    """A slot, or a wish where the draft lacks something, of an activity of its own."""
    return occurrences.add_occurrence(make_event().id, COMMUNE, added(activity), draft, now=BEFORE)


def change_wish(wish_id, draft, seen=None):
    occurrences.change_wish(make_event().id, COMMUNE, wish_id, draft, seen=seen, now=BEFORE)


@pytest.mark.parametrize("kind", list(Kind))
def test_an_activity_is_kept_as_it_was_written(each_app, kind):
    draft = replace(CLASS, kind=kind, join_url="https://meet.example.vn/a")

    assert read(added(draft)) == draft


def test_an_equal_activity_is_not_added_twice(each_app):
    first = added()

    with pytest.raises(ActivityExists) as refused:
        added(replace(CLASS, title="LỚP dùng VNEID", note="khác"))

    assert refused.value.facts == {"activity": str(first)}


def test_who_saves_an_activity_second_is_told(each_app):
    activity_id = added()
    seen = stamp(read(activity_id))
    activities.change_activity(make_event().id, COMMUNE, activity_id, replace(CLASS, host="VNPT"), seen=seen, now=BEFORE)

    with pytest.raises(Stale) as refused:
        activities.change_activity(make_event().id, COMMUNE, activity_id, replace(CLASS, note=""), seen=seen, now=BEFORE)

    assert [(one.name, one.now) for one in refused.value.changes] == [("host", "VNPT")]
    assert read(activity_id).note == "mang căn cước"


def test_an_empty_slot_is_entered_as_its_activity_s_new_kind(each_app):
    slot_id = offered(replace(MORNING, space_id=make_space()))

    activities.change_activity(make_event().id, COMMUNE, found(slot_id).activity_id, replace(CLASS, kind=Kind.BOOTH), seen=None, now=BEFORE)

    assert (found(slot_id).kind, found(slot_id).admission) == (Kind.BOOTH, Admission.OPEN)


def test_what_is_online_needs_a_place_to_be_anything_else(each_app):
    slot_id = offered(activity=replace(CLASS, kind=Kind.ONLINE))

    assert found(slot_id).is_slot
    with pytest.raises(PlaceNeeded):
        activities.change_activity(make_event().id, COMMUNE, found(slot_id).activity_id, CLASS, seen=None, now=BEFORE)


@pytest.mark.parametrize("lacking", ["day", "start", "end", "space_id"])
def test_what_lacks_something_is_a_wish_and_never_public(each_app, lacking):
    whole = replace(MORNING, space_id=make_space())

    occurrence_id = offered(replace(whole, **{lacking: None}))

    assert not found(occurrence_id).is_slot
    assert queries.slots(make_event().id, COMMUNE) == []


def test_a_wish_placed_by_hand_is_a_slot_of_the_same_id_and_number(each_app):
    wish_id, space_id = offered(), make_space()
    number = found(wish_id).number

    change_wish(wish_id, replace(MORNING, space_id=space_id, capacity=25))

    slot = found(wish_id)
    assert (slot.is_slot, slot.id, slot.number, slot.space_id, slot.capacity) == (True, wish_id, number, space_id, 25)
    assert queries.wishes(make_event().id, COMMUNE) == []


def test_a_wish_that_was_placed_meanwhile_is_no_wish_any_more(each_app):
    wish_id, space_id = offered(), make_space()
    change_wish(wish_id, replace(MORNING, space_id=space_id))

    with pytest.raises(NotFound):
        change_wish(wish_id, replace(MORNING, capacity=5))

    assert found(wish_id).capacity == 30


@pytest.mark.parametrize("wrong", [{"day": date(2027, 10, 11)}, {"end": time(8)}, {"end": time(7)}, {"closes_at": NOON}, {"capacity": -1}])
def test_what_cannot_be_is_not_written(each_app, wrong):
    with pytest.raises(BadSlot):
        offered(replace(MORNING, **wrong))

    assert queries.wishes(make_event().id, COMMUNE) == []


def test_another_commune_s_activity_gets_no_slot_here(each_app):
    foreign = queries.slot(make_slot(commune="17230")).activity_id

    with pytest.raises(NotFound):
        occurrences.add_occurrence(make_event().id, COMMUNE, foreign, MORNING, now=BEFORE)


def test_what_was_deleted_comes_back_whole_and_once(each_app):
    slot_id = offered(replace(MORNING, space_id=make_space(), closes_at=NOON - timedelta(days=2)))
    activity_id, before, event_id = found(slot_id).activity_id, found(slot_id), make_event().id
    said = read(activity_id)

    removed_id = removing.remove_activity(event_id, COMMUNE, activity_id, keepers=(), now=BEFORE)
    gone = queries.slots(event_id, COMMUNE)
    removing.restore(event_id, COMMUNE, removed_id, now=BEFORE)

    assert (gone, found(slot_id), read(activity_id)) == ([], before, said)
    with pytest.raises(NotFound):
        removing.restore(event_id, COMMUNE, removed_id, now=BEFORE)


def test_a_deleted_wish_comes_back(each_app):
    wish_id = offered()
    before = found(wish_id)

    removing.restore(make_event().id, COMMUNE, removing.remove_occurrence(make_event().id, COMMUNE, wish_id, keepers=(), now=BEFORE), now=BEFORE)

    assert found(wish_id) == before


def test_what_was_deleted_elsewhere_is_not_put_back_here(each_app):
    foreign = make_slot(commune="17230")
    removed_id = removing.remove_occurrence(make_event().id, "17230", foreign, keepers=(), now=BEFORE)

    with pytest.raises(NotFound):
        removing.restore(make_event().id, COMMUNE, removed_id, now=BEFORE)


def test_an_activity_does_not_come_back_beside_its_twin(each_app):
    removed_id = removing.remove_activity(make_event().id, COMMUNE, added(), keepers=(), now=BEFORE)
    added()

    with pytest.raises(ActivityExists):
        removing.restore(make_event().id, COMMUNE, removed_id, now=BEFORE)


def test_what_was_deleted_long_ago_is_gone(each_app):
    removed_id = removing.remove_activity(make_event().id, COMMUNE, added(), keepers=(), now=BEFORE)
    removing.remove_activity(make_event().id, COMMUNE, added(), keepers=(), now=BEFORE + removing.KEPT_FOR + timedelta(minutes=1))

    with pytest.raises(NotFound):
        removing.restore(make_event().id, COMMUNE, removed_id, now=BEFORE)


def changed_event(**wanted):
    draft = replace(EventDraft(name="Ngày hội số", first_day=FIRST_DAY, last_day=LAST_DAY), **wanted)
    events.change_event(make_event().id, "40", draft, seen=None, now=BEFORE)
    db.session.rollback()
    return records.event(db.session, make_event().id)


def test_an_event_gets_another_name_and_more_days(each_app):
    make_slot()

    assert changed_event(last_day=date(2027, 10, 12)) == EventDraft(name="Ngày hội số", first_day=FIRST_DAY, last_day=date(2027, 10, 12))


def test_days_with_slots_are_not_cut_off(each_app):
    make_slot()
    make_slot(commune="17230")

    with pytest.raises(DaysInUse) as refused:
        changed_event(last_day=FIRST_DAY)

    assert refused.value.facts == {"count": 2, "communes": 2, "first": "10/10/2027", "last": "10/10/2027"}


def test_a_wish_s_day_is_not_cut_off(each_app):
    offered()

    with pytest.raises(DaysInUse):
        changed_event(first_day=LAST_DAY)


@pytest.mark.parametrize("last_day", [FIRST_DAY - timedelta(days=1), FIRST_DAY + timedelta(days=62)])
def test_an_event_has_sensible_days(each_app, last_day):
    with pytest.raises(BadDays):
        changed_event(last_day=last_day)


def test_an_event_s_code_is_its_own(each_app):
    code = make_event().code

    with pytest.raises(EventExists):
        events.open_event("40", code, EventDraft(name="Khác", first_day=FIRST_DAY, last_day=LAST_DAY), now=BEFORE)


def test_a_slot_of_nobody_is_nowhere(each_app):
    with pytest.raises(NotFound):
        found(ids.new())
