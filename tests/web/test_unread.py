"""What a refused request still sends is read out, within bounds; a body without a length has the same limit as any."""

import io

import pytest
from flask import Flask

from eventday.web import unread

JSON = {"content_type": "application/json"}
CHUNKED = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}


@pytest.mark.parametrize(("size", "expected"), [(1_000, (400, "invalid_json")), (70_000, (413, "too_large")), (3_000_000, (413, "too_large"))])
def test_a_body_without_a_length_is_not_cut_but_refused(app: Flask, size: int, expected: tuple[int, str]) -> None:
    body = io.BytesIO(b"x" * size)

    answer = app.test_client().post("/api/v1/devices", input_stream=body, environ_overrides=CHUNKED, **JSON)

    assert (answer.status_code, answer.json["code"]) == expected
    assert body.tell() == size


def test_json_before_a_heap_of_blanks_is_too_large_too(app: Flask) -> None:
    body = io.BytesIO(b'{"enrolment": "X", "name": "y"}' + b" " * 70_000)

    answer = app.test_client().post("/api/v1/devices", input_stream=body, environ_overrides=CHUNKED, **JSON)

    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/api/v1/checkins", "/api/v1/khong-co", "/17329/khong-co"])
def test_what_nobody_looked_at_is_read_out(app: Flask, path: str) -> None:
    body = io.BytesIO(b"x" * 3_000_000)

    answer = app.test_client().post(path, input_stream=body, environ_overrides={"wsgi.input_terminated": True, "CONTENT_LENGTH": "3000000"}, **JSON)

    assert answer.status_code in (401, 404, 405)
    assert body.tell() == 3_000_000


class _Endless(io.RawIOBase):
    def read(self, size: int = -1) -> bytes:
        return b"x" * size


def test_reading_out_has_an_end() -> None:
    assert unread.throw_away(_Endless()) == 64 * 1024 * 1024  # type: ignore[arg-type]


class _Gone(io.RawIOBase):
    def read(self, size: int = -1) -> bytes:
        raise ConnectionResetError


def test_a_sender_who_has_gone_is_no_error() -> None:
    assert unread.throw_away(_Gone()) == 0  # type: ignore[arg-type]
