"""WeasyPrint, set up once a process: own fonts only, own files only, PDF/UA. For worker and commands, never for a web process."""

import ctypes
import gc
import os
import threading
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from eventday.paper import fonts, scopes

_STYLES = Path(__file__).resolve().parent / "styles"
_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
_one_at_a_time = threading.Lock()


class PaperNotReady(Exception):
    """Something that drawing needs is not on this machine. The text names it."""


def check() -> None:
    """Say what is missing before anything is drawn: without a single font the library would crash the process.

    Raises: PaperNotReady.
    """
    missing = sorted(package for library, package in _LIBRARIES.items() if not _loads(library))
    if missing:
        raise PaperNotReady(f"system packages are missing: {' '.join(missing)}")
    absent = [face for face in fonts.FACES if not (fonts.FOLDER / f"{face}.ttf").is_file()]
    if absent:
        raise PaperNotReady(f"fonts are missing in {fonts.FOLDER}: {' '.join(absent)}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def render(html: str, *styles: str) -> bytes:
    """A tagged PDF (PDF/UA-1) of an HTML page; `styles` name files in `paper/styles`.

    One document is drawn at a time in a process. Raises: PaperNotReady.
    """
    with _one_at_a_time:
        engine = _engine()
        gc.disable()  # tens of thousands of boxes live to the end: looking for garbage among them only costs time
        try:
            return scopes.add(engine.draw(html, styles))
        finally:
            gc.enable()


def style(name: str) -> Markup:
    """A style sheet of the package, to stand in a page that shows on a screen what is printed."""
    return Markup((_STYLES / name).read_text("utf-8"))  # noqa: S704 our own file


def read_own(url: str) -> bytes:
    """A file of the package; anything else, near or far, is refused. Raises: ValueError."""
    path = Path(url.removeprefix("file://")).resolve() if url.startswith("file:///") else None
    if path is None or not path.is_relative_to(_STYLES) or not path.is_file():
        raise ValueError(f"not a file of the package: {url[:40]}")
    return path.read_bytes()


def _own_files_only() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            return URLFetcherResponse(url, read_own(url))

    return OwnFiles()


class _Engine:
    """The library with one font configuration and each style sheet parsed once."""

    def __init__(self) -> None:
        from weasyprint.css.counters import CounterStyle
        from weasyprint.text.fonts import FontConfiguration

        self._fonts = FontConfiguration()
        self._counters = CounterStyle()
        self._fetcher = _own_files_only()
        self._parsed: dict[str, Any] = {}

    def draw(self, html: str, styles: tuple[str, ...]) -> bytes:
        from weasyprint import HTML

        page = HTML(string=html, base_url=_STYLES.as_uri() + "/", url_fetcher=self._fetcher)
        document = page.render(
            stylesheets=[self._style(name) for name in styles], font_config=self._fonts, counter_style=self._counters, pdf_variant="pdf/ua-1"
        )
        return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))

    def _style(self, name: str) -> Any:
        """Parsed with the counters that `render` gets: a sheet with counters of its own would silently number 1, 2, 3."""
        from weasyprint import CSS

        if name not in self._parsed:
            path = _STYLES / name
            self._parsed[name] = CSS(
                string=path.read_text("utf-8"),
                base_url=path.as_uri(),
                url_fetcher=self._fetcher,
                font_config=self._fonts,
                counter_style=self._counters,
            )
        return self._parsed[name]


@cache
def _engine() -> _Engine:
    check()
    os.environ["FONTCONFIG_FILE"] = str(fonts.CONFIGURATION)
    return _Engine()
