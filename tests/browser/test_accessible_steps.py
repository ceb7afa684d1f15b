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
from eventday.programme import models
from eventday.programme import queries as programme
from eventday.programme.domain import Kind
from tests.browser.axe import problems
from tests.browser.pages import DESK
from tests.browser.served import Served
from tests.checkins.gate import a_pass

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
