"""The floor: a bare Flask view that reads JSON and commits one row, on the database of EVENTDAY_DATABASE_URL, by the bare driver."""

import threading
from contextlib import suppress
from typing import Any
from uuid import uuid4

import psycopg
import pysqlite3
from flask import Flask, jsonify, request

from eventday import config

_URL = config.read().database_url
_local = threading.local()
app = Flask(__name__)


def _connect() -> Any:
    if _URL.startswith("sqlite"):
        connection = pysqlite3.connect(_URL.removeprefix("sqlite:///"), timeout=20, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection
    return psycopg.connect(_URL.replace("+psycopg", ""), autocommit=True)


def _connection() -> Any:
    if not hasattr(_local, "connection"):
        _local.connection = _connect()
    return _local.connection


_SQL = "INSERT INTO bare (id, name) VALUES (?, ?)" if _URL.startswith("sqlite") else "INSERT INTO bare (id, name) VALUES (%s, %s)"
with suppress(psycopg.errors.UniqueViolation):  # the other server process is making it at this very moment
    _connection().execute("CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, name TEXT NOT NULL)")


@app.post("/rows")
def create() -> Any:
    row_id = str(uuid4())
    _connection().execute(_SQL, (row_id, request.get_json()["name"]))
    return jsonify(id=row_id), 201


@app.get("/healthz")
def healthz() -> str:
    return "ok"
