"""`recollect` alone opens the window, `recollect PATH…` opens it there; `recollect COMMAND` is the command line."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.program.arguments import COMMANDS, place_of


@dataclass(frozen=True, slots=True)
class Options:
    """What the window can be told on its command line."""

    library: str | None = None
    model: str | None = None
    places: tuple[Path, ...] = ()


def window_options(arguments: Sequence[str]) -> Options | None:
    """Return the window's options, or None if the command line is meant for the terminal.

    Everything the window does not know (a command, --help, a flag without its value) belongs to the terminal,
    which explains itself better than a window could.
    """
    found: dict[str, str] = {}
    places: list[Path] = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if name in ("--library", "--model") and (equals or rest):
            found[name.removeprefix("--")] = value if equals else rest.pop(0)
            continue
        place = None if word.startswith("-") or (word in COMMANDS and not places) else place_of(word)
        if place is None:
            return None
        places.append(place)
    return Options(**found, places=tuple(places))


def _show(library: Path, query: str) -> int:
    from app.program.demo_window import show

    return show(library, query)


def _picture(library: Path, query: str, target: Path) -> None:
    from app.program.demo_window import picture

    picture(library, query, target)


def main() -> int:
    # In a frozen program the worker processes of core start here again; this call is what tells them apart.
    multiprocessing.freeze_support()
    options = window_options(sys.argv[1:])
    if options is None:
        from core.cli import main as command_line

        return command_line(window=_show, picture=_picture)
    from app.program.startup import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
