"""The desk by keyboard alone: one person after another, the cursor back in the first field; who waits is listed in order, with why."""

import re
from collections.abc import Iterator
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.kernel import clock
from tests.browser.served import Served, serve
from tests.factories import make_event, make_slot

pytestmark = pytest.mark.browser
DESK = "/lam-viec/17329/ngay-hoi-2027/nguoi-tham-gia"
PEOPLE = ("Lê Thị Hoa", "Trần Văn Bình", "Nguyễn Thị Chín", "Lô Văn Dũng", "Vi Thị Én")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("keyboard") / "instance", "2027-09-28T08:00:00+07:00") as one:
        make_event()
        yield one


def _at_desk(served: Served, browser: Browser) -> Page:
    secret = access.add_person("ban@example.vn", Role.DESK, "commune:17329", now=clock.now())
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    page.goto(f"{served.url}/dang-nhap/{secret}")
    page.locator("main form button").click()
    return page


def _focus(page: Page) -> tuple[str, str]:
    """Where the cursor is, and what stands there."""
    return tuple(page.evaluate("[document.activeElement.id, document.activeElement.value]"))


def _type(page: Page, name: str, year: str) -> None:
    """As the form's own words say: the name, Tab, the year, Enter."""
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(year)
    with page.expect_navigation(url=re.compile("vua=")):
        page.keyboard.press("Enter")


def test_ten_people_a_minute_by_keyboard_and_the_rest_wait_in_order(served: Served, browser: Browser) -> None:
    slot, page = make_slot(capacity=3), _at_desk(served, browser)
    page.goto(f"{served.url}{DESK}/them?slot={slot}")
    began = monotonic()
    for name in PEOPLE:
        assert _focus(page) == ("name", "")
        _type(page, name, "1980")
        assert name in page.locator(".notice--good").inner_text()
    assert (monotonic() - began) / len(PEOPLE) < 6

    page.goto(f"{served.url}{DESK}?slot={slot}&loai=cho")
    rows = page.locator("tbody tr").all_inner_texts()
    assert [name in row for name, row in zip(PEOPLE[3:], rows, strict=True)] == [True, True]
    assert ["Thứ 1: đăng ký lúc" in rows[0], "Thứ 2: đăng ký lúc" in rows[1], "sau 1 người chờ khác" in rows[1]] == [True] * 3


def test_what_is_wrong_is_reached_by_keyboard_too(served: Served, browser: Browser) -> None:
    page = browser.contexts[0].pages[0]
    page.goto(f"{served.url}{DESK}/them")
    page.keyboard.type("Cháu Bình")
    page.keyboard.press("Tab")
    page.keyboard.type("2019")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert _focus(page)[0] == "guardian"
    page.keyboard.type("Lê Thị Mai")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    with page.expect_navigation(url=re.compile("vua=")):
        page.keyboard.press("Enter")
    assert "Cháu Bình" in page.locator(".notice--good").inner_text()
