"""Text that is a program elsewhere is text here: in SQL, in templates, in paths, in JSON of another shape (checklist G7, G8, G12, G13)."""

import pytest

from eventday.access.domain import Role
from eventday.kernel import clock
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_slot
from tests.registrations.people import registered
from tests.security.table import ROWS
from tests.security.world import HERE

INJECTIONS = (
    "' OR '1'='1",
    "%' OR 1=1 --",
    "a' UNION SELECT email FROM people --",
    "1; DROP TABLE passes",
    "'||(SELECT hash FROM sessions)||'",
    "\\' OR 1=1#",
    "admin'/*",
)
SIGNS = ("%", "_", "*", "%%%", "?", "'")
NOT_A_BODY = ("[]", "7", '"x"', "null", '{"a": NaN}', "[" * 5000, "{" * 5000, '{"people": {"a": []}, "event": [[]], "phone": 1e308}', "")
DRAWN = (".pdf", ".png", "danh-dau", "tep")  # files: they ask nothing
API = [row for row in ROWS if not row.is_page]


@pytest.fixture
def desk(each_app):
    """The browser of an organiser, and one person who is registered."""
    clock.shift_to(BEFORE)
    registered(make_slot(title="Lớp điện thoại"))
    return sign_in(each_app)


@pytest.mark.parametrize(
    "path", ["/", f"/{COMMUNE}", f"/lam-viec/{COMMUNE}/ngay-hoi-2027/nguoi-tham-gia", f"/lam-viec/{COMMUNE}/ngay-hoi-2027/ke-hoach"]
)
def test_what_is_looked_for_is_never_a_statement(desk, path):
    """It finds as much as a word that nobody has; signs alone as much as nothing typed, or nothing."""
    nothing, everything = lines(desk, path, "khongco"), lines(desk, path, "")

    assert {lines(desk, path, injected) for injected in INJECTIONS} == {nothing}
    assert {lines(desk, path, sign) for sign in SIGNS} <= {nothing, everything}


def lines(desk, path, words):
    """How much a page lists."""
    answer = desk.get(path, query_string={"q": words})
    assert answer.status_code == 200
    return answer.text.count("<li") + answer.text.count("<tr")


@pytest.mark.parametrize("kind", ["organiser", "device"])
def test_json_of_another_shape_is_refused_in_words(world, kind):
    bearer, before = world.bearer(kind, HERE) | {"Content-Type": "application/json"}, world.everything()
    urls = [world.address(row.rule) for row in API if row.method in ("POST", "PUT", "PATCH", "DELETE")]

    answers = {(url, sent[:9]): world.app.test_client().post(url, data=sent, headers=bearer) for url in urls for sent in NOT_A_BODY}

    assert len(urls) > 4
    assert {case: answer.status_code for case, answer in answers.items() if not 400 <= answer.status_code < 500} == {}
    assert {answer.mimetype for answer in answers.values()} == {"application/problem+json"}
    assert changed(world.everything(), before) == []


def test_what_is_asked_twice_or_in_another_shape_fails_nowhere(world):
    """Each address with its own questions doubled, made a list, negative, endless."""
    odd = ["slot=1&slot=2&q=a&q=b&ngay=1&ngay=2&sau=%00", "slot[]=1&q=%FF&sau=-1&cursor=x&cursor=y&ngay=NaN&trang=99999999999999999999"]
    urls = [url for row in ROWS if row.method == "GET" for url in world.addresses(row.rule)[:1] if not row.rule.endswith(DRAWN)]
    browser = world.person(Role.ORGANISER, "country")

    failed = {(url, more) for url in urls for more in odd if browser.get(f"{url.partition('?')[0]}?{more}").status_code >= 500}

    assert failed == set()


def changed(after, before):
    """Rows that differ, but for when a bearer was heard of last."""
    return [row for row in set(after) ^ set(before) if not row.startswith(("devices: ", "api_tokens: "))]
