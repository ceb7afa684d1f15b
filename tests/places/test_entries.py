"""Whether a name is free, and what becomes of names (eventday.places.entries)."""

from dataclasses import replace
from datetime import time
from uuid import UUID

import pytest

from eventday.kernel import ids
from eventday.places.domain import Space
from eventday.places.entries import (
    EquipmentEntry,
    HamletEntry,
    HostEntry,
    Known,
    NameTaken,
    SpaceEntry,
    VenueEntry,
    keep_former_name,
    next_code,
    of_json,
    refuse_taken,
    refuse_taken_space,
    to_json,
)


def space(name: str, venue: str = "Nhà văn hóa xã Anh Sơn", aliases: tuple[str, ...] = ()) -> Space:
    return Space(ids.new(), "17329", venue, name, f"{name}, {venue}", "hall", 100, 0, time(7), time(21), aliases)


def known(entry: object) -> Known:
    return Known(ids.new(), entry)


HALL = space("Hội trường", aliases=("HT nhà văn hóa",))


@pytest.mark.parametrize(
    ("entry", "other", "field"),
    [
        (HamletEntry(name="thôn 03"), HamletEntry(name="Thôn 3", code="H03"), "name"),
        (HamletEntry(name="Thôn 4", code="h03"), HamletEntry(name="Thôn 3", code="H03"), "code"),
        (HamletEntry(name="Thôn 4", aliases=("Khối 9", "Bản Vều")), HamletEntry(name="Thôn 9", aliases=("bản vều",)), "aliases"),
        (HostEntry(name="Uỷ ban nhân dân xã"), HostEntry(name="UBND xã"), "name"),
        (HostEntry(name="Công an", aliases=("VNPT",)), HostEntry(name="Bưu điện", aliases=("vnpt",)), "aliases"),
        (VenueEntry(name="NHÀ VĂN HOÁ XÃ"), VenueEntry(name="Nhà văn hóa xã"), "name"),
        (EquipmentEntry(name="Máy tính"), EquipmentEntry(name="máy  tính"), "name"),
    ],
)
def test_a_name_that_another_has_is_refused_at_its_field(entry, other, field):
    with pytest.raises(NameTaken) as refused:
        refuse_taken(entry, [known(other)])

    assert (refused.value.pointer, refused.value.facts["by"]) == (field, other.name)


def test_names_that_differ_are_free():
    refuse_taken(HamletEntry(name="Thôn 4", aliases=("Khối 4",)), [known(HamletEntry(name="Thôn 3", aliases=("Khối 3",)))])


@pytest.mark.parametrize(
    ("mine", "field"),
    [
        (space("Phòng 1", aliases=("ht NHÀ VĂN HOÁ",)), "aliases"),
        (space("hội trường"), "name"),
        (space("Phòng 1", aliases=("Nhà văn hóa xã Anh Sơn, hội trường",)), "aliases"),
        (space("HT", venue="nhà văn hóa"), "name"),
        (replace(space("Phòng 1"), full_name="HT nhà văn hóa"), "full_name"),
    ],
)
def test_a_spelling_that_finds_another_space_is_refused(mine, field):
    with pytest.raises(NameTaken) as refused:
        refuse_taken_space(mine, [HALL])

    assert (refused.value.pointer, refused.value.facts["by"]) == (field, HALL.full_name)


def test_rooms_of_one_name_in_two_venues_are_two():
    refuse_taken_space(space("Hội trường", venue="Trường THCS Anh Sơn"), [HALL])


def test_codes_go_on_after_the_highest():
    assert [next_code("H", codes) for codes in ([], ["H01", "H09"], ["V12", "H7", "Hx"], ["H99"])] == ["H01", "H10", "H08", "H100"]


@pytest.mark.parametrize("kind", [HamletEntry, HostEntry])
def test_who_is_renamed_is_still_found_by_the_former_name(kind):
    renamed = keep_former_name(kind(name="Thôn Mới", aliases=("A",)), kind(name="Thôn Cũ"))

    assert renamed.aliases == ("A", "Thôn Cũ")


def test_a_name_written_better_is_no_other_name():
    assert keep_former_name(HamletEntry(name="Thôn 3"), HamletEntry(name="thôn 03")).aliases == ()


def test_columns_survive_json():
    columns = vars(SpaceEntry(venue_id=UUID(int=7), name="Sân", kind="yard", opens=time(6, 30), aliases=("S",)))

    assert of_json(to_json(columns)) == columns
