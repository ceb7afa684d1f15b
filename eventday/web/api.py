"""The JSON edge: reading bodies strictly, answering with RFC 9457 problems."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn, TypeVar

from flask import Response, jsonify, request
from pydantic import BaseModel, ConfigDict, ValidationError

from eventday.kernel.errors import Refusal
from eventday.web.messages import sentence

BODY_LIMIT = 64 * 1024
_MAX_DEPTH = 20
_ESCAPED = re.compile(rb"\\(?:[bf]|u00[01]|u[dD][89a-fA-F])")


class InvalidJson(Refusal):
    code = "invalid_json"
    status = 400


class UnsupportedMediaType(Refusal):
    code = "unsupported_media_type"
    status = 415


class TooLarge(Refusal):
    code = "too_large"
    status = 413


class ValidationFailed(Refusal):
    """The body is JSON but not what is asked for. `errors` are (pointer, code, facts)."""

    code = "validation_failed"
    status = 422

    def __init__(self, errors: Iterable[tuple[str, str, dict[str, object]]]) -> None:
        self.errors = list(errors)
        super().__init__(count=len(self.errors))


class Body(BaseModel):
    """What every request model inherits from: unknown fields are ignored, nothing is coerced from another JSON type."""

    model_config = ConfigDict(strict=True, frozen=True)


_Body = TypeVar("_Body", bound=Body)


def read_json(limit: int = BODY_LIMIT, *, any_text: bool = False) -> Any:
    """The request's body as JSON. With `any_text` the caller looks at every text itself (a batch where one bad record holds nobody up).

    Raises: UnsupportedMediaType; TooLarge over `limit` bytes; InvalidJson for what is no JSON, control characters,
    lone surrogates, and nesting deeper than 20.
    """
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    request.max_content_length = limit + 1  # a body that tells no length is cut there in silence
    raw = request.get_data(cache=False)
    if len(raw) > limit:
        raise TooLarge
    try:
        data = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
        if not any_text and _needs_a_look(raw):
            for text in _texts(data):
                text.encode("utf-8")
                if any(char < " " and char not in "\t\r\n" for char in text):
                    _refuse(text)
    except (ValueError, RecursionError):
        raise InvalidJson from None
    return data


def _needs_a_look(raw: bytes) -> bool:
    """Whether a text may hold what only an escape can bring in (control characters, lone surrogates), or the nesting may be deep."""
    return _ESCAPED.search(raw) is not None or raw.count(b"[") + raw.count(b"{") > _MAX_DEPTH


def _refuse(_: str) -> NoReturn:
    raise ValueError


def _texts(data: Any, depth: int = 0) -> Iterator[str]:
    if depth > _MAX_DEPTH:
        raise ValueError
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _texts(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, depth + 1)


def read(model: type[_Body], limit: int = BODY_LIMIT) -> _Body:
    """The request's body as a model. Raises: as `read_json`; ValidationFailed with a pointer per wrong place."""
    return validated(model, read_json(limit))


def validated(model: type[_Body], data: Any) -> _Body:
    """Raises: ValidationFailed."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ValidationFailed(
            (pointer(detail["loc"]), "required" if detail["type"] == "missing" else "invalid", {}) for detail in error.errors(include_url=False)
        ) from None


def pointer(path: Iterable[str | int]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def problem(refusal: Refusal, detail: str) -> Response:
    """RFC 9457 problem details."""
    body: dict[str, object] = {
        "type": f"urn:eventday:problem:{refusal.code}",
        "title": refusal.code.replace("_", " ").capitalize(),
        "status": refusal.status,
        "detail": detail,
        "code": refusal.code,
    }
    if isinstance(refusal, ValidationFailed):
        body["errors"] = [{"pointer": at, "code": code, "detail": sentence(code, **facts)} for at, code, facts in refusal.errors]
    elif refusal.pointer:
        body["errors"] = [{"pointer": refusal.pointer, "code": refusal.code, "detail": detail}]
    response = jsonify(body)
    response.status_code = refusal.status
    response.mimetype = "application/problem+json"
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
