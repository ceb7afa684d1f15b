"""The database under the services: connections that a server closed meanwhile, and what follows a commit."""

import pytest
from flask import Flask
from sqlalchemy import text

from eventday.db import db, once_committed, transaction
from eventday.kernel.errors import NotFound

_CLOSE_OTHERS = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")


def test_connection_that_the_server_closed_is_replaced_unnoticed(postgres_app: Flask) -> None:
    kept = db.engine.connect()
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    closed = kept.execute(_CLOSE_OTHERS).all()
    kept.close()

    with db.engine.connect() as first, db.engine.connect() as second:
        answers = [first.scalar(text("SELECT 1")), second.scalar(text("SELECT 1"))]

    assert (len(closed) > 0, answers) == (True, [1, 1])


def test_act_follows_the_commit(each_app: Flask) -> None:
    done: list[str] = []

    with transaction() as session:
        once_committed(session, lambda: done.append("told"))
        before = list(done)

    assert (before, done) == ([], ["told"])


def test_no_act_follows_a_rollback(each_app: Flask) -> None:
    done: list[str] = []

    def refused() -> None:
        with transaction() as session:
            once_committed(session, lambda: done.append("told"))
            raise NotFound

    with pytest.raises(NotFound):
        refused()

    assert done == []
