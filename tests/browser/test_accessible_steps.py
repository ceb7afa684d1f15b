"""Pages that one comes to by steps, through axe: a sheet that is mended, a colleague, an online room."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page
from sqlalchemy import update

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.config import PROJECT
from eventday.db import transaction
from eventday.kernel import clock
from eventday.programme import models, removing
from eventday.programme import queries as programme
from eventday.programme.domain import Kind
from eventday.registrations import slots as slot_changes
from tests.browser.axe import problems
from tests.browser.pages import DESK
from tests.browser.served import Served
from tests.checkins.gate import a_pass
from tests.factories import NOON, make_slot

pytestmark = pytest.mark.browser


def _upload_what_is_wrong(desk: Page, served: Served) -> None:
    desk.goto(f"{served.url}{DESK}/ke-hoach/nhap")
    desk.set_input_files("#file", PROJECT / "tests" / "data" / "ke-hoach-06-co-loi.xlsx")
    desk.locator("main form button").first.click()


def test_the_page_that_mends_a_sheet_passes_axe(served: Served, desk: Page) -> None:
    _upload_what_is_wrong(desk, served)
    desk.locator("button[name=bo]").first.click()
    desk.locator("#da-bo summary").click()

    assert problems(desk) == []


def test_the_form_that_adds_a_place_while_mending_passes_axe(served: Served, desk: Page) -> None:
    _upload_what_is_wrong(desk, served)
    desk.locator("button[name=them]").first.click()
    asked = problems(desk)
    desk.locator("main form").evaluate("one => { one.noValidate = true; one.name.value = '' }")
    desk.locator("main form .button--primary").click()

    assert ("/dia-diem" in desk.url, asked, problems(desk)) == (True, [], [])


def _opened(desk: Page, served: Served, email: str) -> Locator:
    """What can be done about somebody who works here, unfolded."""
    access.add_person(email, Role.VIEWER, "commune:17329", now=clock.now())
    desk.goto(f"{served.url}{DESK}/nguoi-lam-viec")
    line = desk.locator("li", has_text=email)
    line.locator("summary").click()
    return line


def test_what_can_be_done_about_a_colleague_passes_axe(served: Served, desk: Page) -> None:
    _opened(desk, served, "lan@example.vn")

    assert problems(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= desk.viewport_size["width"]


def test_the_way_to_undo_a_removal_passes_axe(served: Served, desk: Page) -> None:
    _opened(desk, served, "hoa@example.vn").get_by_role("button", name="Bỏ khỏi nơi này").click()

    assert (desk.get_by_role("button", name="Hoàn tác").count(), problems(desk)) == (1, [])


def test_a_role_that_somebody_changed_meanwhile_passes_axe(served: Served, desk: Page) -> None:
    line = _opened(desk, served, "minh@example.vn")
    form = line.locator("form", has=desk.get_by_role("button", name="Đổi vai trò"))
    form.locator("[name=seen]").evaluate("one => one.value = one.value.replace('VIEWER', 'DESK')")
    form.get_by_role("button", name="Đổi vai trò").click()

    assert (desk.get_by_text("Vừa có người khác đổi vai trò này").count(), problems(desk)) == (1, [])


@pytest.fixture
def room(served: Served) -> str:
    """The page of somebody who has a seat at what is online just now."""
    event = programme.event("ngay-hoi-2027")
    slot = next(one for one in programme.slots(event.id, "17329") if one.kind is Kind.ONLINE and one.left)
    now = clock.now()
    issued = a_pass(slot.id, event_id=event.id, now=now)
    with transaction() as session:
        session.execute(
            update(models.Slot).where(models.Slot.id == slot.id).values(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
        )
        session.execute(update(models.Activity).where(models.Activity.id == slot.activity_id).values(join_url="https://hop.example.vn/phong"))
    return f"{served.url}/p/{issued.secret}"


def test_the_way_into_an_online_room_passes_axe(room: str, browser: Browser) -> None:
    page = browser.new_page(locale="vi-VN")
    page.goto(room)
    asked = problems(page)
    page.get_by_role("button", name="Tôi đang dự").click()

    assert (page.get_by_text("Đã ghi: dự trực tuyến").count(), asked, problems(page)) == (1, [], [])


def test_a_slot_that_goes_under_an_open_form_passes_axe(served: Served, browser: Browser) -> None:
    """The page in words with other slots, the form of the one that is chosen there with what was typed, and that of one called off."""
    event = programme.event("ngay-hoi-2027")
    slots = [make_slot(title="Lớp bỏ ca", event=event, starts_at=NOON + timedelta(hours=hour)) for hour in range(3)]
    page = browser.new_page(locale="vi-VN", viewport={"width": 360, "height": 740})
    _fill(page, f"{served.url}/17329/dang-ky?slot={slots[0]}")
    removing.remove_occurrence(event.id, "17329", slots[0], keepers=(), now=clock.now())
    page.locator(".button--main").click()
    gone = (page.get_by_text("Xã vừa bỏ ca").count(), problems(page))
    page.get_by_role("button", name="Chọn ca này").first.click()
    moved = (page.get_by_label("Họ và tên").first.input_value(), problems(page))
    slot_changes.cancel_slot(slots[1], now=clock.now())
    page.locator(".button--main").click()

    assert (gone, moved, problems(page)) == ((1, []), ("Lò Thị Mai", []), [])
    assert (page.get_by_text("Ca này đã hủy").count(), page.get_by_role("button", name="Chọn ca này").count()) == (1, 1)


def _fill(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    page.get_by_label("Họ và tên").fill("Lò Thị Mai")
    page.locator("#consent").check()
