"""News for the page: a line for each time that something was recorded, as server-sent events.

https://html.spec.whatwg.org/multipage/server-sent-events.html. Where nobody tells of news there is no stream, and the
page asks for none again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from core.library import Library

PATH = "/api/news"
AGAIN_MS = 3_000
"""After so long a page that lost the stream asks for it again."""
BREATH_S = 20.0
"""So often an empty comment is sent, by which both sides notice that the other is gone."""


class NewsStream:
    """Tells all pages that listen."""

    def __init__(self, library: Library) -> None:
        self._listening: set[Callable[[], None]] = set()
        self._following = library.follow(self._tell)

    async def answer(self, request: Request) -> Response:
        """Return the stream for one page."""
        if self._following is None:
            return Response(status_code=204)
        return StreamingResponse(self._lines(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    def close(self) -> None:
        """Tell nobody any more. May be called twice."""
        if self._following is not None:
            self._following.close()

    async def _lines(self) -> AsyncIterator[str]:
        loop, told = asyncio.get_running_loop(), asyncio.Event()

        def tell() -> None:
            loop.call_soon_threadsafe(told.set)

        self._listening.add(tell)
        try:
            yield f"retry: {AGAIN_MS}\ndata: listening\n\n"
            while True:
                try:
                    await asyncio.wait_for(told.wait(), BREATH_S)
                except TimeoutError:
                    yield ":\n\n"
                    continue
                told.clear()
                yield "data: recorded\n\n"
        finally:
            self._listening.discard(tell)

    def _tell(self) -> None:
        for tell in tuple(self._listening):
            tell()
