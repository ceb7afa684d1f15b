"""Files that somebody has looked at and may still import: under a random name, bound to who, where and what, an hour after the last correction."""

import hashlib
import json
import re
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from eventday.imports.corrections import Corrections
from eventday.imports.errors import UploadGone

KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Owner:
    """Who looked at the file, and for which plan."""

    person: str
    event: str
    commune: str


@dataclass(frozen=True)
class Kept:
    """The very bytes that were looked at, the name the file had, and the cells corrected since."""

    name: str
    data: bytes
    corrections: Corrections = field(default_factory=dict)


def keep(folder: Path, name: str, data: bytes, owner: Owner) -> str:
    """Keep a file; returns its random name. Old ones are swept out."""
    sweep(folder)
    token = secrets.token_hex(16)
    note = {"owner": asdict(owner), "name": name[:200], "sha256": hashlib.sha256(data).hexdigest()}
    (folder / f"{token}.xlsx").write_bytes(data)
    (folder / f"{token}.json").write_text(json.dumps(note), encoding="utf-8")
    return token


def fetch(folder: Path, token: str, owner: Owner) -> Kept:
    """Raises: UploadGone where it is old, imported already, somebody else's, or not what was looked at."""
    try:
        if not re.fullmatch(r"[0-9a-f]{32}", token):
            raise UploadGone
        note = json.loads((folder / f"{token}.json").read_text(encoding="utf-8"))
        path = folder / f"{token}.xlsx"
        data, age = path.read_bytes(), time.time() - path.stat().st_mtime
    except (OSError, ValueError):
        raise UploadGone from None
    if age > KEPT_SECONDS or note["owner"] != asdict(owner) or note["sha256"] != hashlib.sha256(data).hexdigest():
        raise UploadGone
    return Kept(note["name"], data, _corrections(folder, token))


def correct(folder: Path, token: str, corrections: Corrections) -> None:
    """Keep cells corrected on the screen beside a file that `fetch` has given; its hour begins anew."""
    told = [[*place, text] for place, text in corrections.items()]
    (folder / f"{token}.cells.json").write_text(json.dumps(told), encoding="utf-8")
    for kind in ("xlsx", "json"):
        (folder / f"{token}.{kind}").touch()


def _corrections(folder: Path, token: str) -> Corrections:
    try:
        told = json.loads((folder / f"{token}.cells.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {(sheet, row, column): text for sheet, row, column, text in told}


def drop(folder: Path, token: str) -> None:
    """Forget a file that `fetch` has given."""
    for path in (folder / f"{token}.xlsx", folder / f"{token}.json", folder / f"{token}.cells.json"):
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Drop the files whose hour is over: they may list people."""
    for path in folder.glob("*.*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink(missing_ok=True)
