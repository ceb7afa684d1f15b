"""The scanner as a volunteer holds it: a real server, Chromium, and a camera that is shown passes."""

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from sqlalchemy import func, select

from eventday.access import queries as access_queries
from eventday.access import service as access
from eventday.checkins.enrolment import open_enrolment
from eventday.checkins.models import CheckIn, WalkIn
from eventday.config import PROJECT
from eventday.db import db
from eventday.kernel import clock
from eventday.programme.domain import Admission, Kind
from eventday.registrations import queries as registrations
from eventday.registrations import service as registering
from eventday.registrations.domain import IssuedPass, PersonRequest, RegistrationRequest, Source
from tests.browser.served import Served, serve
from tests.camera import write_stream
from tests.factories import BEFORE, COMMUNE, make_event, make_slot

pytestmark = pytest.mark.browser
MORNING = "2027-10-10T09:05:00+07:00"
NINE = datetime(2027, 10, 10, 2, 0, tzinfo=UTC)
_FLAGS = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
_PATIENCE = 30_000
expect.set_options(timeout=_PATIENCE)
_TYPE_FAST = """token => {
  const codeOf = character => (/[0-9]/.test(character) ? 'Digit' : 'Key') + character
  for (const code of [...[...token].map(codeOf), 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true }))
}"""
_EVERYTHING_KEPT = """async () => {
  const all = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(await caches.keys()), document.cookie]
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise(done => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result) })
    for (const store of db.objectStoreNames) {
      const rows = await new Promise(done => { const asked = db.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result) })
      all.push(JSON.stringify(rows))
    }
  }
  return all.join(' ')
}"""
_SHIFT_CLOCK = """ms => {
  const Real = Date
  globalThis.Date = class extends Real {
    constructor(...given) {
      if (given.length) super(...given)
      else super(Real.now() + ms)
    }
    static now() { return Real.now() + ms }
  }
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("scanner") / "instance", MORNING) as one:
        make_slot(title="Khai mạc ngày hội", starts_at=NINE)
        yield one


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as one:
        yield one


@pytest.fixture(scope="module")
def empty_scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A camera that sees nobody."""
    return write_stream(tmp_path_factory.mktemp("stream") / "empty.mjpeg", [], gap=2)


@pytest.fixture(scope="module")
def browser(playwright: Playwright, empty_scene: Path) -> Iterator[Browser]:
    chromium = _launch(playwright, empty_scene)
    yield chromium
    chromium.close()


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Page]:
    """A volunteer's phone that is not enrolled yet."""
    page = _phone(browser)
    yield page
    page.context.close()


def _launch(playwright: Playwright, stream: Path) -> Browser:
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*_FLAGS, f"--use-file-for-fake-video-capture={stream}"])


def _phone(browser: Browser, *, ahead: timedelta = timedelta()) -> Page:
    """A phone whose clock is the server's, or ahead of it."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, permissions=["camera"], locale="vi-VN")
    shift = clock.now() + ahead - datetime.now(UTC)
    context.add_init_script(f"({_SHIFT_CLOCK})({round(shift.total_seconds() * 1000)})")
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    return page


def _enrol(page: Page, served: Served, *slots: UUID, manual: bool = False) -> None:
    """By the organiser's code, as the page asks for it; then past the choice of a place, if there is one."""
    code = open_enrolment(COMMUNE, slots, event="ngay-hoi-2027", manual=manual, now=clock.now())
    page.goto(f"{served.url}/quet/{code}")
    page.get_by_label("Tên người cầm máy").fill("Ngân")
    page.get_by_role("button", name="Ghép máy này").click()
    expect(page.locator("#strip")).to_have_attribute("data-tone", "sent")
    if not slots:
        expect(page.locator("#place-sheet")).to_be_visible()
        page.locator("#place-choices").get_by_role("button", name="Cổng chính").click()


def _pass(name: str, *slots: UUID) -> IssuedPass:
    person = PersonRequest(name=name, birth_year=1958, slot_ids=slots)
    request = RegistrationRequest(event_id=make_event().id, commune_code=COMMUNE, phone=None, people=(person,), source=Source.API)
    return registering.register(request, now=BEFORE)[0]


def _address(served: Served, issued: IssuedPass) -> str:
    return f"{served.url}/T/{issued.token}".upper()


def _type(page: Page, code: str) -> None:
    page.get_by_role("button", name="Gõ mã thẻ").click()
    page.get_by_label("Mã in dưới ô vuông").fill(code)
    page.get_by_role("button", name="Kiểm tra mã").click()


def _facts(issued: IssuedPass) -> list[tuple[str, UUID | None]]:
    """(by, slot) of the pass's facts that the server keeps."""
    db.session.rollback()
    query = select(CheckIn.by, CheckIn.slot_id).where(CheckIn.pass_id == issued.id).order_by(CheckIn.received_at)
    return [(row.by, row.slot_id) for row in db.session.execute(query)]


def test_camera_lets_a_pass_in_then_says_that_it_is_in(playwright: Playwright, served: Served, tmp_path: Path) -> None:
    slot = make_slot(title="Điện thoại thông minh", starts_at=NINE)
    issued = _pass("Nguyễn Thị Hoà", slot)
    stream = write_stream(tmp_path / "gate.mjpeg", [_address(served, issued), "HTTPS://EXAMPLE.COM/MENU"], gap=2.5)
    chromium = _launch(playwright, stream)
    page = _phone(chromium)
    answer = page.locator("#answer")

    _enrol(page, served, slot)
    seen = []
    for _ in range(4):
        expect(answer).to_be_visible()
        seen.append((answer.get_attribute("data-tone"), page.locator("#answer-word").inner_text(), page.locator("#answer-name").inner_text()))
        if answer.get_attribute("data-tone") != "in":
            page.get_by_role("button", name="Quét tiếp").click()
        expect(answer).to_be_hidden()
        if seen[-1][0] == "already":
            break
    chromium.close()

    told = [(tone, re.sub(r"\d\d:\d\d", "…", word), name) for tone, word, name in seen if tone != "stop"]
    assert told == [("in", "MỜI VÀO", "Nguyễn Thị Hoà"), ("already", "ĐÃ VÀO LÚC …", "Nguyễn Thị Hoà")]
    assert ("stop", "KHÔNG PHẢI THẺ NGÀY HỘI", "") in seen
    assert _facts(issued) == [("scan", slot), ("scan", slot)]


def test_every_answer_of_the_server_is_told_apart(phone: Page, served: Served) -> None:
    slot = make_slot(title="Lớp của máy này", starts_at=NINE, capacity=2)
    other = make_slot(title="Em an toàn trên mạng", starts_at=NINE)
    elsewhere, without = _pass("Trần Khánh Quỳnh", other), _pass("Moong Thị Mằn")
    _pass("Ai đó", slot), _pass("Ai khác", slot)
    waiting, cancelled = _pass("Võ Đình Sáng", slot), _pass("Lô Văn Khăm", other)
    registering.cancel(cancelled.placed[0].id, now=BEFORE)
    _enrol(phone, served, slot, other)
    phone.locator("#place-choices").get_by_role("button", name="Lớp của máy này").click()

    expected = [
        (elsewhere, slot, "elsewhere", "Trần Khánh Quỳnh"),
        (without, slot, "unseated", "Moong Thị Mằn"),
        (waiting, slot, "waiting", "Võ Đình Sáng"),
        (cancelled, other, "stop", "Lô Văn Khăm"),
    ]
    for issued, place, tone, name in expected:
        if place == other:
            phone.locator("#place").click()
            phone.locator("#place-choices").get_by_role("button", name="Em an toàn trên mạng").click()
        _type(phone, issued.code)
        expect(phone.locator("#answer")).to_have_attribute("data-tone", tone)
        expect(phone.locator("#answer-name")).to_have_text(name)
        phone.locator("#answer [data-action=next]").click(force=True)
        expect(phone.locator("#answer")).to_be_hidden()


def test_silent_server_loses_nothing(phone: Page, served: Served) -> None:
    issued = _pass("Phan Thị Lài")
    _enrol(phone, served)
    phone.route("**/api/v1/checkins", lambda route: route.abort())

    _type(phone, issued.code)
    expect(phone.locator("#answer-word")).to_have_text("MỜI VÀO")
    expect(phone.locator("#strip-text")).to_have_text("Mất mạng, máy giữ 1 lượt")
    assert _facts(issued) == []
    phone.reload()
    expect(phone.locator("#strip-text")).to_have_text("Mất mạng, máy giữ 1 lượt")
    phone.unroute("**/api/v1/checkins")
    phone.locator("#strip").click()
    phone.get_by_role("button", name="Gửi ngay").click()

    expect(phone.locator("#strip")).to_have_attribute("data-tone", "sent")
    assert _facts(issued) == [("typed", None)]


def test_walk_in_needs_a_name_only(phone: Page, served: Served) -> None:
    _enrol(phone, served)

    phone.get_by_role("button", name="Thêm người tại chỗ").click()
    phone.get_by_role("button", name="Ghi tên và mời vào").click()
    expect(phone.locator("#name-error")).to_have_text("Hãy ghi tên bà con.")
    assert "xã Anh Sơn" in phone.locator("#consent").inner_text()
    phone.get_by_label("Họ và tên").fill("vừ a dơ")
    phone.get_by_role("button", name="Ghi tên và mời vào").click()

    expect(phone.locator("#answer-word")).to_have_text("MỜI VÀO")
    code = phone.locator("#answer-details").inner_text().split(": ")[1]
    found = registrations.pass_by_typed(make_event().id, code.replace("-", "")[:8])
    assert found is not None
    assert db.session.scalar(select(func.count()).select_from(WalkIn).where(WalkIn.pass_id == found.id)) == 1


def test_full_slot_gives_a_pass_but_no_seat(phone: Page, served: Served) -> None:
    slot = make_slot(starts_at=NINE, capacity=1)
    _pass("Người giữ chỗ", slot)
    _enrol(phone, served, slot)

    phone.get_by_role("button", name="Thêm người tại chỗ").click()
    phone.get_by_label("Họ và tên").fill("Lô Thị Muộn")
    phone.get_by_role("button", name="Ghi tên và mời vào").click()

    expect(phone.locator("#answer-word")).to_have_text("ĐÃ HẾT CHỖ")


def test_name_is_searched_without_marks_where_the_device_may(phone: Page, served: Served) -> None:
    booth = make_slot(title="Gian hàng VNPT", starts_at=NINE, kind=Kind.BOOTH, admission=Admission.OPEN)
    issued = _pass("Kha Văn Đượm")
    _enrol(phone, served, manual=True)
    phone.locator("#place").click()
    phone.locator("#place-choices").get_by_role("button", name="Gian hàng VNPT").click()

    phone.get_by_role("button", name="Tìm tên").click()
    phone.get_by_label("Tên bà con").fill("van duom")
    phone.locator("#find-results").get_by_role("button", name="Kha Văn Đượm").click()

    expect(phone.locator("#answer-word")).to_have_text("MỜI VÀO")
    assert _facts(issued) == [("search", booth)]


@pytest.mark.parametrize(("ahead", "told"), [(timedelta(hours=3), "nhanh 3 giờ"), (timedelta(days=-1), "chậm 24 giờ")])
def test_wrong_clock_is_told_and_closes_no_gate(browser: Browser, served: Served, ahead: timedelta, told: str) -> None:
    slot = make_slot(title=f"Lớp của máy {told}", starts_at=NINE)
    issued = _pass("Lương Thị Hoa", slot)
    page = _phone(browser, ahead=ahead)
    _enrol(page, served, slot)

    expect(page.locator("#clock")).to_contain_text(f"Đồng hồ máy này chạy {told}")
    _type(page, issued.code)

    expect(page.locator("#answer-word")).to_have_text("MỜI VÀO")
    assert "Đến" not in page.locator("#answer-details").inner_text()
    db.session.rollback()
    at, received_at = db.session.execute(select(CheckIn.at, CheckIn.received_at).where(CheckIn.pass_id == issued.id)).one()
    assert abs(at - received_at - ahead) < timedelta(minutes=1)
    page.locator("#answer").wait_for(state="hidden")
    page.locator("#place").click()
    expect(page.locator("#place-choices").get_by_role("button", name=f"Lớp của máy {told}")).to_contain_text("đang diễn ra")
    page.context.close()


def test_right_clock_is_not_spoken_of(phone: Page, served: Served) -> None:
    _enrol(phone, served)

    expect(phone.locator("#clock")).to_be_hidden()


def test_device_without_the_right_has_no_search(phone: Page, served: Served) -> None:
    _enrol(phone, served)

    expect(phone.get_by_role("button", name="Thêm người tại chỗ")).to_be_visible()
    expect(phone.get_by_role("button", name="Tìm tên")).to_be_hidden()


def test_hand_scanner_types_a_pass(phone: Page, served: Served) -> None:
    issued = _pass("Vi Thị Nhàn")
    _enrol(phone, served)
    expect(phone.locator("#place-sheet")).to_be_hidden()

    phone.evaluate(_TYPE_FAST, issued.token)

    expect(phone.locator("#answer-name")).to_have_text("Vi Thị Nhàn")
    assert _facts(issued) == [("scan", None)]


def test_a_lost_phone_gives_away_nobody(phone: Page, served: Served) -> None:
    """Nothing that was shown is kept, only which codes were scanned here; the list of people is in memory alone (checklist F7)."""
    seen, other = _pass("Mốc Thị Giấu"), _pass("Mốc Văn Kín")
    _enrol(phone, served)
    _type(phone, seen.code)
    expect(phone.locator("#answer-name")).to_have_text("Mốc Thị Giấu")

    kept = phone.evaluate(_EVERYTHING_KEPT)

    assert seen.code.replace("-", "")[:-1] in kept
    assert [word for word in ("Mốc", "Giấu", "Kín", other.code, "1958", "+84") if word in kept] == []


def test_revoked_device_is_wiped_and_says_so(phone: Page, served: Served) -> None:
    issued = _pass("Cụt Thị Lan")
    _enrol(phone, served)
    newest = max(one.device.id for one in access_queries.known_devices(make_event().id, [COMMUNE]))
    access.revoke_device(newest, now=clock.now())

    _type(phone, issued.code)

    expect(phone.get_by_role("heading", name="Máy này đã được thu hồi")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="Máy này chưa phải máy quét")).to_be_visible()


def test_enrolment_code_works_once(phone: Page, browser: Browser, served: Served) -> None:
    _enrol(phone, served)
    used = open_enrolment(COMMUNE, (), event="ngay-hoi-2027", manual=False, now=clock.now())
    access.enrol(used, "Máy khác", now=clock.now())
    second = _phone(browser)

    second.goto(f"{served.url}/quet/{used}")
    second.get_by_label("Tên người cầm máy").fill("Ngân")
    second.get_by_role("button", name="Ghép máy này").click()

    expect(second.locator("#enrol-problem")).to_contain_text("đã dùng hoặc đã quá 15 phút")
    second.context.close()


def test_without_a_camera_codes_are_typed(phone: Page, served: Served) -> None:
    issued = _pass("Hà Văn Tư")
    refuse = "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    phone.add_init_script(refuse)
    _enrol(phone, served)

    expect(phone.locator("#camera-problem")).to_contain_text("chưa cho dùng máy ảnh")
    _type(phone, issued.code)

    expect(phone.locator("#answer-word")).to_have_text("MỜI VÀO")


def test_first_load_is_small_and_stays_at_home(phone: Page, served: Served) -> None:
    asked: list[str] = []
    phone.context.on("request", lambda request: asked.append(request.url))
    problems: list[str] = []
    phone.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)

    _enrol(phone, served)
    expect(phone.locator("#camera")).to_have_attribute("data-ready", "yes")

    pages = {url for url in asked if "/api/" not in url and not url.startswith("data:")}
    assert {urlsplit(url).netloc for url in pages} == {urlsplit(served.url).netloc}
    assert sum(map(_gzipped, {urlsplit(url).path for url in pages if "/static/" in url})) <= 700_000
    assert problems == []


def _gzipped(path: str) -> int:
    """`path` is /static/VERSION/…"""
    return len(gzip.compress((PROJECT / "static" / path.split("/", 3)[3]).read_bytes(), 6))


@pytest.mark.parametrize(
    "size", [pytest.param((360, 740), id="portrait"), pytest.param((740, 360), id="landscape"), pytest.param((320, 568), id="small")]
)
def test_what_is_pressed_is_large_and_within_reach(phone: Page, served: Served, size: tuple[int, int]) -> None:
    phone.set_viewport_size({"width": size[0], "height": size[1]})
    _enrol(phone, served, manual=True)
    expect(phone.locator("#camera")).to_have_attribute("data-ready", "yes")

    boxes = [button.bounding_box() for button in phone.locator("#scanner button:visible").all()]

    assert len(boxes) == 7
    for box in boxes:
        assert box is not None
        assert box["height"] >= 48
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        assert box["y"] + box["height"] <= size[1]
