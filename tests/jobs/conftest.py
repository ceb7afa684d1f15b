"""A worker process beside the test, and waiting for what it does."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from eventday.db import db


class Workers:
    """Starts worker processes on an app's instance and database."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, app: Flask) -> subprocess.Popen[bytes]:
        settings = app.config["SETTINGS"]
        environment = {**os.environ, "EVENTDAY_INSTANCE": str(settings.instance), "EVENTDAY_DATABASE_URL": settings.database_url}
        environment["EVENTDAY_REDIS_URL"] = settings.redis_url
        process = subprocess.Popen([sys.executable, "-m", "tests.jobs.worker_process"], env=environment)
        self._started.append(process)
        return process

    def stop(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
                process.wait()


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers()
    yield made
    made.stop()


def eventually(ask: Callable[[], Any], seconds: float = 60) -> Any:
    """What `ask` answers as soon as it is true. A generous limit: machines are busy."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        db.session.rollback()
        answer = ask()
        if answer:
            return answer
        time.sleep(0.1)
    raise AssertionError("it did not happen")
