"""What is looked for is a program elsewhere, and words here (checklist G7)."""

import pytest

from eventday.kernel import clock
from tests.desk import sign_in
from tests.factories import BEFORE, COMMUNE, make_slot
from tests.registrations.people import registered

INJECTIONS = (
    "' OR '1'='1",
    "%' OR 1=1 --",
    "a' UNION SELECT email FROM people --",
    "1; DROP TABLE passes",
    "'||(SELECT hash FROM sessions)||'",
    "\\' OR 1=1#",
    "admin'/*",
)
LOOKING = ("/", f"/{COMMUNE}", f"/lam-viec/{COMMUNE}/ngay-hoi-2027/nguoi-tham-gia", f"/lam-viec/{COMMUNE}/ngay-hoi-2027/ke-hoach")
SIGNS = ("%", "_", "*", "%%%", "?", "'")


@pytest.fixture
def desk(each_app):
    """The browser of an organiser, and one person who is registered."""
    clock.shift_to(BEFORE)
    registered(make_slot(title="Lớp điện thoại"))
    return sign_in(each_app)


def test_what_is_looked_for_is_never_a_statement(desk):
    """It finds as much as a word that nobody has; signs alone as much as nothing typed, or nothing."""
    for path in LOOKING:
        nothing, everything = lines(desk, path, "khongco"), lines(desk, path, "")

        assert {lines(desk, path, injected) for injected in INJECTIONS} == {nothing}
        assert {lines(desk, path, sign) for sign in SIGNS} <= {nothing, everything}


def lines(desk, path, words):
    """How much a page lists."""
    answer = desk.get(path, query_string={"q": words})
    assert answer.status_code == 200
    return answer.text.count("<li") + answer.text.count("<tr")
