"""Chooses the folder to look in: all of them, one the user gave, or one inside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app import words
from core.photo import Root


class FolderFilter(QComboBox):
    """Signals:
    chosen: a `Path`, or None for all folders.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Folder to look in"))
        self.setToolTip(self.tr("Look in one folder only"))
        self.setMinimumWidth(150)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(260)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem(self.tr("All folders"), None)
        self.activated.connect(self._on_activated)

    @property
    def folder(self) -> Path | None:
        data = self.currentData()
        return Path(data) if data else None

    def show_roots(self, roots: Sequence[Root]) -> None:
        """Offer these folders; the one chosen stays chosen if it is still there."""
        chosen = self.currentData()
        paths = [str(root.path) for root in roots]
        if paths == [self.itemData(i) for i in range(1, self.count())]:
            return
        self.clear()
        self.addItem(self.tr("All folders"), None)
        for root, name in zip(roots, short_names([root.path for root in roots]), strict=True):
            self.addItem(name, str(root.path))
            self.setItemData(self.count() - 1, words.folder(root.path), Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.setVisible(len(roots) > 1)
        if chosen and chosen not in paths:
            self.chosen.emit(None)

    def show_folder(self, folder: Path | None) -> None:
        self.setCurrentIndex(max(0, self.findData(None if folder is None else str(folder))))

    def _on_activated(self, _index: int) -> None:
        self.chosen.emit(self.folder)


def short_names(paths: Sequence[Path]) -> list[str]:
    """Return the last part of each path, with as much before it as tells equal ones apart."""
    names: list[str] = []
    for path in paths:
        length = 1
        while length < len(path.parts) and any(
            other != path and other.parts[-length:] == path.parts[-length:] for other in paths
        ):
            length += 1
        names.append(str(Path(*path.parts[-length:])))
    return names
