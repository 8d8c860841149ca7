"""What a request says, checked; and what a failure looks like."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse

from core.answers import failure_as_json
from core.errors import RecollectError
from core.messages import Message, serve_messages

LARGEST_ID = 2**63 - 1
"""SQLite's largest integer."""


class BadRequest(RecollectError):
    """A request that makes no sense; the message says which part of it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number that a request may name, from `least` to `most`."""

    name: str
    least: int
    most: int
    default: int

    def of(self, values: QueryParams) -> int:
        """Return the number as it was given.

        Raises:
            BadRequest: if it is none, or too small or large.
        """
        given = values.get(self.name)
        if given is None:
            return self.default
        wanted = f"a whole number from {self.least} to {self.most}"
        if not (given.isascii() and given.isdigit() and len(given) < 20 and self.least <= int(given) <= self.most):
            raise BadRequest(serve_messages.BAD_VALUE(name=self.name, wanted=wanted))
        return int(given)


def body_of(data: bytes) -> Mapping[str, object]:
    """Return the JSON object that a request brought.

    Raises:
        BadRequest: if it is none.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BadRequest(serve_messages.BAD_VALUE(name="body", wanted="a JSON object"))
    return value


def failed(message: Message, status: int) -> JSONResponse:
    """Return the answer that says why there is none."""
    return JSONResponse(failure_as_json(message), status)
