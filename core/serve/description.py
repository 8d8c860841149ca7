"""The table of the API's operations, and the same in OpenAPI's words (https://spec.openapis.org/oas/v3.1.0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.serve.api import LIMIT, OFFSET, SIZE, Answer, Api
from core.serve.requests import LARGEST_ID, Number
from core.user_data import MAX_RATING
from core.version import program_version

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the API.

    Attributes:
        path: with `{number}` for a photo, `{name}` for a saved question.
        gives: "json" or "jpeg".
        parameters: what may stand behind "?".
        body: the JSON it takes, if it takes any.
    """

    method: str
    path: str
    answer: Answer
    summary: str
    gives: str = "json"
    parameters: tuple[Number | str, ...] = ()
    body: Schema | None = None


_MARKS: Schema = {
    "type": "object",
    "properties": {
        "favourite": {"type": "boolean"},
        "rating": {"type": ["integer", "null"], "minimum": 0, "maximum": MAX_RATING},
    },
}
_SAVED: Schema = {
    "type": "object",
    "properties": {"query": {"type": "string", "minLength": 1}},
    "required": ["query"],
}

OPERATIONS = (
    Operation("GET", "/api/find", Api.find, "Photos for a question", parameters=("q", LIMIT, OFFSET)),
    Operation("GET", "/api/photos/{number}", Api.photo, "All that is known of a photo"),
    Operation("PATCH", "/api/photos/{number}", Api.mark, "Set favourite and rating", body=_MARKS),
    Operation("GET", "/api/photos/{number}/thumbnail", Api.thumbnail, "Its thumbnail", "jpeg"),
    Operation("GET", "/api/photos/{number}/preview", Api.preview, "The photo itself", "jpeg", (SIZE,)),
    Operation(
        "GET", "/api/photos/{number}/similar", Api.similar, "Photos that look like it", parameters=(LIMIT, OFFSET)
    ),
    Operation("GET", "/api/saved", Api.saved, "Saved questions"),
    Operation("PUT", "/api/saved/{name}", Api.save, "Keep a question under a name", body=_SAVED),
    Operation("DELETE", "/api/saved/{name}", Api.unsave, "Forget a saved question"),
    Operation("GET", "/api/status", Api.status, "The library in numbers"),
)


def openapi() -> Schema:
    """Return the description of the API."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Recollect", "version": program_version()},
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Failure": _FAILURE},
        },
        "security": [{"token": []}],
    }


_FAILURE: Schema = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["title", "advice", "code", "fields"],
            "properties": {
                "title": {"type": "string"},
                "advice": {"type": "string"},
                "code": {"type": "string"},
                "fields": {"type": "object"},
            },
        }
    },
}


def _operation(operation: Operation) -> Schema:
    content = {"image/jpeg": {}} if operation.gives == "jpeg" else {"application/json": {"schema": {}}}
    failure = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}}}
    described: dict[str, Any] = {
        "summary": operation.summary,
        "parameters": [*_in_path(operation.path), *map(_in_query, operation.parameters)],
        "responses": {
            "200": {"description": "The answer", "content": content},
            "default": {"description": "Why there is none", **failure},
        },
    }
    if operation.body is not None:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": operation.body}}}
    return described


def _in_path(path: str) -> list[Schema]:
    if "{number}" in path:
        schema: Schema = {"type": "integer", "minimum": 0, "maximum": LARGEST_ID}
        return [{"name": "number", "in": "path", "required": True, "schema": schema}]
    if "{name}" in path:
        return [{"name": "name", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}]
    return []


def _in_query(parameter: Number | str) -> Schema:
    if isinstance(parameter, str):
        return {"name": parameter, "in": "query", "schema": {"type": "string"}}
    schema = {
        "type": "integer",
        "minimum": parameter.least,
        "maximum": parameter.most,
        "default": parameter.default,
    }
    return {"name": parameter.name, "in": "query", "schema": schema}
