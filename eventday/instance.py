"""What a running system needs on disk: the folder, its secrets, a database at the newest migration. Each is made if it is not there."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError

from eventday.config import Settings, SettingsError
from eventday.db import db

_MIGRATIONS = Path(__file__).parent / "migrations"


def secret(settings: Settings, name: str) -> bytes:
    """The instance's own 32 random bytes of that name, made on first use, readable by the owner only."""
    folder = settings.instance / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes()


def folder(settings: Settings, name: str) -> Path:
    """A folder of that name in the instance."""
    path = settings.instance / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def make_folder(settings: Settings) -> None:
    """Raises: SettingsError."""
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"EVENTDAY_INSTANCE: cannot make {settings.instance}: {error.strerror}") from None


def migrate(app: Flask) -> None:
    """Bring the database up to the newest migration; where it is there already, this reads one row.

    Raises: SettingsError where no database answers at the address that is set.
    """
    try:
        _migrate(app)
    except OperationalError as error:
        raise SettingsError(f"EVENTDAY_DATABASE_URL: the database cannot be used: {str(error.orig).splitlines()[0]}") from None


def _migrate(app: Flask) -> None:
    with app.app_context():
        if _revision() == max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")):
            return
        from alembic import command  # only who migrates waits for this library
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        command.upgrade(config, "head")


def _revision() -> str | None:
    """Where the database stands: the number that the file of its last migration begins with."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        number: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return number
