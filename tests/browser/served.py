"""The app as people meet it: a server process on a free port, on a database that the test fills through services."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from eventday.app import create_app
from eventday.config import PROJECT, Settings
from eventday.db import db
from eventday.kernel import clock

_STARTS_WITHIN = 60.0


@dataclass(frozen=True)
class Served:
    """`url` has no slash at its end; `app` is open on the same database."""

    url: str
    app: Flask


@contextmanager
def serve(instance: Path, now: str, *, log: Path | None = None) -> Iterator[Served]:
    """Serve a fresh instance whose clock starts at `now` (ISO 8601 with offset); everything is ended afterwards. What it says goes to `log`."""
    port = _free_port()
    app = create_app(Settings.model_validate({"instance": instance, "port": port, "now": now}))
    environment = {**os.environ, "PORT": str(port), "EVENTDAY_INSTANCE": str(instance), "EVENTDAY_NOW": now}
    command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--workers", "1", "--blocking-threads", "8"]
    command += ["--log-level", "error", "--no-ws", "--host", "127.0.0.1", "--port", str(port), "wsgi:app"]
    with log.open("wb") if log else nullcontext() as told:
        server = subprocess.Popen(command, cwd=PROJECT, env=environment, start_new_session=True, stdout=told, stderr=told)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/healthz", server)
        with app.app_context():
            yield Served(url, app)
            db.session.remove()
            db.engine.dispose()
    finally:
        clock.shift_to(None)
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@contextmanager
def working(served: Served) -> Iterator[None]:
    """A worker beside the server, on the same instance."""
    settings = served.app.config["SETTINGS"]
    environment = {**os.environ, "PORT": str(settings.port), "EVENTDAY_INSTANCE": str(settings.instance), "EVENTDAY_NOW": settings.now.isoformat()}
    command = [str(Path(sys.executable).parent / "flask"), "--app", "wsgi", "worker"]
    worker = subprocess.Popen(command, cwd=PROJECT, env=environment, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Raises: RuntimeError where the server ended or never answered."""
    deadline = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
