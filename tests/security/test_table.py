"""Every route asked by every role at every place, by nobody, by tokens and by devices (checklist B2, B3, B7, B8)."""

import pytest

from eventday.access.domain import Role
from tests.conftest import _app
from tests.factories import COMMUNE, make_event
from tests.security.table import ROWS, named
from tests.security.world import COVERS, ELSEWHERE, HERE, PROVINCE, make_world

LEVELS = {"viewer": 1, "desk": 2, "organiser": 3}
PAGES = [row for row in ROWS if row.is_page and row.who != "anybody"]
SCOPED = [row for row in PAGES if row.who != "person"]
BEARERS = [row for row in ROWS if not row.is_page and row.who != "anybody"]
MORE = {"role": "ORGANISER", "scope": "country", "commune_id": COMMUNE, "commune_code": COMMUNE, "event_id": "1", "is_admin": "1", "approved": "1"}
PEOPLE = [pytest.param(role, scope, id=f"{role.name.lower()} {scope}") for scope in COVERS for role in Role]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    for app in _app(tmp_path_factory.mktemp("table") / "instance"):
        yield make_world(app)


def test_each_route_stands_in_the_table_and_nothing_else(world):
    rules = {
        (method, named(rule.rule))
        for rule in world.app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }

    assert (rules - {(row.method, row.rule) for row in ROWS}, {(row.method, row.rule) for row in ROWS} - rules) == (set(), set())
    assert len(ROWS) == len({(row.method, row.rule) for row in ROWS})


def _refusal(row, role, scope):
    """What a person is told instead: 404 outside their scope, 403 where only the right is missing, None where they may."""
    if row.place not in COVERS[scope]:
        return 404
    return None if role >= LEVELS[row.who] else 403


@pytest.mark.parametrize(("role", "scope"), PEOPLE)
def test_what_a_person_may_not_is_refused_and_changes_nothing(world, role, scope):
    browser = world.person(role, scope)
    refused = [row for row in SCOPED if _refusal(row, role, scope)]
    before = world.everything()

    answers = {row: _asked(world, browser, row).status_code for row in refused}

    assert {(row.method, row.rule, status) for row, status in answers.items() if status != _refusal(row, role, scope)} == set()
    assert world.everything() == before


@pytest.mark.parametrize(("role", "scope"), PEOPLE)
def test_what_a_person_may_is_not_refused(world, role, scope):
    """A form without its token gets as far as being asked for it, and no farther."""
    browser = world.person(role, scope)
    allowed = [row for row in PAGES if row.who == "person" or not _refusal(row, role, scope)]

    wrong = {(row.method, row.rule, told) for row in allowed if (told := _kept_out(world, browser, row))}

    assert wrong == set()


def _kept_out(world, browser, row):
    answer = browser.client.open(world.address(row.rule), method=row.method)
    if row.method == "GET":
        return answer.status_code if answer.status_code in ({401, 403} if row.by_id else {401, 403, 404}) or answer.status_code >= 500 else None
    return None if answer.status_code == 403 and "lần đăng nhập trước" in answer.text else answer.status_code


def _asked(world, browser, row):
    """With the person's own form token, and with fields that nobody asked for."""
    url = world.address(row.rule)
    return browser.get(url) if row.method == "GET" else browser.post(url, MORE)


@pytest.mark.parametrize("bearer", [None, ("organiser", PROVINCE), ("device", HERE)])
def test_on_pages_nobody_and_bearers_are_sent_to_sign_in(world, bearer):
    headers = world.bearer(*bearer) if bearer else {}
    before = world.everything()

    answers = {row: world.app.test_client().open(world.address(row.rule), method=row.method, headers=headers) for row in PAGES}

    assert {(row.rule, answer.status_code) for row, answer in answers.items() if answer.status_code != (302 if row.method == "GET" else 401)} == set()
    assert all(answer.location.startswith("/dang-nhap?next=/lam-viec") for row, answer in answers.items() if row.method == "GET")
    assert world.everything() == before


def test_for_nobody_and_for_browsers_there_is_no_interface(world):
    clients = [world.app.test_client(), world.person(Role.ORGANISER, "country").client]

    statuses = {client.open(world.address(row.rule), method=row.method).status_code for client in clients for row in BEARERS}

    assert statuses == {401}


@pytest.mark.parametrize("scope", [HERE, PROVINCE, f"commune:{ELSEWHERE}", "province:46"])
@pytest.mark.parametrize("kind", ["viewer", "organiser", "device"])
def test_bearers_reach_their_own_and_no_more(world, kind, scope):
    if kind == "device" and not scope.startswith("commune"):
        scope = f"commune:{COMMUNE}"
    refused = [row for row in BEARERS if not _bearer_may(row, kind, scope)]
    world.bearer(kind, scope)
    before = world.everything()

    answers = {row: _called(world, row, kind, scope).status_code for row in refused}

    assert refused
    assert {(row.method, row.rule, status) for row, status in answers.items() if status not in (403, 404)} == set()
    assert world.everything() == before


@pytest.mark.parametrize("scope", [HERE, PROVINCE])
@pytest.mark.parametrize("kind", ["viewer", "organiser"])
def test_tokens_are_not_kept_from_their_own(world, kind, scope):
    allowed = [row for row in BEARERS if row.method == "GET" and _bearer_may(row, kind, scope)]

    assert {(row.rule, _called(world, row, kind, scope).status_code) for row in allowed} == {(row.rule, 200) for row in allowed}
    assert allowed


def _bearer_may(row, kind, scope):
    """A device is of its own commune: what it sends is about that, whatever it names."""
    if kind == "device":
        return "device" in row.who and (scope == HERE or "<" not in row.rule)
    asked = row.who.removeprefix("token ").partition(" ")[0]
    return asked in LEVELS and LEVELS[kind] >= LEVELS[asked] and "commune" in COVERS[scope]


def _called(world, row, kind, scope):
    event, slot = make_event().code, world.here.ids["slot"]
    body = {"event": event, "phone": "0912345679", "consent": True, "people": [{"name": "Lê Thị Lan", "slots": [slot]}]}
    given = {"json": body} if row.method == "POST" else {}
    return world.app.test_client().open(world.address(row.rule), method=row.method, headers=world.bearer(kind, scope), **given)
