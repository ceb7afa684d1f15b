"""On a phone a table of the desk is cards: nothing to push sideways, each cell with its word, and a table still to who listens."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import signed_in
from tests.browser.pages import DESK
from tests.browser.served import Served

pytestmark = pytest.mark.browser
WIDER = (
    "/lam-viec/tinh/40",
    "/lam-viec/tinh/40/ngay-hoi/ngay-hoi-2027/huy",
    "/lam-viec/tinh/40/ngay-hoi/ngay-hoi-2028/xoa",
    "/lam-viec?all=1",
)
DESKS = (
    f"{DESK}/ke-hoach",
    f"{DESK}/bao-cao",
    f"{DESK}/nguoi-tham-gia/trung",
    DESK + "/nguoi-tham-gia/gop?the={double}&the={twin}",
    DESK + "/nguoi-tham-gia/{slot}/in",
)
_PUSHED = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
_UNNAMED = """[...document.querySelectorAll('.table--cards td[data-label]')].filter(one => one.checkVisibility())
  .filter(one => !getComputedStyle(one, '::before').content.includes(one.dataset.label)).length"""


def _as_cards(page: Page, url: str) -> tuple[int, int]:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(url)
    return page.evaluate(_PUSHED), page.evaluate(_UNNAMED)


def _heard(page: Page) -> set[str]:
    """The roles on the page, as a screen reader is told."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return {node["role"]["value"] for node in tree["nodes"] if not node["ignored"]}


@pytest.mark.parametrize("path", DESKS)
def test_a_commune_s_tables_are_cards(served: Served, desk: Page, addresses: dict[str, str], path: str) -> None:
    shown = _as_cards(desk, served.url + path.format(**addresses))

    assert (shown, _heard(desk) >= {"table", "row", "columnheader", "rowheader", "cell"}) == ((0, 0), True)


@pytest.mark.parametrize("path", WIDER)
def test_a_province_s_tables_are_cards(served: Served, browser: Browser, path: str) -> None:
    page = signed_in(served, browser, "tinh@example.vn", "province:40")
    shown = _as_cards(page, served.url + path)

    assert (shown, _heard(page) >= {"table", "row", "columnheader", "rowheader", "cell"}) == ((0, 0), True)
