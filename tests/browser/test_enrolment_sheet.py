"""A scanner's code on paper: the square, what it is for and what to do, and nothing else of the page."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import problems
from tests.browser.pages import DESK
from tests.browser.served import Served

pytestmark = pytest.mark.browser
_SHOWN = """[...document.querySelectorAll('body > *, main > *')].filter(one => one.checkVisibility() && one.getClientRects().length && one.innerText?.trim())
  .map(one => one.className || one.id)"""


def test_a_code_stands_alone_on_its_sheet(served: Served, desk: Page) -> None:
    desk.goto(f"{served.url}{DESK}/may-quet")
    desk.get_by_label("Máy này tìm được người theo tên").check()
    desk.get_by_role("button", name="Tạo mã ghép").click()
    on_screen = problems(desk)
    desk.emulate_media(media="print")

    shown, sheet = desk.evaluate(_SHOWN), desk.locator(".enrolment")

    width = sheet.locator("svg").bounding_box()["width"]
    desk.emulate_media(media="screen")
    assert (on_screen, shown) == ([], ["page", "enrolment"])
    assert width > 400
    assert all(words in sheet.inner_text() for words in ("Xã Anh Sơn", "tìm người theo tên", "Dùng được đến", "Bấm “Ghép máy này”"))
