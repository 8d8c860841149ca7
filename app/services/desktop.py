"""What is asked of the desktop around the window: open a file, show it in its folder. Each system its own way.

Which programs there are to open a file with is asked in `applications`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePath

from PySide6.QtCore import QCoreApplication, QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from core.drives import GLANCE_S, answered
from core.errors import DriveSilent

ANSWER_MILLISECONDS = 8_000
"""A file manager that has to be started first takes a few seconds; dbus-send itself would wait 25."""


def open_outside(path: Path) -> bool:
    """Open a file with the program the user opens such files with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def folder_to_begin_in(folder: Path) -> str:
    """Return where a dialog that asks for a folder begins: there, or at home where that drive does not answer now.

    Qt's dialog looks at it before it is shown, and the window stands still for as long as that takes.
    """
    try:
        answered(folder.exists, folder, GLANCE_S)
    except DriveSilent:
        return str(Path.home())
    return str(folder)


def open_page(address: str) -> None:
    """Show a web page in the user's browser."""
    QDesktopServices.openUrl(QUrl(address))


def reveal(path: Path, failed: Callable[[], None] = lambda: None) -> None:
    """Show a file, selected, in the file manager; where that cannot be had, show its folder.

    Calls `failed` if there is no way to do that either, which may be known only after a moment.
    """

    def show_folder() -> None:
        if not open_outside(path.parent):
            failed()

    if sys.platform == "win32":
        _start(explorer_command(path), show_folder)
    else:
        _ask(*_revealer(path), show_folder)


def explorer_command(path: PurePath) -> str:
    """Return the whole command line that shows a file in Windows' Explorer.

    Explorer splits its command line at commas by itself, and takes quotes around the path only: QProcess, or a list
    of arguments, would quote `/select,` with a path that has a blank, and quote no path that has a comma but no blank
    (https://github.com/x64dbg/x64dbg/issues/1566, https://github.com/qbittorrent/qBittorrent/pull/2544).
    A name on Windows cannot hold a quotation mark.
    """
    explorer = f"{os.environ.get('SYSTEMROOT', 'C:/Windows')}/explorer.exe".replace("/", "\\")
    return f'"{explorer}" /select,"{path}"'


def ask_windows(path: PurePath, failed: Callable[[], None]) -> None:
    """Show Windows' own question which program a file is to be opened with; it takes one file."""
    _start(windows_question(path), failed)


def windows_question(path: PurePath) -> str:
    """Return the command line of that question, which takes everything after the comma as it is, without quotes."""
    folder = f"{os.environ.get('SYSTEMROOT', 'C:/Windows')}/System32".replace("/", "\\")
    return f'"{folder}\\rundll32.exe" shell32.dll,OpenAs_RunDLL {path}'


def file_manager_call(path: Path) -> list[str]:
    """Return the arguments for dbus-send that show a file in the file manager of a freedesktop.org desktop.

    Files, Dolphin, Nemo, Thunar and Caja answer to it: https://www.freedesktop.org/wiki/Specifications/file-manager-interface
    """
    name = "org.freedesktop.FileManager1"
    uri = bytes(QUrl.fromLocalFile(str(path)).toEncoded().data()).decode()
    # dbus-send splits an array argument at its commas.
    items = f"array:string:{uri.replace(',', '%2C')}"
    to = ["--session", f"--dest={name}", "--type=method_call", "/org/freedesktop/FileManager1"]
    # With a reply asked for, dbus-send ends in 1 where nobody answers to the name.
    return ["--print-reply", f"--reply-timeout={ANSWER_MILLISECONDS}", *to, f"{name}.ShowItems", items, "string:"]


def _revealer(path: Path) -> tuple[str, list[str]]:
    """Return the program that shows a file in its folder here, and its arguments; it fails with an exit code."""
    return ("open", ["-R", str(path)]) if sys.platform == "darwin" else ("dbus-send", file_manager_call(path))


def _start(command: str, failed: Callable[[], None]) -> None:
    # Explorer's exit code is 1 whether it went well or not (https://github.com/microsoft/WSL/issues/6565).
    try:
        subprocess.Popen(command).returncode = 0  # it lives on by itself: nobody waits for it
    except OSError:
        failed()


def _ask(program: str, arguments: list[str], failed: Callable[[], None]) -> None:
    """Run a program without waiting for it; `failed` if it is not there or says that it did not go."""
    process = QProcess(QCoreApplication.instance())
    process.setProgram(program)
    process.setArguments(arguments)
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())

    def ended(well: bool) -> None:
        process.deleteLater()
        if not well:
            failed()

    def broke(error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # all other errors are followed by `finished`
            ended(False)

    process.finished.connect(lambda code, status: ended(code == 0 and status is QProcess.ExitStatus.NormalExit))
    process.errorOccurred.connect(broke)
    process.start()
