"""What a form remembers of the slot that it was opened for, sealed: the key of its answer, and where to look once the slot is no more."""

import secrets
from dataclasses import astuple, dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from eventday.programme.domain import Slot

_LIFE = 2 * 86400  # seconds; shorter than answers are kept under the key


@dataclass(frozen=True)
class Opened:
    """`key` is that under which a repeat gets the same answer; ids are texts."""

    key: str
    slot: str
    commune: str
    event: str
    activity: str


def seal(slot: Slot) -> str:
    """A token with a new key."""
    opened = Opened(secrets.token_urlsafe(16), str(slot.id), slot.commune_code, str(slot.event_id), str(slot.activity_id))
    return _serializer().dumps(astuple(opened))


def read(token: str) -> Opened | None:
    """None for a foreign, altered or old token."""
    try:
        return Opened(*_serializer().loads(token, max_age=_LIFE))
    except (BadData, TypeError, ValueError):
        return None


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="registration-form")
