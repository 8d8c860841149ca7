"""The process that answers: an address, taken before anything is said of it, and an end that waits for no one."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys

import uvicorn
from starlette.applications import Starlette

from core.errors import RecollectError
from core.messages import serve_messages

_LAST_ANSWERS_S = 1
"""How long answers under way may take once the server is asked to end."""


class AddressError(RecollectError):
    """The address to answer at cannot be had."""


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address; port 0 takes any that is free.

    Raises:
        AddressError: if another program has it, or it is none of this computer's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # where SO_REUSEADDR lets two programs have one port
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, port))
        taken.listen()
    except (OSError, OverflowError) as error:
        taken.close()
        if isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise AddressError(serve_messages.ADDRESS_TAKEN(host=host, port=str(port))) from error
        raise AddressError(serve_messages.ADDRESS_UNKNOWN(host=host)) from error
    return taken


def address_of(taken: socket.socket) -> str:
    """Return the address to open in a browser; one for all of the computer's addresses is shown as this computer's."""
    host, port = taken.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = socket.gethostname()
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


class Server:
    """A web server on a socket. `run` returns when it was stopped, from any thread or by a signal."""

    def __init__(self, application: Starlette) -> None:
        config = uvicorn.Config(
            application,
            log_config=None,
            access_log=False,  # addresses hold questions, which are never logged
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=_LAST_ANSWERS_S,
            ws="none",
        )
        self._server = uvicorn.Server(config)

    def run(self, taken: socket.socket) -> None:
        """Answer until stopped."""
        asyncio.run(self._server.serve(sockets=[taken]))

    def stop(self) -> None:
        """Stop answering. May be called from any thread, and twice."""
        self._server.should_exit = True


def page_address(address: str, token: str) -> str:
    """Return the address that opens the page once and for all: with the token, which becomes a cookie."""
    return f"{address}?token={token}"
