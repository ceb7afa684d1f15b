"""Headers on every answer, and the refusal of requests that other sites make."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SessionInterface

from eventday.kernel.errors import Refusal

_SAFE = ("GET", "HEAD", "OPTIONS")


class _NoSession(SessionInterface):
    """Flask's own session is never used (who is signed in: `access.guards`), so no request pays for opening one."""

    def open_session(self, app: Flask, request: Request) -> None:
        return None


class ForeignOrigin(Refusal):
    code = "foreign_origin"
    status = 403


def init_app(app: Flask) -> None:
    app.session_interface = _NoSession()
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
    style = f"'self' 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else "'self'"
    response.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src {style}; img-src 'self' data: blob:; "
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"  # with no-referrer, browsers send our own forms with “Origin: null”
    response.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if current_app.config["SETTINGS"].is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
