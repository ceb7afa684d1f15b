"""Serve: web and worker in the foreground, in one process group. SIGTERM or Ctrl-C ends all of it within 10 seconds.

A child that ends by itself is started again; where the web server keeps ending, so does this, with exit code 1.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from eventday import config
from tools import processes

PROJECT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
_BIN = Path(sys.executable).parent
_GRACE = 7.0  # seconds until SIGKILL
_CRASHES, _WITHIN = 3, 60.0  # so many ends of the web server in so many seconds: give up
_LONGEST_PAUSE = 30.0
_WORKER_WAITS = 15.0  # seconds for the web server to answer first


@dataclass
class Service:
    """A program that is to run all the time. `crashes` are the moments (monotonic) at which it ended by itself."""

    name: str
    command: list[str]
    pid: int | None = None
    start_at: float = 0.0
    crashes: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.pid = processes.start(self.command)

    def crashed(self, now: float) -> None:
        """Remember it and plan the next start: at once, then later and later while it keeps ending."""
        self.pid = None
        self.crashes = [moment for moment in self.crashes if moment > now - _WITHIN] + [now]
        self.start_at = now + min(_LONGEST_PAUSE, 2.0 ** (len(self.crashes) - 1) - 1)


def web(port: int) -> Service:
    """Granian: 2 processes of 16 threads (docs/decisions/0005-granian.md)."""
    options = "--interface wsgi --workers 2 --blocking-threads 16 --log-level error --no-ws --workers-kill-timeout 4 --respawn-failed-workers"
    return Service("web", [sys.executable, "-m", "tools.web", *options.split(), "--host", HOST, "--port", str(port), "wsgi:app"])


def worker() -> Service:
    return Service("worker", [str(_BIN / "flask"), "--app", "wsgi", "worker"])


def serve(services: list[Service], stop: threading.Event) -> int:
    """Keep the services running until `stop` is set. Returns the exit code."""
    try:
        while not stop.is_set():
            _start_what_is_due(services)
            if not _watch(services, stop):
                return 1
            stop.wait(0.2)
        return 0
    finally:
        processes.end([*(service.pid for service in services if service.pid), *processes.children(os.getpid())], within=_GRACE)
        list(processes.ended())  # leave no zombie to whoever comes after us: make as a container's first process waits for it for ever


def _start_what_is_due(services: list[Service]) -> None:
    for service in services:
        if service.pid is None and time.monotonic() >= service.start_at:
            service.start()


def _watch(services: list[Service], stop: threading.Event) -> bool:
    """Take note of what has ended. False where the web server ends again and again."""
    for pid, code in processes.ended():
        service = next((service for service in services if service.pid == pid), None)
        if service is None or stop.wait(0.3):  # a Ctrl-C reaches the children too, perhaps before us
            continue
        service.crashed(time.monotonic())
        _end_orphans(services)
        if service.name == "web" and len(service.crashes) >= _CRASHES:
            print(f"The web server ended {_CRASHES} times within {_WITHIN:.0f} seconds (exit {code}): giving up.", file=sys.stderr, flush=True)
            return False
        print(f"{service.name} ended (exit {code}); starting it again", file=sys.stderr, flush=True)
    return True


def _end_orphans(services: list[Service]) -> None:
    """What a killed service left behind has become our child: it must not keep the port."""
    ours = {service.pid for service in services}
    processes.end([pid for pid in processes.children(os.getpid()) if pid not in ours], within=2)


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def is_healthy(settings: config.Settings) -> bool:
    connection = HTTPConnection(HOST, settings.port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.public_host})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _when_healthy(settings: config.Settings, link: str, after_web: Service, stop: threading.Event) -> None:
    """Print the addresses and let the worker start, which would slow the web server's own start."""
    while not stop.wait(0.1):
        if is_healthy(settings):
            after_web.start_at = 0
            print(_addresses(settings, link), flush=True)
            return


def _addresses(settings: config.Settings, link: str) -> str:
    site = settings.public_url
    lines = ["", f"Eventday serves on http://{HOST}:{settings.port} (Ctrl-C ends it). Open:"]
    lines += [f"  residents    {site}/", f"  volunteers   {site}/quet"]
    lines += [f"  organisers   {link}", "               (signs in once, within 30 minutes; the next start prints another)"] if link else []
    return "\n".join(lines)


def _prepare(stop: threading.Event) -> str:
    """Make the instance ready in a process of its own, so that ours stays small. Returns the organiser's link or an empty string."""
    command = [sys.executable, "-m", "tools.prepare", "--link"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not stop.wait(0.1):
            continue
        if stop.is_set():
            process.terminate()
        told, _ = process.communicate()
    if process.returncode and not stop.is_set():
        sys.exit(process.returncode)
    return told.strip()


def main() -> int:
    os.chdir(PROJECT)
    try:
        settings = config.read()
    except config.SettingsError as error:
        sys.exit(f"eventday: {error}")
    if not port_is_free(settings.port):
        sys.exit(f"Port {settings.port} is taken: something listens on {HOST} there already. Stop it, or choose another: PORT=8001 make run")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    processes.adopt_orphans()
    link = _prepare(stop)
    if stop.is_set():
        return 0
    print("— Starting web server and worker", flush=True)
    services = [web(settings.port), worker()]
    services[1].start_at = time.monotonic() + _WORKER_WAITS
    threading.Thread(target=_when_healthy, args=(settings, link, services[1], stop), daemon=True).start()
    return serve(services, stop)


if __name__ == "__main__":
    sys.exit(main())
