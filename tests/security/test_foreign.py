"""Another commune's things: not found, and told from nothing by nobody (checklist B2, B3, B4)."""

import re
from uuid import uuid4

import pytest

from eventday.access.domain import Role
from tests.factories import COMMUNE
from tests.security.table import ROWS
from tests.security.test_table import MORE, SCOPED
from tests.security.world import ELSEWHERE

NAMING = [row for row in ROWS if row.is_page and row.by_id and "<commune:code>" in row.rule]
NOWHERE = {"code": "99999", "province": "99", "chain": "99"}


def asked(browser, row, url):
    """Without what differs from one answer to the next, and without the ids and codes that were asked for."""
    answer = browser.get(url) if row.method == "GET" else browser.post(url, MORE)
    return answer.status_code, answer.location, bare(answer.data.decode(errors="replace").replace(url, ""))


def bare(page):
    ids = "|".join((COMMUNE, ELSEWHERE, "99999", r"/tinh/\d\d", r"[0-9a-f]{8}-[0-9a-f-]{27}", r"[0-9a-f]{32}"))
    return re.sub(rf"nonce=\"[^\"]*\"|value=\"[^\"]*\"|{ids}", "", page)


def random_ids(ids):
    """Of each kind one that does not exist, of the same shape."""
    return {kind: uuid4().hex if kind == "upload" else "2" * 16 if kind == "logo" else str(uuid4()) for kind in ids}


def test_a_foreign_commune_is_one_that_does_not_exist(world):
    browser = world.person(Role.ORGANISER, f"commune:{ELSEWHERE}")

    differing = {
        (row.method, url)
        for row in SCOPED
        for url, nowhere in zip(world.addresses(row.rule), world.addresses(row.rule, **NOWHERE), strict=True)
        if asked(browser, row, url) != asked(browser, row, nowhere)
    }

    assert differing == set()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_thing_at_one_s_own_address_is_one_that_does_not_exist(world, method):
    """With every right at one's own place: the same 404, to the letter, and nothing changes."""
    browser, own = world.person(Role.ORGANISER, f"commune:{ELSEWHERE}"), {"code": ELSEWHERE}
    rows = [row for row in NAMING if row.method == method]
    absent = random_ids(world.here.ids)
    before = world.everything()

    answers = {
        (row.rule, url): (asked(browser, row, url), asked(browser, row, nothing))
        for row in rows
        for url, nothing in zip(world.addresses(row.rule, **own), world.addresses(row.rule, absent, **own), strict=True)
    }

    assert len(answers) > len(rows) > 10
    assert {(url, foreign[:2], none[:2]) for url, (foreign, none) in answers.items() if foreign != none or foreign[0] != 404} == set()
    assert world.everything() == before


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_one_s_own_things_are_found_at_one_s_own_address(world, method):
    """Else the walk above would find nothing whatever it asks for."""
    browser = world.person(Role.ORGANISER, f"commune:{ELSEWHERE}")
    rows = [row for row in NAMING if row.method == method and not row.rule.endswith("/tep")]  # whose file it is, is a person's (test_jobs)

    found = {
        (row.rule, url): browser.client.open(url, method=method).status_code
        for row in rows
        for url in world.addresses(row.rule, world.there.ids, code=ELSEWHERE)
    }

    assert {(url, status) for url, status in found.items() if status not in ((200, 503) if method == "GET" else (403, 422))} == set()
