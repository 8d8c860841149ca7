"""`recollect` alone opens the window, `recollect PATH…` opens it there; `recollect COMMAND` is the command line.

Next to nothing is imported before `main`, so that Ctrl+C in the first moments is answered like any later one.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # not from typing, which takes a while to import
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

INTERRUPTED = 130  # 128 + SIGINT, as shells count


def _show(library: Path, query: str) -> int:
    from app.program.demo_window import show

    return show(library, query)


def _picture(library: Path, query: str, target: Path) -> None:
    from app.program.demo_window import picture

    picture(library, query, target)


def main() -> int:
    try:
        return _run()
    except KeyboardInterrupt:
        sys.stderr.write("recollect: stopped.\n")
        return INTERRUPTED


def _run() -> int:
    from core.interruption import ends_at_once

    with ends_at_once():
        chosen = _chosen()
    return chosen()


def _chosen() -> Callable[[], int]:
    """Import what the command line asks for, and return what runs it."""
    import multiprocessing

    # In a frozen program the worker processes of core start here again; this call is what tells them apart.
    multiprocessing.freeze_support()
    from app.program.arguments import window_options

    options = window_options(sys.argv[1:])
    if options is None:
        from core.cli import main as command_line

        return lambda: command_line(window=_show, picture=_picture)
    from app.program.startup import run

    return lambda: run(options)


if __name__ == "__main__":
    sys.exit(main())
