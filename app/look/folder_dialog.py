"""The system's dialog to choose a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_folder(
    parent: QWidget, title: str, chosen: Callable[[Path], object], *, begin_in: str = "", accept: str = ""
) -> None:
    """Ask for a folder that is there, and go on with it; nothing waits meanwhile.

    Args:
        begin_in: the folder shown first; the one of the last time if empty, at first the user's own.
        accept: what the button says; the system's own word if empty.
    """
    dialog = QFileDialog(parent, title, begin_in)
    if not begin_in and dialog.directory() == QDir.current():
        dialog.setDirectory(QDir.home())  # not where the program was started, which may be its own folder
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if accept:
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, accept)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
