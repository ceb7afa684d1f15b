"""Changing a commune's things one at a time, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from eventday.db import transaction
from eventday.places import editing, queries
from eventday.places.domain import Profile, find_hamlet
from eventday.places.entries import EquipmentEntry, HamletEntry, HostEntry, NameTaken, NoSuchThing, SpaceEntry, Thing, VenueEntry
from eventday.web.edits import Stale, stamp
from tests.factories import BEFORE, COMMUNE, make_commune
from tests.places.samples import enter_sample_places


def add(*entries):
    return editing.add(COMMUNE, entries, now=BEFORE)


def remove(thing, thing_id, now=BEFORE):
    with transaction() as session:
        editing.lock(session, COMMUNE)
        editing.remove_in(session, COMMUNE, thing, thing_id, now)


def restore(thing_id, now=BEFORE):
    with transaction() as session:
        editing.restore_in(session, COMMUNE, thing_id, now=now)


def make_venue():
    """A venue with two rooms."""
    (venue,) = add(VenueEntry(name="Nhà văn hóa thôn 1", address="Thôn 1, Anh Sơn"))
    return venue, *add(SpaceEntry(venue_id=venue, name="Hội trường", kind="hall"), SpaceEntry(venue_id=venue, name="Sân", kind="yard"))


@pytest.fixture(autouse=True)
def commune(each_app):
    return make_commune()


def test_everything_can_be_entered_from_nothing():
    make_venue()
    add(HamletEntry(name="Thôn 1"), HamletEntry(name="Thôn 2"), HostEntry(name="Đoàn xã"), EquipmentEntry(name="loa", unit="bộ", in_commune=3))

    assert [hamlet.code for hamlet in queries.hamlets(COMMUNE)] == ["H01", "H02"]
    assert [space.full_name for space in queries.spaces(COMMUNE)] == ["Hội trường, Nhà văn hóa thôn 1", "Sân, Nhà văn hóa thôn 1"]
    assert queries.profile_and_addresses(COMMUNE) == (Profile(), {"Nhà văn hóa thôn 1": "Thôn 1, Anh Sơn"})


def test_of_several_all_or_none_are_added():
    with pytest.raises(NameTaken):
        add(HamletEntry(name="Thôn 1"), HamletEntry(name="thôn 01"))

    assert queries.hamlets(COMMUNE) == []


@pytest.mark.parametrize("thing", list(Thing))
def test_each_thing_of_the_sample_commune_can_be_saved_as_it_is(thing):
    enter_sample_places()
    known = queries.entered(COMMUNE, thing)

    for one in known:
        editing.change(COMMUNE, one.id, one.entry, seen=stamp(one.entry), now=BEFORE)

    assert queries.entered(COMMUNE, thing) == known


def test_a_venue_s_new_name_stands_in_its_rooms_full_names():
    venue, *_ = make_venue()

    editing.change(COMMUNE, venue, VenueEntry(name="Nhà văn hóa Đồng Tiến", code="V01"), seen=None, now=BEFORE)

    assert [space.full_name for space in queries.spaces(COMMUNE)] == ["Hội trường, Nhà văn hóa Đồng Tiến", "Sân, Nhà văn hóa Đồng Tiến"]


def test_a_renamed_hamlet_is_found_by_both_names():
    (hamlet,) = add(HamletEntry(name="Khối Vều"))

    editing.change(COMMUNE, hamlet, HamletEntry(name="Thôn Đồng Tiến", code="H01"), seen=None, now=BEFORE)

    assert {found.id for text in ("khối vều", "Đồng Tiến") if (found := find_hamlet(text, queries.hamlets(COMMUNE)))} == {hamlet}


def test_who_saves_second_is_told_and_changes_nothing():
    (host,) = add(HostEntry(name="Đoàn xã"))
    shown = queries.one(COMMUNE, Thing.HOST, host).entry
    editing.change(COMMUNE, host, replace(shown, kind="đoàn thể"), seen=stamp(shown), now=BEFORE)

    with pytest.raises(Stale):
        editing.change(COMMUNE, host, replace(shown, aliases=("ĐTN",)), seen=stamp(shown), now=BEFORE)

    assert queries.one(COMMUNE, Thing.HOST, host).entry == HostEntry(name="Đoàn xã", kind="đoàn thể")


def test_a_venue_goes_with_its_rooms_and_comes_back_with_them():
    venue, *_ = make_venue()
    before = queries.venues(COMMUNE)

    remove(Thing.VENUE, venue)
    gone = queries.venues(COMMUNE)
    restore(venue)

    assert gone == []
    assert queries.venues(COMMUNE) == before


def test_a_day_later_nothing_is_put_back():
    (host,) = add(HostEntry(name="Đoàn xã"))
    remove(Thing.HOST, host)

    with pytest.raises(NoSuchThing):
        restore(host, BEFORE + timedelta(hours=25))


def test_what_has_lost_its_name_to_another_is_not_put_back():
    (host,) = add(HostEntry(name="Đoàn xã"))
    remove(Thing.HOST, host)
    add(HostEntry(name="ĐOÀN XÃ"))

    with pytest.raises(NameTaken):
        restore(host)


def test_another_commune_s_thing_does_not_exist():
    venue, *_ = make_venue()
    other = make_commune("17365", "Xã Anh Sơn Đông")

    with pytest.raises(NoSuchThing):
        editing.change(other, venue, VenueEntry(name="Của tôi"), seen=None, now=BEFORE)
    with pytest.raises(NoSuchThing):
        editing.add(other, [SpaceEntry(venue_id=venue, name="Phòng", kind="room")], now=BEFORE)
