"""What is on a pass tells nobody anything and opens nothing (checklist B9, F1)."""

from itertools import pairwise

import pytest

from eventday.kernel import clock
from eventday.registrations import passes, service
from tests.factories import BEFORE, make_slot
from tests.registrations.people import a_request, person, registered


@pytest.fixture
def client(app):
    clock.shift_to(BEFORE)
    return app.test_client()


def test_the_code_on_a_pass_opens_no_page_of_its_holder(client):
    (issued,) = registered(make_slot())
    changed = issued.secret[:-1] + ("A" if issued.secret[-1] != "A" else "B")

    assert client.get(f"/p/{issued.secret}").status_code == 200
    assert {client.get(f"/p/{tried}").status_code for tried in (issued.code, issued.token, str(issued.id), changed)} == {404}


def test_codes_have_no_order_and_no_pattern(app):
    codes = [passes.check(one.code) for one in service.register(a_request(*(person() for _ in range(400))), now=BEFORE)]

    assert (len(codes), len(set(codes))) == (400, 400)
    assert 0.4 < sum(one < two for one, two in pairwise(codes)) / len(codes) < 0.6
    assert [len({code[place] for code in codes}) for place in range(7)] == [32] * 7


def test_a_code_says_the_same_of_whoever_has_it(app):
    """All 74 bytes: format and key, 64 random bits, the signature over them and the event."""
    (one,) = service.register(a_request(person(name="Nguyễn Thị Hoà", birth_year=1950), phone="+84912345678"), now=BEFORE)
    (two,) = service.register(a_request(person(name="Vi Văn A"), phone=None), now=BEFORE)

    assert len(one.token) == len(two.token) == passes.TOKEN_LENGTH
    assert one.token[:3] == two.token[:3]
