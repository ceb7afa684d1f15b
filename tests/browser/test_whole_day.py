"""The main job, as people do it: from the plan in Excel to the report as PDF, in a browser."""

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect, sync_playwright
from pypdf import PdfReader

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.kernel import clock
from eventday.rehearsal import demo
from tests.browser.served import Served, serve, working
from tests.camera import write_stream

pytestmark = pytest.mark.browser
EARLY = "2027-10-10T06:30:00+07:00"
PLAN = Path(__file__).parent.parent / "data" / "ke-hoach-01-chuan.xlsx"
DESK = "/lam-viec/17329/ngay-hoi-2027"
TALK = "AI giúp gì cho nông dân"
_FLAGS = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A commune with venues, hamlets and hosts, and no plan yet."""
    with serve(tmp_path_factory.mktemp("day") / "instance", EARLY) as one, working(one):
        demo.load(demo.Wanted(communes=1, people=0, day_passed=False, with_plan=False, seed=1), now=clock.now())
        yield one


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as one:
        yield one


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    yield chromium
    chromium.close()


def test_a_whole_day_from_excel_to_the_report(served: Served, browser: Browser, playwright: Playwright, tmp_path: Path) -> None:
    desk = _organiser(served, browser)
    _import_and_publish(desk, served)

    holder = _register(served, browser)
    payload = _decode(holder)
    _let_in(served, desk, playwright, write_stream(tmp_path / "gate.mjpeg", [payload], gap=2.5))

    expect(_live(desk, served)).to_contain_text("1 người đã đến", use_inner_text=True)
    text = _report(desk, served)
    assert "BÁO CÁO" in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert re.search(r"\b2 người", text), "the two who registered are in the report"


def _organiser(served: Served, browser: Browser) -> Page:
    secret = access.add_person("can-bo@example.vn", Role.ORGANISER, "commune:17329", now=clock.now())
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    page.goto(f"{served.url}/dang-nhap/{secret}")
    page.locator("main form button").click()
    return page


def _import_and_publish(desk: Page, served: Served) -> None:
    desk.goto(f"{served.url}{DESK}/ke-hoach/nhap")
    desk.locator("input[type=file]").set_input_files(PLAN)
    desk.get_by_role("button", name="Đọc tệp và xem trước").click()
    desk.get_by_role("button", name=re.compile("^Nhập 24 thay đổi")).click()
    desk.get_by_role("link", name="Xem kế hoạch").click()
    desk.get_by_role("button", name=re.compile("^Công bố")).click()
    expect(desk.get_by_text("đã công bố").first).to_be_visible()


def _register(served: Served, browser: Browser) -> Page:
    """Grandmother and grandchild, on a phone without JavaScript."""
    phone = _phone(browser)
    phone.goto(f"{served.url}/17329?ngay=2027-10-10")
    phone.get_by_role("link", name=re.compile(TALK)).first.click()
    phone.get_by_role("link", name="Đăng ký").last.click()
    phone.get_by_label("Số điện thoại của gia đình").fill("0912 345 678")
    phone.get_by_role("button", name=re.compile("Thêm người")).click()
    for number, (name, year) in enumerate([("Nguyễn Thị Hoà", "1958"), ("Trần Nguyễn Khánh Quỳnh", "2014")]):
        phone.get_by_label("Họ và tên").nth(number).fill(name)
        phone.get_by_label("Năm sinh").nth(number).fill(year)
    phone.get_by_role("button", name=re.compile("^Đăng ký")).click()
    expect(phone.get_by_text("Những gì đã điền vẫn còn nguyên.")).to_be_visible()
    phone.get_by_label(re.compile("Cha, mẹ hoặc người giám hộ")).first.fill("Trần Văn Thắng")
    for tick in phone.locator("input[type=checkbox]").all():
        tick.check()
    phone.get_by_role("button", name=re.compile("^Đăng ký")).click()
    expect(phone).to_have_url(re.compile(r"/p/[0-9A-Z]{26}$"))
    expect(phone.get_by_text("Nguyễn Thị Hoà").first).to_be_visible()
    return phone


def _phone(browser: Browser) -> Page:
    context: BrowserContext = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="vi-VN")
    return context.new_page()


def _decode(holder: Page) -> str:
    """What a camera app reads off the picture that the holder keeps; the paper pass says the same."""
    picture = holder.request.get(f"{holder.url}/the.png")
    paper = holder.request.get(f"{holder.url}/the.pdf")
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.body())))
    assert paper.ok
    assert "Nguyễn Thị Hoà" in _text(paper.body())
    return code.text


def _let_in(served: Served, desk: Page, playwright: Playwright, stream: Path) -> None:
    desk.goto(f"{served.url}{DESK}/may-quet")
    desk.get_by_role("button", name="Tạo mã ghép").click()
    address = re.search(r"/quet/[0-9A-Z]+", desk.locator("main").inner_text())
    assert address
    chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*_FLAGS, f"--use-file-for-fake-video-capture={stream}"])
    scanner = chromium.new_context(viewport={"width": 360, "height": 740}, permissions=["camera"], locale="vi-VN").new_page()
    scanner.goto(served.url + address.group())
    scanner.get_by_label("Tên người cầm máy").fill("Ngân")
    scanner.get_by_role("button", name="Ghép máy này").click()
    scanner.locator("#place-choices").get_by_role("button", name="Cổng chính").click()
    expect(scanner.locator("#answer-word")).to_have_text("MỜI VÀO", timeout=30_000)
    expect(scanner.locator("#answer-name")).to_have_text("Nguyễn Thị Hoà")
    expect(scanner.locator("#strip")).to_have_attribute("data-tone", "sent", timeout=30_000)
    chromium.close()


def _live(desk: Page, served: Served) -> Locator:
    desk.goto(f"{served.url}{DESK}/ngay-hoi")
    return desk.locator("main")


def _report(desk: Page, served: Served) -> str:
    desk.goto(f"{served.url}{DESK}/bao-cao")
    desk.get_by_role("button", name="Lập báo cáo").click()
    link = desk.get_by_role("link", name=re.compile("Tải báo cáo"))
    expect(link).to_be_visible(timeout=60_000)
    with desk.expect_download() as download:
        link.click()
    return _text(download.value.path().read_bytes())


def _text(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", " ".join(page.extract_text() for page in pages)))
