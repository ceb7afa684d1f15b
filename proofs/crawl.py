"""Every form of every role sent with texts that have broken programs, one field at a time and all at once, and every query asked with them.

`python -m proofs.crawl [TEXTS]`: so many texts of each class (all). The server is as `make run` has it.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from benchmarks.server import place
from proofs.claims import Claim, report
from proofs.naughty import BORN, CALCULATED, texts
from proofs.site import COMMUNE, EVENT, Site, site
from proofs.visitor import Field, Visitor
from tests.security.pages import Form, running_in

_DESK = f"/lam-viec/{COMMUNE}/{EVENT}"
_DOORS = ("/dang-nhap", "/dang-nhap/mat-khau", "/quet")
_HERE = f"commune:{COMMUNE}"
_STATUSES = {200, 303, 302, 400, 401, 403, 404, 409, 410, 413, 422, 429}
_BORN = re.compile(rf"<{BORN}|<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*\sonborn\s*=", re.I)
_SAYS = ("field__error", 'class="summary"', "notice--bad", "notice--warn", 'class="error', "<h1")


Share = tuple[Visitor, list[tuple[str, Form]], list[tuple[str, str]]]  # who, which forms, which address and name in its query


@dataclass
class Found:
    """What was asked, how it was answered, and what was wrong with an answer: (what, where, which text)."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)


def main(most: int | None = None) -> int:
    with place("sqlite") as at, site(at, "--people", "40") as served:
        served.start()
        visitors = _visitors(served)
        for visitor in visitors:
            visitor.look_around()
        found = Found()
        with ThreadPoolExecutor(len(visitors)) as side_by_side:
            list(side_by_side.map(lambda one: _attack(one, texts(most), found), _shared_out(visitors)))
        again = Found()
        for visitor in visitors:
            _look_again(visitor, again)
        return report([*_claims(visitors, found, again), served.counters_agree(), served.said_no_traceback()])


def _visitors(served: Site) -> list[Visitor]:
    """Each role at the commune, and those above it; a resident with a pass."""
    slot = served.new_slot(500)
    body = {"event": EVENT, "phone": "0912345678", "consent": True, "people": [{"name": "Lò Thị Mai", "slots": [slot]}]}
    issued = httpx.post(f"{served.url}/api/v1/registrations", json=body, headers=served.bearer, timeout=30).raise_for_status().json()
    holder = urlsplit(issued["passes"][0]["url"]).path
    links = (
        "/",
        f"/{COMMUNE}",
        f"/{COMMUNE}/dang-ky?slot={slot}",
        holder,
        f"{holder}/them",
        f"{holder}/cap-lai",
        *_DOORS,
    )
    people = [("organiser", _HERE), ("desk", _HERE), ("viewer", _HERE), ("organiser", "province:40"), ("organiser", "country")]
    starts = (_DESK, f"{_DESK}/nguoi-tham-gia/trung", "/lam-viec/tai-khoan", "/lam-viec?all=1")
    return [Visitor(served, starts=links), *(Visitor(served, role, scope, starts) for role, scope in people)]


def _shared_out(visitors: list[Visitor]) -> Iterator[Share]:
    """Each kind of form, and of address, to the first who met it."""
    known: set[str] = set()
    for visitor in visitors:
        forms = [one for kind, one in visitor.forms.items() if kind not in known]
        queries = [one for kind, one in ((f"{urlsplit(url).path} {name}", (url, name)) for url, name in visitor.asked()) if kind not in known]
        known |= visitor.forms.keys() | {f"{urlsplit(url).path} {name}" for url, name in queries}
        yield visitor, forms, queries


def _attack(share: Share, hostile: list[str | bytes], found: Found) -> None:
    visitor, forms, queries = share
    for url, form in forms:
        for fields, text in _sent(form, hostile):
            answer = visitor.send(url, fields)
            _judge(visitor, answer, f"POST {urlsplit(url).path}", text, found)
    for url, name in queries:
        for text in hostile:
            asked = [(one, text if one == name else value) for one, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)]
            if len(text) < 8000:  # longer addresses are for `proofs.strange`
                _judge(visitor, visitor.http.get(f"{urlsplit(url).path}?{urlencode(asked)}"), f"GET {urlsplit(url).path}?{name}", text, found)


def _sent(form: Form, hostile: list[str | bytes]) -> Iterator[tuple[list[Field], str | bytes]]:
    """The form with each text in each field, and with each text in all fields."""
    plain = dict(form.fields)
    names = [name for name in form.choices if name != "csrf_token"]
    for text in hostile if names else ():
        for one in [[name] for name in names] + ([names] if len(names) > 1 else []):
            yield list((plain | dict.fromkeys(one, text)).items()), text


def _judge(visitor: Visitor, answer: httpx.Response, where: str, text: str | bytes, found: Found) -> None:
    found.sent += 1
    found.statuses[answer.status_code] += 1
    found.wrong += [(what, where, repr(text)[:60]) for what in _wrong(answer)]
    if answer.status_code == 303 and not _leads_away(answer):
        after = visitor.http.get(answer.headers["location"])
        found.wrong += [(what, f"{where} → {answer.headers['location']}", repr(text)[:60]) for what in _wrong(after)]


def _wrong(answer: httpx.Response) -> list[str]:
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    page = answer.text if is_page else ""
    return [
        what
        for what, is_so in (
            (f"status {answer.status_code}", answer.status_code not in _STATUSES),
            ("a stack of text", "Traceback" in page),
            ("an element or attribute of a text", bool(_BORN.search(page)) or bool(running_in(page))),
            ("a calculated text", CALCULATED in page),
            ("a header of a text", "x-born" in answer.headers or "born" in answer.headers.get("set-cookie", "")),
            ("a way to another site", _leads_away(answer)),
            ("no sentence", answer.status_code >= 400 and is_page and not any(mark in page for mark in _SAYS)),
        )
        if is_so
    ]


def _leads_away(answer: httpx.Response) -> bool:
    location = answer.headers.get("location", "")
    return bool(location) and (urlsplit(location).netloc not in ("", answer.url.netloc.decode()) or location.startswith(("//", "/\\")))


def _look_again(visitor: Visitor, found: Found) -> None:
    """All pages once more, now that the texts are stored that were taken."""
    if visitor.role:
        visitor.sign_in()
    for url in visitor.pages.values():
        answer = visitor.http.get(url, follow_redirects=True)
        found.sent += 1
        found.wrong += [(what, f"GET {urlsplit(url).path}", "stored") for what in _wrong(answer)]


def _claims(visitors: list[Visitor], found: Found, again: Found) -> list[Claim]:
    forms, pages = ({kind for one in visitors for kind in getattr(one, what)} for what in ("forms", "pages"))
    met = f"{len(forms)} kinds of forms and {len(pages)} of pages by {len(visitors)} visitors, {found.sent} requests, answered {dict(found.statuses)}"
    return [
        Claim("the walk means something", len(forms) > 50 and len(pages) > 50 and found.statuses[422] > 500, met),
        Claim("no hostile text makes a 5xx, an element, a calculation, a header, a way elsewhere, or an answer without a sentence", *_none(found)),
        Claim("nor does any page where such texts are stored now", *_none(again)),
    ]


def _none(found: Found) -> tuple[bool, str]:
    return not found.wrong, "; ".join(" | ".join(one) for one in dict.fromkeys(found.wrong[:400]))[:4000]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
