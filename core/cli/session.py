"""What every command shares: which library, which model, and how failures and answers reach the terminal."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core import paths
from core.errors import LibraryError
from core.log import COMMAND_LOG, end_log, keep_log
from core.messages import library_errors, sentence

if TYPE_CHECKING:
    from core.library import Library

Picture = Callable[[Path, str, Path], None]
"""Draws the window of a library (its folder) with a query typed into it, to a PNG."""

Window = Callable[[Path, str], int]
"""Opens the window on a library with a query typed into it; returns when it is closed."""


_STEERS_TERMINALS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""All control characters but the tab and the end of a line."""


@dataclass(slots=True)
class Session:
    """One run of the command line.

    `window` and `picture` are None where there is no Qt; `as_json` is set once a command was asked to answer in JSON.
    """

    place: paths.LibraryPaths
    model: str | None = None
    window: Window | None = None
    picture: Picture | None = None
    as_json: bool = False

    @property
    def folder(self) -> Path:
        """Where this computer keeps what belongs to the library."""
        return self.place.folder

    @property
    def files(self) -> paths.LibraryPaths:
        """The files of the library.

        Raises:
            LibraryError: if a server holds it.
        """
        if self.place.server is not None:
            raise LibraryError(library_errors.ONLY_IN_A_FOLDER())
        return self.place

    @contextlib.contextmanager
    def library(
        self, *, write: bool = False, make: bool = False, one_question: bool = False
    ) -> Generator[Library, None, None]:
        """Open the library for one command; see `core.library.Library.open`. Only with `make` a new one is begun."""
        from core.library import Library
        from core.opening import require_library

        if write and not make:
            require_library(self.place)
        library = Library.open(
            self.folder, server=self.place.server, model=self.model, write=write, one_question=one_question
        )
        if library.machine_settings.damage is not None:
            hint(sentence(library.machine_settings.damage))
        log = keep_log(self.place.log, COMMAND_LOG)
        try:
            yield library
        finally:
            library.close()
            end_log(log)


pass_session = click.make_pass_decorator(Session)


def take_shared_options(context: click.Context) -> None:
    """Move the options that `RecollectCommand` adds from a command's parameters into the session."""
    session = context.find_object(Session)
    library = context.params.pop("late_library", None)
    model = context.params.pop("late_model", None)
    if session is None:
        return
    session.as_json = bool(context.params.get("as_json"))
    if library is not None:
        session.place = paths.library_paths(library)
    if model is not None:
        session.model = model


class RecollectCommand(click.Command):
    """A command that takes --library and --model behind its name, too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += [
            click.Option(["--library", "late_library"], hidden=True),
            click.Option(["--model", "late_model"], hidden=True),
        ]

    def invoke(self, ctx: click.Context) -> Any:
        take_shared_options(ctx)
        return super().invoke(ctx)


def say(text: str) -> None:
    """Write a line to standard output, whatever bytes a file name holds; readable on a terminal."""
    if sys.stdout.isatty():
        text = readable(text)
    click.echo(text.encode("utf-8", "surrogateescape") + b"\n", nl=False)


def readable(text: str) -> str:
    r"""Return a text in which what would steer a terminal is written out, as \x1b.

    A received file may be called so that its name changes the terminal's title, colours or what it answers:
    https://nvd.nist.gov/vuln/detail/CVE-2003-0063 and those after it.
    """
    written_out = _STEERS_TERMINALS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
    return written_out.encode("utf-8", "backslashreplace").decode("utf-8")


def say_json(value: Any) -> None:
    """Write a value as JSON; a name that is no valid Unicode is escaped, so that the text stays valid."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    say(text if _is_unicode(text) else json.dumps(value, indent=2))


def hint(text: str) -> None:
    """Write a line to standard error: what a person should know and a program should not read."""
    click.echo(readable(text), err=True)


def _is_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
