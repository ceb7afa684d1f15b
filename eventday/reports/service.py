"""Making a report: its figures, its file, what stands in it beside figures."""

import time
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from eventday import instance
from eventday.audit.service import note
from eventday.db import transaction
from eventday.jobs import service as jobs
from eventday.kernel.clock import day_of
from eventday.kernel.errors import NotFound
from eventday.programme import queries as programme
from eventday.reports import as_json, counting, drafts, models, pdf, queries, wording
from eventday.reports.letter import Letter
from eventday.reports.report import Report
from eventday.web.edits import refuse_stale

BUILD = "reports.build"
_KEPT = 3  # files of the same report
_LIFE = timedelta(days=30)  # since it was drawn; then it is drawn anew in a minute


def report(event_key: str, commune: str, *, now: datetime) -> Report:
    """The commune's report as it stands. Raises: NotFound."""
    subject = queries.subject(programme.event(event_key), commune)
    letter = queries.letter(subject.event.id, commune) or drafts.letter(subject.body, wording.villages(subject.body.kind, subject.hamlet_words))
    return Report(
        subject=subject,
        figures=counting.figures_of(queries.facts(subject.event, commune)),
        letter=letter,
        dated=letter.dated or day_of(now),
    )


def as_data(found: Report) -> dict[str, Any]:
    """The report's figures as the contract has them."""
    return as_json.of_figures(found.figures, found.subject.event, f"commune:{found.subject.code}")


def request(event_key: str, commune: str, *, page: str, person: UUID | None, now: datetime) -> UUID:
    """Ask the worker for the PDF; `page` is where the person waits for it. Returns the job's id."""
    with transaction() as session:
        return jobs.enqueue(session, BUILD, arguments(event_key, commune, page), now=now, commune_code=commune, requested_by=person)


def arguments(event_key: str, commune: str, page: str) -> dict[str, Any]:
    """What names a report's job."""
    return {"event": event_key, "commune": commune, "page": page}


def keep(job_id: UUID, event_key: str, commune: str, document: bytes) -> dict[str, Any]:
    """Write a drawn report to the instance and forget older ones of the same. Returns what the job tells."""
    event = programme.event(event_key)
    prefix = f"{event.id.hex}-{commune}-"
    path = _folder() / f"{prefix}{job_id.hex}.pdf"
    instance.write(path, document)
    for old in sorted(_folder().glob(f"{prefix}*.pdf"), key=lambda found: found.stat().st_mtime)[:-_KEPT]:
        old.unlink(missing_ok=True)
    for old in [found for found in _folder().glob("*.pdf") if not _lasts(found)]:
        old.unlink(missing_ok=True)
    return {"file": path.name, "bytes": len(document)}


def file_of(result: dict[str, Any] | None) -> bytes:
    """The file that a job made. Raises: NotFound where it was replaced by newer ones, or is older than 30 days."""
    if not has_file(result):
        raise NotFound
    return (_folder() / Path(str((result or {})["file"])).name).read_bytes()


def has_file(result: dict[str, Any] | None) -> bool:
    """Whether the file that a job made is still kept."""
    name = Path(str((result or {}).get("file", ""))).name
    return bool(name) and _lasts(_folder() / name)


def _lasts(path: Path) -> bool:
    return path.is_file() and time.time() - path.stat().st_mtime < _LIFE.total_seconds()


def _folder() -> Path:
    return instance.folder(current_app.config["SETTINGS"], "reports")


def save_letter(event_id: UUID, commune: str, letter: Letter, *, seen: str | None = None, draft: Letter | None = None, now: datetime) -> None:
    """Keep what the organiser filled in. `seen` is the stamp of what the page showed; `draft` what it shows while nothing is kept.

    Raises: Stale, NotFound where the event is deleted at this very moment.
    """
    try:
        _save_letter(event_id, commune, letter, seen, draft, now)
    except IntegrityError:
        raise NotFound from None


def _save_letter(event_id: UUID, commune: str, letter: Letter, seen: str | None, draft: Letter | None, now: datetime) -> None:
    values = asdict(letter) | {name: "\n".join(getattr(letter, name)) for name in ("bases", "addressees", "recipients")}
    said = {name: value for name, value in values.items() if name != "texts"} | dict(letter.texts)
    with transaction() as session:
        row = session.get(models.ReportSettings, (event_id, commune), with_for_update=True)
        current = queries.letter_of(row) if row else draft
        refuse_stale(seen, current.said if current else {})
        note(session, commune, "changed", ("report", str(event_id)), _said(session, event_id, commune), said, now)
        session.merge(models.ReportSettings(event_id=event_id, commune_code=commune, changed_at=now, **{**values, "texts": dict(letter.texts)}))


def _said(session: Session, event_id: UUID, commune: str) -> dict[str, Any]:
    """What the report says as it stands, field by field."""
    known = session.get(models.ReportSettings, (event_id, commune))
    if known is None:
        return {}
    return {name: getattr(known, name) for name in ("place", "dated", "bases", "addressees", "recipients", "deputy", "signer")} | known.texts


def draw(found: Report) -> bytes:
    """Raises: PaperNotReady."""
    return pdf.draw(found)
