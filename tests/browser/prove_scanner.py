"""The scanner through its states, by keyboard alone and through axe, in usual type and at 200 %: `python -m proofs.axe`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from eventday.access import queries as access_queries
from eventday.access import service as access
from eventday.checkins.enrolment import open_enrolment
from eventday.kernel import clock
from eventday.registrations import service as registering
from tests.browser.axe import problems
from tests.browser.keys import press, reach
from tests.browser.served import Served
from tests.browser.test_scanner import _FLAGS, NINE, _enrol, _pass, _type, empty_scene, phone, playwright, served
from tests.factories import BEFORE, COMMUNE, make_event, make_slot

__all__ = ["empty_scene", "phone", "playwright", "served"]  # fixtures
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=[[], ["--blink-settings=defaultFontSize=32"]], ids=["usual type", "type at 200 %"])
def browser(request: pytest.FixtureRequest, playwright: Playwright, empty_scene: Path) -> Iterator[Browser]:
    flags = [*_FLAGS, *request.param, f"--use-file-for-fake-video-capture={empty_scene}"]
    chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
    yield chromium
    chromium.close()


def told(page: Page, state: str) -> list[str]:
    found = problems(page)
    page.set_viewport_size({"width": 360, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{state}: {one}" for one in [*found, *([f"{wide} pixels wide"] if wide > 360 else [])]]


def test_what_it_shows(phone: Page, served: Served) -> None:
    slot = make_slot(title="Lớp học số “Dùng điện thoại thông minh cho người cao tuổi”", starts_at=NINE, capacity=1)
    inside, waiting, cancelled = _pass("Vi Thị Nhàn", slot), _pass("Võ Đình Sáng", slot), _pass("Lô Văn Khăm", slot)
    registering.cancel(cancelled.placed[0].id, now=BEFORE)
    phone.goto(f"{served.url}/quet")
    found = told(phone, "not enrolled")
    phone.goto(f"{served.url}/quet/{open_enrolment(COMMUNE, [], event='ngay-hoi-2027', manual=True, now=clock.now())}")
    found += told(phone, "enrolling")
    phone.get_by_role("button", name="Ghép máy này").click()
    found += told(phone, "enrolling without a name")
    _enrol(phone, served, slot, manual=True)
    found += told(phone, "looking")
    for issued, state in (
        (inside, "in"),
        (inside, "in already"),
        (waiting, "waiting"),
        (cancelled, "cancelled"),
        (_pass("Kha Văn Đượm"), "unseated"),
    ):
        found += answered(phone, issued.code, state)
    assert found == []


def answered(page: Page, code: str, state: str) -> list[str]:
    """An answer as it stands; then on to the next."""
    _type(page, code)
    expect(page.locator("#answer")).to_be_visible()
    found = told(page, state)
    if page.locator("#answer").is_visible():
        page.locator("#answer [data-action=next]").click(force=True)
    expect(page.locator("#answer")).to_be_hidden()
    return found


def test_its_sheets_and_its_end(phone: Page, served: Served) -> None:
    _enrol(phone, served, manual=True)
    found = []
    for name in ("Gõ mã thẻ", "Thêm người tại chỗ", "Tìm tên"):
        phone.get_by_role("button", name=name).click()
        found += told(phone, name)
        phone.keyboard.press("Escape")
    for part in ("#place", "#strip"):
        phone.locator(part).click()
        found += told(phone, part)
        phone.keyboard.press("Escape")
    access.revoke_device(max(one.device.id for one in access_queries.known_devices(make_event().id, [COMMUNE])), now=clock.now())
    _type(phone, _pass("Cụt Thị Lan").code)
    expect(phone.get_by_role("heading", name="Máy này đã được thu hồi")).to_be_visible()
    assert found + told(phone, "revoked") == []


def test_by_keyboard_alone(phone: Page, served: Served) -> None:
    """Enrol, choose the place, type a code, take somebody in by name: no finger on the screen."""
    issued = _pass("Vi Thị Én")
    phone.goto(f"{served.url}/quet/{open_enrolment(COMMUNE, [], event='ngay-hoi-2027', manual=False, now=clock.now())}")
    reach(phone, "Tên người cầm máy")
    phone.keyboard.type("Ngân")
    phone.keyboard.press("Enter")
    expect(phone.locator("#place-sheet")).to_be_visible()
    press(phone, "Cổng chính")
    press(phone, "Gõ mã thẻ")
    expect(phone.get_by_label("Mã in dưới ô vuông")).to_be_focused()
    phone.keyboard.type(issued.code)
    phone.keyboard.press("Enter")
    expect(phone.locator("#answer-name")).to_have_text("Vi Thị Én")
    expect(phone.locator("#answer")).to_be_hidden()
    press(phone, "Thêm người tại chỗ")
    reach(phone, "Họ và tên")
    phone.keyboard.type("Vừ A Dơ")
    phone.keyboard.press("Enter")
    expect(phone.locator("#answer-word")).to_have_text("MỜI VÀO")
