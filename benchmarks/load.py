"""A closed loop: so many clients, each with one connection, each sending its next request when the last was answered."""

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import fmean
from typing import Any

from benchmarks.server import Server
from tools.run import HOST

_SETTLE = 0.5  # seconds for what the requests left to do


@dataclass(frozen=True)
class Call:
    """One POST."""

    path: str
    body: dict[str, Any]
    token: str = ""


@dataclass(frozen=True)
class Cost:
    """CPU of all processes in milliseconds for one request, requests a second, 95th percentile of the answer's time in milliseconds."""

    cpu_ms: float
    per_second: float
    p95_ms: float
    answers: list[Any]


def drive(server: Server, calls: Sequence[Call], clients: int) -> Cost:
    """Send all calls. Raises: RuntimeError where one is not answered 200 or 201."""
    before, began = server.cpu_seconds(), time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        parts = list(pool.map(lambda n: _client(server.port, calls[n::clients]), range(clients)))
    took = time.monotonic() - began
    time.sleep(_SETTLE)
    cpu = server.cpu_seconds() - before
    times = sorted(seconds for part in parts for seconds, _ in part)
    answers = [answer for part in parts for _, answer in part]
    return Cost(1000 * cpu / len(calls), len(calls) / took, 1000 * times[int(len(times) * 0.95)], answers)


def together(rounds: Sequence[Cost]) -> Cost:
    """The mean of rounds of as many calls each; the 95th percentile is the middle one's."""
    middle = sorted(one.p95_ms for one in rounds)[len(rounds) // 2]
    return Cost(fmean(one.cpu_ms for one in rounds), fmean(one.per_second for one in rounds), middle, [])


def _client(port: int, calls: Sequence[Call]) -> list[tuple[float, Any]]:
    connection = HTTPConnection(HOST, port, timeout=30)
    answered = [_timed(lambda call=call: _post(connection, call)) for call in calls]  # type: ignore[misc]
    connection.close()
    return answered


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.monotonic()
    answer = work()
    return time.monotonic() - began, answer


def _post(connection: HTTPConnection, call: Call) -> Any:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {call.token}"} if call.token else {})
    connection.request("POST", call.path, json.dumps(call.body), headers)
    response = connection.getresponse()
    text = response.read()
    if response.status not in (200, 201):
        raise RuntimeError(f"{call.path}: {response.status} {text[:300]!r}")
    return json.loads(text)
