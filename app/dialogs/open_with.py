"""Asks which program photos are to be opened with."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QListWidget, QListWidgetItem, QWidget

from app.look.dialog_layout import LIST_HEIGHT, QUESTION_WIDTH, dialog_column
from app.look.text_size import roomy, wide
from app.look.widgets import button, field, foot, label
from app.services.applications import ICON_SIDE, Offered, chosen_program
from app.services.program import Program
from app.text import formatting

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class OpenWithDialog(QDialog):
    """The programs that fit, then all others; a field leaves those that have its words; a program may be a file.

    Signals:
        chosen: the `Program`.
    """

    chosen = Signal(object)

    def __init__(self, photos: int, offered: Offered, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Open with another app"))
        self.setMinimumWidth(wide(QUESTION_WIDTH))
        self._field = field(self.tr("Find an app"), self.tr("Find an app"), self)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("Apps"))
        self._list.setIconSize(QSize(ICON_SIDE // 2, ICON_SIDE // 2))
        self._list.setSpacing(2)
        self._yes = button(self.tr("Open"), self, "primary")
        self._yes.setDefault(True)
        self._add(self.tr("For these photos"), offered.fitting)
        self._add(self.tr("Other apps"), offered.others)
        self._lay_out(self.tr("Open {photos} with").format(photos=formatting.photos(photos)))
        self._field.textChanged.connect(self._narrow)
        self._field.installEventFilter(self)
        self._list.itemActivated.connect(lambda _: self._on_yes())
        self._list.currentRowChanged.connect(lambda _: self._follow())
        self._yes.clicked.connect(self._on_yes)
        self._narrow("")

    def _lay_out(self, asked: str) -> None:
        browse, no = button(self.tr("Choose a file…"), self), button(self.tr("Cancel"), self)
        browse.clicked.connect(self._on_browse)
        no.clicked.connect(self.reject)
        column = dialog_column(self)
        column.addWidget(label(asked, self))
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        column.addLayout(foot(browse, right=(no, self._yes)))
        self._field.setFocus()

    def sizeHint(self) -> QSize:
        return roomy(self, QUESTION_WIDTH, LIST_HEIGHT)

    def _add(self, title: str, programs: Iterable[tuple[Program, QImage]]) -> None:
        listed = list(programs)
        if listed:
            heading = QListWidgetItem(title, self._list)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
        for program, image in listed:
            item = QListWidgetItem(icon(image), program.name, self._list)
            item.setData(Qt.ItemDataRole.UserRole, program)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _narrow(self, typed: str) -> None:
        """Show the programs whose names have what is typed; headings go while something is."""
        words = typed.casefold().split()
        for item in self._items():
            name = item.text().casefold()
            item.setHidden(bool(words) and (_program(item) is None or not all(word in name for word in words)))
        items = enumerate(self._items())
        shown = (row for row, item in items if not item.isHidden() and _program(item) is not None)
        self._list.setCurrentRow(next(shown, -1))
        self._follow()

    def _follow(self) -> None:
        self._yes.setEnabled(self._list.currentRow() >= 0)

    def _on_browse(self) -> None:
        folder = "/Applications" if sys.platform == "darwin" else "/usr/bin"
        dialog = QFileDialog(self, self.tr("Choose an app"), folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._choose(chosen_program(Path(path))))
        dialog.open()

    def _on_yes(self) -> None:
        program = _program(self._list.currentItem())
        if program is not None:
            self._choose(program)

    def _choose(self, program: Program) -> None:
        self.accept()
        self.chosen.emit(program)

    @staticmethod
    def _takes(event: QKeyEvent) -> bool:
        return event.type() == QEvent.Type.KeyPress and event.key() in _MOVES

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down in the field move through the list."""
        if watched is self._field and isinstance(event, QKeyEvent) and self._takes(event):
            self._list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)


def _program(item: QListWidgetItem | None) -> Program | None:
    program = None if item is None else item.data(Qt.ItemDataRole.UserRole)
    return program if isinstance(program, Program) else None


def icon(image: QImage) -> QIcon:
    """Return what a thread read, as an icon; an empty one of the same size if there is none, so that names line up."""
    if image.isNull():
        image = QImage(ICON_SIDE, ICON_SIDE, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
    return QIcon(QPixmap.fromImage(image))
