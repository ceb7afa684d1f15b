"""Every main page through axe, on a phone and at a desk; a new page of organisers must be among them."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import problems
from tests.browser.conftest import signed_in
from tests.browser.pages import COUNTRY, DESKS, NO_PAGES, RESIDENTS, WIDER, filled, shape
from tests.browser.served import Served

pytestmark = pytest.mark.browser


def test_each_organiser_s_page_is_held_to_axe(served: Served) -> None:
    rules = {filled(str(rule)) for rule in served.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and str(rule).startswith("/lam-viec")}
    files = {rule for rule in rules if rule.rpartition("/")[2] in NO_PAGES or rule.endswith(".pdf")}
    looked_at = {shape(path) for path in (*DESKS, *COUNTRY, *(f"/lam-viec/tinh/40{tail}" for tail in WIDER))}

    assert rules - files - looked_at == set()


@pytest.mark.parametrize("path", RESIDENTS)
def test_residents_pages_pass_axe(served: Served, browser: Browser, addresses: dict[str, str], path: str) -> None:
    page = browser.new_page(locale="vi-VN")
    page.goto(served.url + path.format(**addresses))

    found = problems(page)

    page.close()
    assert found == []


@pytest.mark.parametrize("path", ["/17329", "{form}", "{holder}"])
def test_residents_pages_are_dark_where_the_phone_is_and_pass_axe(served: Served, browser: Browser, addresses: dict[str, str], path: str) -> None:
    """All of them, and with large type: `python -m proofs.axe`."""
    page = browser.new_page(locale="vi-VN", color_scheme="dark")
    page.goto(served.url + path.format(**addresses))

    ground, found = page.evaluate("getComputedStyle(document.documentElement).backgroundColor"), problems(page)

    page.close()
    assert (ground, found) == ("rgb(18, 23, 28)", [])


@pytest.mark.parametrize("path", DESKS)
def test_desk_pages_pass_axe(served: Served, desk: Page, addresses: dict[str, str], path: str) -> None:
    desk.goto(served.url + path.format(**addresses))

    assert problems(desk) == []


@pytest.mark.parametrize("path", COUNTRY)
def test_the_country_s_pages_pass_axe(served: Served, browser: Browser, path: str) -> None:
    page = signed_in(served, browser, "nuoc@example.vn", "country")
    page.goto(served.url + path)

    assert problems(page) == []


@pytest.mark.parametrize("path", WIDER)
def test_a_province_s_pages_pass_axe(served: Served, browser: Browser, path: str) -> None:
    page = signed_in(served, browser, "tinh@example.vn", "province:40")
    page.goto(f"{served.url}/lam-viec/tinh/40{path}")

    assert problems(page) == []
