from datetime import timedelta

import pytest

from eventday.access import models, queries, service
from eventday.access.domain import Grant, Place, Role
from eventday.access.queries import UnknownScope
from eventday.access.service import EnrolmentUsed, LinkUsed
from eventday.db import db, transaction
from eventday.kernel.errors import NotFound
from tests.conftest import MORNING
from tests.factories import COMMUNE, make_commune, make_event

SCOPE = f"commune:{COMMUNE}"


def signed_in_session(email="ngan@xa.vn", role=Role.ORGANISER, now=MORNING):
    make_commune()
    return service.sign_in(service.add_person(email, role, SCOPE, now=now), now=now)


def test_a_link_signs_in_once(each_app):
    make_commune()
    link = service.add_person("Ngan@Xa.vn ", Role.ORGANISER, SCOPE, now=MORNING)

    session = service.sign_in(link, now=MORNING)

    person = queries.person_of_session(session, now=MORNING)
    assert (person.name, list(person.grants)) == ("ngan@xa.vn", [Grant(Role.ORGANISER, Place("40", COMMUNE))])
    with pytest.raises(LinkUsed):
        service.sign_in(link, now=MORNING)


def test_a_link_ends_after_half_an_hour(each_app):
    make_commune()
    link = service.add_person("ngan@xa.vn", Role.ORGANISER, SCOPE, now=MORNING)

    assert queries.link_works(link, now=MORNING + timedelta(minutes=29))
    with pytest.raises(LinkUsed):
        service.sign_in(link, now=MORNING + timedelta(minutes=30))


def test_secrets_are_not_stored(each_app):
    session = signed_in_session()

    stored = db.session.query(models.WebSession).one().secret_hash

    assert session.encode() not in stored
    assert len(stored) == 32


@pytest.mark.parametrize(("later", "known"), [(timedelta(hours=7, minutes=59), True), (timedelta(hours=8), False)])
def test_an_idle_session_ends_after_eight_hours(app, later, known):
    session = signed_in_session()

    assert (queries.person_of_session(session, now=MORNING + later) is not None) is known


def test_a_session_in_use_ends_after_seven_days(app):
    session = signed_in_session()
    for hours in range(6, 7 * 24, 6):
        service.touch_session(session, now=MORNING + timedelta(hours=hours))

    assert queries.person_of_session(session, now=MORNING + timedelta(days=7, minutes=-1))
    assert queries.person_of_session(session, now=MORNING + timedelta(days=7)) is None


def test_signing_out_ends_the_session_on_the_server(each_app):
    session = signed_in_session()

    service.sign_out(session, now=MORNING)

    assert queries.person_of_session(session, now=MORNING) is None


def test_a_person_who_was_disabled_is_out_with_the_next_request(app):
    session = signed_in_session()
    with transaction() as write:
        write.query(models.Person).update({"disabled_at": MORNING})

    assert queries.person_of_session(session, now=MORNING) is None


def test_a_new_role_at_the_same_place_takes_the_old_one_s_place(each_app):
    former = signed_in_session(role=Role.ORGANISER)

    session = service.sign_in(service.add_person("ngan@xa.vn", Role.VIEWER, SCOPE, now=MORNING), now=MORNING)

    assert queries.person_of_session(former, now=MORNING) is None
    assert list(queries.person_of_session(session, now=MORNING).grants) == [Grant(Role.VIEWER, Place("40", COMMUNE))]


@pytest.mark.parametrize("scope", ["commune:99999", "province:99", "village:1", ""])
def test_what_is_not_in_the_catalogue_is_no_scope(app, scope):
    make_commune()

    with pytest.raises(UnknownScope):
        service.add_person("ngan@xa.vn", Role.VIEWER, scope, now=MORNING)

    assert db.session.query(models.Person).count() == 0


def test_an_enrolment_code_makes_one_device(each_app):
    event = make_event()
    code = service.open_enrolment(event.id, COMMUNE, [], manual=True, now=MORNING)

    device = service.enrol(code.lower(), "Cổng chính", now=MORNING)

    known = queries.device_of_token(device.token)
    assert (known.id, known.name, known.commune, known.manual) == (device.id, "Cổng chính", COMMUNE, True)
    with pytest.raises(EnrolmentUsed):
        service.enrol(code, "Cổng sau", now=MORNING)


def test_a_revoked_device_is_unknown_with_its_next_request(each_app):
    event = make_event()
    device = service.enrol(service.open_enrolment(event.id, COMMUNE, [], manual=False, now=MORNING), "Cổng", now=MORNING)

    service.revoke_device(device.id, now=MORNING)

    assert queries.device_of_token(device.token) is None


def test_what_is_no_device_cannot_be_revoked(app):
    with pytest.raises(NotFound):
        service.revoke_device(make_event().id, now=MORNING)
