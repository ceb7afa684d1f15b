"""Rules that stand on routes. Every view carries one; a test walks the URL map for views without."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import redirect, request, url_for
from werkzeug.exceptions import HTTPException

from eventday.access import csrf, queries, service
from eventday.access.actor import Actor, acts
from eventday.access.csrf import session_cookie
from eventday.access.domain import Device, Person, Place, Role, knows_of, may
from eventday.kernel import clock
from eventday.kernel.errors import Forbidden, NotFound, Refusal, Unauthorized
from eventday.web.rules import Rule, mark

_View = TypeVar("_View", bound=Callable[..., Any])


# Werkzeug counts what it has read ahead of a file (pieces of 64 kB) as form memory: with less, most files above 64 kB are refused.
_UPLOAD_MEMORY = 256 * 1024


def _guarded(view: _View, rule: Rule, check: Callable[..., Any]) -> _View:
    @wraps(view)
    def guarded(**arguments: Any) -> Any:
        instead = check(**arguments)
        return view(**arguments) if instead is None else instead

    return mark(cast(_View, guarded), rule)


def signed_in(view: _View) -> _View:
    """Any person who is signed in; others are sent to the sign-in page. What changes something needs the form token."""

    def check(**_: Any) -> Any:
        instead = _sign_in_first()
        if instead is None:
            csrf.check()
        return instead

    return _guarded(view, Rule("person"), check)


def needs(role: Role, *, of: Callable[..., str | Place], upload: int = 0) -> Callable[[_View], _View]:
    """A signed-in person with the role at the place. `of` gets the route's arguments and names a commune's code or a place.

    Outside the person's scope there is nothing (404); within it, a right that is missing is 403. What changes something
    needs the form token. `upload` is how many bytes the route takes at most, where it takes files.
    """

    def decorate(view: _View) -> _View:
        def check(**arguments: Any) -> Any:
            instead = _sign_in_first()
            if instead is None:
                require(role, of(**arguments))
                if upload:
                    request.max_content_length = upload
                    request.max_form_memory_size = _UPLOAD_MEMORY
                csrf.check()
            return instead

        return _guarded(view, Rule("person", role.name), check)

    return decorate


def bearer(*, role: Role | None = None, device: bool = False, heard: bool = False) -> Callable[[_View], _View]:
    """An API bearer: a token of at least `role`, an enrolled device, or either. Which object it may touch is for `require`.

    `heard`: what the view does begins with `service.hear_device` or `hear_token`, which refuse who was revoked, so that nothing needs to be
    read for it here. Where it refuses sooner, the bearer is looked up: one that was revoked is told that, whatever is wrong with what it sends.
    """

    def decorate(view: _View) -> _View:
        rule = Rule("token or device" if role and device else "device" if device else "token", role.name if role else None)
        guarded = _guarded(view, rule, lambda **_: _know_bearer(role, device, heard))
        return _revoked_first(guarded) if heard else guarded

    return decorate


def require(role: Role, of: str | Place) -> None:
    """Raises: NotFound where the place is outside this person's scope, Forbidden where only the right is missing."""
    place = queries.commune_place(of) if isinstance(of, str) else of
    person = this_person()
    if not knows_of(person, place):
        raise NotFound
    if not may(person, role, place):
        raise Forbidden


def this_person() -> Person:
    """Raises: Unauthorized where nobody is known."""
    person = known_person()
    if person is None:
        raise Unauthorized
    return person


def known_person() -> Person | None:
    """The person that a rule of this request has found, without asking again."""
    return cast("Person | None", _who().get("person"))


def this_device() -> Device | None:
    """The device that asks, or None where a token does."""
    return cast("Device | None", _who().get("device"))


def know_person() -> Person | None:
    """The person of the browser's session, if any; asked once a request."""
    who = _who()
    if "person" not in who:
        secret = request.cookies.get(session_cookie(), "")
        who["person"] = queries.person_of_session(secret, now=clock.now()) if secret else None
        if who["person"]:
            service.touch_session(secret, now=clock.now())
            acts(Actor("person", str(who["person"].id), who["person"].name))
    return known_person()


def _who() -> dict[str, Person | Device | None]:
    """Who asks, kept with the request itself: `g` lives as long as the application's context, which may serve several."""
    who: dict[str, Person | Device | None] = request.environ.setdefault("eventday.who", {})
    return who


def _sign_in_first() -> Any:
    if know_person():
        return None
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("accounts.show_sign_in", next=request.full_path.rstrip("?")))
    raise Unauthorized


def _revoked_first(view: _View) -> _View:
    @wraps(view)
    def heard(**arguments: Any) -> Any:
        try:
            return view(**arguments)
        except (Refusal, HTTPException):
            check_stands()
            raise

    return cast(_View, heard)


def check_stands() -> None:
    """For a `heard` view that has an answer without a transaction. Raises: Unauthorized where the bearer was revoked."""
    ask = queries.device_of_token if this_device() else queries.person_of_token
    if ask(_bearer_token()) is None:
        raise Unauthorized from None


def _bearer_token() -> str:
    """Raises: Unauthorized where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized
    return token


def _know_bearer(role: Role | None, device: bool, heard: bool) -> None:
    token = _bearer_token()
    person_of, device_of = (queries.person_met, queries.device_met) if heard else (queries.person_of_token, queries.device_of_token)
    person = None if device else person_of(token)  # whoever the route is for is looked for first
    known_device = None if person else device_of(token)
    if device and not known_device:
        person = person_of(token)
    _who().update(device=known_device, person=person)
    if known_device:
        acts(Actor("device", str(known_device.id)))
        if not device:
            raise Forbidden
    elif person is None:
        raise Unauthorized
    elif role is None or all(grant.role < role for grant in person.grants):
        raise Forbidden
    else:
        acts(Actor("token", str(person.id), person.name))
