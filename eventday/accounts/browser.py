"""What a sign-in leaves in the browser, and what the browser says of itself."""

import secrets
from uuid import UUID

from flask import Response, current_app, request

from eventday.access import queries
from eventday.access.csrf import session_cookie, set_cookie
from eventday.accounts.devices import device_of
from eventday.accounts.passwords import Browser, proof

_KNOWN_FOR = 180 * 24 * 3600  # seconds


def asking() -> Browser:
    """The browser that asks."""
    return Browser(request.remote_addr or "", device(), request.cookies.get(_known_cookie(), ""))


def device() -> str:
    """What it runs on, as codes."""
    return device_of(request.headers.get("User-Agent", "")[:400])


def let_in(response: Response, secret: str) -> None:
    """Give the browser a session."""
    set_cookie(response, session_cookie(), secret, int(queries.SESSION_LIFE.total_seconds()))


def remember(response: Response, person_id: UUID) -> None:
    """Let it be known that the account signed in from here by its password: others who guess do not shut it out here."""
    set_cookie(response, _known_cookie(), proof(person_id, secrets.token_hex(8)), _KNOWN_FOR)


def forget(response: Response) -> None:
    """Take the session from the browser; what it is known by stays."""
    set_cookie(response, session_cookie(), "", 0)


def _known_cookie() -> str:
    return "__Host-eventday-known" if current_app.config["SETTINGS"].is_secure else "eventday-known"
