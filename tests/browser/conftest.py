"""Debian's Chromium, one for each module; the demo served to it, with what the pages' addresses name."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.db import transaction
from eventday.jobs import service as jobs
from eventday.kernel import clock
from eventday.places import queries as places
from eventday.places.entries import Thing
from eventday.programme import queries as programme
from eventday.programme.domain import Admission
from eventday.registrations import service as registrations
from eventday.registrations.domain import PersonRequest, RegistrationRequest, Source
from eventday.rehearsal import demo
from tests.browser.served import Served, serve
from tests.factories import NOON, make_event, make_slot

BEFORE = "2027-09-28T08:00:00+07:00"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("pages") / "instance", BEFORE) as one:
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


def signed_in(served: Served, browser: Browser, email: str, scope: str) -> Page:
    """The browser of a new organiser."""
    secret = access.add_person(email, Role.ORGANISER, scope, now=clock.now())
    page = browser.new_page(locale="vi-VN")
    page.goto(f"{served.url}/dang-nhap/{secret}")
    page.locator("main form button").click()
    return page


@pytest.fixture(scope="module")
def desk(served: Served, browser: Browser) -> Page:
    return signed_in(served, browser, "can-bo@example.vn", "commune:17329")
