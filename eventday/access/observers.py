"""Who wants to hear what changes here, in the same transaction. The audit lies above and is told in this way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from flask import Flask, current_app
from sqlalchemy.orm import Session

from eventday.access.domain import Place

_KEY = "access_observers"
Values = Mapping[str, Any] | None


class Observer(Protocol):
    """`place` is the code of a commune or province, or `country`; `subject` is what changed: its kind and id."""

    def __call__(
        self, session: Session, place: str, action: str, subject: tuple[str, str], before: Values, after: Values, now: datetime, /
    ) -> None: ...


def observe(app: Flask, observer: Observer) -> None:
    """Let the observer hear of changes of this app."""
    app.extensions.setdefault(_KEY, []).append(observer)


def tell(session: Session, place: Place, action: str, subject: tuple[str, str], before: Values, after: Values, now: datetime) -> None:
    """Tell all observers what changed within the open transaction."""
    for observer in current_app.extensions.get(_KEY, ()):
        observer(session, place.commune or place.province or "country", action, subject, before, after, now)
