"""Every main page through axe, on a phone and at a desk; and by keyboard alone the focus is always seen."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page
from sqlalchemy import update

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.config import PROJECT
from eventday.db import transaction
from eventday.jobs import service as jobs
from eventday.kernel import clock
from eventday.places import queries as places
from eventday.places.entries import Thing
from eventday.programme import models
from eventday.programme import queries as programme
from eventday.programme.domain import Admission, Kind
from eventday.registrations import service as registrations
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from eventday.rehearsal import demo
from tests.browser.served import Served, serve
from tests.checkins.gate import a_pass
from tests.factories import NOON, make_event, make_slot

pytestmark = pytest.mark.browser
BEFORE = "2027-09-28T08:00:00+07:00"
DESK = "/lam-viec/17329/ngay-hoi-2027"
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
_FOUND = "axe.run().then(told => told.violations.map(one => `${one.id}: ${one.nodes[0].html}`))"
_OUTLINE = "() => { const style = getComputedStyle(document.activeElement); return style.outlineStyle + ' ' + style.boxShadow }"
# Each control that can be seen gets a number; of radio buttons of one name one is enough. Returns how many there are.
_REACHABLE = """() => {
  const groups = new Set();
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  const found = all.filter(one => {
    if (one.disabled || !one.checkVisibility({visibilityProperty: true})) return false;
    if (one.type !== 'radio') return true;
    const known = groups.has(one.name); groups.add(one.name); return !known;
  });
  found.forEach((one, n) => { if (one.type === 'radio') document.querySelectorAll(`[name="${one.name}"]`).forEach(r => r.dataset.n = n); else one.dataset.n = n; });
  return found.length;
}"""
_FOCUSED = """() => { const one = document.activeElement, style = getComputedStyle(one);
  return [one === document.body ? -1 : Number(one.dataset.n ?? -2), style.outlineStyle + ' ' + style.boxShadow]; }"""
RESIDENTS = ("/", "/17329", "/17329?q=khongco", "{activity}", "{form}", "{holder}", "{holder}/them", "{holder}/cap-lai", "/dang-nhap", "/khong-co")
PLACES = (f"{DESK}/dia-phuong", f"{DESK}/dia-phuong/phong/moi", f"{DESK}/dia-phuong/dia-diem/moi", f"{DESK}/dia-phuong/gioi-thieu")
STAFF = (
    "/lam-viec?all=1",
    "/lam-viec/tai-khoan",
    f"{DESK}/nguoi-lam-viec",
    f"{DESK}/nguoi-lam-viec?q=khongco",
    "/lam-viec/viec/{job}",
    f"{DESK}/khong-co",
)
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
    DESK + "/nguoi-tham-gia/{twin}",
    DESK + "/nguoi-tham-gia/{twin}?da=sua",
    DESK + "/nguoi-tham-gia?slot={slot}",
    DESK + "/nguoi-tham-gia?slot={slot}&loai=cho",
    f"{DESK}/nguoi-tham-gia?q=khongco",
    DESK + "/nguoi-tham-gia/{slot}/in",
    f"{DESK}/ke-hoach/nhap/xong",
    DESK + "/dia-phuong/dia-diem/{venue}",
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
    *STAFF,
)
WIDER = (
    "",
    "?q=khongco",
    "/ngay-hoi/ngay-hoi-2027",
    "/ngay-hoi/ngay-hoi-2027/huy",
    "/ngay-hoi/ngay-hoi-2028/xoa",
    "/ngay-hoi/moi?tu=ngay-hoi-2027",
    "/nguoi-lam-viec",
)
COUNTRY = ("/lam-viec/ca-nuoc/nguoi-lam-viec", "/lam-viec/nhat-ky/40", "/lam-viec/nhat-ky/country")
# Files, the report's own document (held to the law's layout, not the desk's), and what a test below leads to by its own steps.
NO_PAGES = ("tai-ve", "danh-dau", "tep", "so-lieu.json", "<uuid:job_id>.pdf", "xem", "dia-diem")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("axe") / "instance", BEFORE) as one:
        demo.load(demo.Wanted(people=20), now=clock.now())
        next_year = make_event(code="ngay-hoi-2028", first_day=date(2028, 10, 9), last_day=date(2028, 10, 10))
        make_slot(event=next_year, starts_at=NOON.replace(year=2028), published=False)
        yield one


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
    with transaction() as session:
        pages["job"] = str(jobs.enqueue(session, "reports.build", {"event": event.code}, now=clock.now(), commune_code="17329"))
    pages["venue"] = str(next(iter(places.entered("17329", Thing.VENUE))).id)
    return pages | {"slot": str(slot.id), "of_slot": str(slot.activity_id)}


def _filled(rule: str) -> str:
    """A rule's shape: what it names is one word."""
    return re.sub(r"<[^>]*>", "_", re.sub(r"<any\([^)]*\):slug>", "_", rule))


def _shape(path: str) -> str:
    """The shape of a page's address."""
    path = re.sub(r"\{[^}]*\}", "_", path.partition("?")[0])
    path = re.sub(r"/lam-viec/17329/ngay-hoi-2027", "/lam-viec/_/_", path)
    return re.sub(r"/dia-phuong/(phong|dia-diem)/", "/dia-phuong/_/", re.sub(r"/tinh/40(/ngay-hoi/ngay-hoi-\d+)?", _wider, path)).replace(
        "/nhat-ky/40", "/nhat-ky/_"
    )


def _wider(found: re.Match[str]) -> str:
    return "/tinh/_/ngay-hoi/_" if found[1] else "/tinh/_"


def test_each_organiser_s_page_is_held_to_axe(served: Served) -> None:
    rules = {_filled(str(rule)) for rule in served.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and str(rule).startswith("/lam-viec")}
    files = {rule for rule in rules if rule.rpartition("/")[2] in NO_PAGES or rule.endswith(".pdf")}
    looked_at = {_shape(path) for path in (*DESKS, *COUNTRY, *(f"/lam-viec/tinh/40{tail}" for tail in WIDER))}

    assert rules - files - looked_at == set()


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


@pytest.mark.parametrize("path", COUNTRY)
def test_the_country_s_pages_pass_axe(served: Served, browser: Browser, path: str) -> None:
    secret = access.add_person("nuoc@example.vn", Role.ORGANISER, "country", now=clock.now())
    page = browser.new_page(locale="vi-VN")
    page.goto(f"{served.url}/dang-nhap/{secret}")
    page.locator("main form button").click()
    page.goto(served.url + path)

    assert _problems(page) == []


@pytest.mark.parametrize("path", DESKS)
def test_nothing_is_wider_than_the_window(served: Served, desk: Page, addresses: dict[str, str], path: str) -> None:
    for width, height in ((360, 740), (1280, 800)):
        desk.set_viewport_size({"width": width, "height": height})
        desk.goto(served.url + path.format(**addresses))
        assert desk.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", DESKS)
def test_the_keyboard_reaches_everything_and_is_seen(served: Served, desk: Page, addresses: dict[str, str], path: str) -> None:
    """By Tab from the first to the last and out again: nothing is left out, nothing holds it, and where it is can be seen."""
    desk.set_viewport_size({"width": 1280, "height": 800})
    desk.goto(served.url + path.format(**addresses))
    wanted = desk.evaluate(_REACHABLE)
    seen, unseen = set(), []
    for _ in range(wanted + 3):
        desk.keyboard.press("Tab")
        number, outline = desk.evaluate(_FOCUSED)
        seen.add(number)
        unseen += [number] if number >= 0 and outline == "none none" else []

    assert (len(seen - {-1, -2}), unseen) == (wanted, [])  # -2: within the frame of a preview


@pytest.mark.parametrize("path", [f"{DESK}/ke-hoach", f"{DESK}/ke-hoach/nhap", f"{DESK}/may-quet"])
def test_focus_is_seen_wherever_the_keyboard_goes(served: Served, desk: Page, path: str) -> None:
    desk.set_viewport_size({"width": 1280, "height": 800})
    desk.goto(served.url + path)

    seen = []
    for _ in range(12):
        desk.keyboard.press("Tab")
        seen.append(desk.evaluate(_OUTLINE))

    assert "none none" not in seen


@pytest.mark.parametrize("path", WIDER)
def test_a_province_s_pages_pass_axe(served: Served, browser: Browser, path: str) -> None:
    secret = access.add_person("tinh@example.vn", Role.ORGANISER, "province:40", now=clock.now())
    page = browser.new_page(locale="vi-VN")
    page.goto(f"{served.url}/dang-nhap/{secret}")
    page.locator("main form button").click()
    page.goto(f"{served.url}/lam-viec/tinh/40{path}")

    assert _problems(page) == []


def _upload_what_is_wrong(desk: Page, served: Served) -> None:
    desk.goto(f"{served.url}{DESK}/ke-hoach/nhap")
    desk.set_input_files("#file", PROJECT / "tests" / "data" / "ke-hoach-06-co-loi.xlsx")
    desk.locator("main form button").first.click()


def test_the_page_that_mends_a_sheet_passes_axe(served: Served, desk: Page) -> None:
    _upload_what_is_wrong(desk, served)
    desk.locator("button[name=bo]").first.click()
    desk.locator("#da-bo summary").click()

    assert _problems(desk) == []


def test_the_form_that_adds_a_place_while_mending_passes_axe(served: Served, desk: Page) -> None:
    _upload_what_is_wrong(desk, served)
    desk.locator("button[name=them]").first.click()
    asked = _problems(desk)
    desk.locator("main form").evaluate("one => { one.noValidate = true; one.name.value = '' }")
    desk.locator("main form .button--primary").click()

    assert ("/dia-diem" in desk.url, asked, _problems(desk)) == (True, [], [])


def _opened(desk: Page, served: Served, email: str) -> Locator:
    """What can be done about somebody who works here, unfolded."""
    access.add_person(email, Role.VIEWER, "commune:17329", now=clock.now())
    desk.goto(f"{served.url}{DESK}/nguoi-lam-viec")
    line = desk.locator("li", has_text=email)
    line.locator("summary").click()
    return line


def test_what_can_be_done_about_a_colleague_passes_axe(served: Served, desk: Page) -> None:
    _opened(desk, served, "lan@example.vn")

    assert _problems(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= desk.viewport_size["width"]


def test_the_way_to_undo_a_removal_passes_axe(served: Served, desk: Page) -> None:
    _opened(desk, served, "hoa@example.vn").get_by_role("button", name="Bỏ khỏi nơi này").click()

    assert (desk.get_by_role("button", name="Hoàn tác").count(), _problems(desk)) == (1, [])


def test_a_role_that_somebody_changed_meanwhile_passes_axe(served: Served, desk: Page) -> None:
    line = _opened(desk, served, "minh@example.vn")
    line.locator("[name=seen]").evaluate("one => one.value = 'xưa'")
    line.get_by_role("button", name="Đổi vai trò").click()

    assert (desk.get_by_text("Vừa có người khác đổi vai trò này").count(), _problems(desk)) == (1, [])


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
    asked = _problems(page)
    page.get_by_role("button", name="Tôi đang dự").click()

    assert (page.get_by_text("Đã ghi: dự trực tuyến").count(), asked, _problems(page)) == (1, [], [])
