"""Somebody without a mouse: what they want is come to by Tab."""

from playwright.sync_api import Page

_HERE = """() => {
  const one = document.activeElement
  if (one === document.body) return ''
  return [...(one.labels ?? [])].map(label => label.innerText).join(' ') + ' ' + (one.innerText ?? '') + ' ' + (one.ariaLabel ?? '') + ' ' + (one.id ?? '')
}"""


def reach(page: Page, words: str) -> None:
    """By Tab to what bears these words. Raises: AssertionError where the keyboard never comes there."""
    for _ in range(120):
        if words in page.evaluate(_HERE):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to “{words}”")


def press(page: Page, words: str) -> None:
    reach(page, words)
    page.keyboard.press("Enter")


def follow(page: Page, words: str) -> None:
    """A link or button that leads to another page."""
    with page.expect_navigation():
        press(page, words)


def fill(page: Page, words: str, text: str) -> None:
    reach(page, words)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def tick(page: Page, words: str) -> None:
    reach(page, words)
    page.keyboard.press("Space")
