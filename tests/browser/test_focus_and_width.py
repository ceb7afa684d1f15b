"""By keyboard alone everything is reached and the focus is always seen; no page is wider than its window."""

import pytest
from playwright.sync_api import Page

from tests.browser.pages import DESK, DESKS
from tests.browser.served import Served

pytestmark = pytest.mark.browser
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
