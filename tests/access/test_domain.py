import pytest

from eventday.access.domain import Grant, Person, Place, Role, knows_of, may
from eventday.kernel import ids

COUNTRY, NGHE_AN, ANH_SON = Place(), Place(province="40"), Place(province="40", commune="17329")
CON_CUONG, HUE = Place(province="40", commune="17230"), Place(province="46", commune="19774")


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        pytest.param(COUNTRY, ANH_SON, True, id="the country has every commune"),
        pytest.param(COUNTRY, COUNTRY, True, id="the country has itself"),
        pytest.param(NGHE_AN, ANH_SON, True, id="a province has its communes"),
        pytest.param(NGHE_AN, HUE, False, id="but not another's"),
        pytest.param(NGHE_AN, COUNTRY, False, id="nor the country"),
        pytest.param(ANH_SON, ANH_SON, True, id="a commune has itself"),
        pytest.param(ANH_SON, CON_CUONG, False, id="not its neighbour"),
        pytest.param(ANH_SON, NGHE_AN, False, id="nor its province"),
    ],
)
def test_a_place_contains_what_lies_in_it(outer, inner, expected):
    assert outer.contains(inner) is expected


@pytest.mark.parametrize(
    ("granted", "at", "asked", "where", "expected"),
    [
        pytest.param(Role.ORGANISER, ANH_SON, Role.ORGANISER, ANH_SON, True, id="the role itself"),
        pytest.param(Role.ORGANISER, ANH_SON, Role.VIEWER, ANH_SON, True, id="a higher role may do what a lower may"),
        pytest.param(Role.DESK, ANH_SON, Role.ORGANISER, ANH_SON, False, id="a lower role may not"),
        pytest.param(Role.ORGANISER, ANH_SON, Role.VIEWER, CON_CUONG, False, id="not next door"),
        pytest.param(Role.VIEWER, NGHE_AN, Role.VIEWER, ANH_SON, True, id="a province's viewer reads its communes"),
        pytest.param(Role.ORGANISER, ANH_SON, Role.VIEWER, NGHE_AN, False, id="a commune's organiser is nobody in the province"),
    ],
)
def test_one_function_decides(granted, at, asked, where, expected):
    person = Person(ids.new(), "Ngân", [Grant(granted, at)])

    assert may(person, asked, where) is expected


def test_grants_do_not_add_up_across_places():
    person = Person(ids.new(), "Ngân", [Grant(Role.ORGANISER, CON_CUONG), Grant(Role.VIEWER, ANH_SON)])

    assert not may(person, Role.ORGANISER, ANH_SON)
    assert knows_of(person, ANH_SON)
    assert not knows_of(person, HUE)
