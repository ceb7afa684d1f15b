"""SQLite as we run it: the driver that carries a sound version, a write-ahead log on disk at each commit, one writer at a time.

The dialect begins transactions by itself (docs/decisions/0002): the driver is in autocommit, and a listener on the engine would be
asked at every statement.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import Engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from eventday.config import SettingsError

DRIVER = "sqlite+eventday"
SOUND = (3, 51, 3)  # before it, a checkpoint that meets a restarted log can damage the file (“WAL-reset bug”)
_begin: ContextVar[str] = ContextVar("sqlite_begin", default="BEGIN")  # touches no file yet, so it cannot fail


class Dialect(SQLiteDialect_pysqlite):
    """Reads begin without a lock; a transaction that will write has it from the start, so that writers queue instead of failing."""

    driver = "eventday"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        return pysqlite3

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.execute(_begin.get())


class WriteLock:
    """Lets one writer of a SQLite file in at a time: threads by a lock, processes by `flock`. Fair, unlike the busy handler.

    `flock` knows open files, not processes: one that was forked opens its own, or both would hold the lock at once.
    """

    def __init__(self, path: Path) -> None:
        self._threads = threading.Lock()
        self._path = path
        self._open()

    def _open(self) -> None:
        self._file, self._process = self._path.open("a"), os.getpid()

    def __enter__(self) -> None:
        self._threads.acquire()
        if self._process != os.getpid():
            self._open()
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()


@contextmanager
def begins_to_write() -> Iterator[None]:
    """What begins in here has SQLite's write lock; on other databases this changes nothing."""
    token = _begin.set("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        _begin.reset(token)


def prepare(engine: Engine) -> WriteLock:
    """Set up each connection of the engine. Returns the lock of its file. Raises: SettingsError where SQLite is too old."""
    if pysqlite3.sqlite_version_info < SOUND:
        raise SettingsError(f"SQLite {pysqlite3.sqlite_version} can lose data; {'.'.join(map(str, SOUND))} or newer is needed: make setup")
    event.listen(engine, "connect", _set_pragmas)
    path = Path(engine.url.database or "")
    return WriteLock(path.with_name(path.name + ".lock"))


def _set_pragmas(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000"):
        connection.execute(f"PRAGMA {pragma}")


registry.register(DRIVER.replace("+", "."), __name__, Dialect.__name__)
