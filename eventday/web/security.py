"""Headers on every answer, and the refusal of requests that other sites make."""

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SessionInterface

from eventday.kernel.errors import Refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SAFE = ("GET", "HEAD", "OPTIONS")


class _NoSession(SessionInterface):
    """Flask's own session is never used (who is signed in: `access.guards`), so no request pays for opening one."""

    def open_session(self, app: Flask, request: Request) -> None:
        return None


class ForeignOrigin(Refusal):
    code = "foreign_origin"
    status = 403


class _OnEveryAnswer:
    """Adds headers that never differ below Flask: at each answer anew they would cost a tenth of a check-in."""

    def __init__(self, app: "WSGIApplication", headers: list[tuple[str, str]]) -> None:
        self._app, self._headers = app, headers

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, headers + self._headers, exc_info)

        return self._app(environ, start)


_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers send our own forms with “Origin: null”
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_OVER_HTTPS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def init_app(app: Flask) -> None:
    app.session_interface = _NoSession()
    headers = _HEADERS | (_OVER_HTTPS if app.config["SETTINGS"].is_secure else {})
    app.wsgi_app = _OnEveryAnswer(app.wsgi_app, list(headers.items()))  # type: ignore[method-assign]
    app.before_request(_refuse_foreign_origin)
    app.after_request(_add_headers)
    app.jinja_env.globals["csp_nonce"] = nonce


def nonce() -> str:
    """The nonce that this answer's own style and script elements carry."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(12)
    return str(g.csp_nonce)


def _refuse_foreign_origin() -> None:
    """A state-changing request of a page must come from our own pages; the API takes bearers only and no cookies."""
    if request.method in _SAFE or request.path.startswith("/api/"):
        return
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    own = {urlsplit(current_app.config["SETTINGS"].public_url).netloc, request.host}
    if (origin and urlsplit(origin).netloc not in own) or site not in ("same-origin", "none"):
        raise ForeignOrigin


def _add_headers(response: Response) -> Response:
    headers = response.headers
    if "Content-Security-Policy" not in headers:
        headers["Content-Security-Policy"] = _policy(f"'self' 'nonce-{g.csp_nonce}'") if "csp_nonce" in g else _POLICY
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return response


def _policy(style: str) -> str:
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src {style}; img-src 'self' data: blob:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )


_POLICY = _policy("'self'")
