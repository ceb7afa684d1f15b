"""The lock of a SQLite file holds between processes, also those that were forked with its file open, as the server's are."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from eventday import sqlite
from eventday.sqlite import WriteLock

FORK = multiprocessing.get_context("fork")


@contextmanager
def held_by_a_sibling(lock: WriteLock) -> Iterator[None]:
    """A forked process has the lock until the end of the block."""
    taken, over = FORK.Event(), FORK.Event()

    def hold() -> None:
        with lock:
            taken.set()
            over.wait(10)

    process = FORK.Process(target=hold)
    process.start()
    assert taken.wait(10)
    yield
    over.set()
    process.join(10)


def got_in(lock: WriteLock) -> bool:
    """Whether another forked process gets the lock within half a second."""
    taken = FORK.Event()

    def take() -> None:
        with lock:
            taken.set()

    process = FORK.Process(target=take)
    process.start()
    found = taken.wait(0.5)
    process.kill()
    process.join(10)
    return found


def test_two_forked_processes_are_not_in_at_once(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "lock")

    with held_by_a_sibling(lock):
        assert not got_in(lock)
    assert got_in(lock)


def test_with_the_file_that_was_open_before_the_fork_both_are_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    lock = WriteLock(tmp_path / "lock")
    monkeypatch.setattr(sqlite.os, "getpid", lambda: lock._process)

    with held_by_a_sibling(lock):
        assert got_in(lock)
