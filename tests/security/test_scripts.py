"""A script in whatever can be stored runs nowhere: in pages, on paper, in a workbook, behind a QR code (checklist C4)."""

import re
from io import BytesIO

import pypdf
import pytest

from eventday.access.domain import Role
from eventday.kernel import clock
from eventday.reports import passes, pdf
from eventday.reports import service as reports
from tests.conftest import _app
from tests.factories import BEFORE, COMMUNE, make_event
from tests.reports import reading
from tests.security.commune import furnish, upload_of
from tests.security.pages import running_in
from tests.security.table import ROWS
from tests.security.world import HERE, World, person_of

SCRIPT = "<script>alert(1)</script>{{7*7}}"
HANDLER = "\"'><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    passes.PATIENCE, patience = 0.01, passes.PATIENCE
    for app in _app(tmp_path_factory.mktemp("scripts") / "instance"):
        yield hostile_world(app)
    passes.PATIENCE = patience


def hostile_world(app):
    """A commune whose every text is a script, for its own people or for all."""
    clock.shift_to(BEFORE)
    make_event()
    made = furnish(app, COMMUNE, mark=SCRIPT, sign=HANDLER, phone="+84901234567")
    world = World(app, made, made)
    world.person(Role.ORGANISER, HERE)
    made.ids["upload"] = upload_of(app, made, person_of(f"organiser@commune-{COMMUNE}.vn"))
    return world


def urls_of(world):
    urls = [url for row in ROWS if row.method == "GET" for url in world.addresses(row.rule)]
    base = f"/lam-viec/{COMMUNE}/{make_event().code}"
    asked = [f"{base}/ke-hoach/nhap?tep={world.here.ids['upload']}", f"{base}/nguoi-tham-gia?slot={world.here.ids['slot']}"]
    return [*urls, *asked, f"{base}/nguoi-tham-gia?q={SCRIPT}", f"/?q={SCRIPT}", f"/{COMMUNE}?q={HANDLER}", f"/dang-nhap?next={HANDLER}"]


def test_no_page_has_a_script_of_what_was_stored_or_asked_for(world):
    browser, found, told = world.person(Role.ORGANISER, HERE), {}, 0
    for url in urls_of(world):
        answer = browser.get(url)
        if answer.mimetype == "text/html":
            told += answer.text.count("alert(1)")
            found[url] = running_in(answer.text)
            assert answer.text.count("&lt;/script&gt;") == answer.text.count("&lt;/script&gt;{{7*7}}"), url

    assert {url: running for url, running in found.items() if running} == {}
    assert (len(found) > 60, told > 200) == (True, True)


def test_a_form_sent_back_has_none(world):
    """What was typed stands in the page again."""
    browser = world.person(Role.ORGANISER, HERE)
    names = [
        "name",
        "title",
        "host",
        "text",
        "desk",
        "email",
        "q",
        "address",
        "code",
        "phone",
        "day",
        "start",
        "note",
        "speaker",
        "signer",
        "place",
        "link",
        "next",
        "slot",
        "tu",
    ]

    answers = [browser.post(world.address(row.rule), dict.fromkeys(names, HANDLER)) for row in ROWS if row.method == "POST" and row.is_page]

    pages = [answer.text for answer in answers if answer.mimetype == "text/html"]
    assert [running_in(page) for page in pages if running_in(page)] == []
    assert sum(page.count("alert(1)") for page in pages) > 20


def test_a_script_in_a_page_would_be_found():
    assert len(running_in(f'<p>{SCRIPT}<b title="{HANDLER}">')) == 2
    assert len(running_in("<a href=' javascript:alert(1)'>")) == 1


def test_on_paper_it_is_text(world):
    """WeasyPrint runs nothing; that it fetches nothing either is for the tests of paper."""
    told = reports.report(make_event().code, COMMUNE, now=clock.now())
    drawn = pdf.draw(told)
    text = reading.text(drawn)

    assert running_in(pdf.page(told)) == []
    assert pypdf.PdfReader(BytesIO(drawn)).attachments == {}
    assert re.sub(r"\s", "", SCRIPT) in re.sub(r"\s", "", text)
