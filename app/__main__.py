"""`recollect` alone opens the window, `recollect PATH…` opens it there; `recollect COMMAND` is the command line."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

from app.program.arguments import window_options


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
