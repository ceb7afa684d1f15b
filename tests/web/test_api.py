"""What a request's body may hold, as the API's edge reads it."""

import pytest
from flask import Flask

from eventday.web import api


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"name": "\\u0001"}', id="control character"),
        pytest.param(b'{"name": "a\\bc"}', id="backspace"),
        pytest.param(b'{"name": "\\ud83d"}', id="lone surrogate"),
        pytest.param(b'{"name": "\\uDC00"}', id="lone surrogate in capitals"),
        pytest.param(b'{"\\u001f": 1}', id="control character in a key"),
        pytest.param(b"[" * 22 + b"]" * 22, id="nested without end"),
        pytest.param(b'{"name": "a\x01"}', id="bare control character"),
        pytest.param(b'{"name": "\xff"}', id="no UTF-8"),
        pytest.param(b'{"number": NaN}', id="no number"),
    ],
)
def test_what_cannot_be_kept_is_no_json(app: Flask, body: bytes) -> None:
    with app.test_request_context(method="POST", data=body, content_type="application/json"), pytest.raises(api.InvalidJson):
        api.read_json()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param('{"name": "Nguyễn"}'.encode(), {"name": "Nguyễn"}, id="letters"),
        pytest.param(b'{"name": "Nguy\\u1ec5n \\u00e0"}', {"name": "Nguyễn à"}, id="escaped letters"),
        pytest.param(b'{"name": "\\ud83d\\ude00"}', {"name": "😀"}, id="a pair of surrogates"),
        pytest.param(b'{"text": "a\\n\\tb \\\\u0001"}', {"text": "a\n\tb \\u0001"}, id="line break, tab, backslash"),
    ],
)
def test_text_is_read_as_it_is(app: Flask, body: bytes, expected: object) -> None:
    with app.test_request_context(method="POST", data=body, content_type="application/json"):
        assert api.read_json() == expected
