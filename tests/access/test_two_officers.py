"""Two who do opposite things to one colleague, on both databases; and that a closed account stays closed to every link."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from eventday.access import people, queries, service, staff
from eventday.access.domain import Role
from eventday.access.service import LinkUsed
from eventday.audit import queries as audit
from eventday.audit.queries import Wanted
from eventday.db import db
from eventday.web.edits import Stale
from tests.access.test_people import EMAIL, HERE, THERE, grant_of, is_in, places, signed_in, somebody
from tests.conftest import MORNING
from tests.factories import COMMUNE

LATER = MORNING + timedelta(minutes=1)
__all__ = ["places"]


def shown():
    """What a page that somebody opens now remembers."""
    db.session.rollback()
    return next(one.stamp for one in staff.colleagues([HERE]) if one.email == EMAIL)


def is_locked():
    db.session.rollback()
    return next(one.disabled_at for one in staff.colleagues([HERE]) if one.email == EMAIL) is not None


def noted(*actions):
    db.session.rollback()
    return [one.action for one in audit.entries(COMMUNE, Wanted(kind="person")) if one.action in actions]


@pytest.fixture
def hoa(places):
    signed_in()


def disable(seen=None, now=MORNING):
    people.disable(somebody(), grant_of(), seen=seen, now=now)


def enable(seen=None, now=MORNING):
    people.enable(somebody(), grant_of(), seen=seen, now=now)


def test_locking_twice_locks_once(hoa):
    seen = shown()
    disable(seen)
    disable(seen)

    assert (is_locked(), noted("disabled")) == (True, ["disabled"])


def test_unlocking_twice_unlocks_once(hoa):
    disable()
    seen = shown()
    enable(seen)
    enable(seen)

    assert (is_locked(), noted("enabled")) == (False, ["enabled"])


def test_who_unlocks_what_was_locked_anew_is_told(hoa):
    disable()
    seen = shown()
    enable(seen)
    disable(now=LATER)

    with pytest.raises(Stale):
        enable(seen)
    assert is_locked()


@pytest.mark.parametrize("before", [disable, lambda: people.renew_link(somebody(), grant_of(), now=LATER)], ids=["locked", "another link"])
def test_who_sends_a_link_after_another_acted_is_told(hoa, before):
    seen = shown()
    before()

    with pytest.raises(Stale):
        people.renew_link(somebody(), grant_of(), seen=seen, now=LATER)


def test_a_link_that_another_has_just_made_goes_on_working(hoa):
    seen = shown()
    first = people.renew_link(somebody(), grant_of(), seen=seen, now=MORNING).link
    with pytest.raises(Stale):
        people.renew_link(somebody(), grant_of(), seen=seen, now=MORNING)

    assert queries.link_works(first, now=MORNING)


def test_who_removes_somebody_whose_role_was_changed_meanwhile_is_told(hoa):
    seen = shown()
    people.change_role(somebody(), grant_of(), Role.DESK, seen=seen, now=MORNING)

    with pytest.raises(Stale):
        people.remove(somebody(), grant_of(), seen=seen, now=MORNING)


def test_of_many_who_lock_and_unlock_at_once_each_change_is_noted_once(places, each_app):
    signed_in(scope=THERE)
    signed_in()
    by, grant, gate = somebody(), grant_of(), Barrier(8)
    service.add_person(EMAIL, Role.VIEWER, HERE, now=MORNING)

    def run(act):
        with each_app.app_context():
            gate.wait(10)
            act(by, grant, now=MORNING)
            db.session.remove()

    by.grants.append(somebody(place=queries.commune_place("17230")).grants[0])
    threads = [Thread(target=run, args=(act,)) for act in [people.disable, people.enable] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    told = noted("disabled", "enabled")[::-1]
    assert told == (["disabled", "enabled"] * 4)[: len(told)]
    assert is_locked() == (len(told) % 2 == 1)


@pytest.mark.parametrize("fresh", [True, False], ids=["made since", "made before"])
def test_a_disabled_person_s_link_is_refused(hoa, each_app, fresh):
    """By the command, which gives one to whoever it is asked for."""
    if fresh:
        disable()
    link = service.add_person(EMAIL, Role.VIEWER, HERE, now=MORNING)
    disable()

    assert not queries.link_works(link, now=MORNING)
    with pytest.raises(LinkUsed):
        service.sign_in(link, now=MORNING)
    assert each_app.test_client().get(f"/dang-nhap/{link}").status_code == 410


def test_a_link_made_while_closed_opens_once_the_account_is_open(hoa):
    disable()
    link = service.add_person(EMAIL, Role.VIEWER, HERE, now=MORNING)
    enable()

    assert is_in(service.sign_in(link, now=MORNING))


def test_who_is_let_in_elsewhere_while_disabled_gets_no_link(hoa):
    disable()
    invitation = people.invite(somebody(place=queries.province_place("40")), EMAIL, Role.VIEWER, THERE, now=MORNING)

    assert (invitation.link, invitation.is_locked) == (None, True)
