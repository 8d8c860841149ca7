"""What is asked of the desktop around the window: open a file, show it in its folder. Each system its own way."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices


def open_outside(path: Path) -> bool:
    """Open a file with the program the user opens such files with."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_page(address: str) -> None:
    """Show a web page in the user's browser."""
    QDesktopServices.openUrl(QUrl(address))


def reveal(path: Path) -> bool:
    """Show a file, selected, in the file manager; where that cannot be had, show its folder."""
    for program, arguments in revealers(path):
        if started(program, arguments):
            return True
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def revealers(path: Path) -> list[tuple[str, list[str]]]:
    """Return the commands that show a file in its folder here, the best first."""
    if sys.platform == "darwin":
        return [("open", ["-R", str(path)])]
    if sys.platform == "win32":
        return [("explorer", [f"/select,{path}"])]
    # The freedesktop.org interface that Files, Dolphin, Nemo, Thunar and Caja offer on the session bus.
    name = "org.freedesktop.FileManager1"
    call = ["--session", f"--dest={name}", "--type=method_call", "/org/freedesktop/FileManager1"]
    uri = bytes(QUrl.fromLocalFile(str(path)).toEncoded().data()).decode()
    # dbus-send splits an array argument at its commas.
    items = f"array:string:{uri.replace(',', '%2C')}"
    return [("dbus-send", ["--print-reply", *call, f"{name}.ShowItems", items, "string:"])]


def started(program: str, arguments: list[str]) -> bool:
    """Start a program without waiting for it; False if it is not there."""
    process = QProcess()
    process.setProgram(program)
    process.setArguments(arguments)
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    begun, _process_id = process.startDetached()
    return begun
