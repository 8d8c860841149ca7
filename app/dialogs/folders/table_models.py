"""The tables behind the folders dialog: folders of the library, and files that were skipped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.look.plain_text import plain
from app.text import formatting
from app.text.translation import translated
from core.messages import Message
from core.photo import Root, SkippedFile

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RootsModel(QAbstractTableModel):
    """Folders: path, photos, skipped, state."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roots: tuple[Root, ...] = ()

    def show_roots(self, roots: Sequence[Root]) -> None:
        self.beginResetModel()
        self._roots = tuple(roots)
        self.endResetModel()

    def root(self, row: int) -> Root:
        return self._roots[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._roots)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        root = self._roots[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            state = self.tr("Connected") if root.offline is None else self.tr("Not within reach")
            return (formatting.folder(root.path), formatting.count(root.photos), formatting.count(root.skipped), state)[
                index.column()
            ]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(str(root.path) if root.offline is None else f"{root.path}\n{translated(root.offline)}")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (1, 2):
            return _RIGHT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in (1, 2) else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Folder"), self.tr("Photos"), self.tr("Skipped"), self.tr("State"))[section]
        return None


class SkippedModel(QAbstractTableModel):
    """Skipped files: name, reason, folder."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[SkippedFile, ...] = ()
        self._sentences: dict[Message, str] = {}

    def show_files(self, files: Sequence[SkippedFile]) -> None:
        self.beginResetModel()
        self._files = tuple(files)
        # Said once: sorting asks for the same few reasons a hundred thousand times.
        self._sentences = {reason: translated(reason) for reason in {file.reason for file in files}}
        self.endResetModel()

    def file(self, row: int) -> SkippedFile:
        return self._files[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        file = self._files[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, SORT_ROLE):
            return (file.path.name, self._sentences[file.reason], formatting.folder(file.path.parent))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(f"{file.path}\n{self._sentences[file.reason]}")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("File"), self.tr("Why it was skipped"), self.tr("Folder"))[section]
        return None
