"""The database as one file, as it stood at one moment, while others write; and back. By the databases' own means."""

import os
import shutil
import subprocess
from pathlib import Path

import pysqlite3

from eventday import instance
from eventday.backup.errors import DumpFailed, NotABackup
from eventday.db import db

NAME = "database"


def kind() -> str:
    """sqlite or postgresql."""
    return db.engine.dialect.name


def dump(to: Path) -> None:
    """Raises: DumpFailed."""
    if kind() == "sqlite":
        source = pysqlite3.connect(_file(), timeout=20, isolation_level=None)
        source.execute("VACUUM INTO ?", (str(to),))
        source.close()
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}", f"--dbname={_address()}")


def check(dumped: Path) -> None:
    """Raises: NotABackup, DumpFailed."""
    if kind() != "sqlite":
        _run("pg_restore", "--list", str(dumped))
        return
    copy = pysqlite3.connect(f"file:{dumped}?mode=ro", uri=True)
    sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
    copy.close()
    if sound != "ok":
        raise NotABackup(name=NAME)


def restore(dumped: Path) -> None:
    """Put it in the place of the database that is set; nothing may be at work there. Raises: DumpFailed."""
    db.session.remove()
    db.engine.dispose()
    if kind() != "sqlite":
        how = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
        _run("pg_restore", *how, f"--dbname={_address()}", str(dumped))
        return
    file = Path(_file())
    draft = file.with_name(f".{file.name}.restored")
    shutil.copyfile(dumped, draft)
    for left in ("-wal", "-shm"):
        file.with_name(file.name + left).unlink(missing_ok=True)  # of the empty one: they must not be read into this one
    instance.put(draft, file)


def _file() -> str:
    return str(db.engine.url.database)


def _address() -> str:
    """Without the password, which every user of the machine could read among the processes."""
    return db.engine.url.set(drivername="postgresql", password=None).render_as_string()


def _run(program: str, *arguments: str) -> None:
    password = db.engine.url.password
    environ = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    try:
        subprocess.run([program, *arguments], env=environ, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # noqa: S603 no shell, our own words and settings
    except FileNotFoundError:
        raise DumpFailed(said=f"{program}: not installed (postgresql-client)") from None
    except subprocess.CalledProcessError as failed:
        raise DumpFailed(said=(failed.stderr.strip().splitlines() or [program])[-1]) from None
