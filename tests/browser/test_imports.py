"""Imports that the worker reads: the page that waits, what it leads to, and the preview on a phone."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from eventday.imports import export
from eventday.programme import queries as programme
from tests.browser.axe import problems
from tests.browser.pages import DESK
from tests.browser.served import Served
from tests.imports.test_large import work
from tests.imports.test_mending import book_of, row

pytestmark = pytest.mark.browser
PUSHED = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
WIDTH = "document.documentElement.scrollWidth"


def upload(page: Page, served: Served, data: bytes, folder: Path) -> None:
    """Send a workbook to the page that imports plans."""
    file = folder / "ke-hoach.xlsx"
    file.write_bytes(data)
    page.goto(f"{served.url}{DESK}/ke-hoach/nhap")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Đọc tệp và xem trước").click()


def long_plan() -> bytes:
    return book_of(*(row(f"Hội nghị {n}", people="nhiều" if n < 60 else 50, place="", start="", end="") for n in range(210)))


def without_scripts(desk: Page, browser: Browser) -> Page:
    """The same person in a browser that runs none."""
    context = browser.new_context(locale="vi-VN", java_script_enabled=False)
    context.add_cookies(desk.context.cookies())
    return context.new_page()


def test_the_page_that_waits_passes_axe_and_leads_on_by_itself(served: Served, desk: Page, tmp_path: Path) -> None:
    desk.set_viewport_size({"width": 360, "height": 740})
    upload(desk, served, long_plan(), tmp_path)
    waiting = desk.get_by_role("heading", name="Máy chủ đang đọc tệp").count(), desk.evaluate(WIDTH), problems(desk)
    work()
    expect(desk.get_by_role("heading", name="Chưa nhập: 60 ô cần sửa")).to_be_visible(timeout=20_000)

    assert (waiting, "tep=" in desk.url, problems(desk)) == ((1, 360, []), True, [])


def test_it_leads_on_without_scripts(served: Served, desk: Page, browser: Browser, tmp_path: Path) -> None:
    page = without_scripts(desk, browser)
    upload(page, served, long_plan(), tmp_path)
    expect(page.get_by_text("Đang chờ đến lượt")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="Chưa nhập: 60 ô cần sửa")).to_be_visible(timeout=20_000)

    page.get_by_role("button", name="Tải tệp có đánh dấu lỗi").click()

    expect(page.get_by_role("heading", name="Đánh dấu ô cần sửa trong tệp kế hoạch")).to_be_visible()


def test_a_file_that_the_worker_could_not_read_passes_axe(served: Served, desk: Page, tmp_path: Path) -> None:
    upload(desk, served, long_plan().replace(b"xl/workbook.xml", b"xl/wOrkbook.xml"), tmp_path)
    work()
    expect(desk.get_by_text("Tệp này bị hỏng")).to_be_visible(timeout=20_000)

    assert (desk.get_by_role("link", name="Tải tệp lên lại").count(), problems(desk)) == (1, [])


def test_what_changes_is_told_in_cards(served: Served, desk: Page, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(export.plan_file(export.own_rows(programme.event("ngay-hoi-2027"), "17329"))))
    for number in range(2, 9):
        book.worksheets[0].cell(number, 12, "Cả xã")
        book.worksheets[0].cell(number, 14, "Bà Nguyễn Thị Thanh Hương, Trưởng phòng Văn hóa – Xã hội")
    made = BytesIO()
    book.save(made)
    desk.set_viewport_size({"width": 360, "height": 740})
    upload(desk, served, made.getvalue(), tmp_path)

    assert desk.locator("#doi .table--cards .turns > div").count() == 14
    assert (desk.evaluate(PUSHED), desk.evaluate(WIDTH), problems(desk)) == (0, 360, [])
