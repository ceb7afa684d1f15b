"""Every page and state of every role through axe, at both widths, in usual type and at 200 %, residents' in the dark scheme too: `python -m proofs.axe`.

It takes many minutes, so `make test` asks for the main ones only (test_accessibility.py).
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.kernel import clock
from tests.browser.axe import problems
from tests.browser.pages import COUNTRY, DESKS, RESIDENTS, WIDER
from tests.browser.served import Served

pytestmark = pytest.mark.browser
TYPE = {"usual type": [], "type at 200 %": ["--blink-settings=defaultFontSize=32"]}
PEOPLE = {
    "viewer": (Role.VIEWER, "commune:17329", DESKS),
    "desk": (Role.DESK, "commune:17329", DESKS),
    "organiser": (Role.ORGANISER, "commune:17329", DESKS),
    "viewer of the province": (Role.VIEWER, "province:40", tuple(f"/lam-viec/tinh/40{path}" for path in WIDER)),
    "province": (Role.ORGANISER, "province:40", tuple(f"/lam-viec/tinh/40{path}" for path in WIDER)),
    "country": (Role.ORGANISER, "country", COUNTRY),
}
OPEN_FORMS = ("{form}", "{holder}/them", "/dang-nhap", "/dang-nhap/mat-khau")
# What unfolds is unfolded, so that it is looked at too.
_UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"
# How many forms a page has whose fields can be emptied, so that they are refused; one without fields might be taken as it is.
_FORMS = """() => {
  const fields = form => [...form.querySelectorAll('input:not([type=hidden]):not([type=file]), textarea, select')]
  const forms = [...document.querySelectorAll('main form[method=post i]')].filter(one => fields(one).some(two => two.required || two.type === 'text'))
  forms.forEach((form, n) => { form.dataset.n = n; form.noValidate = true })
  return forms.length
}"""
_SEND_EMPTIED = """n => {
  const form = document.querySelector(`form[data-n="${n}"]`)
  for (const one of form.elements) {
    if (one.type === 'checkbox' || one.type === 'radio') one.checked = false
    else if (!['hidden', 'submit', 'button', 'file'].includes(one.type)) one.value = ''
  }
  form.requestSubmit(form.querySelector('.button--primary, .button--main, button:not([name])'))
}"""


@pytest.fixture(scope="module", params=TYPE)
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", *TYPE[request.param]])
        yield chromium
        chromium.close()


def told(page: Page) -> list[str]:
    """What axe finds, and whether one has to scroll sideways on a phone; in the light scheme and, where there is one, the dark."""
    page.evaluate(_UNFOLD)
    found = problems(page)
    page.set_viewport_size({"width": 360, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{page.url} {one}" for one in found + ([f"{wide} pixels wide"] if wide > 360 else [])]


def signed_in(served: Served, browser: Browser, role: Role, scope: str) -> Page:
    secret = access.add_person(f"{role.name}-{browser.version}-{id(browser)}@{scope.replace(':', '-')}.vn".lower(), role, scope, now=clock.now())
    page = browser.new_page(locale="vi-VN")
    page.goto(f"{served.url}/dang-nhap/{secret}")
    page.locator("main form button").click()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_residents(served: Served, browser: Browser, addresses: dict[str, str], scheme: str) -> None:
    page = browser.new_page(locale="vi-VN", color_scheme=scheme)
    found = []
    for path in RESIDENTS:
        for size in ("", "chu=to"):
            page.goto(f"{served.url}{path.format(**addresses)}{'&' if '?' in path.format(**addresses) else '?'}{size}")
            found += told(page)
    page.close()
    assert found == []


@pytest.mark.parametrize("who", PEOPLE)
def test_people_who_work(served: Served, browser: Browser, addresses: dict[str, str], who: str) -> None:
    role, scope, paths = PEOPLE[who]
    page, found = signed_in(served, browser, role, scope), []
    for path in paths:
        page.goto(served.url + path.format(**addresses))
        found += told(page)
    page.close()
    assert found == []


@pytest.mark.parametrize("who", ["resident", "organiser", "province"])
def test_forms_sent_empty(served: Served, browser: Browser, addresses: dict[str, str], who: str) -> None:
    page, paths = (signed_in(served, browser, *PEOPLE[who][:2]), PEOPLE[who][2]) if who in PEOPLE else (browser.new_page(), OPEN_FORMS)
    found, refused = [], 0
    for path in paths:
        page.goto(served.url + path.format(**addresses))
        for number in range(page.evaluate(_FORMS)):
            page.goto(served.url + path.format(**addresses))
            page.evaluate(_FORMS)
            with page.expect_navigation():
                page.evaluate(_SEND_EMPTIED, number)
            if page.locator(".summary, .field__error").count():
                refused, found = refused + 1, found + told(page)
    page.close()
    assert (refused > 1, found) == (True, [])
