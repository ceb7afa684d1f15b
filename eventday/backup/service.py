"""Make, verify and put back. A backup is a .tar.gz: `about.json` (what is in it, with the SHA-256 of each), the database, the instance's files.

The database is taken first, as it stands at one moment; files are written before the rows that name them, so what it names is there.
It holds names, phones and the keys of all passes: it is readable by its owner only.
"""

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from eventday import instance
from eventday.backup import dumps
from eventday.backup.errors import InstanceInUse, NotABackup, OtherDatabase
from eventday.config import Settings
from eventday.programme import queries as programme

_FOLDERS = ("keys", "logos", "reports", "made")  # what is drawn or looked at for a while only is not kept
_ABOUT = "about.json"


@dataclass(frozen=True)
class About:
    """`made_at` in UTC, `database` sqlite or postgresql, `files`: SHA-256 by name."""

    made_at: str
    database: str
    files: dict[str, str]


def create(settings: Settings, to: Path, *, now: datetime) -> About:
    """Everything that was committed before this was called is in it. Raises: DumpFailed."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=to.parent) as folder:
        dumped, draft = Path(folder) / dumps.NAME, Path(folder) / "draft"
        dumps.dump(dumped)
        parts = {dumps.NAME: dumped} | _files(settings.instance)
        about = About(now.isoformat(timespec="seconds"), dumps.kind(), {name: _digest(path) for name, path in parts.items()})
        (Path(folder) / _ABOUT).write_text(json.dumps(asdict(about), indent=1))
        with tarfile.open(draft, "w:gz", compresslevel=1) as archive:
            for name, path in ({_ABOUT: Path(folder) / _ABOUT} | parts).items():
                archive.add(path, name)
        draft.chmod(0o600)
        instance.put(draft, to)
    return about


def verify(backup: Path) -> About:
    """Raises: NotABackup, OtherDatabase, DumpFailed."""
    with _unpacked(backup) as (about, folder):
        _check(about, folder)
        return about


def restore(settings: Settings, backup: Path) -> About:
    """Put it into an empty instance; the database last, so that one half done stays empty. Raises: as `verify`; InstanceInUse."""
    if programme.events():
        raise InstanceInUse
    with _unpacked(backup) as (about, folder):
        _check(about, folder)
        for name in about.files:
            if name != dumps.NAME:
                place = settings.instance / name
                place.parent.mkdir(parents=True, exist_ok=True)
                instance.write(place, (folder / name).read_bytes())
        dumps.restore(folder / dumps.NAME)
        return about


def _files(root: Path) -> dict[str, Path]:
    """What of the instance's folder is kept, by its path there; drafts are not."""
    paths = (path for name in _FOLDERS for path in sorted((root / name).rglob("*")))
    return {path.relative_to(root).as_posix(): path for path in paths if path.is_file() and not path.name.startswith(".")}


@contextmanager
def _unpacked(backup: Path) -> Iterator[tuple[About, Path]]:
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=backup.resolve().parent) as folder:
        try:
            with tarfile.open(backup) as archive:
                archive.extractall(folder, filter="data")
            about = About(**json.loads((Path(folder) / _ABOUT).read_text()))
        except (OSError, EOFError, tarfile.TarError, ValueError, TypeError):
            raise NotABackup(name=backup.name) from None
        yield about, Path(folder)


def _check(about: About, folder: Path) -> None:
    if about.database != dumps.kind():
        raise OtherDatabase(made=about.database)
    for name, digest in {dumps.NAME: "", **about.files}.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file() or _digest(path) != digest:
            raise NotABackup(name=name)
    dumps.check(folder / dumps.NAME)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
