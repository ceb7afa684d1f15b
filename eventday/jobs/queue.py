"""The queue library, set up: it carries ids and small messages to the worker. SQLite in the instance, or Redis where it is given."""

from collections.abc import Callable
from typing import Any, cast

import pysqlite3
from flask import Flask, current_app
from huey.api import Huey
from huey.serializer import SignedSerializer
from huey.storage import SqliteStorage

from eventday import config, instance

Hear = Callable[[str, str, dict[str, Any]], None]
_KEY = "eventday_queue"


class _Storage(SqliteStorage):  # type: ignore[misc]
    """On the SQLite that the database uses, too: Debian's own has the WAL-reset race (docs/decisions/0002)."""

    integrity_error = pysqlite3.IntegrityError
    operational_error = pysqlite3.OperationalError

    def _create_connection(self) -> Any:
        connection = pysqlite3.connect(self.filename, timeout=self._timeout, check_same_thread=False, isolation_level=None)
        self._set_journal_mode(connection)
        return connection


class Carrier:
    """Carries messages of (kind, name, arguments). In the worker `hear` is called with each; elsewhere they are only sent."""

    def __init__(self, huey: Huey) -> None:
        self.huey = huey
        self.hear: Hear | None = None
        self._carry = huey.task(name="carry")(self._heard)

    def _heard(self, kind: str, name: str, arguments: dict[str, Any]) -> None:
        if self.hear is None:
            raise RuntimeError("only the worker runs what the queue carries")
        self.hear(kind, name, arguments)

    def send(self, kind: str, name: str, arguments: dict[str, Any]) -> None:
        """Raises: what the queue's storage raises."""
        self._carry(kind, name, arguments)

    def is_empty(self) -> bool:
        return int(self.huey.pending_count()) == 0


def carrier() -> Carrier:
    """The current app's, made on first use."""
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    if _KEY not in app.extensions:
        app.extensions[_KEY] = Carrier(_make(app.config["SETTINGS"]))
    return cast(Carrier, app.extensions[_KEY])


def _make(settings: config.Settings) -> Huey:
    """Messages are signed: who can write the queue cannot make the worker unpickle something of their own."""
    serializer = SignedSerializer(secret=instance.secret(settings, "queue"), salt="eventday-queue")
    options: dict[str, Any] = {"results": False, "serializer": serializer}
    if settings.redis_url:
        from huey import RedisHuey

        return RedisHuey("eventday", url=settings.redis_url, **options)
    return Huey("eventday", storage_class=_Storage, filename=str(settings.instance / "queue.db"), timeout=5, **options)
