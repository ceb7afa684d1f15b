"""A PostgreSQL cluster of the tests' own, on a free port of loopback, run by an unprivileged user."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path

import psycopg

from tools import processes


def _find(program: str) -> str:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)
    found = str(places[0]) if places else shutil.which(program)
    if not found:
        raise RuntimeError(f"PostgreSQL's {program} is missing: run `make setup-tests` (Debian package postgresql)")
    return found


class Cluster:
    """Starts on creation. `postmaster` is its first process, all others are its children. `new_database` gives an empty one each time. Without `durable` it does not wait for the disk.

    Its folder, made `within` another, is its own and not pytest's: every pytest that starts shuts /tmp/pytest-of-root to all others again.
    """

    def __init__(self, *, durable: bool = False, within: Path | None = None) -> None:
        folder = self._folder = Path(tempfile.mkdtemp(prefix="eventday-postgres-", dir=within))
        self._data = folder / "data"
        self._numbers = count(1)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self._as: dict[str, object] = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            os.chown(folder, user.pw_uid, user.pw_gid)
        self._run(_find("initdb"), "-D", self._data, "-U", "eventday", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-p {self.port} -h 127.0.0.1 -k {folder} -c max_connections=200"
        options += "" if durable else " -c fsync=off -c full_page_writes=off"
        self._options = options
        self.start()

    def start(self) -> None:
        """Also after `halt`, or after the machine went down under it."""
        self._run(_find("pg_ctl"), "-D", self._data, "-w", "-l", self._folder / "log", "-o", self._options, "start")
        self.postmaster = int((self._data / "postmaster.pid").read_text().splitlines()[0])

    def kill(self) -> None:
        """SIGKILL for all of it at once: it cannot write any more. Its disk need not answer."""
        for pid in [self.postmaster, *processes.descendants(self.postmaster)]:
            with suppress(ProcessLookupError):  # without its disk it ends by itself
                os.kill(pid, signal.SIGKILL)

    def halt(self) -> None:
        """Stop without a checkpoint, as a crash would; the data stay."""
        self._run(_find("pg_ctl"), "-D", self._data, "-m", "immediate", "stop")

    def _run(self, *command: object) -> None:
        subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd="/", **self._as)  # type: ignore[call-overload]

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://eventday@127.0.0.1:{self.port}/{database}"

    def new_database(self, template: str = "template1") -> str:
        """A database of its own, with all that stands in the template."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(f"postgresql://eventday@127.0.0.1:{self.port}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def stop(self) -> None:
        """Stop it and leave nothing of it behind."""
        if (self._data / "postmaster.pid").exists():
            self.halt()
        shutil.rmtree(self._folder)
