"""The real server of a temporary instance, and what its whole process tree costs."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgres import Cluster
from tools import processes
from tools.run import HOST, web

PROJECT = Path(__file__).resolve().parent.parent
_FLASK = [str(Path(sys.executable).parent / "flask"), "--app", "wsgi"]


@dataclass
class Place:
    """Where a run happens: its environment, its port, and its PostgreSQL, where it has one."""

    environ: dict[str, str]
    port: int
    cluster: Cluster | None = None

    @property
    def database_pids(self) -> list[int]:
        """The processes of its database, which count too."""
        return [self.cluster.postmaster] if self.cluster else []

    def flask(self, *arguments: str) -> str:
        """Run a command. Returns its last line."""
        return self._run(*_FLASK, *arguments)

    def python(self, module: str, *arguments: str) -> str:
        """Run a module. Returns its last line."""
        return self._run(sys.executable, "-m", module, *arguments)

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environ, check=True, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
        return done.stdout.strip().splitlines()[-1]


@contextmanager
def place(database: str, within: Path | None = None) -> Iterator[Place]:
    """An empty instance on SQLite or on a PostgreSQL cluster of its own (fsync on, as a real one), all of it within a folder."""
    with TemporaryDirectory(prefix="eventday-place-", dir=within) as folder:
        with socket.create_server((HOST, 0)) as probe:
            port = probe.getsockname()[1]
        environ = {name: value for name, value in os.environ.items() if not name.startswith("EVENTDAY_")}
        (Path(folder) / "instance").mkdir()
        environ |= {"PORT": str(port), "EVENTDAY_INSTANCE": f"{folder}/instance"}
        if database == "sqlite":
            yield Place(environ, port)
            return
        cluster = Cluster(durable=True, within=within)
        try:
            yield Place(environ | {"EVENTDAY_DATABASE_URL": cluster.new_database()}, port, cluster)
        finally:
            cluster.stop()


@dataclass(frozen=True)
class Server:
    port: int
    pids: list[int]

    def family(self) -> list[int]:
        """The server's whole process tree and its database's."""
        return [*self.pids, *(pid for parent in self.pids for pid in processes.descendants(parent))]

    def cpu_seconds(self) -> float:
        """User and system time so far of all of them."""
        return processes.cpu_seconds(self.family())


@contextmanager
def serving(at: Place, *, bare: bool = False) -> Iterator[Server]:
    """The server as `make run` has it (web and worker); `bare`: the floor's view under the same web server."""
    command = [*web(at.port).command[:-1], "benchmarks.floor:app"] if bare else [sys.executable, "-m", "tools.run"]
    with subprocess.Popen(command, env=at.environ, cwd=PROJECT, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(at.port, process)
            yield Server(at.port, [process.pid, *at.database_pids])
        finally:
            process.terminate()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        connection = HTTPConnection(HOST, port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("the server did not answer")
