"""The programs of the system that photos can be opened with besides the usual one: which there are, and starting them.

Linux says it in files (`desktop_entries`), macOS in each program (`mac_applications`); Windows has a dialog of its own
for it (`desktop.ask_windows`). Everything is read and started in a thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import cast

from PySide6.QtCore import QLocale, QMimeDatabase, QObject, QProcess, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QImageReader

from app.services import desktop_entries, mac_applications
from app.services.jobs import TaskQueue
from app.services.program import Program

ICON_SIDE = 48
FILE_CODES = ("%f", "%F", "%u", "%U")


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """Programs with their pictures. `fitting` open all the files that were asked for, the likeliest first."""

    fitting: tuple[tuple[Program, QImage], ...]
    others: tuple[tuple[Program, QImage], ...] = ()


class Applications(QObject):
    """Asks the system for programs, in a thread.

    Signals:
        failed: an exception.
    """

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._queue = TaskQueue("applications")
        self._queue.failed.connect(self.failed)

    def find(self, paths: Sequence[Path], done: Callable[[Offered], None], *, others: bool = False) -> None:
        """Ask which programs open all these files; with `others`, which programs there are besides."""
        language, theme = QLocale().name(), QIcon.themeName()

        def work() -> Offered:
            found, rest = _programs(paths, language)
            named = sorted(rest, key=lambda one: one.name.casefold()) if others else ()
            return Offered(_pictured(found, theme), _pictured(named, theme))

        self._queue.ask(work, done)

    def open(self, program: Program, paths: Sequence[Path], failed: Callable[[], None]) -> None:
        """Start a program with files."""

        def work() -> bool:
            return all([_started(command, program.folder) for command in commands(program, paths)])

        self._queue.ask(work, lambda well: None if well else failed())

    def stop(self, deadline: float) -> bool:
        return self._queue.stop(deadline)


def chosen_program(path: Path) -> Program:
    """Return a program that the user chose as a file."""
    words = ("open", "-a", str(path), "%F") if path.suffix == ".app" else (str(path).replace("%", "%%"), "%F")
    return Program(str(path), path.stem, words)


def commands(program: Program, paths: Sequence[Path]) -> list[list[str]]:
    """Return the command lines that open files: one for all, or one for each if the program takes only one at a time.

    As GLib and KDE do, a program that says nothing of files is given each of them.
    """
    takes_files = any(code in word for word in program.words for code in FILE_CODES)
    words = program.words if takes_files else (*program.words, "%f")
    if any(word in ("%F", "%U") for word in words):
        return [_expanded(words, paths)]
    return [_expanded(words, [path]) for path in paths]


def _expanded(words: Iterable[str], paths: Sequence[Path]) -> list[str]:
    made: list[str] = []
    for word in words:
        if word == "%F":
            made += map(str, paths)
        elif word == "%U":
            made += (path.as_uri() for path in paths)
        else:
            uri = paths[0].as_uri() if "%u" in word else ""
            made.append(desktop_entries.replaced(word, {"f": str(paths[0]), "u": uri}))
    return made


def _programs(paths: Sequence[Path], language: str) -> tuple[list[Program], list[Program]]:
    """Return the programs that open all these files, and the others."""
    if sys.platform == "darwin":
        return mac_applications.programs([path.suffix for path in paths])
    entries = desktop_entries.entries(desktop_entries.Places.of_user(), language)
    return entries.programs([mime_types(path) for path in paths])


def mime_types(path: PurePath) -> tuple[str, ...]:
    """Return the types of a file by its name, the most exact first: no file is read, its drive may sleep."""
    exact = QMimeDatabase().mimeTypeForFile(str(path), QMimeDatabase.MatchMode.MatchExtension)
    names = [exact.name(), *exact.aliases(), *exact.allAncestors()]
    return tuple(name for name in names if name != "application/octet-stream")


def _pictured(programs: Iterable[Program], theme: str) -> tuple[tuple[Program, QImage], ...]:
    return tuple((one, _picture(one, theme)) for one in programs)


def _picture(program: Program, theme: str) -> QImage:
    path = desktop_entries.icon_file(program.icon, (theme, "hicolor")) if program.icon else None
    if path is None:
        return QImage()
    reader = QImageReader(str(path))
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(ICON_SIDE, ICON_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _started(command: Sequence[str], folder: str) -> bool:
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(list(command[1:]))
    process.setWorkingDirectory(folder or str(Path.home()))
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    return bool(cast(bool, process.startDetached()))  # the stubs call it a tuple, as of the static method
