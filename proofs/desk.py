"""An organiser at the desk, from outside: signs in by a one-time link, has a report made, waits for it."""

import re
import time

import httpx

from proofs.site import COMMUNE, EVENT, Site

_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')
_PDF = re.compile(r'href="([^"]+\.pdf)"')
_PERCENT = re.compile(r"<progress[^>]*value=\"(\d+)\"")


class Desk:
    """A browser of an organiser of the commune."""

    def __init__(self, site: Site) -> None:
        self._http = httpx.Client(base_url=site.url, timeout=30, follow_redirects=True)
        link = site.at.flask("user", "add", "can-bo@example.vn", "--role", "organiser", "--scope", f"commune:{COMMUNE}")
        path = httpx.URL(link).path
        self._http.post(path, data={"csrf_token": self._token(path)}).raise_for_status()

    def _token(self, path: str) -> str:
        found = _TOKEN.search(self._http.get(path).raise_for_status().text)
        if found is None:
            raise RuntimeError(f"{path}: no form")
        return found[1]

    def get(self, path: str) -> httpx.Response:
        return self._http.get(path)

    def upload(self, shown: str, action: str, field: str, data: bytes, more: dict[str, str]) -> httpx.Response:
        """Send a file by the form of a page, with what else it sends; where it leads. Raises: httpx.TransportError."""
        fields = {"csrf_token": self._token(shown), **more}
        return self._http.post(action, data=fields, files={field: ("tep.xlsx", data)}, timeout=120)

    def ask_for_report(self) -> None:
        self._http.post(f"{_REPORT}/lap", data={"csrf_token": self._token(_REPORT)}).raise_for_status()

    def progress(self) -> int | None:
        """Per cent of the report that is being made; None where none is."""
        found = _PERCENT.search(self._http.get(_REPORT).raise_for_status().text)
        return int(found[1]) if found else None

    def report(self, *, within: float) -> bytes | None:
        """The finished report, or None where it is not there within so many seconds."""
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            found = _PDF.search(self._http.get(_REPORT).raise_for_status().text)
            if found:
                return self._http.get(found[1]).raise_for_status().content
            time.sleep(0.2)
        return None


_REPORT = f"/lam-viec/{COMMUNE}/{EVENT}/bao-cao"
