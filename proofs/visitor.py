"""Somebody with a browser who looks at every page that they find a way to, and remembers the forms."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import httpx

from proofs.site import Site
from tests.security.pages import Form, forms_of

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
_TOKEN = re.compile(r'name="csrf_token" value="([0-9a-f]{64})"')
_THING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}|[0-9A-Z]{26}|[A-Za-z0-9_-]{32,}|\d+")
_FILES = (".pdf", ".png", ".ics", ".json", ".webp", "/tep", "/tai-ve", "/danh-dau")
_MOST = 250  # pages
Field = tuple[str, str | bytes]


@dataclass
class Visitor:
    """`role` and `scope` empty: a resident. `starts` are where they begin; `pages` and `forms` are one of each kind."""

    site: Site
    role: str = ""
    scope: str = ""
    starts: Sequence[str] = ("/",)
    pages: dict[str, str] = field(default_factory=dict)
    forms: dict[str, tuple[str, Form]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.site.url, timeout=60)
        self.token = ""
        if self.role:
            self.sign_in()

    def sign_in(self) -> None:
        """By a fresh link: the one before may be used, the session ended by what was sent."""
        email = f"{self.role}@{self.scope.replace(':', '-')}.vn"
        path = httpx.URL(self.site.at.flask("user", "add", email, "--role", self.role, "--scope", self.scope)).path
        self.http.cookies.clear()
        self.http.post(path, data={"csrf_token": self._token_at(path)})
        self.token = self._token_at("/lam-viec?all=1")

    def _token_at(self, path: str) -> str:
        found = _TOKEN.search(self.http.get(path).text)
        return found[1] if found else ""

    def look_around(self) -> None:
        """Every kind of page within reach of links, nearest first."""
        waiting, known = list(self.starts), set[str]()
        while waiting and len(self.pages) < _MOST:
            url = waiting.pop(0)
            if kind_of(url) in known or urlsplit(url).path.endswith(_FILES):
                continue
            known.add(kind_of(url))
            waiting += self._read(url)

    def _read(self, url: str) -> list[str]:
        answer = self.http.get(url, follow_redirects=True)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return []
        self.pages[kind_of(url)] = url
        for form in forms_of(answer.text):
            address = urljoin(str(answer.url), form.action or str(answer.url))
            names = ",".join(sorted(form.choices.keys() - {"csrf_token"}))
            self.forms.setdefault(f"{kind_of(address)} {names}", (address, form))
        links = (urljoin(str(answer.url), unescape(link)) for link in _LINK.findall(answer.text))
        return [link for link in links if link.startswith(self.site.url)]

    def send(self, url: str, fields: Sequence[Field]) -> httpx.Response:
        """A form, with the session's own token; where the session has ended, in a new one."""
        answer = self._send(url, fields)
        if self.role and (answer.status_code in (401, 403) or "/dang-nhap" in answer.headers.get("location", "")):
            self.sign_in()
            answer = self._send(url, fields)
        return answer

    def _send(self, url: str, fields: Sequence[Field]) -> httpx.Response:
        sent = [(name, self.token if name == "csrf_token" else value) for name, value in fields]
        return self.http.post(url, content=urlencode(sent), headers={"Content-Type": "application/x-www-form-urlencoded"})

    def asked(self) -> Iterator[tuple[str, str]]:
        """Each address with each name of its query."""
        for url in self.pages.values():
            yield from ((url, name) for name, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True))


def kind_of(url: str) -> str:
    """Addresses of the same route and the same names in the query are one kind."""
    parts = urlsplit(url)
    names = ",".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{_THING.sub('_', parts.path)}?{names}"
