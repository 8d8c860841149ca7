"""Chooses the folder to look in: all of them, one the user gave, or one inside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.look.plain_text import plain, set_tooltip
from app.look.text_size import wide
from app.text import formatting
from core.photo import Root

LEAST_WIDTH, MOST_WIDTH = 150, 260
"""It holds "All folders" beside its arrow, and leaves the line to the words of the answer where names are long."""


class FolderFilter(QComboBox):
    """The box that chooses the folder to look in.

    Signals:
        chosen: a `Path`, or None for all folders.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Folder to look in"))
        set_tooltip(self, self.tr("Look in one folder only"))
        self.setMinimumWidth(wide(LEAST_WIDTH))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(wide(MOST_WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._roots: list[Path] = []
        self.addItem(self.tr("All folders"), None)
        self.activated.connect(self._on_activated)

    @property
    def folder(self) -> Path | None:
        data = self.currentData()
        return Path(data) if data else None

    def show_roots(self, roots: Sequence[Root]) -> None:
        """Offer these folders; the one chosen stays chosen if it is still there, or lies in one that is."""
        self._roots = [root.path for root in roots]
        chosen = self.folder
        lost = chosen is not None and not any(chosen.is_relative_to(root) for root in self._roots)
        self._offer(None if lost else chosen)
        if lost:
            self.chosen.emit(None)

    def show_folder(self, folder: Path | None) -> None:
        """Choose a folder: one of those on offer or, for as long as it is chosen, one inside them."""
        self._offer(folder)

    def _offer(self, chosen: Path | None) -> None:
        inner = [] if chosen is None or chosen in self._roots else [chosen]
        paths = [*self._roots, *inner]
        if [str(path) for path in paths] != [self.itemData(i) for i in range(1, self.count())]:
            self.clear()
            self.addItem(self.tr("All folders"), None)
            for path, name in zip(paths, short_names(paths), strict=True):
                self.addItem(name, str(path))
                self.setItemData(self.count() - 1, plain(formatting.folder(path)), Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(0 if chosen is None else paths.index(chosen) + 1)
        self.setVisible(len(paths) > 1)

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
