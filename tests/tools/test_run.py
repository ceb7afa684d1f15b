"""The supervisor: what it starts it ends, grandchildren too; what crashes is started again, within reason."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
_SUPERVISE = """
import os, signal, sys, threading
from tools import processes, run
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
processes.adopt_orphans()
run._GRACE = 1
sys.exit(run.serve([run.Service(name, [sys.executable, "-c", code]) for name, code in {services!r}.items()], stop))
"""
_SLEEPER = "import time; time.sleep(60)"
_STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
_PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_SLEEPER!r}])"


def _supervise(services: dict[str, str]) -> "subprocess.Popen[str]":
    code = _SUPERVISE.format(services=services)
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=PROJECT, start_new_session=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _in_group(group: int) -> list[int]:
    """Processes of the group that run, by /proc."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def _until(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return true()


@pytest.mark.parametrize(
    "code", [pytest.param(_SLEEPER, id="gentle"), pytest.param(_STUBBORN, id="ignores SIGTERM"), pytest.param(_PARENT, id="parent")]
)
def test_nothing_is_left_running(code: str) -> None:
    supervisor = _supervise({"web": _SLEEPER, "worker": code})
    expected = 4 if code == _PARENT else 3
    assert _until(lambda: len(_in_group(supervisor.pid)) == expected)

    supervisor.terminate()
    supervisor.communicate(timeout=20)

    assert (supervisor.returncode, _in_group(supervisor.pid)) == (0, [])


def test_a_killed_service_is_started_again() -> None:
    supervisor = _supervise({"web": _SLEEPER, "worker": _PARENT})
    assert _until(lambda: len(_in_group(supervisor.pid)) == 4)
    before = set(_in_group(supervisor.pid)) - {supervisor.pid}

    for pid in before:
        with suppress(ProcessLookupError):  # the supervisor ends what a killed service leaves behind
            os.kill(pid, 9)
    came_back = _until(lambda: len(_in_group(supervisor.pid)) == 4 and not before & set(_in_group(supervisor.pid)))
    supervisor.terminate()
    _, said = supervisor.communicate(timeout=20)

    assert came_back, said
    assert "web ended (exit -9); starting it again" in said


def test_a_web_server_that_keeps_ending_ends_it_all() -> None:
    supervisor = _supervise({"web": "raise SystemExit(3)", "worker": _SLEEPER})

    _, said = supervisor.communicate(timeout=30)

    assert (supervisor.returncode, _in_group(supervisor.pid)) == (1, [])
    assert "giving up" in said


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        environ = os.environ | {"PORT": port, "EVENTDAY_INSTANCE": str(tmp_path / "instance")}
        done = subprocess.run([sys.executable, "-m", "tools.run"], env=environ, cwd=PROJECT, capture_output=True, text=True, timeout=60)

    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert not (tmp_path / "instance").exists()
