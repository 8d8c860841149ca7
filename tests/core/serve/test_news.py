"""The page is told when something was recorded; where nobody tells, there is no stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import cast

from starlette.requests import Request
from starlette.responses import StreamingResponse

from core.library import Library
from core.serve import news
from core.serve.news import NewsStream
from tests.core.serve.conftest import Ask


class Telling:
    """A library that tells of news."""

    def __init__(self) -> None:
        self.tell: Callable[[], None] = lambda: None
        self.closed = False

    def follow(self, on_news: Callable[[], None]) -> Telling:
        self.tell = on_news
        return self

    def close(self) -> None:
        self.closed = True


def test_each_page_hears_of_news_and_still_breathes() -> None:
    async def told() -> list[str]:
        library = Telling()
        stream = NewsStream(cast("Library", library))
        answer = await stream.answer(Request({"type": "http"}))
        assert isinstance(answer, StreamingResponse) and answer.media_type == "text/event-stream"
        lines = cast("AsyncIterator[str]", answer.body_iterator)
        heard = [await anext(lines)]
        await asyncio.to_thread(library.tell)
        heard += [await anext(lines), await anext(lines)]
        stream.close()
        assert library.closed
        return heard

    before, news.BREATH_S = news.BREATH_S, 0.01
    try:
        heard = asyncio.run(told())
    finally:
        news.BREATH_S = before
    assert "listening" in heard[0] and "data: recorded\n\n" in heard[1:] and ":\n\n" in heard


def test_a_library_of_which_nobody_tells_has_no_stream(get: Ask) -> None:
    assert get(news.PATH).status == 204
    assert get(news.PATH, authorization="Bearer wrong").status == 401
