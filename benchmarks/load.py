"""A closed loop: so many clients, each with one connection, each sending its next request when the last was answered."""

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import fmean
from typing import Any, Protocol
from urllib.parse import urlencode

from benchmarks.server import Server
from tools.run import HOST

_SETTLE = 0.5  # seconds for what the requests left to do
_TOKEN = 'name="token" value="'


class Ask(Protocol):
    """What a client does with its connection, once. Raises: RuntimeError where the answer is not the one that is due."""

    def __call__(self, connection: HTTPConnection) -> Any: ...


@dataclass(frozen=True)
class Call:
    """One POST of JSON; what comes back is read as JSON."""

    path: str
    body: dict[str, Any]
    token: str = ""

    def __call__(self, connection: HTTPConnection) -> Any:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        return json.loads(exchange(connection, "POST", self.path, json.dumps(self.body), headers)[1])


@dataclass(frozen=True)
class Look:
    """One GET, as a browser or a phone asks; the body comes back as it was sent, compressed where it was."""

    path: str
    token: str = ""

    def __call__(self, connection: HTTPConnection) -> bytes:
        headers = {"Accept-Encoding": "gzip"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        return exchange(connection, "GET", self.path, None, headers)[1]


@dataclass(frozen=True)
class FormWay:
    """A person's way through the form at `path`: opens it, sends it, is led to the pass. Returns the pass's address."""

    path: str
    fields: dict[str, str] = field(default_factory=dict)

    def __call__(self, connection: HTTPConnection) -> str:
        page = exchange(connection, "GET", self.path)[1].decode()
        sent = urlencode(self.fields | {"token": page.partition(_TOKEN)[2].partition('"')[0]})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        address, _ = exchange(connection, "POST", self.path, sent, headers, due=(303,))
        Look(address)(connection)
        return address


def exchange(
    connection: HTTPConnection,
    method: str,
    path: str,
    body: str | None = None,
    headers: dict[str, str] | None = None,
    *,
    due: tuple[int, ...] = (200, 201),
) -> tuple[str, bytes]:
    """One request. Returns where it leads (or "") and the body. Raises: RuntimeError for another status."""
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    told = response.read()
    if response.status not in due:
        raise RuntimeError(f"{path}: {response.status} {told[:300]!r}")
    return response.headers.get("Location", ""), told


@dataclass(frozen=True)
class Cost:
    """CPU of all processes in milliseconds for one request, requests a second, 95th percentile of the answer's time in milliseconds."""

    cpu_ms: float
    per_second: float
    p95_ms: float
    answers: list[Any]


def drive(server: Server, asks: Sequence[Ask], clients: int) -> Cost:
    """Ask everything. Raises: RuntimeError where one is not answered as it should."""
    before, began = server.cpu_seconds(), time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        parts = list(pool.map(lambda n: _client(server.port, asks[n::clients]), range(clients)))
    took = time.monotonic() - began
    time.sleep(_SETTLE)
    cpu = server.cpu_seconds() - before
    times = sorted(seconds for part in parts for seconds, _ in part)
    answers = [answer for part in parts for _, answer in part]
    return Cost(1000 * cpu / len(asks), len(asks) / took, 1000 * times[int(len(times) * 0.95)], answers)


def together(rounds: Sequence[Cost]) -> Cost:
    """The mean of rounds of as many asks each; the 95th percentile is the middle one's."""
    middle = sorted(one.p95_ms for one in rounds)[len(rounds) // 2]
    return Cost(fmean(one.cpu_ms for one in rounds), fmean(one.per_second for one in rounds), middle, [])


def _client(port: int, asks: Sequence[Ask]) -> list[tuple[float, Any]]:
    connection = HTTPConnection(HOST, port, timeout=30)
    answered = [_timed(lambda ask=ask: ask(connection)) for ask in asks]  # type: ignore[misc]
    connection.close()
    return answered


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.monotonic()
    answer = work()
    return time.monotonic() - began, answer
