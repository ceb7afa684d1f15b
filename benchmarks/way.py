"""What a resident's browser fetches from nothing to the pass: requests, and bytes as they came over the wire."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.server import place, serving
from benchmarks.works import COMMUNE
from tools.run import HOST

_FORM = "a[href*='/dang-ky?slot=']"
_ACTIVITY = "a[href*='/hoat-dong/']"


@dataclass
class Fetched:
    """Requests that went over the wire (a redirect is one) and the bytes of their answers, headers included. `steps` by page."""

    requests: int = 0
    bytes: int = 0
    steps: list[str] = field(default_factory=list)

    def add(self, event: dict[str, Any]) -> None:
        self.requests += 1
        self.bytes += int(event["encodedDataLength"])


def measure() -> dict[str, Fetched]:
    """The first page, and the whole way with it; the page is shown at 360 pixels with a cold cache."""
    with place("sqlite") as at:
        at.flask("demo", "load", "--communes", "1")
        with serving(at), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 360, "height": 740})
            return _walk(page, f"http://{HOST}:{at.port}/{COMMUNE}")


def _walk(page: Page, address: str) -> dict[str, Fetched]:
    whole = Fetched()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    own: set[str] = set()  # a data: address is no request
    wire.on("Network.responseReceived", lambda event: own.add(event["requestId"]) if event["response"]["url"].startswith("http") else None)
    wire.on("Network.loadingFinished", lambda event: whole.add(event) if event["requestId"] in own else None)
    wire.on("Network.requestWillBeSent", lambda event: whole.add(event["redirectResponse"]) if "redirectResponse" in event else None)
    page.goto(address)
    first = _step(page, whole)
    if not page.locator(_FORM).count():
        page.locator(_ACTIVITY).first.click()
        _step(page, whole)
    page.locator(_FORM).first.click()
    _step(page, whole)
    page.fill("[name=people-0-name]", "Nguyễn Thị Hoa")
    page.fill("[name=phone]", "0912000001")
    page.check("[name=consent]")
    page.locator("main form button[value=register], main form button:not([name])").last.click()
    page.wait_for_url("**/p/*")
    _step(page, whole)
    return {"first page": first, "whole way": whole}


def _step(page: Page, whole: Fetched) -> Fetched:
    page.wait_for_load_state("networkidle")
    whole.steps.append(f"{page.title()}: {whole.requests} requests, {whole.bytes} bytes so far")
    print(f"  {whole.steps[-1]}", flush=True)
    return Fetched(whole.requests, whole.bytes)
