"""The site under proof: the server as `make run` has it, started, killed and asked from outside, by its commands and its API only."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.server import PROJECT, Place
from proofs.claims import Claim
from proofs.history import Kept
from tools import processes
from tools.run import HOST

EVENT, COMMUNE = "ngay-hoi-2027", "17329"
_READY_WITHIN = 60.0
_TIMES = ("--start", "2027-10-10T08:00", "--end", "2027-10-10T10:00")


@dataclass
class Site:
    """`told` is where the server writes what it says: its last words are read where a proof fails."""

    at: Place
    told: Path
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.at.port}"

    def prepare(self, *demo: str) -> None:
        """A demo day (its options), and an organiser's token. Waiting lists are off, so that a full slot says so."""
        self.at.flask("demo", "load", "--communes", "1", *demo)
        self.at.environ["EVENTDAY_WAITING_LIMIT"] = "0"
        self.organiser = self.at.flask("api-token", "add", "--scope", f"commune:{COMMUNE}")

    def start(self) -> float:
        """Start web and worker in a process group of their own; returns the seconds until it answers. Raises: RuntimeError."""
        began = time.monotonic()
        with self.told.open("ab") as told:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tools.run"], env=self.at.environ, cwd=PROJECT, stdout=told, stderr=told, start_new_session=True
            )
        while time.monotonic() < began + _READY_WITHIN and self._process.poll() is None:
            if self.answers():
                return time.monotonic() - began
            time.sleep(0.05)
        raise RuntimeError(f"the server does not answer; it said:\n{self.told.read_text(errors='replace')[-2000:]}")

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/healthz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def family(self) -> list[int]:
        """Every process of the server."""
        return [self._process.pid, *processes.descendants(self._process.pid)] if self._process else []

    def kill(self) -> None:
        """SIGKILL for every process of the server at once: nothing of it gets to say or write anything more."""
        if self._process is None:
            return
        for pid in self.family():
            _kill(pid)
        self._process.wait(20)
        self._process = None

    def kill_one(self, name: str) -> bool:
        """SIGKILL for one program of the server (“granian”, “wsgi worker”) and what it started; its supervisor starts it again."""
        found = [pid for pid in processes.descendants(self._process.pid) if name in _command(pid)] if self._process else []
        for pid in found:
            _kill(pid)
        return bool(found)

    def new_slot(self, capacity: int, *, title: str = "Lớp học số") -> str:
        """A published slot with so many seats. Returns its id."""
        return self.at.flask("slot", "add", "--event", EVENT, "--commune", COMMUNE, "--title", title, "--capacity", str(capacity), *_TIMES)

    def seats(self, slot: str) -> list[Kept]:
        """Who has a seat there, by the API."""
        rows = self._list("registrations", slot)
        return [Kept(row["phone"], row["code"]) for row in rows if row["status"] == "confirmed"]

    def checkins(self, slot: str) -> list[dict[str, Any]]:
        """Every fact of a slot, by the API."""
        return self._list("checkins", slot)

    def _list(self, name: str, slot: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        asked: dict[str, str] = {"slot": slot}
        with httpx.Client(base_url=f"{self.url}/api/v1/", headers=self.bearer, timeout=30) as http:
            while True:
                page = http.get(name, params=asked).raise_for_status().json()
                rows += page[name]
                if page["next"] is None:
                    return rows
                asked["cursor"] = page["next"]

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.organiser}"}

    def enrol(self, name: str) -> dict[str, Any]:
        """A scanner of the commune: its id (`device`) and `token`."""
        code = self.at.flask("device", "enrol", "--scope", f"commune:{COMMUNE}").rpartition("/")[2]
        answer = httpx.post(f"{self.url}/api/v1/devices", json={"enrolment": code, "name": name}, timeout=30)
        return dict(answer.raise_for_status().json())

    def counters_agree(self) -> Claim:
        """The project's own comparison of counters and facts."""
        done = subprocess.run([*FLASK, "check"], env=self.at.environ, cwd=PROJECT, capture_output=True, text=True, check=False)
        return Claim("counters of seats equal the registrations (`flask --app wsgi check`)", done.returncode == 0, done.stderr[-300:])

    def said_no_traceback(self) -> Claim:
        """What a person reads in the server's output is sentences."""
        text = self.told.read_text(errors="replace")
        at = text.find("Traceback")
        return Claim("the server's log has no traceback", at < 0, text[at : at + 400] if at >= 0 else "")


FLASK = [str(Path(sys.executable).parent / "flask"), "--app", "wsgi"]


@contextmanager
def site(at: Place, *demo: str) -> Iterator[Site]:
    """A prepared site on a place, not yet started; nothing of it is left at the end."""
    made = Site(at, Path(at.environ["EVENTDAY_INSTANCE"]).parent / "server.log")
    made.prepare(*demo)
    try:
        yield made
    finally:
        made.kill()


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
    except OSError:
        return ""
