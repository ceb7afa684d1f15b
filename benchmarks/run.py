"""`make bench`: what a registration, a check-in and an organiser's list cost, beside a bare Flask view that commits one row.

Prints, and writes benchmarks/latest.json.

Closed loop at 1, 8 and 32 clients; CPU is user+system time of every server process, worker and database included, until half a second
after the last answer. `python -m benchmarks.run [--requests N] [sqlite] [postgresql]`.
"""

import argparse
import json
import platform
import signal
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import lists
from benchmarks.load import Call, Cost, drive, together
from benchmarks.server import Place, Server, place, serving

_RESULTS = Path(__file__).parent / "latest.json"
_CLIENTS = (1, 8, 32)
_COMMUNE, _EVENT = "17329", "ngay-hoi-2027"
_BATCH, _ROUNDS = 100, 6
_FLOOR = "bare view, one row"
_AIMS = {"registration": 5.0, "check-in": 3.0, "check-in in a batch": 0.25}


@dataclass(frozen=True)
class Measured:
    what: str
    clients: int
    cpu_ms: float
    floors: float
    per_second: float
    p95_ms: float


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU of a registration and a check-in.")
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgresql"])
    parser.add_argument("--requests", type=int, default=1200, help="requests of each kind at each number of clients, in 6 rounds")
    wanted = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and databases are ended
    results = {database: [vars(row) for row in _measure(database, wanted.requests)] for database in wanted.databases}
    listed = {database: [vars(row) for row in lists.measure(database)] for database in wanted.databases}
    about = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "python": platform.python_version(), "machine": platform.machine()}
    _RESULTS.write_text(json.dumps({"about": about | {"requests": wanted.requests}, "results": results, "lists": listed}, indent=1) + "\n")


def _measure(database: str, requests: int) -> list[Measured]:
    print(f"\n{database}: CPU-milliseconds of all server processes for one …", flush=True)
    with place(database) as floor_at, place(database) as at, serving(floor_at, bare=True) as floor:
        at.flask("demo", "load", "--no-plan")
        with serving(at) as server:
            bench = _Bench(at, server, floor)
            return [row for clients in _CLIENTS for row in _rows(bench, clients, requests)]


def _rows(bench: "_Bench", clients: int, requests: int) -> list[Measured]:
    """The floor and ours in turn, in short rounds: a machine whose speed changes meanwhile is as fast for both."""
    works: dict[str, Callable[[], Cost]] = {
        _FLOOR: lambda: bench.bare_rows(requests // _ROUNDS, clients),
        "the same by the ORM": lambda: bench.bare_rows(requests // _ROUNDS, clients, "/rows/orm"),
        "registration": lambda: bench.register(requests // _ROUNDS, clients),
        "check-in": lambda: bench.check_in(clients),
        "check-in in a batch": lambda: bench.check_in_batches(clients),
    }
    rounds = [{what: work() for what, work in works.items()} for _ in range(_ROUNDS)]
    costs = {what: together([one[what] for one in rounds]) for what in works}
    floor = costs[_FLOOR]
    return [_row(what, clients, cost, floor, operations=_BATCH if "batch" in what else 1) for what, cost in costs.items()]


class _Bench:
    """One server and what the requests need: a slot, an organiser's token, a scanner's token, passes."""

    def __init__(self, at: Place, server: Server, floor: Server) -> None:
        self._server, self._floor = server, floor
        times = ("--start", "2027-10-10T08:00", "--end", "2027-10-10T10:00")
        where = ("--event", _EVENT, "--commune", _COMMUNE)
        self._slot = at.flask("slot", "add", *where, "--title", "Lớp học số", "--capacity", "100000", *times)
        self._organiser = at.flask("api-token", "add", "--scope", f"commune:{_COMMUNE}")
        self._devices = [self._enrol(at, n) for n in range(max(_CLIENTS))]
        self._sequence, self._people = 0, 0
        self._tokens: list[str] = []
        self.bare_rows(600, 32, "/rows/orm")
        self.bare_rows(600, 32)  # warm: every thread of both processes has its connection and has seen each statement
        self.register(600, 32)
        self.check_in(32)

    def _enrol(self, at: Place, number: int) -> str:
        code = at.flask("device", "enrol", "--scope", f"commune:{_COMMUNE}").rpartition("/")[2]
        enrolled = drive(self._server, [Call("/api/v1/devices", {"enrolment": code, "name": f"Máy {number}"})], 1).answers[0]
        return str(enrolled["token"])

    def bare_rows(self, requests: int, clients: int, path: str = "/rows") -> Cost:
        """What everything is compared with."""
        return drive(self._floor, [Call(path, {"name": f"Nguyễn Văn {n}"}) for n in range(requests)], clients)

    def register(self, requests: int, clients: int) -> Cost:
        """One person a request, each with a phone number of their own, at one slot."""
        cost = drive(self._server, [self._registration() for _ in range(requests)], clients)
        self._tokens = [issued["token"] for answer in cost.answers for issued in answer["passes"]]
        return cost

    def _registration(self) -> Call:
        self._people += 1
        person = {"name": f"Nguyễn Thị Hoa {self._people}", "birth_year": 1980, "gender": "female", "slots": [self._slot]}
        body = {"event": _EVENT, "phone": f"09120{self._people:05}", "consent": True, "people": [person]}
        return Call("/api/v1/registrations", body, self._organiser)

    def check_in(self, clients: int) -> Cost:
        """One scan a request, of a pass that was never seen at this slot. Each client is a phone of its own, which waits for its answer."""
        cost = drive(self._server, [self._checkins([token], n % clients) for n, token in enumerate(self._tokens)], clients)
        _expect_admitted(cost)
        return cost

    def check_in_batches(self, clients: int) -> Cost:
        """The same passes at the gate, 100 scans a request, as a phone sends them after hours without a network."""
        batches = [self._tokens[n : n + _BATCH] for n in range(0, len(self._tokens), _BATCH)]
        clients = min(clients, len(batches))
        cost = drive(self._server, [self._checkins(batch, n % clients, gate=True) for n, batch in enumerate(batches)], clients)
        _expect_admitted(cost)
        return cost

    def _checkins(self, tokens: list[str], device: int, *, gate: bool = False) -> Call:
        records = []
        for token in tokens:
            self._sequence += 1
            record: dict[str, Any] = {"id": str(uuid.uuid4()), "sequence": self._sequence, "pass": token, "kind": "entry", "by": "scan"}
            records.append(record | {"slot": None if gate else self._slot, "at": "2027-10-10T08:05:00+07:00"})
        return Call("/api/v1/checkins", {"checkins": records}, self._devices[device])


def _expect_admitted(cost: Cost) -> None:
    outcomes = {result["outcome"] for answer in cost.answers for result in answer["results"]}
    if outcomes != {"admitted"}:
        raise RuntimeError(f"every scan should be admitted, not {outcomes}")


def _row(what: str, clients: int, cost: Cost, floor: Cost, *, operations: int = 1) -> Measured:
    cpu = cost.cpu_ms / operations
    row = Measured(what, clients, round(cpu, 3), round(cpu / floor.cpu_ms, 2), round(cost.per_second * operations), round(cost.p95_ms, 1))
    aim = f"  (aim ≤ {_AIMS[what]:g})" if what in _AIMS else ""
    print(
        f"  {what:<22}{clients:>3} clients {row.cpu_ms:>8.2f} ms {row.floors:>6.2f} × floor{aim:<15}"
        f"{row.per_second:>7} a second, 95 % within {row.p95_ms:.0f} ms",
        flush=True,
    )
    return row


if __name__ == "__main__":
    main()
