"""What an organiser's list costs over 200,000 registrations: `make bench` has its lines. `python -m benchmarks.lists [sqlite] [postgresql]`.

Each page is asked for in turn with all others, in rounds, by one browser; CPU as for a registration, the floor's row measured in between.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from statistics import median

from benchmarks.load import Call, drive
from benchmarks.server import Place, Server, place, serving
from tools.run import HOST

_ROUNDS, _AT_ONCE, _AIM = 5, 6, 50.0
_PROVINCE = {"province": "/lam-viec/tinh/40", "province, searched and sorted": "/lam-viec/tinh/40?q=an&xep=dang-ky", "choice": "/lam-viec?all=1"}
_PAGES = {
    "home": "{desk}",
    "plan": "{desk}/ke-hoach",
    "people: slots": "{desk}/nguoi-tham-gia",
    "people: name": "{desk}/nguoi-tham-gia?q=nguyen+van+an",
    "people: common name": "{desk}/nguoi-tham-gia?q=nguyen",
    "people: phone": "{desk}/nguoi-tham-gia?q=0012",
    "slot's people": "{desk}/nguoi-tham-gia?slot={slot}",
    "slot's people, last page": "{desk}/nguoi-tham-gia?slot={slot}&trang=18",
    "slot's queue": "{desk}/nguoi-tham-gia?slot={slot}&loai=cho&trang=2",
    "person": "{desk}/nguoi-tham-gia/{person}",
    "likely doubles": "{desk}/nguoi-tham-gia/trung",
    "live": "{desk}/ngay-hoi",
    "devices": "{desk}/may-quet",
    "places": "{desk}/dia-phuong",
    "staff": "{desk}/nguoi-lam-viec",
    "log": "{desk}/nhat-ky",
    "log, filtered": "{desk}/nhat-ky?viec=slot&tu=2020-01-01&den=2030-01-01",
    "log, older": "{desk}/nhat-ky?sau=5000",
    "jobs": "{desk}/viec-nen?trang=5",
}


@dataclass(frozen=True)
class Listed:
    """A page of a commune of so many people: CPU-milliseconds for an answer, by floors, and its size."""

    what: str
    people: str
    cpu_ms: float
    floors: float
    kilobytes: int


def main() -> None:
    for database in sys.argv[1:] or ["sqlite", "postgresql"]:
        measure(database)


def measure(database: str) -> list[Listed]:
    """Fill a country of its own, and ask."""
    print(f"\n{database}: CPU-milliseconds for a list's answer over 200,000 registrations (aim < {_AIM:g})", flush=True)
    with place(database) as floor_at, place(database) as at, serving(floor_at, bare=True) as floor:
        usual, large = json.loads(at.python("benchmarks.country"))
        pages = {(what, "130 communes"): path for what, path in _PROVINCE.items()}
        for people, of in (("5,000", usual), ("50,000", large)):
            pages |= {(what, people): path.format(**of) for what, path in _PAGES.items()}
        with serving(at) as server, _signed_in(at) as browser:
            _wait_until_idle(server)
            return _rows(pages, server, floor, browser)


def _wait_until_idle(server: Server) -> None:
    """The worker looks over all that was written of late when it begins: 18 seconds of CPU for 200,000 people, and none of it a page's."""
    used = -1.0
    while (now := server.cpu_seconds()) - used > 0.1:
        used = now
        time.sleep(2)


def _rows(pages: dict[tuple[str, str], str], server: Server, floor: Server, browser: "_Browser") -> list[Listed]:
    for path in pages.values():
        browser.ask(path, _AT_ONCE)
    calls = [Call("/rows", {"name": f"Nguyễn Văn {n}"}) for n in range(300)]
    drive(floor, calls, 1)
    rounds = [({one: browser.cost(server, path) for one, path in pages.items()}, drive(floor, calls, 1).cpu_ms) for _ in range(_ROUNDS)]
    base = median(floor_ms for _, floor_ms in rounds)
    return [_row(*one, median(costs[one] for costs, _ in rounds), base, len(browser.ask(path, 1))) for one, path in pages.items()]


def _row(what: str, people: str, cpu_ms: float, floor: float, size: int) -> Listed:
    row = Listed(what, people, round(cpu_ms, 1), round(cpu_ms / floor, 1), round(size / 1024))
    over = "" if cpu_ms < _AIM else "  above the aim"
    print(f"  {what:<32}{people:>13} {row.cpu_ms:>8.1f} ms {row.floors:>7.1f} × floor {row.kilobytes:>6} kB{over}", flush=True)
    return row


class _Browser:
    """One connection, signed in."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = HTTPConnection(HOST, port, timeout=60)
        self._headers = {"Cookie": cookie, "Accept-Encoding": "gzip"}

    def ask(self, path: str, times: int) -> bytes:
        """The last answer's body. Raises: RuntimeError where one is not 200."""
        for _ in range(times):
            self._connection.request("GET", path, headers=self._headers)
            answer = self._connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
        return body

    def cost(self, server: Server, path: str) -> float:
        before = server.cpu_seconds()
        self.ask(path, _AT_ONCE)
        time.sleep(0.02)
        return 1000 * (server.cpu_seconds() - before) / _AT_ONCE


@contextmanager
def _signed_in(at: Place) -> Iterator[_Browser]:
    """A browser that pressed the button of an organiser's one-time link."""
    path = "/dang-nhap/" + at.flask("user", "add", "can-bo@example.vn", "--role", "organiser").rpartition("/")[2]
    connection = HTTPConnection(HOST, at.port, timeout=60)
    connection.request("GET", path)
    shown = connection.getresponse()
    token = shown.read().decode().partition('name="csrf_token" value="')[2][:64]
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": _cookies(shown)}
    connection.request("POST", path, f"csrf_token={token}", headers)
    cookies = _cookies(connection.getresponse())
    connection.close()
    yield _Browser(at.port, cookies)


def _cookies(answer: HTTPResponse) -> str:
    return "; ".join(one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie") or () if "Max-Age=0" not in one)


if __name__ == "__main__":
    main()
