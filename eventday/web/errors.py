"""One handler answers for every refusal and every HTTP error: a page for people, a problem for programs."""

import logging
from uuid import uuid4

from flask import Flask, Response, make_response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from eventday.kernel.errors import Refusal
from eventday.web import api
from eventday.web.messages import sentence_of

_log = logging.getLogger(__name__)
_CODES = {400: "bad_request", 401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed"}
_CODES |= {413: "too_large", 415: "unsupported_media_type", 429: "too_many_requests", 503: "try_later"}


class _Plain(Refusal):
    """An error of the framework, told in our words."""

    def __init__(self, status: int, code: str) -> None:
        self.code, self.status = code, status  # type: ignore[misc]
        super().__init__()


def init_app(app: Flask) -> None:
    app.register_error_handler(Refusal, answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(OperationalError, _answer_database)
    app.register_error_handler(Exception, _answer_unexpected)


def answer(refusal: Refusal, reference: str = "") -> Response:
    """The answer to a refusal, as a page or as a problem."""
    detail = sentence_of(refusal)
    if request.path.startswith("/api/") or request.path == "/api":
        response = api.problem(refusal, detail)
    else:
        page = render_template("web/error.html", refusal=refusal, detail=detail, reference=reference)
        response = make_response(page, refusal.status)
    if refusal.status == 503:
        response.headers["Retry-After"] = str(refusal.facts.get("seconds", 5))
    return response


def _answer_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if isinstance(error, RequestEntityTooLarge):
        return answer(api.TooLarge())
    if isinstance(error, SecurityError) and not request.path.startswith("/api"):
        return _answer_unknown_host()
    response = answer(_Plain(error.code, _CODES.get(error.code, "bad_request" if error.code < 500 else "internal")))
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _answer_unknown_host() -> Response:
    """Plain text: with a host that is not ours no page can name an address, not even its own style's."""
    response = make_response(sentence_of(_Plain(400, "bad_request")), 400)
    response.mimetype = "text/plain"
    return response


def _answer_database(error: OperationalError) -> Response:
    _log.error("database unavailable: %s", type(error.orig).__name__)
    return answer(_Plain(503, "try_later"))


def _answer_unexpected(error: Exception) -> Response:
    """Says a code to read out and logs where it happened, never with what values: they may be personal."""
    reference = uuid4().hex[:8]
    trace, places = error.__traceback__, []
    while trace:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    _log.error("unexpected %s [%s] at %s", type(error).__name__, reference, " < ".join(reversed(places[-8:])))
    return answer(_Plain(500, "internal"), reference)
