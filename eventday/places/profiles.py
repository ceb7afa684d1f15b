"""Changing how a commune presents itself: its text, phone, desk and logo."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from eventday.audit.service import note
from eventday.db import transaction
from eventday.places import editing, logos, models
from eventday.places.domain import Profile
from eventday.web.edits import refuse_stale


def words(profile: Profile) -> dict[str, str]:
    """What the form has of a profile; the logo is changed by itself."""
    return {"text": profile.text, "phone": profile.phone, "desk": profile.desk}


def save_words(commune: str, text: str, phone: str, desk: str, *, seen: str | None, now: datetime) -> None:
    """Raises: Stale."""
    with transaction() as session:
        row = _row(session, commune)
        refuse_stale(seen, words(_profile(row)))
        _change(session, row, Profile(text, phone, desk, row.logo), now)


def save_logo(commune: str, folder: Path, data: bytes, *, now: datetime) -> None:
    """Draw the picture anew and show it. Raises: BadLogo."""
    name = logos.keep(folder, data)
    with transaction() as session:
        row = _row(session, commune)
        _change(session, row, Profile(row.text, row.phone, row.desk, name), now)


def show_logo(commune: str, name: str, *, now: datetime) -> None:
    """Show a picture that was kept before, or none (an empty name): its file stays, so that a mistake is undone."""
    with transaction() as session:
        row = _row(session, commune)
        _change(session, row, Profile(row.text, row.phone, row.desk, name), now)


def _row(session: Session, commune: str) -> models.Profile:
    editing.lock(session, commune)
    return session.get_one(models.Profile, commune)


def _profile(row: models.Profile) -> Profile:
    return Profile(row.text, row.phone, row.desk, row.logo)


def _change(session: Session, row: models.Profile, wanted: Profile, now: datetime) -> None:
    before = vars(_profile(row))
    for name, text in vars(wanted).items():
        setattr(row, name, text)
    note(session, row.commune_code, "changed", ("profile", row.commune_code), before, vars(wanted), now)
