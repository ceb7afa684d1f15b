from dataclasses import replace

from flask import Flask

from eventday.kernel import clock
from eventday.places import queries
from eventday.places.domain import Profile, find_space
from eventday.places.entries import HamletEntry
from eventday.places.service import PlacesOf, save_places
from tests.factories import make_commune
from tests.places.samples import enter_sample_places, sample_places


def test_places_are_entered_once_and_read_back(each_app: Flask) -> None:
    code = make_commune()
    enter_sample_places(code)
    before = queries.spaces(code), queries.hamlets(code), queries.hosts(code), queries.equipment(code)

    enter_sample_places(code)

    assert (queries.spaces(code), queries.hamlets(code), queries.hosts(code), queries.equipment(code)) == before
    assert [len(part) for part in before] == [19, 24, 28, 20]
    assert find_space("Sân NVH xã", before[0]) is not None


def test_what_differs_is_changed_and_keeps_its_id(each_app: Flask) -> None:
    code = make_commune()
    enter_sample_places(code)
    hall = "Hội trường, Nhà văn hóa xã Anh Sơn"
    before = {space.full_name: space for space in queries.spaces(code)}
    larger = replace(sample_places().spaces[0], capacity=300)

    save_places(code, PlacesOf(spaces=(larger,)), now=clock.now())

    after = {space.full_name: space for space in queries.spaces(code)}
    assert after == before | {hall: replace(before[hall], capacity=300)}


def test_a_commune_sees_only_its_own(each_app: Flask) -> None:
    enter_sample_places(make_commune())
    other = make_commune("17365", "Xã Anh Sơn Đông")
    save_places(other, PlacesOf(hamlets=(HamletEntry(code="H01", name="Thôn Đông"),)), now=clock.now())

    assert [hamlet.name for hamlet in queries.hamlets(other)] == ["Thôn Đông"]
    assert queries.spaces(other) == []


def test_a_profile_is_empty_until_it_is_entered(each_app: Flask) -> None:
    code = make_commune()
    assert queries.profile(code) == Profile()

    save_places(code, PlacesOf(profile=Profile("Xã miền núi", "02383000000", "Một cửa")), now=clock.now())

    assert queries.profile(code) == Profile("Xã miền núi", "02383000000", "Một cửa")
