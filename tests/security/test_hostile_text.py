"""Hostile text in each field of each form (checklist B4): an answer and no failure, nothing that runs, and an error that says where it is."""

import re

import pytest

from eventday.access.domain import Role
from eventday.kernel.text import fold
from tests.security.forms import forms_after, forms_seen, one_of_each_kind, restore, snapshot
from tests.security.pages import running_in

RUNS = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
# One of each kind of harm; all of `proofs.naughty` are sent to a real server by `python -m proofs.crawl`.
TEXTS = (
    RUNS,
    b"a\x00\x08\x1b[31m\xff\xfe\xed\xa0\x80",
    "\r\nX-Born: 1\u202e\ufeff\u0301１²٣½",
    "32/13/0000",
    "=1+{{7*7}}%(x)s%s'; DROP TABLE passes; --../../etc/passwd",
    "Ả" * 3_000,
    "",
)
# What a browser sends unasked; that a foreign one is refused is for the tests of forms.
OURS = {"csrf_token"}


@pytest.fixture(scope="module")
def answers(world):
    """(form, field, text) → status and page, of each form's own address and of where it leads."""
    browser, seen, found = world.person(Role.ORGANISER, "country"), forms_seen(world, "country"), {}
    forms = [(*one, None) for one in one_of_each_kind(seen)] + list(forms_after(world, seen, "country").values())
    start, cookie = snapshot(), browser.client.get_cookie("eventday").value
    for url, form, before, name, text in ((*one, name, text) for one in forms for name in one[1].choices.keys() - OURS for text in TEXTS):
        if before:
            browser.client.post(before[0], data=dict(before[1].fields))
        answer = browser.client.post(url, data=dict(form.fields) | {name: text})
        after = browser.get(answer.headers["Location"]) if answer.status_code == 303 else answer
        found[url, name, text] = (answer.status_code, after.status_code, after.text if after.mimetype == "text/html" else "")
        if answer.status_code < 400 or before:
            restore(start)
            browser.client.set_cookie("eventday", cookie)
    return found


def test_no_text_makes_a_form_fail(answers):
    failed = {case: told[:2] for case, told in answers.items() if max(told[:2]) >= 500}

    assert len(answers) > 1000
    assert failed == {}


def test_what_was_typed_comes_back_as_text(answers):
    shown = [page for _, _, page in answers.values() if "alert(1)" in page]

    assert len(shown) > 50
    assert [running_in(page) for page in shown if running_in(page)] == []


def test_each_line_of_a_summary_names_its_field_and_leads_to_it(answers):
    pages = {case: page for case, (_, _, page) in answers.items() if 'class="summary"' in page}
    astray = {(case[0], *line) for case, page in pages.items() for line in summary_of(page) if not names_and_leads(page, *line)}

    assert len({path for path, _, _ in pages}) > 15
    assert astray == set()


def summary_of(page):
    """The lines above a form: (id that it leads to, its words)."""
    return re.findall(r'<li><a href="#([^"]+)">(.*?)</a>', page.partition('class="summary"')[2].partition("</ul>")[0])


def names_and_leads(page, target, words):
    label = re.search(
        rf'<label[^>]* for="{re.escape(target)}"[^>]*>(.*?)</label>|<fieldset[^>]* id="{re.escape(target)}"[^>]*><legend>(.*?)</legend>', page, re.S
    )
    known = fold(re.sub("<[^>]*>", " ", label[1] or label[2])) if label else "-"
    return f' id="{target}"' in page and (known in fold(words) or "so dien thoai" in fold(words))


def test_a_line_that_names_nothing_would_be_found():
    page = '<label for="a">Sức chứa</label><input id="a">'

    assert names_and_leads(page, "a", "Sức chứa: hãy ghi một số.")
    assert not names_and_leads(page, "a", "Hãy ghi một số.")
    assert not names_and_leads(page, "b", "Sức chứa: hãy ghi một số.")
