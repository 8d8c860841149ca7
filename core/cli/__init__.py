"""The command line: `recollect COMMAND`, standing on the same library as the window.

Standard output carries answers, standard error everything said to a person. Exit status: 0 done, 1 an expected
failure (one sentence of what and one of what to do), 2 a command that makes no sense, 130 stopped by Ctrl+C, 143 by
`kill`.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import sys
from collections.abc import Sequence

import click

from core import paths
from core.cli import signals
from core.cli.session import Picture, Session, Window, hint, say_json
from core.errors import RecollectError
from core.interruption import ends_at_once

INTERRUPTED = 130  # 128 + SIGINT, as shells count
_STOPPED = "recollect: stopped; what was done so far is kept."

_ON_A_REFUSAL = "Check that this is there and that you may read and change it, or name something else."

_MODULES = {
    "add": "folders",
    "backup": "maintenance",
    "check": "state",
    "copy-library": "copying",
    "demo": "demo",
    "doctor": "doctor",
    "duplicates": "duplicates",
    "evaluate": "evaluate",
    "export": "maintenance",
    "folders": "folders",
    "forget": "maintenance",
    "index": "index",
    "models": "models",
    "move": "maintenance",
    "remove": "folders",
    "restore": "maintenance",
    "saved": "saved",
    "search": "search",
    "serve": "serve",
    "sidecars": "sidecars",
    "status": "state",
    "storage": "folders",
    "text": "text",
}
"""The commands, and the module of this package that each is in: only that of the command that is run is imported."""


class LateGroup(click.Group):
    """A group whose commands are imported when they are asked for: a search does without what indexes and fetches."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _MODULES.get(cmd_name)
        if module is None:
            return None
        with ends_at_once():
            command: click.Command = getattr(importlib.import_module(f"core.cli.{module}"), cmd_name.replace("-", "_"))
        return command


@click.group(
    cls=LateGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="COMMAND [ARGS]… | PATH…",
)
@click.option(
    "--library",
    metavar="DIR|ADDRESS",
    help=f"Folder of the library (or set {paths.LIBRARY_VARIABLE}); everything Recollect writes is in it. "
    "Or a server: postgresql://USER@HOST/DATABASE.",
)
@click.option("--model", metavar="NAME|FOLDER", help="Model to use: an installed one, or a folder that holds one.")
@click.version_option(package_name="recollect", prog_name="recollect")
@click.pass_context
def recollect(context: click.Context, library: str | None, model: str | None) -> None:
    """Find any photo by describing it. Without a command, the window opens; with PATHs instead, it opens there."""
    session = context.ensure_object(Session)
    session.place = paths.library_paths(library)
    session.model = model


def main(
    arguments: Sequence[str] | None = None, *, window: Window | None = None, picture: Picture | None = None
) -> int:
    """Run one command and return its exit status."""
    _open_closed_streams()
    session = Session(paths.library_paths(), window=window, picture=picture)
    try:
        with signals.raised_as_exceptions(), signals.ended_though_stuck():
            result = recollect.main(arguments, prog_name="recollect", standalone_mode=False, obj=session)
            sys.stdout.flush()  # here, where a pipe that nobody reads is understood
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:
        # The only one: click ends with 1 where the reader of a pipe is gone (its `Context.main`, errno.EPIPE).
        _silence_standard_output()
        return 0 if stop.code == 1 else INTERRUPTED
    except signals.Terminated as asked:
        hint(_STOPPED)
        return 128 + asked.number  # as shells count
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except RecollectError as error:
        if session.as_json:
            from core.answers import failure_as_json

            say_json(failure_as_json(error.message))
        hint(f"recollect: {error.title}" + (f"\n{error.advice}" if error.advice else ""))
        return 1
    except (KeyboardInterrupt, click.Abort):
        hint(_STOPPED)
        return INTERRUPTED
    except OSError as error:
        if error.errno == errno.EPIPE:  # the reader of a pipe (head, less) has seen enough
            _silence_standard_output()
            return 0
        place = f": {error.filename}" if error.filename else ""
        hint(f"recollect: {error.strerror or error}{place}\n{_ON_A_REFUSAL}")
        return 1
    return result if isinstance(result, int) else 0


def _open_closed_streams() -> None:
    """Lead nowhere what the program was started without (`>&-`): else the next file opened is standard output."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _silence_standard_output() -> None:
    """Keep Python from complaining, as it ends, about the pipe that nobody reads any more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
