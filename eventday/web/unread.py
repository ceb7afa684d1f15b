"""Reading out what a refused request still sends. A server that answers and hangs up in the midst of it shows many a browser no
answer at all, only a broken connection: who sends a workbook of 20 MB is to read that it is too large.
"""

import time
from typing import IO

from flask import Flask, Response, request

_MOST = 64 * 1024 * 1024
_SECONDS = 10.0
_PIECE = 256 * 1024


def init_app(app: Flask) -> None:
    app.after_request(_read_out)


def _read_out(response: Response) -> Response:
    has_body = request.method in ("POST", "PUT", "PATCH", "DELETE") and "Expect" not in request.headers  # who expects a word waits for it
    if response.status_code >= 400 and has_body and request.environ.get("wsgi.input_terminated"):
        throw_away(request.environ["wsgi.input"])
    return response


def throw_away(stream: IO[bytes]) -> int:
    """Read to the end of a stream that ends by itself, within bounds of bytes and time. Returns how many bytes that were."""
    count, until = 0, time.monotonic() + _SECONDS
    try:
        while count < _MOST and time.monotonic() < until:
            piece = stream.read(_PIECE)
            if not piece:
                break
            count += len(piece)
    except OSError:  # the sender has gone
        pass
    return count
