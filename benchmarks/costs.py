"""What each kind of request costs at 1, 8 and 32 clients, beside the bare view that commits one row."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import aims
from benchmarks.load import Cost, together
from benchmarks.server import place, serving
from benchmarks.works import BATCH, FLOOR, READ, SCANS, WRITTEN, Works

_CLIENTS, _ROUNDS = (1, 8, 32), 6


@dataclass(frozen=True)
class Measured:
    """CPU-milliseconds of all server processes for one `what`, and as a multiple of the floor."""

    what: str
    clients: int
    cpu_ms: float
    floors: float
    per_second: float
    p95_ms: float


def measure(database: str, requests: int) -> list[Measured]:
    print(f"\n{database}: CPU-milliseconds of all server processes for one …", flush=True)
    with place(database) as floor_at, place(database) as at, serving(floor_at, bare=True) as floor:
        at.flask("demo", "load", "--communes", "1")
        with serving(at) as server:
            works = Works(at, server, floor, max(_CLIENTS))
            return [row for clients in _CLIENTS for row in _rows(works, clients, requests)]


def _rows(works: Works, clients: int, requests: int) -> list[Measured]:
    """The floor and ours in turn, in short rounds: a machine whose speed changes meanwhile is as fast for both."""
    works.settle(clients)
    return [row for kinds in (READ, WRITTEN) for row in _rounds(works, kinds, clients, requests)]


def _rounds(works: Works, kinds: Sequence[str], clients: int, requests: int) -> list[Measured]:
    return rows_of([{what: works.cost(what, requests // _ROUNDS, clients) for what in kinds} for _ in range(_ROUNDS)], clients)


def rows_of(rounds: Sequence[dict[str, Cost]], clients: int) -> list[Measured]:
    """The middle of the rounds, by the floor of the same rounds; told as it is known."""
    costs = {what: together([one[what] for one in rounds]) for what in rounds[0]}
    return [_row(what, clients, cost, costs[FLOOR]) for what, cost in costs.items()]


def _row(what: str, clients: int, cost: Cost, floor: Cost) -> Measured:
    operations = SCANS if what == BATCH else 1
    cpu = cost.cpu_ms / operations
    row = Measured(what, clients, round(cpu, 3), round(cpu / floor.cpu_ms, 2), round(cost.per_second * operations), round(cost.p95_ms, 1))
    aim = f"  (aim ≤ {aims.FLOORS[what]:g})" if what in aims.FLOORS else ""
    print(
        f"  {what:<22}{clients:>3} clients {row.cpu_ms:>8.2f} ms {row.floors:>6.2f} × floor{aim:<15}"
        f"{row.per_second:>7} a second, 95 % within {row.p95_ms:.0f} ms",
        flush=True,
    )
    return row
