"""A browser's client at a fixed moment; everything in it can be overridden by a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from eventday.db import db
from eventday.kernel import clock
from tests.factories import BEFORE


@dataclass
class Asked:
    """The statements that were sent, without those that begin and end a transaction."""

    statements: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.statements)


@contextmanager
def count_statements() -> Iterator[Asked]:
    asked = Asked()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks as a browser would, twelve days before the event."""
    at(BEFORE)
    return app.test_client()


def at(moment: datetime) -> None:
    """Let it be that moment."""
    clock.shift_to(moment)
