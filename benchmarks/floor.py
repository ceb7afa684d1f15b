"""The floors: a bare Flask view that reads JSON and commits one row, on the database of EVENTDAY_DATABASE_URL.

`/rows` by the bare driver, which is what everything is compared with; `/rows/orm` by Flask-SQLAlchemy, as its documentation has it:
what the stack costs before we have done anything (docs/decisions/0012).
"""

import threading
from contextlib import suppress
from typing import Any
from uuid import uuid4

import psycopg
import pysqlite3
from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from eventday import config

_URL = config.read().database_url
_PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")
_local = threading.local()
app = Flask(__name__)


class Base(DeclarativeBase):
    """What Flask-SQLAlchemy makes its model of."""


db = SQLAlchemy(model_class=Base)


class Bare(db.Model):  # type: ignore[name-defined, misc]
    """The same table as the bare driver's."""

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


def _connect() -> Any:
    if _URL.startswith("sqlite"):
        connection = pysqlite3.connect(_URL.removeprefix("sqlite:///"), timeout=20, isolation_level=None)
        _set_pragmas(connection)
        return connection
    return psycopg.connect(_URL.replace("+psycopg", ""), autocommit=True)


def _set_pragmas(connection: Any, _record: object = None) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _connection() -> Any:
    if not hasattr(_local, "connection"):
        _local.connection = _connect()
    return _local.connection


_SQL = "INSERT INTO bare (id, name) VALUES (?, ?)" if _URL.startswith("sqlite") else "INSERT INTO bare (id, name) VALUES (%s, %s)"
with suppress(psycopg.errors.UniqueViolation):  # the other server process is making it at this very moment
    _connect().execute("CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, name TEXT NOT NULL)")


app.config["SQLALCHEMY_DATABASE_URI"] = _URL
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 20} | (
    {"module": pysqlite3, "connect_args": {"timeout": 20}} if _URL.startswith("sqlite") else {}
)
db.init_app(app)
if _URL.startswith("sqlite"):
    with app.app_context():
        event.listen(db.engine, "connect", _set_pragmas)


@app.post("/rows")
def create() -> Any:
    row_id = str(uuid4())
    _connection().execute(_SQL, (row_id, request.get_json()["name"]))
    return jsonify(id=row_id), 201


@app.post("/rows/orm")
def create_by_orm() -> Any:
    row = Bare(id=str(uuid4()), name=request.get_json()["name"])
    db.session.add(row)
    db.session.commit()
    return jsonify(id=row.id), 201


@app.get("/healthz")
def healthz() -> str:
    return "ok"
