"""What is used is not deleted, on both databases (eventday.workspace.removal)."""

from threading import Event, Thread
from time import sleep

import pytest
from sqlalchemy import update

from eventday.audit import queries as audit
from eventday.audit.queries import Wanted
from eventday.db import db, transaction
from eventday.places import editing, queries
from eventday.places.entries import EquipmentEntry, HamletEntry, HostEntry, SpaceEntry, Thing, VenueEntry
from eventday.programme import models as programme
from eventday.programme import queries as plans
from eventday.programme import removing
from eventday.programme.errors import PlaceGone, PlaceNeeded
from eventday.registrations import service, slots
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from eventday.workspace import removal
from eventday.workspace.removal import PlaceInUse
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot


def add(entry):
    return editing.add(COMMUNE, [entry], now=BEFORE)[0]


def make_room():
    """A room with its venue."""
    venue = add(VenueEntry(name="Nhà văn hóa"))
    return add(SpaceEntry(venue_id=venue, name="Hội trường", kind="hall")), venue


def uses(thing, thing_id):
    """Titles of what stands in the way."""
    with pytest.raises(PlaceInUse) as refused:
        removal.remove(COMMUNE, thing, thing_id, now=BEFORE)
    return [(use.title, use.cancelled) for use in refused.value.uses]


@pytest.mark.parametrize("entry", [HamletEntry(name="Thôn 1"), HostEntry(name="Đoàn xã"), EquipmentEntry(name="loa"), VenueEntry(name="Trường")])
def test_what_nothing_uses_is_deleted(each_app, entry):
    make_commune()
    removal.remove(COMMUNE, editing.thing_of(entry), add(entry), now=BEFORE)

    assert queries.entered(COMMUNE, editing.thing_of(entry)) == []


def test_slots_in_a_room_stand_in_the_way_of_it_and_of_its_venue(each_app):
    make_commune()
    room, venue = make_room()
    make_slot(title="Học VNeID", space_id=room)
    make_slot(title="An toàn mạng", space_id=room)

    assert uses(Thing.SPACE, room) == uses(Thing.VENUE, venue) == [("An toàn mạng", False), ("Học VNeID", False)]


def test_a_cancelled_slot_is_told_as_such(each_app):
    make_commune()
    room, _ = make_room()
    slot = make_slot(title="Học VNeID", space_id=room)
    with transaction() as session:
        session.execute(update(programme.Slot).where(programme.Slot.id == slot).values(cancelled_at=BEFORE))

    assert uses(Thing.SPACE, room) == [("Học VNeID", True)]


def test_an_organisation_and_equipment_that_activities_name_stay(each_app):
    make_commune()
    host, item = add(HostEntry(name="UBND Xã")), add(EquipmentEntry(name="máy chiếu"))
    make_slot(title="Học VNeID")
    with transaction() as session:
        session.execute(update(programme.Activity).values(equipment="2 Máy chiếu, loa"))

    assert uses(Thing.HOST, host) == uses(Thing.EQUIPMENT, item) == [("Học VNeID", False)]


def test_a_hamlet_that_people_named_stays(each_app):
    make_commune()
    hamlet = add(HamletEntry(name="Thôn 1"))
    people = (PersonRequest(name="Lô Thị Hà", slot_ids=(make_slot(),), hamlet_id=hamlet),)
    service.register(
        RegistrationRequest(event_id=make_event().id, commune_code=COMMUNE, phone="+84912345678", people=people, source=Source.WEB), now=BEFORE
    )

    with pytest.raises(PlaceInUse) as refused:
        removal.remove(COMMUNE, Thing.HAMLET, hamlet, now=BEFORE)
    assert refused.value.people == 1


def test_who_takes_a_room_at_the_same_moment_keeps_it(postgres_app):
    make_commune()
    room, _ = make_room()
    slot, taken = make_slot(), Event()

    def take():
        with postgres_app.app_context(), transaction() as session:
            session.execute(update(programme.Slot).where(programme.Slot.id == slot).values(space_id=room))
            taken.set()
            sleep(0.5)

    other = Thread(target=take)
    other.start()
    taken.wait(5)

    assert uses(Thing.SPACE, room) == []
    other.join()
    assert len(queries.spaces(COMMUNE)) == 1


@pytest.mark.parametrize("thing", [Thing.SPACE, Thing.VENUE])
def test_a_place_that_only_cancelled_slots_name_can_go_without_them(each_app, thing):
    make_commune()
    room, venue = make_room()
    slot = make_slot(title="Học VNeID", space_id=room)
    slots.cancel_slot(slot, now=BEFORE)

    removal.remove(COMMUNE, thing, room if thing is Thing.SPACE else venue, leave_cancelled=True, now=BEFORE)

    assert queries.spaces(COMMUNE) == []
    assert plans.slot(slot).space_id is None
    with pytest.raises(PlaceNeeded):
        slots.reopen_slot(make_event().id, COMMUNE, slot, now=BEFORE)


def left_room():
    """A room that is deleted, whose cancelled slots go without it, and a room beside it."""
    make_commune()
    room, venue = make_room()
    others = [add(SpaceEntry(venue_id=venue, name=f"Phòng {number}", kind="room")) for number in (1, 2)]
    left = [make_slot(space_id=room) for _ in range(3)]
    for slot in left:
        slots.cancel_slot(slot, now=BEFORE)
    return room, venue, others[0], left


def spaces_of(slot_ids):
    db.session.rollback()
    known = plans.slots_by_id(slot_ids)
    return [known[one].space_id if one in known else "gone" for one in slot_ids]


@pytest.mark.parametrize("thing", [Thing.SPACE, Thing.VENUE])
def test_a_place_put_back_stands_again_in_its_cancelled_slots(each_app, thing):
    room, venue, _, left = left_room()
    thing_id = room if thing is Thing.SPACE else venue
    removal.remove(COMMUNE, thing, thing_id, leave_cancelled=True, now=BEFORE)
    without = spaces_of(left)

    assert removal.restore(COMMUNE, thing_id, now=BEFORE) == 3
    assert (without, spaces_of(left)) == ([None] * 3, [room] * 3)
    slots.reopen_slot(make_event().id, COMMUNE, left[0], now=BEFORE)
    assert [entry.action for entry in audit.entries(COMMUNE, Wanted(kind="slot", subject_id=str(left[1])))] == [
        "changed",
        "changed",
        "cancelled",
        "added",
    ]


def test_a_slot_that_got_another_place_or_is_gone_is_left_as_it_is(each_app):
    room, _, other, left = left_room()
    removal.remove(COMMUNE, Thing.SPACE, room, leave_cancelled=True, now=BEFORE)
    with transaction() as session:
        session.execute(update(programme.Slot).where(programme.Slot.id == left[0]).values(space_id=other))
    removing.remove_occurrence(make_event().id, COMMUNE, left[1], keepers=(), now=BEFORE)

    assert removal.restore(COMMUNE, room, now=BEFORE) == 1
    assert spaces_of(left) == [other, "gone", room]


def test_who_gives_a_slot_another_place_at_that_moment_keeps_it(postgres_app):
    room, _, other, left = left_room()
    removal.remove(COMMUNE, Thing.SPACE, room, leave_cancelled=True, now=BEFORE)
    taken = Event()

    def take():
        with postgres_app.app_context(), transaction() as session:
            session.execute(update(programme.Slot).where(programme.Slot.id == left[0]).values(space_id=other))
            taken.set()
            sleep(0.5)

    thread = Thread(target=take)
    thread.start()
    taken.wait(5)

    assert removal.restore(COMMUNE, room, now=BEFORE) == 2
    thread.join()
    assert spaces_of(left) == [other, room, room]


def test_a_place_where_something_stands_stays_whatever_is_asked(each_app):
    make_commune()
    room, _ = make_room()
    slots.cancel_slot(make_slot(space_id=room), now=BEFORE)
    stands = make_slot(space_id=room)

    with pytest.raises(PlaceInUse) as refused:
        removal.remove(COMMUNE, Thing.SPACE, room, leave_cancelled=True, now=BEFORE)

    assert not refused.value.is_past
    assert plans.slot(stands).space_id == room


def test_a_slot_is_not_put_back_into_a_room_that_is_gone(each_app):
    make_commune()
    room, _ = make_room()
    removed_id = removing.remove_occurrence(make_event().id, COMMUNE, make_slot(space_id=room), keepers=(), now=BEFORE)
    removal.remove(COMMUNE, Thing.SPACE, room, now=BEFORE)

    with pytest.raises(PlaceGone):
        removing.restore(make_event().id, COMMUNE, removed_id, now=BEFORE)
    removal.restore(COMMUNE, room, now=BEFORE)
    removing.restore(make_event().id, COMMUNE, removed_id, now=BEFORE)
    assert [slot.space_id for slot in plans.slots(make_event().id, COMMUNE)] == [room]
