"""The field one describes a photo in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from app.look.icons import icon
from app.look.plain_text import set_tooltip
from app.look.text_size import wide
from app.services.question_pictures import holds_picture, picture_files
from core.query.parser import LONGEST_TYPED

MOST_WIDTH = 820
"""A question of a hundred letters; a wider field would only have its words further from the answer."""


class SearchField(QLineEdit):
    """A large line for a sentence.

    Attributes:
        leave: leads back to what was asked before, if Esc means that now; returns whether it does.

    Signals:
        typed: the words, after every change.
        submitted: Enter was pressed.
        given: pictures were pasted or dropped (`QMimeData`).
        left: the user wants on to the photos (the Down key).
    """

    typed = Signal(str)
    submitted = Signal()
    left = Signal()
    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self._carries_pictures = False
        self.leave: Callable[[], bool] = lambda: False
        self.setPlaceholderText(self.tr("Describe a photo: grandma blowing out candles"))
        self.setAccessibleName(self.tr("Search photos by describing them"))
        self.setMaximumWidth(wide(MOST_WIDTH))
        self.setMaxLength(LONGEST_TYPED)
        self._glass = QAction(self)
        self._clear = QAction(self.tr("Clear"), self)
        set_tooltip(self._clear, self.tr("Clear (Esc)"))
        self._clear.setVisible(False)
        self._clear.triggered.connect(self._on_clear_triggered)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(self._on_text_changed)
        self._draw()

    def focus_all(self) -> None:
        """Put the cursor here, ready to be typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.typed.emit(text)

    def _on_clear_triggered(self) -> None:
        self.clear()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._take(QGuiApplication.clipboard().mimeData()):
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            if not self.leave():
                self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _take(self, given: QMimeData) -> bool:
        """Have pictures asked with; return False where there are none, so that text is taken as text."""
        if not _has_pictures(given):
            return False
        self.given.emit(given)
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        search = menu.addAction(self.tr("Search with the picture in the clipboard"))
        search.setEnabled(_has_pictures(QGuiApplication.clipboard().mimeData()))
        search.triggered.connect(lambda: self._take(QGuiApplication.clipboard().mimeData()))
        menu.popup(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._carries_pictures = _has_pictures(event.mimeData())
        if self._carries_pictures:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._show_target(True)
        elif event.mimeData().hasUrls():
            event.ignore()  # a folder: the window takes it
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._carries_pictures:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            super().dragMoveEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_target(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_target(False)
        if self._take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            super().dropEvent(event)

    def _show_target(self, is_target: bool) -> None:
        """Show whether a picture that is dragged would be taken here."""
        self.setProperty("target", is_target)
        self.style().unpolish(self)
        self.style().polish(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_clear"):
            self._draw()

    def _draw(self) -> None:
        self._glass.setIcon(icon("search", self.palette(), self.palette().ColorRole.PlaceholderText))
        self._clear.setIcon(icon("clear", self.palette(), self.palette().ColorRole.PlaceholderText))


def _has_pictures(given: QMimeData) -> bool:
    return bool(picture_files(given)) or holds_picture(given)
