"""Who may ask the library: whoever has its token, under a name of this computer, and from no other page.

A page anywhere may make a browser send requests to this computer. It cannot read the answers, but it can have its own
name resolve to 127.0.0.1 (DNS rebinding: https://en.wikipedia.org/wiki/DNS_rebinding) and then reads them. So the name
that a request was sent to is checked; an address in numbers cannot be rebound.
"""

from __future__ import annotations

import hmac
import ipaddress
import os
import secrets
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from core.messages import serve_messages
from core.serve.requests import failed
from core.small_files import UnusableFile, read_small

TOKEN_FILE = "serve.token"
"""In the library's folder, readable by its owner alone; it stays, so that a bookmark of the page goes on working."""

_TOKEN_BYTES = 24

_SAFE = {"GET", "HEAD", "OPTIONS"}

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer tells the browser: take nothing from elsewhere, and hand nothing on."""


def token_of(folder: Path, *, renew: bool = False) -> str:
    """Return the token of the library in `folder`, made when there is none, or with `renew`.

    Raises:
        OSError: if it cannot be kept.
    """
    file = folder / TOKEN_FILE
    if not renew:
        try:
            known = read_small(file).decode("ascii").strip()
        except (FileNotFoundError, UnusableFile, UnicodeDecodeError):
            known = ""
        if len(known) >= _TOKEN_BYTES:
            return known
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    _write_private(file, f"{token}\n")
    return token


def _write_private(file: Path, text: str) -> None:
    file.parent.mkdir(0o700, parents=True, exist_ok=True)  # of a library on a server nothing may be kept here yet
    unfinished = file.with_name(f"{file.name}.part")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as target:
        target.write(text)
    unfinished.replace(file)


def names_of_this_computer(given: Iterable[str]) -> frozenset[str]:
    """Return the names a request may be sent to, beside addresses in numbers: ours, and those the user gave."""
    full = socket.gethostname().lower()
    short = full.partition(".")[0]
    return frozenset({"localhost", full, short, f"{short}.local", *map(str.lower, given)})


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may ask.

    Attributes:
        token: what a request has to bring.
        port: where the server answers; cookies are shared by all ports of a name, so it is part of the cookie's.
        names: names a request may be sent to.
    """

    token: str = field(repr=False)
    port: int
    names: frozenset[str]

    @property
    def cookie(self) -> str:
        return f"recollect-{self.port}"

    def knows_host(self, host: str) -> bool:
        """Return whether a request may be sent to this host, as its header names it."""
        name = (urlsplit(f"//{host}").hostname or "").lower()
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self.names
        return True

    def is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode("ascii"))


class Access:
    """ASGI middleware that lets through what the rules allow; the address with the token in it sets the cookie."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = self._refusal(scope, headers)
        if answer is None:
            await self._app(scope, receive, _with_headers(send))
        else:
            await answer(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Return the answer to a request that does not get further, or None."""
        host = headers.get("host", "")
        try:
            known = self._rules.knows_host(host)
        except ValueError:  # no host at all: "[", "a:b"
            known = False
        if not known:
            return failed(serve_messages.STRANGE_HOST(host=host), 421)
        origin = headers.get("origin")
        if origin is not None and urlsplit_host(origin) != host:
            return failed(serve_messages.STRANGE_ORIGIN(origin=origin), 403)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["path"] == "/" and given and self._rules.is_token(given):
            return self._welcomed()
        if self._is_public(scope) or self._brings_token(headers):
            return None
        return failed(serve_messages.TOKEN_NEEDED(), 401)

    def _welcomed(self) -> Response:
        """Return the way from the address with the token to one without, which may stay in the browser's history."""
        answer = RedirectResponse("/", 303)
        answer.set_cookie(
            self._rules.cookie, self._rules.token, max_age=365 * 86_400, httponly=True, samesite="strict", path="/"
        )
        return answer

    @staticmethod
    def _is_public(scope: Scope) -> bool:
        """Return whether the page's own files are asked for, which are the same for everyone."""
        return scope["method"] in _SAFE and not scope["path"].startswith("/api/")

    def _brings_token(self, headers: Headers) -> bool:
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._rules.is_token(given.strip()):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self._rules.cookie)
        except CookieError:
            return False
        return cookie is not None and self._rules.is_token(cookie.value)


def urlsplit_host(origin: str) -> str:
    """Return the host and port of an origin; empty for one that has none ("null")."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _with_headers(send: Send) -> Send:
    async def sending(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            own = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
            message = {**message, "headers": [*message.get("headers", []), *own]}  # type: ignore[misc]
        await send(message)

    return sending  # type: ignore[return-value]
