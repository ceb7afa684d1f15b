"""What does not belong in HTTP, sent byte for byte: methods, lengths, types, hosts, headers. `python -m proofs.strange`.

Every route is asked with every method; some of each kind with all the rest. The server is as `make run` has it.
"""

import re
import socket
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from uuid import uuid4

from benchmarks.server import place
from proofs.claims import Claim, report
from proofs.site import COMMUNE, EVENT, Site, site
from tests.security.table import ROWS
from tools.run import HOST

EVIL = "born.example"
_METHODS = ("TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "CONNECT", "PROPFIND", "BREW", "get")
_SOME = (
    "/",
    f"/{COMMUNE}",
    "/dang-nhap",
    f"/lam-viec/{COMMUNE}/{EVENT}",
    "/api/v1/events",
    "/api/v1/registrations",
    "/quet",
    "/healthz",
    "/t/x",
    "/p/x",
)
_NAMED = {"commune:code": COMMUNE, "event": EVENT, "province": "40", "chain": "40", "any:slug": "thon", "path:name": "css/resident.css"}
_FORM = "application/x-www-form-urlencoded"
Headers = Sequence[tuple[str, str]]
_LENGTHS: tuple[tuple[str, Headers, bytes], ...] = (
    ("longer than the body", [("Content-Length", "900")], b"a=1"),
    ("shorter than the body", [("Content-Length", "1")], b"a=1&b=2"),
    ("negative", [("Content-Length", "-1")], b"a=1"),
    ("no number", [("Content-Length", "abc")], b"a=1"),
    ("beyond all numbers", [("Content-Length", "9" * 40)], b"a=1"),
    ("two that differ", [("Content-Length", "3"), ("Content-Length", "7")], b"a=1"),
    ("a length and chunks", [("Content-Length", "3"), ("Transfer-Encoding", "chunked")], b"0\r\n\r\nGET /born HTTP/1.1\r\n\r\n"),
    ("chunks", [("Transfer-Encoding", "chunked")], b"3\r\na=1\r\n0\r\n\r\n"),
    ("broken chunks", [("Transfer-Encoding", "chunked")], b"zz\r\na=1\r\n0\r\n\r\n"),
    ("chunks without an end", [("Transfer-Encoding", "chunked")], b"ffffffff\r\na=1"),
    ("an unknown coding", [("Transfer-Encoding", "born")], b"a=1"),
    ("none", [], b"a=1"),
)
_MOMENT = 3.0  # seconds
_TYPES = (
    "",
    "text/plain",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    f"{_FORM}; charset=utf-16",
    "x" * 5000,
    "a/b/c;;;=",
)
_LONG: tuple[Headers, ...] = (
    [("X-Long", "a" * 100_000)],
    [(f"X-{number}", "a" * 90) for number in range(1000)],
    [("Cookie", "eventday=" + "a" * 60_000)],
    [("Cookie", "; ".join(f"eventday={number}" for number in range(500)))],
    [("Authorization", "Bearer " + "a" * 20_000)],
    [("Authorization", "Bearer \x80\xff")],
    [("Accept-Language", "," * 20_000)],
    [("Accept-Encoding", "br;q=born, *;q=99")],
)
_ELSEWHERE: tuple[Headers, ...] = (
    [("X-Forwarded-Host", EVIL)],
    [("X-Forwarded-Host", EVIL), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Port", "1"), ("X-Forwarded-Prefix", f"//{EVIL}")],
    [("Forwarded", f"host={EVIL};proto=https")],
    [("X-Original-URL", f"//{EVIL}/"), ("X-Rewrite-URL", f"//{EVIL}/")],
    [("X-HTTP-Method-Override", "DELETE")],
    [("X-Forwarded-For", f"{EVIL}, 1.2.3.4, '; DROP")],
    [("Referer", f"https://{EVIL}/"), ("Origin", f"https://{EVIL}")],
)
_CONDITIONS: tuple[Headers, ...] = tuple(
    [(name, value)]
    for name in ("If-None-Match", "If-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range")
    for value in ("*", '"x"', "x" * 5000, "Thu, 99 Foo 0000 99:99:99 GMT", "bytes=0-", "bytes=-1", "bytes=99999999-", "bytes=" + "0-0," * 900, "\xff")
)
_AWAY = (f"//{EVIL}", f"https://{EVIL}/", f"/\\{EVIL}", f"https:{EVIL}", f"%2f%2f{EVIL}", f"/%09/{EVIL}", f"javascript:{EVIL}", f"/lam-viec@{EVIL}")
_RUNS = rb"""(?:href|src|action)\s*=\s*["']?\s*javascript:"""
_LINKED = rb"""(?:href|src|action)\s*=\s*["']?(?:https?:)?[/\\]{2}[^"'\s>]*""" + EVIL.encode()
_FRAMEWORK = f"_method=PUT&_external=1&_scheme=javascript&_anchor={EVIL}&endpoint=x"
Case = tuple[str, bytes]  # what it is, the bytes


def main() -> int:
    with place("sqlite") as at, site(at) as served:
        served.start()
        own = f"{HOST}:{at.port}"
        claims = [
            _claim(served, "no method that a route does not have", methods(own)),
            _claim(served, "no length that lies, no type that is another", bodies(own)),
            _claim(served, "no header too long or of strange bytes, no condition, no range", headers(own)),
            _claim(served, "no foreign host, however it is said", hosts(own)),
            served.counters_agree(),
            served.said_no_traceback(),
        ]
    return report(claims)


def methods(own: str) -> Iterator[Case]:
    for path in sorted({filled(row.rule) for row in ROWS}):
        for method in _METHODS:
            yield f"{method} {path}", raw(method, path, own, [("X-Secret", "born-again"), ("Content-Length", "0")])


def bodies(own: str) -> Iterator[Case]:
    for path in ("/dang-nhap", f"/{COMMUNE}/dang-ky", "/api/v1/registrations", f"/lam-viec/{COMMUNE}/{EVENT}/ke-hoach/nhap", "/p/x/them"):
        for what, lengths, body in _LENGTHS:
            yield f"POST {path}, length {what}", raw("POST", path, own, [("Content-Type", _FORM), *lengths], body)
        for kind in _TYPES:
            yield f"POST {path} as {kind[:40]}", raw("POST", path, own, [("Content-Type", kind), ("Content-Length", "3")], b"a=1")
        yield (
            f"POST {path} as two types",
            raw("POST", path, own, [("Content-Type", _FORM), ("Content-Type", "application/json"), ("Content-Length", "2")], b"{}"),
        )


def headers(own: str) -> Iterator[Case]:
    for path in (*_SOME, "/static/css/resident.css"):
        for given in (*_LONG, *_CONDITIONS):
            yield f"GET {path} with {given[0][0]}: {given[0][1][:30]}", raw("GET", path, own, given)


def hosts(own: str) -> Iterator[Case]:
    for path in _SOME:
        for host in (EVIL, f"{EVIL}:80", f"{own}@{EVIL}", f"{own}.{EVIL}", "", "\xff", "[::1", "a" * 5000):
            yield f"GET {path} at {host[:40]}", raw("GET", path, host)
        yield f"GET {path} at two hosts", raw("GET", path, own, [("Host", EVIL)])
        yield f"GET http://{EVIL}{path}", raw("GET", f"http://{EVIL}{path}", own)
        for given in _ELSEWHERE:
            yield f"GET {path} with {given[0][0]}", raw("GET", path, own, given)
    for path in _SOME:
        yield (
            f"GET {path} with words of the framework",
            raw("GET", f"{path}?{_FRAMEWORK}", own),
        )
    for path in _AWAY:
        yield f"GET {path}", raw("GET", path, own)
        yield f"GET /dang-nhap?next={path}", raw("GET", f"/dang-nhap?next={path}", own)


def filled(rule: str) -> str:
    return re.sub(r"<([^>]*)>", lambda part: _NAMED.get(part[1]) or str(uuid4()), rule)


def raw(method: str, target: str, host: str, given: Headers = (), body: bytes = b"") -> bytes:
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in given), "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def ask(port: int, sent: bytes) -> bytes:
    """All that is answered before the connection ends, or within a moment where it waits for more; empty where nothing is said."""
    got = b""
    with socket.create_connection((HOST, port), timeout=_MOMENT) as link, suppress(OSError):
        link.sendall(sent)
        while part := link.recv(65536):
            got += part
    return got


def _claim(served: Site, text: str, cases: Iterable[Case]) -> Claim:
    told, wrong = Counter[str](), list[str]()
    for what, sent in cases:
        answer = ask(served.at.port, sent)
        status = answer[9:12].decode("latin-1") or "silence"
        told[status] += 1
        wrong += [f"{what}: {fault}" for fault in _faults(status, answer)]
    holds = not wrong and served.answers() and told["silence"] < told.total() / 3
    return Claim(f"{text}: no 5xx, nothing echoed, no link or way elsewhere, and it answers on", holds, "; ".join(wrong)[:3000] or str(dict(told)))


def _faults(status: str, answer: bytes) -> list[str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    leads = re.search(rb"\r\nlocation: *([^\r]*)", head, re.I)
    return [
        fault
        for fault, is_so in (
            (status, status.startswith("5") and status not in ("501", "505")),
            ("a stack of text", b"Traceback" in body),
            ("a link that runs", re.search(_RUNS, body) is not None),
            ("a header echoed", b"born-again" in answer),
            ("a link to a foreign host", re.search(_LINKED, body) is not None),
            ("a way elsewhere", leads is not None and _leads_away(leads[1].decode("latin-1"))),
        )
        if is_so
    ]


def _leads_away(location: str) -> bool:
    return not (location.startswith(f"http://{HOST}:") or (location.startswith("/") and not location.startswith(("//", "/\\"))))


if __name__ == "__main__":
    sys.exit(main())
