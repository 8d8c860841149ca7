"""The page and what belongs to it: files that are the same for everyone who may open the server's address."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from core.paths import resources

FILES: Mapping[str, tuple[str, str]] = {
    "/": ("page/index.html", "text/html; charset=utf-8"),
    "/page.js": ("page/page.js", "text/javascript; charset=utf-8"),
    "/grid.js": ("page/grid.js", "text/javascript; charset=utf-8"),
    "/viewer.js": ("page/viewer.js", "text/javascript; charset=utf-8"),
    "/words.js": ("page/words.js", "text/javascript; charset=utf-8"),
    "/page.css": ("page/page.css", "text/css; charset=utf-8"),
    "/icon.svg": ("icons/recollect.svg", "image/svg+xml"),
    "/manifest.webmanifest": ("page/manifest.webmanifest", "application/manifest+json"),
}
"""Address, file in `resources`, and media type."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of the page, read once."""

    data: bytes
    media_type: str
    tag: str

    @classmethod
    def read(cls, name: str, media_type: str) -> PageFile:
        data = (resources() / name).read_bytes()
        return cls(data, media_type, f'"{hashlib.blake2b(data, digest_size=8).hexdigest()}"')

    async def answer(self, request: Request) -> Response:
        headers = {"ETag": self.tag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == self.tag:
            return Response(status_code=304, headers=headers)
        return Response(self.data, media_type=self.media_type, headers=headers)
