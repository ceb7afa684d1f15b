"""Pages about work that goes on keep themselves fresh: the focus is not lost, what was typed stays, and what became of it is said once."""

from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from eventday.jobs import service as jobs
from eventday.kernel import clock
from eventday.reports import service as reports
from tests.browser.pages import DESK
from tests.browser.served import Served

pytestmark = pytest.mark.browser
_SAID = "() => { window.said = []; new MutationObserver(() => said.push(told.textContent)).observe(told, {childList: true}) }"


@pytest.fixture
def job(served: Served) -> UUID:
    """A report that a worker has begun."""
    found = reports.request("ngay-hoi-2027", "17329", page=f"{DESK}/bao-cao", person=None, now=clock.now())
    jobs.begin(found, found, now=clock.now(), pulse=clock.now())
    jobs.note(found, found, progress=40, step="Đang vẽ các trang")
    return found


def end(job: UUID) -> None:
    jobs.note(job, job, state="failed", error="Đã thử ba lần mà không xong.", finished_at=clock.now())


def test_the_focus_stays_while_work_goes_on_and_is_not_lost_when_its_button_goes(served: Served, desk: Page, job: UUID) -> None:
    desk.goto(f"{served.url}{DESK}/viec-nen")
    desk.evaluate(_SAID)
    desk.get_by_role("button", name="Dừng").first.focus()
    jobs.note(job, job, progress=70, step="Đang ghi tệp")
    expect(desk.get_by_text("Đang ghi tệp (70%)")).to_be_visible()
    assert "Dừng" in desk.evaluate("document.activeElement.textContent")

    end(job)
    expect(desk.get_by_text("Đã thử ba lần mà không xong.").first).to_be_visible()

    assert desk.evaluate("[document.querySelector('#work').contains(document.activeElement), said.length]") == [True, 1]


def test_what_is_typed_into_the_report_stays(served: Served, desk: Page, job: UUID) -> None:
    desk.goto(f"{served.url}{DESK}/bao-cao")
    desk.evaluate(_SAID)
    word = str(uuid4())
    desk.fill("#signer", word)

    end(job)
    expect(desk.get_by_text("Đã thử ba lần mà không xong.").first).to_be_visible()

    assert (desk.input_value("#signer"), desk.evaluate("said")) == (word, ["Lập báo cáo: chưa xong"])
    assert desk.get_by_role("button", name="Lập báo cáo").count() == 1
