"""`serve`: the library in a browser, and for programs."""

from __future__ import annotations

import contextlib
import ipaddress
import threading

import click

from core.cli.index import watching
from core.cli.session import RecollectCommand, Session, hint, pass_session, say
from core.errors import RecollectError
from core.library import Library

PORT = 8421
"""Where it answers unless told otherwise; IANA has it unassigned."""


@click.command(cls=RecollectCommand)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to answer at; 0.0.0.0 for all networks.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Another name that this computer is called by.")
@click.option("--write", is_flag=True, help="Let those who have the address set stars and keep questions.")
@click.option("--watch", is_flag=True, help="Index the folders, and go on watching them, in the same process.")
@click.option("--new-token", is_flag=True, help="Make a new token: addresses handed out before no longer work.")
@click.option("--open", "browser", is_flag=True, help="Open the page in the browser.")
@pass_session
def serve(
    session: Session, host: str, port: int, names: tuple[str, ...], *, write: bool, watch: bool, **chosen: bool
) -> None:
    """Answer questions in a browser: a page to search and look, and an API for programs.

    Only this computer is answered, unless --host says otherwise, and only who has the token in the printed address.
    Ctrl+C ends it.
    """
    from core.serve.access import TOKEN_FILE, Rules, names_of_this_computer, token_of  # only this command needs them
    from core.serve.application import application
    from core.serve.server import Server, address_of, listening

    with session.library(write=write or watch) as library, listening(host, port) as taken:
        token = token_of(library.folder, renew=chosen["new_token"])
        address, port = address_of(taken), int(taken.getsockname()[1])
        server = Server(application(library, Rules(token, port, names_of_this_computer(names)), write=write))
        page = f"{address}?token={token}"
        say(page)
        hint(f"Programs ask {address}api/openapi.json; the token is in {library.folder / TOKEN_FILE}.")
        if not _is_loopback(host):
            hint("Whoever has this address sees the photos, and it travels unencrypted: use it in networks you trust.")
        if chosen["browser"]:
            click.launch(page)
        threading.Thread(target=_warm, args=(library,), name="warming", daemon=True).start()
        with watching(library) if watch else contextlib.nullcontext():
            server.run(taken)


def _warm(library: Library) -> None:
    """Load vectors and model before the first question, which otherwise waits for them and says what is wrong."""
    with contextlib.suppress(RecollectError):
        library.load()
        library.warm()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
