"""Passes on paper: one person on A4, a household as eighths of A4. Drawn by the worker, found by the web."""

import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app, render_template
from pydantic import TypeAdapter

from eventday import instance
from eventday.db import db
from eventday.jobs import service as jobs
from eventday.kernel.errors import TryLater
from eventday.paper import documents, qr
from eventday.programme.domain import Slot
from eventday.registrations.domain import RegistrationView, Status

DRAW = "passes.draw"
PATIENCE = 5.0  # seconds that a request waits for the worker
KEPT = timedelta(days=7)  # since it was last asked for; it shows names
_LAYOUT = 2
_ASKED_AGAIN_AFTER = 20.0
ON_SHEET = 8  # eighths of A4
ON_EIGHTH, _ON_A4 = 3, 5  # lines of a pass


@dataclass(frozen=True)
class PassLine:
    """Something the person goes to. `place` is short; `waiting` while they have no seat."""

    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    waiting: bool = False


@dataclass(frozen=True)
class PaperPass:
    """One person's pass. `code` as typed (DME-4NT-1RW); `address` is what the QR holds, in upper case; `lines` in order of time."""

    name: str
    hamlet: str
    code: str
    address: str
    lines: tuple[PassLine, ...]


@dataclass(frozen=True)
class PassSheet:
    """What is drawn. `commune` with its type (“Xã Anh Sơn”), `phone` as it reads, or empty. One pass: A4; more: eight a page."""

    event: str
    first_day: date
    last_day: date
    commune: str
    phone: str
    passes: tuple[PaperPass, ...]


_json = TypeAdapter(PassSheet)


def address_of(token: str) -> str:
    """What the QR says: upper case throughout, so that it stays a small code (version 6)."""
    return f"{current_app.config['SETTINGS'].public_url.upper()}/T/{token}"


def lines_of(held: Iterable[tuple[RegistrationView, Slot]]) -> tuple[PassLine, ...]:
    """What of somebody's registrations stands, in the order given."""
    return tuple(
        PassLine(slot.starts_at, slot.ends_at, slot.title, slot.place, registration.status is Status.WAITING)
        for registration, slot in held
        if registration.status is not Status.CANCELLED and not slot.cancelled_at
    )


def pass_pdf(sheet: PassSheet) -> bytes:
    """The sheet as PDF: the file is found, or the worker is asked for it and waited for, with no transaction open.

    Raises: TryLater where the worker has not drawn it within 5 seconds; asking again then finds it.
    """
    path = _path(sheet)
    if not path.exists():
        _ask(path, sheet)
        db.session.rollback()
        deadline = time.monotonic() + PATIENCE
        while not path.exists():
            if time.monotonic() > deadline:
                raise TryLater(seconds=3)
            time.sleep(0.05)
    os.utime(path)
    return path.read_bytes()


def _path(sheet: PassSheet) -> Path:
    """The file is named by what it shows: a pass that changed has another."""
    shown = hashlib.sha256(_json.dump_json(sheet) + bytes([_LAYOUT])).hexdigest()
    return _folder() / f"{shown[:40]}.pdf"


def _folder() -> Path:
    folder = instance.folder(current_app.config["SETTINGS"], "passes")
    folder.chmod(0o700)
    return folder


def _ask(path: Path, sheet: PassSheet) -> None:
    """Ask once, not again with each reload while the worker is busy."""
    asked = path.with_suffix(".asked")
    if not asked.exists() or time.time() - asked.stat().st_mtime > _ASKED_AGAIN_AFTER:
        asked.touch()
        jobs.ask(DRAW, sheet=_json.dump_python(sheet, mode="json"))


def draw(sheet: PassSheet) -> bytes:
    """The PDF. For the worker and for commands."""
    whole = len(sheet.passes) == 1
    page = render_template(
        "paper/pass_a4.html" if whole else "paper/pass_sheet.html",
        sheet=sheet,
        pages=[sheet.passes[first : first + ON_SHEET] for first in range(0, len(sheet.passes), ON_SHEET)],
        shown=_ON_A4 if whole else ON_EIGHTH,
        qr=qr.svg,
    )
    return documents.render(page, "pass.css")


def keep(sheet: dict[str, Any]) -> None:
    """Draw a sheet as `pass_pdf` asked for it, and forget files that nobody asked for lately."""
    wanted = _json.validate_python(sheet)
    path = _path(wanted)
    if not path.exists():
        instance.write(path, draw(wanted))
    path.with_suffix(".asked").unlink(missing_ok=True)
    _forget_old(path.parent)


def _forget_old(folder: Path) -> None:
    oldest = time.time() - KEPT.total_seconds()
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
