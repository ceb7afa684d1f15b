"""axe, asked about the page that a browser shows."""

from playwright.sync_api import Page

from eventday.config import PROJECT

_AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
_FOUND = "axe.run().then(told => told.violations.map(one => `${one.id}: ${one.nodes[0].html}`))"


def problems(page: Page) -> list[str]:
    """At both widths: pages rearrange themselves in between."""
    found: list[str] = []
    for width, height in ((360, 740), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(_AXE.read_text(encoding="utf-8"))
        found += page.evaluate(_FOUND)
    return found
