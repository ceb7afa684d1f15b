"""`python -m proofs.workbooks`: files made to do harm are sent to each page of the real server that takes a file.

Each is told in words, changes nothing, and costs little: less than 250 MB of memory and 10 s of CPU in all processes of the server together.
"""

import hashlib
import html
import re
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.server import place
from proofs.claims import Claim, report
from proofs.desk import Desk
from proofs.site import COMMUNE, EVENT, Site, site
from proofs.workbooks_made import WORKBOOKS
from proofs.workbooks_parts import READ, Hostile
from proofs.workbooks_pictures import PICTURES
from tools import processes

_MEGABYTES, _CPU, _WITHIN = 250, 10.0, 60.0
_TOUCHED = ("jobs", "web_sessions", "idempotency_keys", "guesses")  # what asking alone may write
_PAGE = f"/lam-viec/{COMMUNE}/{EVENT}"
_WAITING = "Máy chủ đang đọc tệp"
_TOLD = re.compile(r'(?:id="(?:file|logo)-error">|class="notice notice--bad[^>]*>)(.*?)</(?:strong|span|div)>', re.DOTALL)
_HUGE = Hostile("100 MB", lambda: bytes(100 << 20), ("workbook_too_large", "too_large_logo"))


@dataclass(frozen=True)
class Page:
    """A form that takes a file: where it stands, where it goes, the file's field, what else it sends."""

    shown: str
    action: str
    field: str
    more: dict[str, str]


@dataclass(frozen=True)
class Sent:
    """What became of a file. `status` is 0 where the connection was broken; `told` what the page says of it, empty where it was taken."""

    page: str
    file: Hostile
    status: int
    told: str
    megabytes: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.file.name} → {self.page}: {self.status} {self.told[:60]!r} {self.megabytes:.0f} MB {self.cpu:.1f} s"


class Watch:
    """The memory of a family of processes, looked at forty times a second."""

    def __init__(self, server: Site) -> None:
        self._server, self.most, self._over = server, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def megabytes(self) -> float:
        return sum(map(_resident, self._server.family())) / (1 << 20)

    def _run(self) -> None:
        while not self._over.wait(0.025):
            self.most = max(self.most, self.megabytes)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    except (OSError, IndexError):
        return 0


def main() -> int:
    with place("sqlite") as at, site(at, "--no-plan") as server:
        return report(prove(server))


def prove(server: Site) -> list[Claim]:
    slot = server.new_slot(100)
    server.start()
    desk, before = Desk(server), _stands(server)
    pages = _pages(slot)
    found = [_send(server, desk, page, file) for page, files in pages for file in (*files, _HUGE)]
    return [*_judged(found), _same(before, _stands(server)), _lives(server), server.counters_agree(), server.said_no_traceback()]


def _pages(slot: str) -> list[tuple[Page, Sequence[Hostile]]]:
    plan, people, logo = (f"{_PAGE}/{name}" for name in ("ke-hoach/nhap", "nguoi-tham-gia/nhap", "dia-phuong/gioi-thieu"))
    refused = [one for one in PICTURES if READ not in one.says]
    return [
        (Page(plan, plan, "file", {}), WORKBOOKS),
        (Page(people, people, "file", {"slot": slot}), WORKBOOKS),
        (Page(logo, f"{logo}/logo", "logo", {}), refused),
    ]


def _send(server: Site, desk: Desk, page: Page, file: Hostile) -> Sent:
    data = file.make()
    began, usual = processes.cpu_seconds(server.family()), Watch(server).megabytes
    with Watch(server) as watch:
        try:
            answer = _settled(desk, desk.upload(page.shown, page.action, page.field, data, page.more))
        except httpx.TransportError:
            answer = None
    found = _TOLD.search(answer.text) if answer else None
    told = re.sub(r"<[^>]*>", " ", html.unescape(found[1])).strip() if found else ""
    cpu = processes.cpu_seconds(server.family()) - began
    sent = Sent(page.shown.rpartition(EVENT)[2], file, answer.status_code if answer else 0, told, max(watch.most - usual, 0), cpu)
    print(f"      {sent}", flush=True)
    return sent


def _settled(desk: Desk, answer: httpx.Response) -> httpx.Response:
    """Where the worker reads a file: what it says in the end."""
    ends = time.monotonic() + _WITHIN
    while _WAITING in answer.text and time.monotonic() < ends:
        time.sleep(0.3)
        answer = desk.get(str(answer.url))
    return answer


def _judged(found: Sequence[Sent]) -> Iterator[Claim]:
    """Of all files: what is not as it should be is told."""
    dear, heavy = max(one.cpu for one in found), max(one.megabytes for one in found)
    checks = {
        f"{len(found)} files: no answer is a 5xx or a broken connection": [one for one in found if one.status >= 500 or not one.status],
        "each that is refused is told in words": [one for one in found if READ not in one.file.says and not one.told],
        "the worker comes to an end with each": [one for one in found if _WAITING in one.told],
        f"each takes less than {_MEGABYTES} MB of memory (at most {heavy:.0f})": [one for one in found if one.megabytes >= _MEGABYTES],
        f"each takes less than {_CPU:.0f} s of CPU (at most {dear:.1f})": [one for one in found if one.cpu >= _CPU],
    }
    for text, wrong in checks.items():
        yield Claim(text, not wrong, "; ".join(map(str, wrong[:5])))


@contextmanager
def _database(server: Site) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(Path(server.at.environ["EVENTDAY_INSTANCE"]) / "eventday.db")) as found:
        yield found


def _stands(server: Site) -> dict[str, str]:
    """A digest of each table."""
    with _database(server) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") if name not in _TOUCHED]
        return {name: _digest(database, name) for name in names}


def _digest(database: sqlite3.Connection, name: str) -> str:
    rows = sorted(map(repr, database.execute(f'SELECT * FROM "{name}"')))
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _same(before: dict[str, str], after: dict[str, str]) -> Claim:
    changed = sorted(name for name in after if before.get(name) != after[name])
    return Claim(f"nothing changed: {len(after)} tables are as they were", not changed and bool(after), ", ".join(changed))


def _lives(server: Site) -> Claim:
    return Claim("the server answers as before", server.answers())


if __name__ == "__main__":
    sys.exit(main())
