from datetime import timedelta

import pytest

from eventday.access import models, people, queries, service, sessions, staff
from eventday.access.domain import Grant, Person, Place, Role, answers_for, may_invite
from eventday.access.people import NotOnOneself, WorksHereAlready
from eventday.db import db
from eventday.kernel import ids
from eventday.kernel.errors import Forbidden, NotFound
from tests.conftest import MORNING
from tests.factories import COMMUNE, make_commune

NEXT_DOOR, FAR = "17230", "19774"
HERE, THERE, PROVINCE = f"commune:{COMMUNE}", f"commune:{NEXT_DOOR}", "province:40"
COUNTRY, NGHE_AN, ANH_SON, CON_CUONG = Place(), Place("40"), Place("40", COMMUNE), Place("40", NEXT_DOOR)
EMAIL = "hoa@xa.vn"


def somebody(role=Role.ORGANISER, place=ANH_SON):
    return Person(ids.new(), "Ngân", [Grant(role, place)])


@pytest.fixture
def places(each_app):
    make_commune()
    make_commune(NEXT_DOOR, "Xã Con Cuông")
    make_commune(FAR, "Phường Thuận Hóa", "46")


def signed_in(email=EMAIL, role=Role.VIEWER, scope=HERE):
    """(the person, the secret of their session)"""
    secret = service.sign_in(service.add_person(email, role, scope, now=MORNING), now=MORNING)
    return queries.person_of_session(secret, now=MORNING), secret


def grant_of(email=EMAIL, scope=HERE):
    return next(one.grant_id for one in staff.colleagues([scope]) if one.email == email)


def is_in(secret, now=MORNING):
    return queries.person_of_session(secret, now=now) is not None


@pytest.mark.parametrize(
    ("has", "at", "gives", "where", "expected"),
    [
        pytest.param(Role.ORGANISER, ANH_SON, Role.ORGANISER, ANH_SON, True, id="one's like at one's place"),
        pytest.param(Role.ORGANISER, NGHE_AN, Role.ORGANISER, ANH_SON, True, id="a province invites its communes"),
        pytest.param(Role.ORGANISER, ANH_SON, Role.VIEWER, NGHE_AN, False, id="nothing above one's place"),
        pytest.param(Role.ORGANISER, ANH_SON, Role.VIEWER, CON_CUONG, False, id="nothing next door"),
        pytest.param(Role.DESK, ANH_SON, Role.ORGANISER, ANH_SON, False, id="nothing above one's role"),
        pytest.param(Role.DESK, ANH_SON, Role.VIEWER, ANH_SON, False, id="a desk invites nobody"),
        pytest.param(Role.VIEWER, COUNTRY, Role.VIEWER, ANH_SON, False, id="a viewer of all invites nobody"),
    ],
)
def test_one_function_says_who_invites_whom(has, at, gives, where, expected):
    assert may_invite(somebody(has, at), gives, where) is expected


def test_one_answers_for_people_whose_every_right_one_could_give():
    commune, province = somebody(), somebody(place=NGHE_AN)
    both = [Grant(Role.VIEWER, ANH_SON), Grant(Role.VIEWER, CON_CUONG)]

    assert (answers_for(commune, both[:1]), answers_for(commune, both), answers_for(province, both)) == (True, False, True)


def test_an_invitation_is_a_link_for_three_days(places):
    invitation = people.invite(somebody(), " Hoa@Xa.vn", Role.DESK, HERE, name="Hoà", now=MORNING)

    session = service.sign_in(invitation.link, now=MORNING + timedelta(days=2, hours=23))
    person = queries.person_of_session(session, now=MORNING + timedelta(days=2, hours=23))
    assert (person.name, list(person.grants)) == ("Hoà", [Grant(Role.DESK, ANH_SON)])
    assert invitation.until == MORNING + timedelta(days=3)


@pytest.mark.parametrize(("by", "scope"), [(somebody(), THERE), (somebody(), PROVINCE), (somebody(), "country"), (somebody(Role.DESK), HERE)])
def test_nobody_invites_beyond_their_own(places, by, scope):
    with pytest.raises(Forbidden):
        people.invite(by, EMAIL, Role.VIEWER, scope, now=MORNING)

    assert db.session.query(models.Person).count() == 0


def test_inviting_somebody_of_more_places_gives_them_the_place_and_the_inviter_no_link(places):
    signed_in(role=Role.ORGANISER, scope=PROVINCE)

    invitation = people.invite(somebody(), EMAIL, Role.VIEWER, HERE, now=MORNING)

    assert invitation.link is None
    assert {one.scope for one in staff.colleagues([HERE, PROVINCE])} == {HERE, PROVINCE}


def test_an_invitation_to_who_is_here_already_changes_nothing(places):
    _, session = signed_in(role=Role.ORGANISER)

    with pytest.raises(WorksHereAlready):
        people.invite(somebody(), EMAIL, Role.VIEWER, HERE, now=MORNING)

    assert is_in(session)


def test_a_new_link_ends_the_one_before(places):
    first = people.invite(somebody(), EMAIL, Role.VIEWER, HERE, now=MORNING)

    second = people.renew_link(somebody(), grant_of(), now=MORNING)

    assert not queries.link_works(first.link, now=MORNING)
    assert queries.link_works(second.link, now=MORNING)


def test_no_link_is_given_for_somebody_with_rights_beyond_one_s_own(places):
    signed_in()
    signed_in(scope=THERE)

    with pytest.raises(Forbidden):
        people.renew_link(somebody(), grant_of(), now=MORNING)


def test_a_link_made_before_the_person_got_more_is_dead(places):
    invitation = people.invite(somebody(), EMAIL, Role.VIEWER, HERE, now=MORNING)

    people.invite(somebody(place=NGHE_AN), EMAIL, Role.ORGANISER, PROVINCE, now=MORNING)

    assert not queries.link_works(invitation.link, now=MORNING)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda by, grant: people.change_role(by, grant, Role.DESK, now=MORNING), id="another role"),
        pytest.param(lambda by, grant: people.remove(by, grant, now=MORNING), id="removed"),
        pytest.param(lambda by, grant: people.disable(by, grant, now=MORNING), id="disabled"),
    ],
)
def test_a_changed_right_ends_sessions_and_links_at_once(places, act):
    _, session = signed_in()
    link = people.renew_link(somebody(), grant_of(), now=MORNING).link

    act(somebody(), grant_of())

    assert (is_in(session), queries.link_works(link, now=MORNING)) == (False, False)


def test_a_disabled_person_gets_no_link_until_enabled(places):
    signed_in()
    people.disable(somebody(), grant_of(), now=MORNING)
    with pytest.raises(Forbidden):
        people.renew_link(somebody(), grant_of(), now=MORNING)

    people.enable(somebody(), grant_of(), now=MORNING)

    assert is_in(service.sign_in(people.renew_link(somebody(), grant_of(), now=MORNING).link, now=MORNING))


def test_a_removed_person_keeps_other_places(places):
    signed_in()
    signed_in(scope=THERE)

    people.remove(somebody(), grant_of(), now=MORNING)

    assert [one.scope for one in staff.colleagues([HERE, THERE])] == [THERE]


def test_nobody_acts_on_themselves(places):
    own, _ = signed_in(role=Role.ORGANISER)

    for act in (people.remove, people.disable, lambda *args, **kw: people.change_role(*args, Role.VIEWER, **kw)):
        with pytest.raises(NotOnOneself):
            act(own, grant_of(), now=MORNING)


@pytest.mark.parametrize("by", [somebody(Role.DESK), somebody(place=CON_CUONG), somebody(Role.VIEWER, COUNTRY)])
def test_others_people_are_left_alone(places, by):
    _, session = signed_in()

    for act in (people.remove, people.disable, people.enable, people.renew_link, lambda *args, **kw: people.change_role(*args, Role.DESK, **kw)):
        with pytest.raises(Forbidden):
            act(by, grant_of(), now=MORNING)
    assert is_in(session)


def test_disabling_needs_all_of_the_person_s_places(places):
    signed_in()
    _, session = signed_in(scope=THERE)

    with pytest.raises(Forbidden):
        people.disable(somebody(), grant_of(), now=MORNING)

    assert is_in(session)


def test_what_is_no_grant_is_not_found(places):
    with pytest.raises(NotFound):
        people.remove(somebody(), ids.new(), now=MORNING)


def test_sessions_are_listed_and_ended_one_by_one(places):
    person, first = signed_in()
    second = service.sign_in(service.add_person(EMAIL, Role.VIEWER, HERE, now=MORNING), now=MORNING, device="android chrome")

    listed = sessions.sessions_of(person.id, now=MORNING)
    sessions.end_one(person.id, sessions.id_of(second), now=MORNING)

    assert {one.device for one in listed} == {"", "android chrome"}
    assert (is_in(first), is_in(second)) == (True, False)


def test_nobody_ends_another_s_session(places):
    person, _ = signed_in()
    _, other = signed_in("khac@xa.vn")

    with pytest.raises(NotFound):
        sessions.end_one(person.id, sessions.id_of(other), now=MORNING)

    assert is_in(other)


def test_all_other_sessions_end_but_not_this_one(places):
    person, first = signed_in()
    link = service.add_person(EMAIL, Role.VIEWER, HERE, now=MORNING)
    second = service.sign_in(service.add_person(EMAIL, Role.VIEWER, HERE, now=MORNING), now=MORNING)

    ended = sessions.end_others(person.id, second, now=MORNING)

    assert (ended, is_in(first), is_in(second), queries.link_works(link, now=MORNING)) == (1, False, True, False)
