"""Files that somebody has looked at and may still import: under a random name, bound to who, where and what, an hour after the last correction."""

import hashlib
import json
import re
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from eventday.imports import workbook
from eventday.imports.corrections import Corrections
from eventday.imports.errors import UploadGone
from eventday.imports.sheet import Sheet

KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Owner:
    """Who looked at the file, and for which plan."""

    person: str
    event: str
    commune: str


@dataclass(frozen=True)
class Kept:
    """The very bytes that were looked at, the name the file had, and the cells corrected since.

    `told` is what was unpacked of it, empty where that is still to be done; `look` what the last look at it found. `is_large`: the worker reads it.
    """

    name: str
    data: bytes
    corrections: Corrections = field(default_factory=dict)
    told: bytes = b""
    look: bytes = b""
    is_large: bool = False

    @property
    def sheets(self) -> list[Sheet]:
        """The sheets as they came; unpacking takes longest and is done once. Raises: BadWorkbook and its kinds."""
        return workbook.sheets(self.told) if self.told else workbook.read(self.data)


def keep(folder: Path, name: str, data: bytes, owner: Owner) -> str:
    """Keep a workbook, unpacked where it is not large; returns its random name. Old ones are swept out. Raises: BadWorkbook and its kinds."""
    is_large = workbook.is_large(data)
    told = b"" if is_large else workbook.unpacked(data)
    sweep(folder)
    token = secrets.token_hex(16)
    note = {"owner": asdict(owner), "name": name[:200], "sha256": hashlib.sha256(data).hexdigest(), "is_large": is_large}
    (folder / f"{token}.xlsx").write_bytes(data)
    (folder / f"{token}.json").write_text(json.dumps(note), encoding="utf-8")
    put(folder, token, "told", told)
    return token


def put(folder: Path, token: str, what: str, content: bytes) -> None:
    """Keep beside a file what was unpacked of it (`told`) or found in it (`look`)."""
    draft = folder / f"{token}.{secrets.token_hex(4)}.part"
    draft.write_bytes(content)
    draft.replace(folder / f"{token}.{what}")


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
    told, look = (_beside(folder, token, what) for what in ("told", "look"))
    return Kept(note["name"], data, _corrections(folder, token), told, look, note["is_large"])


def _beside(folder: Path, token: str, what: str) -> bytes:
    with suppress(FileNotFoundError):
        return (folder / f"{token}.{what}").read_bytes()
    return b""


def correct(folder: Path, token: str, corrections: Corrections) -> None:
    """Keep cells corrected on the screen beside a file that `fetch` has given; its hour begins anew."""
    told = [[*place, text] for place, text in corrections.items()]
    (folder / f"{token}.cells.json").write_text(json.dumps(told), encoding="utf-8")
    for kind in ("xlsx", "json", "told"):
        (folder / f"{token}.{kind}").touch()


def _corrections(folder: Path, token: str) -> Corrections:
    try:
        told = json.loads((folder / f"{token}.cells.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {(sheet, row, column): text for sheet, row, column, text in told}


def drop(folder: Path, token: str) -> None:
    """Forget a file that `fetch` has given."""
    for kind in ("xlsx", "json", "cells.json", "told", "look"):
        (folder / f"{token}.{kind}").unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Drop the files whose hour is over: they may list people."""
    for path in folder.glob("*.*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink(missing_ok=True)
