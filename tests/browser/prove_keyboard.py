"""A family registers, and an officer mends and imports a plan, by keyboard alone: `python -m proofs.axe`. The desk: test_desk_by_keyboard.py."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from eventday.config import PROJECT
from tests.browser.axe import problems
from tests.browser.keys import fill, follow, reach, tick
from tests.browser.pages import DESK
from tests.browser.served import Served

pytestmark = pytest.mark.browser
PLANS = PROJECT / "tests" / "data"


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_family_registers_and_gives_a_place_back(served: Served, browser: Browser, addresses: dict[str, str], scripts: bool) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740}, locale="vi-VN", java_script_enabled=scripts)
    page.goto(f"{served.url}{addresses['activity']}")
    follow(page, "Đăng ký")
    fill(page, "Số điện thoại", "0912 345 678")
    fill(page, "Họ và tên", "Nguyễn Thị Hoà")
    fill(page, "Năm sinh", "2014")
    follow(page, "Thêm người")
    fill(page, "people-1-name", "Nguyễn Văn Nghĩa")
    follow(page, "Đăng ký ")
    expect(page.locator(".summary")).to_be_visible()
    follow_errors(page)
    expect(page).to_have_url(re.compile("/p/[0-9A-Z]{26}$"))
    follow(page, "Hủy chỗ này")
    follow(page, "Hủy chỗ")
    expect(page.get_by_text("Nguyễn Thị Hoà").first).to_be_visible()
    page.close()


def follow_errors(page: Page) -> None:
    """What the form still asks of a child and its adult, each come to by the line that tells it."""
    fill(page, "Cha, mẹ hoặc người giám hộ", "Trần Văn Thắng")
    for box in page.locator("main input[type=checkbox]").all():
        tick(page, str(box.get_attribute("id")))
    follow(page, "Đăng ký ")


def test_an_officer_mends_a_plan_and_imports_it(served: Served, desk: Page) -> None:
    desk.goto(f"{served.url}{DESK}/ke-hoach/nhap")
    choose(desk, PLANS / "ke-hoach-06-co-loi.xlsx")
    follow(desk, "Đọc tệp và xem trước")
    wrong = desk.locator("button[name=bo]").count()
    assert wrong
    follow(desk, "Bỏ")
    expect(desk.locator("#da-bo")).to_be_visible()
    assert problems(desk) == []
    desk.goto(f"{served.url}{DESK}/ke-hoach/nhap")
    choose(desk, PLANS / "ke-hoach-01-chuan.xlsx")
    follow(desk, "Đọc tệp và xem trước")
    follow(desk, "Nhập ")
    expect(desk.get_by_role("link", name="Xem kế hoạch")).to_be_visible()


def choose(page: Page, file: Path) -> None:
    reach(page, "file")
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Space")
    asked.value.set_files(file)
