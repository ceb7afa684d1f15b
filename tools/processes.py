"""Child processes in our own process group, every one of their descendants within reach, none left behind (Linux)."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_libc = ctypes.CDLL(None, use_errno=True)


def adopt_orphans() -> None:
    """From now on a grandchild whose parent dies becomes our child, so that we can find and end it."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def start(command: list[str]) -> int:
    """Start a program that is told to end when we die, and by us alone: not by the terminal's Ctrl-C. Returns its process id."""
    return subprocess.Popen(command, preexec_fn=_end_with_parent).pid


def _end_with_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def ended() -> Iterator[tuple[int, int]]:
    """(process id, exit code; −signal where one killed it) of each child that has ended since the last look."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        yield pid, os.waitstatus_to_exitcode(status)


def end(pids: list[int], *, within: float) -> None:
    """SIGTERM to these and after `within` seconds SIGKILL to whatever of them and of their descendants is left.

    They are not waited for: `ended` still tells of them.
    """
    family = {*pids, *(grandchild for pid in pids for grandchild in descendants(pid))}
    _signal(pids, signal.SIGTERM)
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        family = {pid for pid in family if _is_alive(pid)}
        if not family:
            return
        time.sleep(0.05)
    _signal(family, signal.SIGKILL)


def children(parent: int) -> list[int]:
    return [pid for pid, its_parent in _parents().items() if its_parent == parent]


def descendants(ancestor: int) -> list[int]:
    parents = _parents()
    found, frontier = [], [ancestor]
    while frontier:
        frontier = [pid for pid, parent in parents.items() if parent in frontier]
        found += frontier
    return found


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of these processes and of the children that they have waited for."""
    ticks = 0
    for pid in pids:
        fields = _stat(pid)
        if fields:
            ticks += sum(int(value) for value in fields[11:15])  # utime, stime, cutime, cstime
    return ticks / os.sysconf("SC_CLK_TCK")


def _parents() -> dict[int, int]:
    found = {}
    for entry in Path("/proc").iterdir():
        fields = _stat(int(entry.name)) if entry.name.isdigit() else None
        if fields:
            found[int(entry.name)] = int(fields[1])
    return found


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat after the program's name; None where there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _is_alive(pid: int) -> bool:
    fields = _stat(pid)
    return fields is not None and fields[0] != "Z"


def _signal(pids: set[int] | list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
