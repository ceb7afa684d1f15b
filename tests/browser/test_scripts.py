"""Every page in a browser, with a script in whatever is stored: nothing runs, and the content policy is never touched (checklist C3, C4)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.kernel import clock
from tests.browser.served import Served, serve
from tests.factories import COMMUNE, make_event
from tests.security.commune import Furnished, furnish
from tests.security.table import ROWS
from tests.security.test_scripts import HANDLER, SCRIPT
from tests.security.world import HERE, World

pytestmark = pytest.mark.browser
TOLD = "document.addEventListener('securitypolicyviolation', one => console.error(`violated ${one.violatedDirective} ${one.blockedURI}`))"
FILES = (".pdf", ".png", ".ics", ".webp", ".json", "/tai-ve", "/danh-dau", "/healthz")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Furnished]]:
    with serve(tmp_path_factory.mktemp("scripts") / "instance", "2027-09-28T08:00:00+07:00") as one:
        make_event()
        yield one, furnish(one.app, COMMUNE, mark=SCRIPT, sign=HANDLER, phone="+84901234567")


@pytest.fixture
def page(served: tuple[Served, Furnished]) -> Iterator[Page]:
    """A signed-in browser that tells what its pages tried."""
    secret = access.add_person("can-bo@example.vn", Role.ORGANISER, HERE, now=clock.now())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = chromium.new_page(locale="vi-VN")
        page.goto(f"{served[0].url}/dang-nhap/{secret}")
        page.locator("main form button").click()
        yield page
        chromium.close()


def test_nothing_that_was_stored_runs(served: tuple[Served, Furnished], page: Page) -> None:
    tried: list[str] = []
    page.add_init_script(TOLD)
    page.on("dialog", lambda dialog: (tried.append(f"{page.url} {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda told: tried.append(f"{page.url} {told.text}") if "violated" in told.text else None)
    world = World(served[0].app, served[1], served[1])
    urls = [world.address(row.rule) for row in ROWS if row.method == "GET" and row.is_page and not row.rule.endswith(FILES)]

    for url in [url for url in urls if not url.startswith("/static")]:
        page.goto(served[0].url + url, wait_until="load")

    assert tried == []
    assert len(urls) > 50
