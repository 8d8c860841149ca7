"""The window's command line: options, and in place of a command the folders and pictures to be shown.

A word is a place if it is written like one (a slash in it, a `file://` address), or if something of that name is
here. A command wins over a folder of its name; `./add` is the folder. Any other word is left to the command line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from core.login_start import IN_TRAY
from core.paths import at_home

COMMANDS = frozenset(
    (
        "add",
        "backup",
        "check",
        "copy-library",
        "demo",
        "doctor",
        "duplicates",
        "evaluate",
        "export",
        "folders",
        "forget",
        "index",
        "models",
        "move",
        "remove",
        "restore",
        "saved",
        "search",
        "serve",
        "sidecars",
        "status",
        "storage",
        "text",
    )
)
"""The words that mean the command line. Importing it to ask would cost the window a part of its start."""

_ADDRESS = "file://"


@dataclass(frozen=True, slots=True)
class Options:
    """What the window can be told on its command line; `in_tray`: it is the start of a session that starts it, too."""

    library: str | None = None
    model: str | None = None
    in_tray: bool = False
    places: tuple[Path, ...] = ()


def window_options(arguments: Sequence[str]) -> Options | None:
    """Return the window's options, or None if the command line is meant for the terminal.

    Everything the window does not know (a command, --help, a flag without its value) belongs to the terminal,
    which explains itself better than a window could.
    """
    found: dict[str, str] = {}
    places: list[Path] = []
    in_tray = False
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == IN_TRAY:
            in_tray = True
            continue
        name, equals, value = word.partition("=")
        if name in ("--library", "--model") and (equals or rest):
            found[name.removeprefix("--")] = value if equals else rest.pop(0)
            continue
        place = None if word.startswith("-") or (word in COMMANDS and not places) else place_of(word)
        if place is None:
            return None
        places.append(place)
    return Options(**found, in_tray=in_tray, places=tuple(places))


def place_of(word: str) -> Path | None:
    """Return the absolute path that a word means, or None if it means none."""
    if word.startswith(_ADDRESS):
        return _path_of(word.removeprefix(_ADDRESS))
    if sys.platform == "win32" and word.endswith('"'):
        # Windows starts us with "C:\" for a drive, and reads the backslash as belonging to the quotation mark.
        word = word.removesuffix('"') + os.sep
    path = Path(os.path.abspath(at_home(word)))  # noqa: PTH100 - resolve() would replace the user's own path
    written_as_one = any(mark in word for mark in (os.sep, os.altsep) if mark) or word.startswith("~")
    return path if written_as_one or (word and os.path.exists(path)) else None  # noqa: PTH110 - raises nothing


def _path_of(address: str) -> Path | None:
    """Return the path in a `file://` address, `?` and `#` taken as they stand: not everyone writes them as %3F."""
    host, slash, rest = address.partition("/")
    name = os.fsdecode(unquote_to_bytes(slash + rest))
    if sys.platform == "win32":
        name = f"//{host}{name}" if host not in ("", "localhost") else name.removeprefix("/")
    return None if "\0" in name else Path(os.path.abspath(name))  # noqa: PTH100
