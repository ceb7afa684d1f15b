from uuid import UUID

import pytest

from eventday.registrations import domain
from eventday.registrations.domain import PersonRequest, Source

EVENT = UUID(int=7)


@pytest.mark.parametrize(
    ("birth_year", "guardian", "child_agrees", "expected"),
    [
        pytest.param(None, None, None, [], id="without a year an adult"),
        pytest.param(2011, None, None, [], id="sixteen answers for itself"),
        pytest.param(2012, None, None, ["guardian_required", "child_agreement_required"], id="fifteen"),
        pytest.param(2020, "Lê Thị Hoa", None, ["child_agreement_required"], id="seven is asked too"),
        pytest.param(2020, "Lê Thị Hoa", True, [], id="seven, both agree"),
        pytest.param(2021, "Lê Thị Hoa", None, [], id="six is not asked"),
        pytest.param(2021, "  ", None, ["guardian_required"], id="an empty guardian is none"),
        pytest.param(2028, None, None, ["invalid"], id="not born yet"),
        pytest.param(1906, None, None, ["invalid"], id="over 120"),
    ],
)
def test_who_must_agree_depends_on_age(birth_year, guardian, child_agrees, expected):
    one = PersonRequest(name="An", birth_year=birth_year, guardian=guardian, child_agrees=child_agrees)

    assert [code for _, code in domain.check_people([one], 2027)] == expected


@pytest.mark.parametrize(("name", "expected"), [("An", []), ("", [("/people/0/name", "required")]), ("123", [("/people/0/name", "invalid")])])
def test_a_name_has_a_letter(name, expected):
    assert domain.check_people([PersonRequest(name=name)], 2027) == expected


def test_identity_follows_folded_name_phone_and_year():
    one = domain.identity(EVENT, "+84912345678", "Nguyễn Văn An", 1980, Source.API)

    assert domain.identity(EVENT, "+84912345678", "NGUYEN  VAN AN", 1980, Source.IMPORT) == one
    assert domain.identity(EVENT, "+84912345679", "Nguyễn Văn An", 1980, Source.API) != one
    assert domain.identity(EVENT, "+84912345678", "Nguyễn Văn An", None, Source.API) != one


@pytest.mark.parametrize(("phone", "source"), [("+84912345678", Source.WEB), ("+84912345678", Source.WALK_IN), (None, Source.DESK)])
def test_the_form_the_gate_and_people_without_a_phone_always_make_a_new_pass(phone, source):
    assert domain.identity(EVENT, phone, "Nguyễn Văn An", 1980, source) is None
