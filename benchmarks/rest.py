"""Memory at rest: what web and worker hold when nobody asks anything, after they have done each kind of thing."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.server import Server, place, serving
from benchmarks.works import Works
from tools import processes

_QUIET, _IDLE = 5.0, 0.3  # seconds, and what is used in them where nothing is done
_CLIENTS = 8


@dataclass(frozen=True)
class Rest:
    """Megabytes of web, worker and what supervises them. PSS counts a page that several share once, RSS in each of them.

    `fresh`: PSS when nobody has asked yet. `database`: PSS of PostgreSQL, most of it the buffers that it was given; SQLite is inside the others.
    """

    pss: int
    rss: int
    fresh: int
    database: int


def measure(database: str) -> Rest:
    """On an instance with the demo's day."""
    with place(database) as floor_at, place(database) as at, serving(floor_at, bare=True) as floor:
        at.flask("demo", "load", "--communes", "1")
        with serving(at) as server:
            _wait_for_worker(server)
            fresh = _megabytes("Pss", _ours(server))
            Works(at, server, floor, _CLIENTS)
            time.sleep(_QUIET)
            ours = _ours(server)
            theirs = set(server.family()) - set(ours)
            found = Rest(_megabytes("Pss", ours), _megabytes("Rss", ours), fresh, _megabytes("Pss", theirs))
    print(
        f"\n{database}: at rest {found.pss} MB (PSS; RSS {found.rss}, before anybody asked {found.fresh}); PostgreSQL {found.database} MB", flush=True
    )
    return found


def _wait_for_worker(server: Server) -> None:
    """It starts after the web server answers; nothing is loaded any more once it has used no CPU for a while."""
    while not any(b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in _ours(server)):
        time.sleep(_QUIET)
    used = -1.0
    while server.cpu_seconds() - used > _IDLE:
        used = server.cpu_seconds()
        time.sleep(_QUIET)


def _ours(server: Server) -> list[int]:
    return [server.pids[0], *processes.descendants(server.pids[0])]


def _megabytes(kind: str, pids: Iterable[int]) -> int:
    return round(sum(_kilobytes(kind, pid) for pid in pids) / 1024)


def _kilobytes(kind: str, pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))
