"""Every main page through axe, on a phone and at a desk; and by keyboard alone the focus is always seen."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.config import PROJECT
from eventday.kernel import clock
from eventday.programme import queries as programme
from eventday.programme.domain import Admission
from eventday.registrations import service as registrations
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from eventday.rehearsal import demo
from tests.browser.served import Served, serve

pytestmark = pytest.mark.browser
BEFORE = "2027-09-28T08:00:00+07:00"
DESK = "/lam-viec/17329/ngay-hoi-2027"
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
_FOUND = "axe.run().then(told => told.violations.map(one => `${one.id}: ${one.nodes[0].html}`))"
_OUTLINE = "() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle + ' ' + style.boxShadow }"
RESIDENTS = ("/", "/17329", "/17329?q=khongco", "{activity}", "{form}", "{holder}", "{holder}/them", "{holder}/cap-lai", "/dang-nhap", "/khong-co")
PLACES = (f"{DESK}/dia-phuong", f"{DESK}/dia-phuong/phong/moi", f"{DESK}/dia-phuong/dia-diem/moi", f"{DESK}/dia-phuong/gioi-thieu")
DESKS = (
    DESK,
    f"{DESK}/ke-hoach",
    f"{DESK}/ke-hoach/nhap",
    f"{DESK}/ke-hoach/chep",
    f"{DESK}/ke-hoach/hoat-dong/moi",
    DESK + "/ke-hoach/ca/{slot}",
    DESK + "/ke-hoach/ca/{slot}/huy",
    DESK + "/ke-hoach/hoat-dong/{of_slot}",
    DESK + "/ke-hoach/hoat-dong/{of_slot}/ca-moi",
    DESK + "/ke-hoach/hoat-dong/{of_slot}/xoa",
    f"{DESK}/nguoi-tham-gia",
    f"{DESK}/nguoi-tham-gia?q=nguyen",
    f"{DESK}/nguoi-tham-gia/them",
    f"{DESK}/nguoi-tham-gia/trung",
    DESK + "/nguoi-tham-gia/gop?the={double}&the={twin}",
    f"{DESK}/nguoi-tham-gia/nhap",
    f"{DESK}/may-quet",
    DESK + "/may-quet/{device}/ten",
    f"{DESK}/ngay-hoi",
    f"{DESK}/bao-cao",
    f"{DESK}/nhat-ky",
    f"{DESK}/viec-nen",
    f"{DESK}/nhat-ky?kiem=1&tu=x",
    *PLACES,
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("axe") / "instance", BEFORE) as one:
        demo.load(demo.Wanted(people=20), now=clock.now())
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def addresses(served: Served) -> dict[str, str]:
    """An activity with seats, the form for it, and the page of somebody who has one."""
    event = programme.event("ngay-hoi-2027")
    slot = next(one for one in programme.slots(event.id, "17329") if one.admission is Admission.SEATS and one.left)
    people = (PersonRequest(name="Nguyễn Thị Hoà", slot_ids=(slot.id,)), PersonRequest(name="Nguyễn Văn Nghĩa"))
    request = RegistrationRequest(event_id=event.id, commune_code="17329", phone="+84912345678", people=people, source=Source.WEB)
    issued = registrations.register(request, now=clock.now())[0]
    pages = {"activity": f"/17329/hoat-dong/{slot.activity_id}", "form": f"/17329/dang-ky?slot={slot.id}", "holder": f"/p/{issued.secret}"}
    twins = [registrations.register(replace(request, people=(replace(people[0], birth_year=1960),)), now=clock.now())[0] for _ in range(2)]
    pages |= {"double": str(twins[0].id), "twin": str(twins[1].id)}
    enrolment = access.open_enrolment(event.id, "17329", [slot.id], manual=True, now=clock.now())
    pages["device"] = str(access.enrol(enrolment, "Cổng chính – Ngân", now=clock.now()).id)
    return pages | {"slot": str(slot.id), "of_slot": str(slot.activity_id)}


@pytest.fixture(scope="module")
def desk(served: Served, browser: Browser) -> Page:
    secret = access.add_person("can-bo@example.vn", Role.ORGANISER, "commune:17329", now=clock.now())
    page = browser.new_page(locale="vi-VN")
    page.goto(f"{served.url}/dang-nhap/{secret}")
    page.locator("main form button").click()
    return page


def _problems(page: Page) -> list[str]:
    """At both widths: pages rearrange themselves in between."""
    found: list[str] = []
    for width, height in ((360, 740), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found += page.evaluate(_FOUND)
    return found


@pytest.mark.parametrize("path", RESIDENTS)
def test_residents_pages_pass_axe(served: Served, browser: Browser, addresses: dict[str, str], path: str) -> None:
    page = browser.new_page(locale="vi-VN")
    page.goto(served.url + path.format(**addresses))

    found = _problems(page)

    page.close()
    assert found == []


@pytest.mark.parametrize("path", DESKS)
def test_desk_pages_pass_axe(served: Served, desk: Page, addresses: dict[str, str], path: str) -> None:
    desk.goto(served.url + path.format(**addresses))

    assert _problems(desk) == []


@pytest.mark.parametrize("path", [f"{DESK}/ke-hoach", f"{DESK}/ke-hoach/nhap", f"{DESK}/may-quet"])
def test_focus_is_seen_wherever_the_keyboard_goes(served: Served, desk: Page, path: str) -> None:
    desk.set_viewport_size({"width": 1280, "height": 800})
    desk.goto(served.url + path)

    seen = []
    for _ in range(12):
        desk.keyboard.press("Tab")
        seen.append(desk.evaluate(_OUTLINE))

    assert "none none" not in seen


@pytest.mark.parametrize("path", ["", "/ngay-hoi/ngay-hoi-2027", "/ngay-hoi/ngay-hoi-2027/huy", "/ngay-hoi/moi?tu=ngay-hoi-2027"])
def test_a_province_s_pages_pass_axe(served: Served, browser: Browser, path: str) -> None:
    secret = access.add_person("tinh@example.vn", Role.ORGANISER, "province:40", now=clock.now())
    page = browser.new_page(locale="vi-VN")
    page.goto(f"{served.url}/dang-nhap/{secret}")
    page.locator("main form button").click()
    page.goto(f"{served.url}/lam-viec/tinh/40{path}")

    assert _problems(page) == []


def test_the_page_that_mends_a_sheet_passes_axe(served: Served, desk: Page) -> None:
    desk.goto(f"{served.url}{DESK}/ke-hoach/nhap")
    desk.set_input_files("#file", PROJECT / "tests" / "data" / "ke-hoach-06-co-loi.xlsx")
    desk.locator("main form button").first.click()
    desk.locator("button[name=bo]").first.click()
    desk.locator("#da-bo summary").click()

    assert _problems(desk) == []
