import pytest

from eventday.access import queries
from eventday.access import service as access
from eventday.access.domain import Grant, Place, Role
from eventday.accounts import service
from eventday.app import create_app
from eventday.config import Settings
from tests.conftest import MORNING


def test_the_local_organiser_is_one_of_the_whole_country(each_app):
    first, second = service.local_organiser_link(MORNING), service.local_organiser_link(MORNING)

    assert first.startswith("http://127.0.0.1:8000/dang-nhap/")
    assert first != second
    person = queries.person_of_session(access.sign_in(service.secret_of(first), now=MORNING), now=MORNING)
    assert list(person.grants) == [Grant(Role.ORGANISER, Place())]


def test_nobody_is_let_in_where_the_day_is_real(tmp_path):
    app = create_app(Settings(instance=tmp_path, public_url="https://ngayhoi.example"))

    with app.app_context(), pytest.raises(RuntimeError):
        service.local_organiser_link(MORNING)


@pytest.mark.parametrize(
    ("text", "path"),
    [("/lam-viec", "/lam-viec"), ("/lam-viec?q=a", "/lam-viec?q=a"), ("", None), ("lam-viec", None), ("//x", None), ("/\\x", None), ("/a\nb", None)],
)
def test_only_own_paths_are_gone_to(text, path):
    assert service.local_path(text) == path


@pytest.mark.parametrize("pasted", ["abc-_9", " abc-_9\n", "http://127.0.0.1:8000/dang-nhap/abc-_9", "127.0.0.1:8000/dang-nhap/abc-_9/"])
def test_a_secret_is_found_in_what_was_pasted(pasted):
    assert service.secret_of(pasted) == "abc-_9"
