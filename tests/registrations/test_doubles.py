from uuid import UUID

import pytest

from eventday.kernel.text import fold
from eventday.registrations import service, suspects
from eventday.registrations.doubles import Candidate, Double, Reason, alike, doubles, groups
from tests.factories import BEFORE, COMMUNE, make_commune, make_event
from tests.registrations.people import a_request, person


def people(*told):
    return [Candidate(UUID(int=number), fold(name), year, phone) for number, (name, year, phone) in enumerate(told, 1)]


def reasons(*told):
    return [(double.one.int, double.other.int, double.reason) for double in doubles(people(*told))]


def test_the_same_name_and_year_are_likely_one_person_whatever_the_phone():
    assert reasons(("Lê Thị Ánh", 1960, "+84912345678"), ("LE THI ANH", 1960, None)) == [(1, 2, Reason.SAME_NAME_AND_YEAR)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Lê Ánh", 1960, None), ("Lê Ánh", 1961, None)),
        (("Lê Ánh", None, None), ("Lê Ánh", None, None)),
        (("Lê Ánh", 1960, "+84912345678"), ("Lê Bình", 1960, "+84912345678")),
    ],
)
def test_others_are_not(one, other):
    assert reasons(one, other) == []


def test_one_phone_and_an_alike_name_are_likely_one_person():
    assert reasons(("Nguyễn Thị Ánh", 1960, "+84912345678"), ("Nguyễn Ánh", None, "+84912345678")) == [(1, 2, Reason.SAME_PHONE_ALIKE_NAME)]
    assert reasons(("Lê Ánh", None, "+84912345678"), ("Lê Ánh", 1960, "+84912345678")) == [(1, 2, Reason.SAME_PHONE_AND_NAME)]
    assert reasons(("Lê Ánh", 1930, "+84912345678"), ("Lê Ánh", 1960, "+84912345678")) == []


def test_a_pair_is_told_once_and_a_crowd_is_no_double():
    assert len(reasons(("Lê Ánh", 1960, "+84912345678"), ("Lê Ánh", 1960, "+84912345678"))) == 1
    assert reasons(*[("Nguyễn Thị Lan", 1960, None)] * 9) == []


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("nguyen thi anh", "nguyen anh", True),
        ("nguyen thi anh", "nguyen thi anhh", True),
        ("nguyen thi anh", "nguyen thi ann", True),
        ("nguyen van an", "nguyen thi an", False),
        ("anh", "thi anh", False),
        ("le an", "le am", False),
    ],
)
def test_names_that_may_be_one(one, other, answer):
    assert alike(one, other) is alike(other, one) is answer


def test_pairs_that_hang_together_are_one_group():
    ids = [UUID(int=number) for number in range(6)]
    pairs = [Double(ids[one], ids[other], Reason.SAME_NAME_AND_YEAR) for one, other in ((0, 1), (2, 3), (4, 5), (1, 4))]

    assert [sorted(one.int for one in group) for group in groups(pairs)] == [[0, 1, 4, 5], [2, 3]]


def test_a_commune_s_likely_doubles_are_listed_and_nobody_else_s(each_app):
    make_commune("17365", "Xã Khác")
    for _ in range(2):
        service.register(a_request(person(name="Lê Thị Ánh", birth_year=1960)), now=BEFORE)

    found = suspects.likely_doubles(make_event().id, COMMUNE)

    assert [([one.view.name for one in group.people], group.reasons) for group in found] == [(["Lê Thị Ánh"] * 2, (Reason.SAME_NAME_AND_YEAR,))]
    assert suspects.likely_doubles(make_event().id, "17365") == []
