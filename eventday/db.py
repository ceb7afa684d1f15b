"""The database: one base for models, UTC times, and `transaction()`, the one place that commits.

Reading goes through `db.session`; writing through `transaction()` (docs/decisions/0002-one-transaction-per-service.md).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Dialect, MetaData, Row, Select, Table, Uuid, event, make_url
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.types import TypeDecorator

from eventday import sqlite
from eventday.config import Settings

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment. SQLite forgets time zones, so values are stored as UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every model inherits from."""

    registry = registry(
        metadata=MetaData(naming_convention=_NAMES),
        type_annotation_map={datetime: UtcDateTime(), UUID: Uuid(), dict[str, Any]: JSON(), list[str]: JSON()},
    )


def table(model: type[Base]) -> Table:
    """A model's table, for the few hot statements: built once and without the ORM they cost a quarter (docs/decisions/0003)."""
    return cast(Table, model.__table__)


db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})


_open: ContextVar[bool] = ContextVar("transaction_open", default=False)
_LOCK = "eventday_write_lock"
_CORE = "eventday_connection"
_LAST = "eventday_last"
_AFTER = "eventday_after"


@contextmanager
def transaction() -> Iterator[Session]:
    """One write transaction, committed at the end or rolled back as a whole.

    Raises: RuntimeError where one is open already: services do not nest, they hand the session down.
    """
    if _open.get():
        raise RuntimeError("hand the session down")
    if db.session.registry.has():
        db.session.rollback()
    engine = db.engine
    last: list[Callable[[], None]] = []
    after: list[Callable[[], None]] = []
    lock = engine.get_execution_options().get(_LOCK) or nullcontext()
    with lock, engine.connect() as connection, _begun(connection), Session(connection, expire_on_commit=False, autoflush=False) as session:
        session.info.update({_CORE: connection, _LAST: last, _AFTER: after})
        token = _open.set(True)
        try:
            yield session
            session.flush()  # what the ORM holds back; the connection's own transaction commits
            for act in last:
                act()
        finally:
            _open.reset(token)
    if db.session.registry.has():
        db.session.rollback()  # what was read meanwhile is of before: what is read from now on is not
    for act in after:
        act()


def at_the_end(session: Session, act: Callable[[], None]) -> None:
    """Have something done as the last thing within a transaction: its locks are then taken after all others, wherever this was asked for."""
    session.info[_LAST].append(act)


def once_committed(session: Session, act: Callable[[], None]) -> None:
    """Have something done right after the commit of a transaction, and never where it is rolled back. It must not raise."""
    session.info[_AFTER].append(act)


def names_what_is_gone(error: IntegrityError) -> bool:
    """Whether a row was refused because it names another that is not there (any more)."""
    return getattr(error.orig, "sqlstate", None) == "23503" or "FOREIGN KEY" in str(error.orig)


def _begun(connection: Connection) -> RootTransaction:
    with sqlite.begins_to_write():
        return connection.begin()


def core(session: Session) -> Connection:
    """The connection under a session, for hot statements that need nothing of the ORM: by the session they cost half as much again."""
    kept: Connection | None = session.info.get(_CORE)
    return session.connection() if kept is None or session.in_nested_transaction() else kept  # a savepoint begins when it is asked for


def look_up(statement: Select[*tuple[Any, ...]], values: Mapping[str, object]) -> Row[*tuple[Any, ...]] | None:
    """The first row of one small question that every request asks, read by itself: neither the ORM nor `db.session` is woken for it."""
    with db.engine.connect() as connection:
        return connection.execute(statement, values).first()


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the app to its database."""
    url = make_url(settings.database_url)
    is_sqlite = url.get_backend_name() == "sqlite"
    options: dict[str, Any] = {"hide_parameters": True}
    if is_sqlite:
        url = url.set(drivername=sqlite.DRIVER, database=str(settings.instance / (url.database or "")))
        options |= {"isolation_level": "AUTOCOMMIT", "connect_args": {"timeout": 20}, "pool_size": 20}
        options |= {"pool_use_lifo": True}  # the connection used last still has the pages it read
    else:
        options |= {"pool_size": 16, "max_overflow": 8, "pool_pre_ping": True}  # a server that was away closed its connections
        options |= {"connect_args": {"options": "-c jit=off"}}  # compiling a statement costs more than the longest of ours takes
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        event.listen(db.session, "before_flush", _refuse_to_write)
        if is_sqlite:
            db.engine.update_execution_options(**{_LOCK: sqlite.prepare(db.engine)})


def _refuse_to_write(session: Session, *_: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("db.session only reads; write in transaction()")
