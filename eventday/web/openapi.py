"""The OpenAPI 3.1 document, assembled from what stands on the views: their operation and their rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, jsonify
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule as Route

from eventday.web.rules import public, rule_of
from eventday.web.translation import translated as _

_View = TypeVar("_View", bound=Callable[..., Any])
_PREFIX = "/api/v1"
blueprint = Blueprint("openapi", __name__, url_prefix=_PREFIX)


class Problem(BaseModel):
    """RFC 9457 problem details; `code` is stable, `detail` is Vietnamese."""

    class Error(BaseModel):
        pointer: str
        code: str
        detail: str

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[Error] = []


@dataclass(frozen=True)
class Operation:
    """What a view of the API takes and gives. `answers` maps a status to its model (None: no body); `query` names parameters with their schemas.

    `problems` says of a status when it is answered; any other refusal is the document's `default`.
    """

    summary: str
    body: type[BaseModel] | None = None
    answers: Mapping[int, type[BaseModel] | None] = field(default_factory=dict)
    query: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    required_query: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    problems: Mapping[int, str] = field(default_factory=dict)


def operation(
    summary: str,
    *,
    body: type[BaseModel] | None = None,
    answers: Mapping[int, type[BaseModel] | None],
    query: Mapping[str, Mapping[str, Any]] | None = None,
    required_query: tuple[str, ...] = (),
    headers: tuple[str, ...] = (),
    problems: Mapping[int, str] | None = None,
) -> Callable[[_View], _View]:
    """Describe a view for the document."""

    def decorate(view: _View) -> _View:
        view.operation = Operation(summary, body, answers, query or {}, required_query, headers, problems or {})  # type: ignore[attr-defined]
        return view

    return decorate


@blueprint.get("/openapi.json")
@public
def show_document() -> Response:
    """The document for this very version."""
    return jsonify(document())


def document() -> dict[str, Any]:
    """The whole document as plain values."""
    routes = [(route, found) for route in current_app.url_map.iter_rules() if (found := _operation(route))]
    models = {model for _route, found in routes for model in _models(found)} | {Problem}
    _references, schemas = models_json_schema(
        [(model, "validation") for model in sorted(models, key=lambda model: model.__name__)], ref_template="#/components/schemas/{model}"
    )
    paths: dict[str, dict[str, Any]] = {}
    for route, found in routes:
        path = "".join(f"{{{part}}}" if is_variable else part for is_variable, part in route._trace if part != "|")
        paths.setdefault(path.removeprefix(_PREFIX), {}).update(
            {method.lower(): _described(route, found) for method in (route.methods or set()) - {"HEAD", "OPTIONS"}}
        )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Eventday", "version": "1", "description": _("Ngày hội toàn dân học tập số")},
        "servers": [{"url": _PREFIX}],
        "paths": paths,
        "components": {"schemas": schemas.get("$defs", {}), "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(route: Route) -> Operation | None:
    return getattr(current_app.view_functions[route.endpoint], "operation", None)


def _models(operation: Operation) -> set[type[BaseModel]]:
    return {model for model in (operation.body, *operation.answers.values()) if model}


def _described(route: Route, operation: Operation) -> dict[str, Any]:
    view = current_app.view_functions[route.endpoint]
    rule = rule_of(view)
    answers = {str(status): _answer(model) for status, model in operation.answers.items()}
    problems = {str(status): _problem(when) for status, when in operation.problems.items()}
    described: dict[str, Any] = {
        "operationId": route.endpoint.replace(".", "_"),
        "summary": operation.summary,
        "parameters": _parameters(route, operation),
        "responses": answers | problems | {"default": _problem()},
        "security": [] if rule and rule.who == "anybody" else [{"bearer": []}],
    }
    if operation.body:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(operation.body)}}}
    return described


def _parameters(route: Route, operation: Operation) -> list[dict[str, Any]]:
    in_path = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in sorted(route.arguments)]
    in_query = [
        {"name": name, "in": "query", "required": name in operation.required_query, "schema": dict(schema)}
        for name, schema in operation.query.items()
    ]
    in_header = [{"name": name, "in": "header", "required": False, "schema": {"type": "string"}} for name in operation.headers]
    return in_path + in_query + in_header


def _answer(model: type[BaseModel] | None) -> dict[str, Any]:
    return {"description": "OK", "content": {"application/json": {"schema": _ref(model)}}} if model else {"description": "OK"}


def _problem(when: str = "Problem") -> dict[str, Any]:
    return {"description": when, "content": {"application/problem+json": {"schema": _ref(Problem)}}}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}
