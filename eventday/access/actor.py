"""Who acts: what the audit writes down beside each change. Rules of routes set it for a request, commands and the worker for what they run."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from flask import has_request_context, request


@dataclass(frozen=True)
class Actor:
    """`kind` is person, token, device, command, system (what the worker does unasked) or nobody (a resident, who is known by no account).

    `id` is the id of a person, token or device as text; of a command its words (“plan publish”); of the system `system`.
    """

    kind: str
    id: str = ""
    name: str = ""


NOBODY = Actor("nobody")
SYSTEM = Actor("system", "system")
_KEY = "eventday.actor"
_outside: ContextVar[Actor] = ContextVar("actor", default=NOBODY)


def acting() -> Actor:
    """Who acts now. Within a request it is kept with the request itself: a thread serves many, one after the other."""
    if has_request_context():
        found: Actor = request.environ.get(_KEY, NOBODY)
        return found
    return _outside.get()


def acts(actor: Actor) -> None:
    """Say who the present request is from; outside of a request this says nothing (`acting_as` does)."""
    if has_request_context():
        request.environ[_KEY] = actor


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Outside of requests: what runs in here is done by the actor."""
    token = _outside.set(actor)
    try:
        yield
    finally:
        _outside.reset(token)
