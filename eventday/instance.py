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
_SECRET_BYTES = 32


def secret(settings: Settings, name: str) -> bytes:
    """The instance's own 32 random bytes of that name, made on first use, readable by the owner only."""
    folder = settings.instance / "keys"
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _to_disk(folder.parent)
    path = folder / name
    if not path.exists():
        draft = _draft(path, secrets.token_bytes(_SECRET_BYTES))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
        _to_disk(folder)  # without its name a secret is lost with the power, and every pass with it
    return path.read_bytes()


def write(path: Path, content: bytes) -> None:
    """Put a file in place, whole or not at all, readable by the owner only; it is on disk when this returns."""
    os.replace(_draft(path, content), path)
    _to_disk(path.parent)


def put(draft: Path, path: Path) -> None:
    """A finished file takes its place; both it and its name are on disk when this returns."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(draft, path)
    _to_disk(path.parent)


def _draft(path: Path, content: bytes) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()  # else what is flushed below is an empty file
        os.fsync(file.fileno())
    return draft


def _to_disk(folder: Path) -> None:
    """What stands in the folder is on disk too: a file that was flushed may still have no name there (fsync(2))."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def folder(settings: Settings, name: str) -> Path:
    """A folder of that name in the instance."""
    path = settings.instance / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def make_folder(settings: Settings) -> None:
    """Raises: SettingsError where it cannot be made, or a secret in it is not whole."""
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"EVENTDAY_INSTANCE: cannot make {settings.instance}: {error.strerror}") from None
    _check_secrets(settings.instance / "keys")


def _check_secrets(keys: Path) -> None:
    """A secret that was cut off would sign all the same, and anybody could guess it."""
    for path in keys.glob("[!.]*"):
        if path.stat().st_size != _SECRET_BYTES:
            raise SettingsError(f"EVENTDAY_INSTANCE: {path} is no whole secret of {_SECRET_BYTES} bytes: put it back from a backup")


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
