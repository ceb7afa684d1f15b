"""Every route, asked by nobody, by people of another commune, by viewers and by organisers of this one."""

import re
from dataclasses import dataclass
from uuid import uuid4

import pytest
from werkzeug.routing import Rule

from eventday.access import service
from eventday.access.domain import Role
from eventday.kernel import clock
from eventday.web.rules import rule_of
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_commune, make_event, make_slot

ELSEWHERE = "17230"
SAMPLES = {"code": COMMUNE, "event": "ngay-hoi-2027", "province": "40", "chain": "40", "slug": "thon", "filename": "css/desk.css"}
# What is asked for stands in the form or the query: without it there is no such thing.
NAMED_IN_FORM = {"workspace.restore_logo", "workspace.copy_plan", "workspace.show_merge", "workspace.merge_people", "workspace.restore_staff"}


@dataclass(frozen=True)
class Call:
    """One method of one route that asks for somebody, with the role it asks for."""

    endpoint: str
    method: str
    url: str
    who: str
    role: Role | None
    by_id: bool


@pytest.fixture
def calls(app):
    """All of them, each with arguments that fit its address; ids are of nothing that exists."""
    clock.shift_to(BEFORE)
    make_event()
    make_slot()
    make_commune(ELSEWHERE, "Xã Con Cuông")
    return [call for rule in app.url_map.iter_rules() for call in _calls_of(app, rule) if call.who != "anybody"]


def _calls_of(app, rule: Rule) -> list[Call]:
    found = rule_of(app.view_functions[rule.endpoint])
    if found is None:
        return []
    arguments = {name: SAMPLES.get(name, str(uuid4())) for name in rule.arguments}
    by_id = bool(rule.arguments - SAMPLES.keys()) or rule.endpoint in NAMED_IN_FORM
    with app.test_request_context():
        url = app.url_map.bind("127.0.0.1").build(rule.endpoint, arguments, method=next(iter(rule.methods - {"HEAD", "OPTIONS"})))
    role = Role[found.role] if found.role else None
    return [Call(rule.endpoint, method, url, found.who, role, by_id) for method in sorted(rule.methods - {"HEAD", "OPTIONS"})]


def _pages(calls):
    return [call for call in calls if call.who == "person"]


def _api(calls):
    return [call for call in calls if call.who != "person"]


def test_the_walk_meets_pages_and_interfaces(calls):
    assert {"workspace.show_home", "workspace.publish_plan", "accounts.sign_out"} <= {call.endpoint for call in _pages(calls)}
    assert {"registrations_api.create_registrations", "checkins_api.create_checkins"} <= {call.endpoint for call in _api(calls)}


def test_nobody_is_sent_to_sign_in_and_changes_nothing(app, calls):
    answers = {call: app.test_client().open(call.url, method=call.method) for call in _pages(calls)}

    assert {call for call, answer in answers.items() if answer.status_code != (302 if call.method == "GET" else 401)} == set()
    assert all(answer.location.startswith("/dang-nhap?next=/lam-viec") for call, answer in answers.items() if call.method == "GET")


def test_an_ended_session_is_nobody_s(app, calls):
    desk = sign_in(app)
    desk.post("/dang-xuat")

    assert {call.endpoint for call in _pages(calls) if desk.client.open(call.url, method=call.method).status_code not in (302, 401)} == set()


def test_for_people_of_another_commune_there_is_nothing_here(app, calls):
    stranger = sign_in(app, Role.ORGANISER, f"commune:{ELSEWHERE}")
    scoped = [call for call in _pages(calls) if call.role]

    answers = {(call.method, call.url): _open(stranger, call).status_code for call in scoped}

    assert len(answers) >= 10
    assert set(answers.values()) == {404}


def test_a_foreign_thing_looks_like_one_that_is_not_there(app, calls):
    stranger = sign_in(app, Role.ORGANISER, f"commune:{ELSEWHERE}")

    foreign, absent = (stranger.get(f"/lam-viec/{code}/ngay-hoi-2027") for code in (COMMUNE, "99999"))

    assert foreign.status_code == absent.status_code == 404
    assert _without_address(foreign.text) == _without_address(absent.text)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DESK, Role.ORGANISER])
def test_a_role_does_what_is_its_own_and_no_more(app, calls, role):
    desk = sign_in(app, role)
    scoped = [call for call in _pages(calls) if call.role and COMMUNE in call.url]

    answers = {call: _open(desk, call).status_code for call in scoped}

    too_much = {call.url for call, status in answers.items() if call.role > role and status not in ((403, 404) if call.by_id else (403,))}
    kept_out = {call.url for call, status in answers.items() if call.role <= role and status in ((401, 403) if call.by_id else (401, 403, 404))}
    assert (too_much, kept_out) == (set(), set())


def test_an_organiser_changes_nothing_without_the_form_token(app, calls):
    desk = sign_in(app)
    changing = [call for call in _pages(calls) if call.method != "GET"]

    answers = {call.url: desk.client.open(call.url, method=call.method) for call in changing}

    assert {url for url, answer in answers.items() if answer.status_code not in (403, 404)} == set()
    assert "lần đăng nhập trước" in answers[f"/lam-viec/{COMMUNE}/ngay-hoi-2027/ke-hoach/cong-bo"].text


def test_a_cross_site_form_is_refused(app, calls):
    desk = sign_in(app)
    changing = [call for call in _pages(calls) if call.method != "GET"]

    statuses = {desk.post(call.url, headers={"Sec-Fetch-Site": "cross-site"}).status_code for call in changing}

    assert statuses == {403}


def test_the_interface_knows_nobody_without_a_bearer(app, calls):
    client = app.test_client()
    answers = [
        client.open(call.url, method=call.method, headers=headers)
        for call in _api(calls)
        for headers in ({}, {"Authorization": "Bearer nobody"}, {"Authorization": "Basic bm9ib2R5"})
    ]

    assert len(answers) >= 15
    assert {(answer.status_code, answer.mimetype, answer.json["code"]) for answer in answers} == {(401, "application/problem+json", "unauthorized")}
    assert all(answer.headers["WWW-Authenticate"] == "Bearer" for answer in answers)


def test_a_browser_s_session_is_no_bearer(app, calls):
    desk = sign_in(app, scope="country")

    assert {desk.client.open(call.url, method=call.method).status_code for call in _api(calls)} == {401}


def test_a_viewer_s_token_changes_nothing(app, calls):
    token = service.add_api_token(Role.VIEWER, f"commune:{COMMUNE}", now=clock.now())
    more = [call for call in _api(calls) if call.who == "device" or call.role is Role.ORGANISER]

    statuses = {_bearing(app, token, call).status_code for call in more}

    assert len(more) >= 5
    assert statuses == {403}


def test_a_device_reaches_its_own_routes_only(app, calls):
    code = service.open_enrolment(make_event().id, COMMUNE, [], manual=False, now=clock.now())
    token = service.enrol(code, "Cổng", now=clock.now()).token

    reached = {call.endpoint for call in _api(calls) if _bearing(app, token, call).status_code != 403}

    assert reached == {call.endpoint for call in _api(calls) if "device" in call.who}
    assert len(reached) <= 5


def _without_address(page):
    return re.sub(rf'nonce="[^"]*"|{COMMUNE}|99999', "", page)


def _open(desk, call):
    return desk.get(call.url) if call.method == "GET" else desk.post(call.url)


def _bearing(app, token, call):
    return app.test_client().open(call.url, method=call.method, headers={"Authorization": f"Bearer {token}"})


def test_asking_for_the_headers_alone_leads_to_the_sign_in_too(app):
    assert app.test_client().head("/lam-viec").status_code == 302
