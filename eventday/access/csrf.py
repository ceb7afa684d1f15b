"""The form token of signed-in pages: bound to the browser's session, asked for by every rule that asks for a person.

A form carries it by `{{ csrf_field() }}`, a script by the header `X-CSRF-Token`; `guards` checks it before a view runs.
"""

import hashlib
import hmac

from flask import Flask, Response, current_app, make_response, request
from markupsafe import Markup

from eventday.access.secrets import new_secret
from eventday.kernel.errors import Refusal

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
_FRESH = "eventday.csrf"
_SAFE = ("GET", "HEAD", "OPTIONS")


class FormExpired(Refusal):
    """The form came without the token of this session: from elsewhere, or from before the last sign-in."""

    code = "form_expired"
    status = 403


def init_app(app: Flask) -> None:
    app.jinja_env.globals["csrf_field"] = field
    app.jinja_env.globals["csrf_token"] = token


def session_cookie() -> str:
    """The cookie's name. With the prefix, a browser takes it only over https, for this host alone."""
    return "__Host-eventday" if current_app.config["SETTINGS"].is_secure else "eventday"


def token() -> str:
    """The token of the asking browser's session; nothing of the session's secret can be told from it."""
    secret = request.cookies.get(session_cookie()) or request.environ.get(_FRESH, "")
    key: bytes = current_app.config["SECRET_KEY"]
    return hmac.new(key, b"csrf:" + secret.encode(), hashlib.sha256).hexdigest()


def before_sign_in(page: str) -> Response:
    """A page with a form for who is not signed in: the browser is given a secret that opens nothing, for the form's token to be bound to."""
    response = make_response(page)
    if _FRESH in request.environ:
        set_cookie(response, session_cookie(), request.environ[_FRESH], None)
    return response


def fresh() -> None:
    """To be asked before such a page is drawn: where the browser has no secret yet, one is made."""
    if not request.cookies.get(session_cookie()):
        request.environ[_FRESH] = new_secret()


def set_cookie(response: Response, name: str, value: str, seconds: int | None) -> None:
    """A cookie that no script reads and no other site sends; without `seconds` it goes with the browser's window."""
    secure = current_app.config["SETTINGS"].is_secure
    response.set_cookie(name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="Lax")


def field() -> Markup:
    """The hidden field that each form of a signed-in page carries."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token())


def check() -> None:
    """Raises: FormExpired where a request that changes something lacks this session's token."""
    if request.method in _SAFE:
        return
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not hmac.compare_digest(given.encode(), token().encode()):
        raise FormExpired
