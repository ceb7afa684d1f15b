"""What every test may ask for: an app on SQLite, on PostgreSQL, or on each in turn."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from eventday.app import create_app
from eventday.config import Settings
from eventday.db import db
from eventday.kernel import clock
from tests.postgres import Cluster

MORNING = datetime(2027, 10, 10, 1, 30, tzinfo=UTC)  # 08:30 in Vietnam, on the day


def _app(instance: Path, database_url: str = "") -> Iterator[Flask]:
    app = create_app(Settings(instance=instance, database_url=database_url))
    app.testing = True
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    clock.shift_to(None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    cluster = Cluster()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def migrated(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database that is migrated once, for all others to be copied from."""
    url = postgres.new_database()
    for app in _app(tmp_path_factory.mktemp("migrated") / "instance", url):
        assert app
    return url.rpartition("/")[2]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """An app on an empty SQLite database, its context open."""
    yield from _app(tmp_path / "instance")


@pytest.fixture
def postgres_app(tmp_path: Path, postgres: Cluster, migrated: str) -> Iterator[Flask]:
    yield from _app(tmp_path / "instance", postgres.new_database(migrated))


@pytest.fixture(params=["sqlite", "postgres"])
def each_app(request: pytest.FixtureRequest) -> Flask:
    """The same test on SQLite and on PostgreSQL."""
    return request.getfixturevalue("app" if request.param == "sqlite" else "postgres_app")
