"""The programs that a freedesktop.org desktop knows, and which of them open what.

Desktop Entry Specification 1.5 and MIME Applications Associations 1.0.1 (https://specifications.freedesktop.org),
as far as opening files asks for them. Programs that want a terminal are left out.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.services.program import Program

_SIZES = ("48x48", "64x64", "scalable", "128x128", "32x32", "256x256", "512x512", "symbolic")
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_DEFAULT, _ADDED, _REMOVED = "Default Applications", "Added Associations", "Removed Associations"
_OURS = ("recollect.desktop", "recollect-light.desktop")

Groups = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files are, the most important first, and the names of the desktop ("GNOME")."""

    data: tuple[Path, ...]
    config: tuple[Path, ...]
    desktops: tuple[str, ...] = ()

    @classmethod
    def of_user(cls) -> Places:
        """Return the places of the user who runs this program (XDG Base Directory Specification)."""
        home = Path.home()
        return cls(
            _folders("XDG_DATA_HOME", home / ".local/share", "XDG_DATA_DIRS", "/usr/local/share:/usr/share"),
            _folders("XDG_CONFIG_HOME", home / ".config", "XDG_CONFIG_DIRS", "/etc/xdg"),
            tuple(filter(None, os.environ.get("XDG_CURRENT_DESKTOP", "").split(":"))),
        )


def _folders(own: str, usual: Path, others: str, usual_others: str) -> tuple[Path, ...]:
    named = [os.environ.get(own) or str(usual), *(os.environ.get(others) or usual_others).split(":")]
    return tuple(Path(folder) for folder in named if os.path.isabs(folder))  # noqa: PTH117 - of a text


@dataclass(frozen=True, slots=True)
class Entry:
    """A program with what it says of itself. `listed` is false if it is only there for the files it opens."""

    program: Program
    types: frozenset[str]
    listed: bool


@dataclass(frozen=True, slots=True)
class Entries:
    """All programs by id, and the lists of what opens what, the most important first."""

    by_id: Mapping[str, Entry]
    lists: tuple[Groups, ...]

    def programs(self, files: Sequence[Sequence[str]]) -> tuple[list[Program], list[Program]]:
        """Return the programs that open all these files, the usual one first, and the others.

        Args:
            files: the types of each file, the most exact first.
        """
        orders = [self._order(types) for types in dict.fromkeys(map(tuple, files))]
        fitting = [one for one in orders[0] if all(one in order for order in orders[1:])] if orders else []
        others = [entry.program for one, entry in self.by_id.items() if entry.listed and one not in fitting]
        return [self.by_id[one].program for one in fitting], others

    def _order(self, types: Sequence[str]) -> list[str]:
        """Return the ids of what opens a file."""
        named = [self._named(one) for one in types]
        defaults = [one for default, _, _ in named for one in default]
        order = [*defaults, *(one for _, added, _ in named for one in added)]
        for one, (_, _, removed) in zip(types, named, strict=True):
            order += [key for key, entry in self.by_id.items() if one in entry.types and key not in removed]
        return [one for one in dict.fromkeys(order) if one in self.by_id]

    def _named(self, type: str) -> tuple[list[str], list[str], set[str]]:
        """Return what the lists say of a type: the usual programs, added ones, removed ones."""
        default: list[str] = []
        added: list[str] = []
        removed: set[str] = set()
        for groups in self.lists:
            default += _ids(groups, _DEFAULT, type)
            added += (one for one in _ids(groups, _ADDED, type) if one not in removed)
            removed.update(_ids(groups, _REMOVED, type))
        return default, added, removed.difference(default, added)


def entries(places: Places, language: str) -> Entries:
    """Read what the desktop knows; files that cannot be read are as if they were not there."""
    found: dict[str, Entry | None] = {}
    for folder in (base / "applications" for base in places.data):
        for path in sorted(folder.rglob("*.desktop")):
            name = "-".join(path.relative_to(folder).parts)
            if name not in found:  # one that is hidden hides those of the same name further down
                found[name] = _entry(name, path, places, language)
    return Entries({name: one for name, one in found.items() if one is not None}, tuple(_lists(places)))


def _lists(places: Places) -> Iterable[Groups]:
    folders = [*places.config, *(base / "applications" for base in places.data)]
    names = [*(f"{desktop.lower()}-mimeapps.list" for desktop in places.desktops), "mimeapps.list"]
    return (groups for folder in folders for name in names if (groups := _read(folder / name)))


def _ids(groups: Groups, group: str, type: str) -> list[str]:
    return _items(groups.get(group, {}).get(type, ""))


def _items(value: str) -> list[str]:
    return [one for one in value.split(";") if one]


def _read(path: Path) -> Groups:
    """Return the keys of a file by the names of their groups."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return {}
    groups: Groups = {}
    group: dict[str, str] = {}
    for line in lines:
        if line.startswith("[") and line.rstrip().endswith("]"):
            group = groups.setdefault(line.strip()[1:-1], {})
        elif "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            group.setdefault(key.strip(), value.strip())
    return groups


def _entry(name: str, path: Path, places: Places, language: str) -> Entry | None:
    keys = _read(path).get("Desktop Entry", {})
    usable = keys.get("Type") == "Application" and keys.get("Hidden") != "true" and keys.get("Terminal") != "true"
    words = _words(keys.get("Exec", ""))
    if not usable or not words or name in _OURS or not _is_there(keys.get("TryExec") or words[0]):
        return None
    title, icon = _localised(keys, "Name", language) or path.stem, _text(keys.get("Icon", ""))
    said = {"c": title, "k": str(path), "i": "", "f": "%f", "F": "%F", "u": "%u", "U": "%U", "%": "%%"}
    named = tuple(_kept(word, said) for word in words if word != "%i")
    program = Program(name, title, named, icon, _text(keys.get("Path", "")))
    return Entry(program, frozenset(_items(keys.get("MimeType", ""))), _is_listed(keys, places.desktops))


def _is_listed(keys: Mapping[str, str], desktops: Sequence[str]) -> bool:
    here = set(desktops)
    only, never = _items(keys.get("OnlyShowIn", "")), _items(keys.get("NotShowIn", ""))
    return keys.get("NoDisplay") != "true" and (not only or not here.isdisjoint(only)) and here.isdisjoint(never)


def _is_there(program: str) -> bool:
    return shutil.which(_text(program)) is not None


def _localised(keys: Mapping[str, str], key: str, language: str) -> str:
    short = language.partition("_")[0]
    return _text(keys.get(f"{key}[{language}]") or keys.get(f"{key}[{short}]") or keys.get(key, ""))


def _text(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), value)


def _words(command: str) -> list[str]:
    """Return the words of a command line as it stands in a .desktop file; none if its quotes do not close."""
    try:
        return shlex.split(re.sub(r"\\([$`])", r"\1", _text(command)))
    except ValueError:
        return []


def _kept(word: str, said: Mapping[str, str]) -> str:
    """Replace what is known before there are files; what becomes of files stays, so that it is replaced later."""
    doubled = {code: text if code in "fFuU%" else text.replace("%", "%%") for code, text in said.items()}
    return replaced(word, doubled)


def replaced(word: str, said: Mapping[str, str]) -> str:
    """Return a word with its codes (%f) replaced; those that mean nothing go, %% is a percent sign."""
    return re.sub(r"%(.)", lambda found: {"%": "%", **said}.get(found[1], ""), word)


def icon_file(icon: str, themes: Iterable[str], data: Sequence[Path] | None = None) -> Path | None:
    """Return the file of an icon by its name, about as large as a menu wants it, or None."""
    if os.path.isabs(icon):  # noqa: PTH117 - of a text
        return Path(icon) if Path(icon).is_file() else None
    folders = Places.of_user().data if data is None else data
    for theme in filter(None, themes):
        for base in (folder / "icons" / theme for folder in folders):
            if base.is_dir() and (found := _in_theme(base, icon)):
                return found
    plain = (folder / "pixmaps" / f"{icon}{end}" for folder in folders for end in ("", ".png", ".svg", ".xpm"))
    return next(filter(Path.is_file, plain), None)


def _in_theme(theme: Path, icon: str) -> Path | None:
    short = [size.partition("x")[0] for size in _SIZES]
    places = [*(f"{size}/apps" for size in _SIZES), *(f"apps/{size}" for size in (*short, *_SIZES))]
    files = (theme / place / f"{icon}{end}" for place in places for end in (".png", ".svg"))
    return next(filter(Path.is_file, files), None)
