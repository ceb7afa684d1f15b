"""Letting people in: one-time links, and where to go once signed in."""

from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app

from eventday.access import service as access
from eventday.access.domain import Role
from eventday.config import Settings

LOCAL_ORGANISER = "organiser@localhost"


def invite(email: str, role: Role, scope: str, *, now: datetime) -> str:
    """Add a person or a grant. Returns the address that signs them in, once, within 30 minutes. Raises: UnknownScope."""
    return address_of(access.add_person(email, role, scope, now=now))


def local_organiser_link(now: datetime) -> str:
    """A fresh one-time sign-in address for the country's organiser of an instance on loopback.

    Raises: RuntimeError where the public URL is not on loopback: there nobody is let in by starting the server.
    """
    if not _settings().is_local:
        raise RuntimeError("only where the public URL is on loopback")
    return invite(LOCAL_ORGANISER, Role.ORGANISER, "country", now=now)


def secret_of(pasted: str) -> str:
    """The secret in a pasted sign-in address, or the text itself where it is no address."""
    return urlsplit(pasted.strip()).path.rstrip("/").rpartition("/")[2] if "/" in pasted else pasted.strip()


def local_path(text: str) -> str | None:
    """The text, if it is a path of this site that a browser cannot take for another's; else None."""
    if not text.startswith("/") or text.startswith(("//", "/\\")) or "\\" in text or not text.isprintable():
        return None
    parts = urlsplit(text)
    return None if parts.scheme or parts.netloc else text


def address_of(secret: str) -> str:
    """The address that a link signs in by."""
    return f"{_settings().public_url}/dang-nhap/{secret}"


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
