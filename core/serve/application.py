"""The ASGI application: the API's operations and the page's files as routes, behind the rules of access."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.errors import RecollectError
from core.library import Library
from core.messages import serve_messages
from core.serve import news
from core.serve.access import Access, Rules
from core.serve.api import STATUS, Api, Asked
from core.serve.description import OPERATIONS, Operation, openapi
from core.serve.news import NewsStream
from core.serve.page import FILES, PageFile
from core.serve.requests import LARGEST_ID, BadRequest, failed

logger = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024
"""Bytes a request may bring: a question and a name, and no more."""


def application(library: Library, rules: Rules, *, write: bool = False) -> Starlette:
    """Return the application that answers for a library; with `write` it sets stars and keeps questions, too."""
    api = Api(library, write=write)
    description = JSONResponse(openapi())

    async def described(request: Request) -> Response:
        return description

    paths = dict.fromkeys(operation.path for operation in OPERATIONS)
    routes = [_route(api, [each for each in OPERATIONS if each.path == path]) for path in paths]
    routes.append(Route("/api/openapi.json", described))
    routes.append(Route(news.PATH, NewsStream(library).answer, methods=["GET"]))
    routes += [Route(address, PageFile.read(*file).answer, methods=["GET"]) for address, file in FILES.items()]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Access, rules=rules)],
        exception_handlers={HTTPException: _unknown, RecollectError: _expected, Exception: _unexpected},
    )


def _route(api: Api, operations: Sequence[Operation]) -> Route:
    """Return the route of the operations of one path. One for all of them, so that "Allow" names them all."""
    answers = {operation.method: operation.answer for operation in operations}

    async def answer(request: Request) -> Response:
        asked = await _asked(request)
        return await run_in_threadpool(answers["GET" if request.method == "HEAD" else request.method], api, asked)

    return Route(operations[0].path, answer, methods=list(answers))


async def _asked(request: Request) -> Asked:
    number = str(request.path_params.get("number", "0"))
    if not (number.isascii() and number.isdigit() and len(number) < 20 and int(number) <= LARGEST_ID):
        raise BadRequest(serve_messages.BAD_VALUE(name="number", wanted="a photo's number"))
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            raise BadRequest(serve_messages.BAD_VALUE(name="body", wanted=f"at most {LARGEST_BODY:,} bytes"))
    return Asked(request.query_params, int(number), str(request.path_params.get("name", "")), body)


def _unknown(request: Request, error: Exception) -> Response:
    """Answer where there is no route, or none for this method."""
    assert isinstance(error, HTTPException)
    answer = failed(serve_messages.NO_SUCH_PAGE(), error.status_code)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, RecollectError)
    return failed(error.message, next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 503))


def _unexpected(request: Request, error: Exception) -> Response:
    logger.error("a request failed", exc_info=error)
    return failed(serve_messages.FAILED(), 500)
