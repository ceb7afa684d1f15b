"""Counting what a piece of code asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from eventday.db import db


@dataclass
class Asked:
    texts: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Statements, but BEGIN and COMMIT."""
        return len(self.texts)


@contextmanager
def count_statements() -> Iterator[Asked]:
    asked = Asked()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            asked.texts.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
