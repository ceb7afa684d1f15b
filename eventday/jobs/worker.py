"""The worker process: the queue library's consumer, and a watch that beats and sweeps."""

import logging
import os
import threading
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Flask
from huey.consumer import Consumer
from sqlalchemy.exc import OperationalError

from eventday.access import guesses
from eventday.db import db
from eventday.jobs import files, service, tasks
from eventday.jobs.domain import BEAT
from eventday.jobs.queue import carrier
from eventday.kernel import clock, ids
from eventday.web import idempotency
from eventday.web.messages import sentence

_log = logging.getLogger(__name__)
_SHUTDOWN = 6  # seconds for what is running; all must be over within 10


class _Busy:
    """How many messages are being worked on in this process."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            self.count += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self.count -= 1


def run(app: Flask, threads: int = 2) -> None:
    """Work until SIGTERM or SIGINT, then give back what is not finished. Does not return."""
    worker, busy, stopping = ids.new(), _Busy(), threading.Event()

    def hear(kind: str, name: str, arguments: dict[str, Any]) -> None:
        with busy, app.app_context():
            tasks.hear(kind, name, arguments, worker)

    with app.app_context():
        carry = carrier()
    carry.hear = hear
    watch = threading.Thread(target=_watch, args=(app, worker, busy, stopping), name="watch", daemon=True)
    consumer = Consumer(
        carry.huey, workers=threads, periodic=False, initial_delay=0.05, max_delay=0.5, graceful_signal="TERM", shutdown_timeout=_SHUTDOWN
    )
    watch.start()
    consumer.run()
    stopping.set()
    with app.app_context():
        service.give_back(worker)
    logging.shutdown()
    os._exit(0)  # a thread may still be drawing: tearing the libraries down under it would crash


def forget_old(now: datetime) -> None:
    """Drop what nobody asks for any more, each in a transaction of its own."""
    for forget in (idempotency.forget, guesses.forget):
        forget(now=now)
    tasks.forget_old()
    files.forget_old()


def _watch(app: Flask, worker: UUID, busy: _Busy, stopping: threading.Event) -> None:
    """Every few seconds: say that this worker lives, and find what others forgot. Once an hour: drop what was kept too long."""
    tidied = None
    while True:
        try:
            with app.app_context():
                if busy.count:
                    service.beat(worker, pulse=datetime.now(UTC))
                service.sweep(now=clock.now(), pulse=datetime.now(UTC), given_up=sentence("job_given_up"))
                if tidied != (hour := clock.now().replace(minute=0, second=0, microsecond=0)):
                    forget_old(clock.now())
                    tidied = hour
                db.session.remove()
        except OperationalError as error:
            _log.error("sweep put off, database unavailable: %s", type(error.orig).__name__)
        except Exception:
            _log.exception("sweep failed")
        if stopping.wait(BEAT.total_seconds()):
            return
