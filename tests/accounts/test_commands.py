import pytest

from eventday.access import queries, service
from eventday.access.domain import Grant, Place, Role
from eventday.kernel import clock
from tests.factories import make_commune


@pytest.fixture
def run(app):
    make_commune()
    return lambda *arguments: app.test_cli_runner().invoke(args=arguments)


def test_user_add_ends_with_the_sign_in_link(run):
    done = run("user", "add", "Ngan@xa.vn", "--role", "viewer", "--scope", "commune:17329")

    link = done.output.splitlines()[-1]
    assert (done.exit_code, link.rpartition("/")[0]) == (0, "http://127.0.0.1:8000/dang-nhap")
    session = service.sign_in(link.rpartition("/")[2], now=clock.now())
    assert list(queries.person_of_session(session, now=clock.now()).grants) == [Grant(Role.VIEWER, Place("40", "17329"))]


def test_without_a_scope_a_user_works_for_the_country(run):
    link = run("user", "add", "khuyen@bo.vn", "--role", "organiser").output.splitlines()[-1]

    session = service.sign_in(link.rpartition("/")[2], now=clock.now())
    assert list(queries.person_of_session(session, now=clock.now()).grants) == [Grant(Role.ORGANISER, Place())]


@pytest.mark.parametrize(("role", "expected"), [((), Role.ORGANISER), (("--role", "viewer"), Role.VIEWER)])
def test_api_token_add_ends_with_the_token_alone(run, role, expected):
    done = run("api-token", "add", "--scope", "province:40", *role)

    token = done.output.splitlines()[-1]
    assert done.exit_code == 0
    assert list(queries.person_of_token(token).grants) == [Grant(expected, Place("40"))]


def test_an_api_token_is_listed_until_it_is_revoked(run):
    token = run("api-token", "add", "--scope", "commune:17329").output.splitlines()[-1]
    listed = run("api-token", "list").output

    done = [run("api-token", "revoke", listed.split()[0]).exit_code for _ in range(2)]

    assert (listed.split()[1:3], done) == (["organiser", "commune:17329"], [0, 0])
    assert (run("api-token", "list").output, queries.person_of_token(token)) == ("", None)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("user", "add", "ngan@xa.vn", "--role", "viewer", "--scope", "commune:99999"), 1),
        (("api-token", "revoke", "00000000-0000-0000-0000-000000000000"), 1),
        (("api-token", "revoke", "x"), 2),
        (("user", "add", "ngan@xa.vn", "--role", "viewer", "--scope", "xa:17329"), 2),
        (("user", "add", "ngan@xa.vn", "--role", "king"), 2),
        (("user", "add", "ngan@xa.vn"), 2),
        (("user", "add", "ngan", "--role", "viewer"), 2),
        (("api-token", "add", "--scope", "province:99"), 1),
        (("api-token", "add", "--scope", "country"), 2),
        (("api-token", "add"), 2),
        (("api-token", "add", "--scope", "province:40", "--role", "desk"), 2),
    ],
)
def test_refusals_exit_with_one_and_wrong_usage_with_two(run, arguments, code):
    done = run(*arguments)

    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr
