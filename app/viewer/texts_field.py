"""The title and the caption of a photo, to be read and written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.look.widgets import field
from core.photo import Photo
from core.user_records import Marks

CAPTION_LINES = 3
LONGEST_TITLE = 1000


class TextsField(QWidget):
    """Shows title and caption; what is typed is taken with Enter and when the field is left, and dropped with Esc.

    Signals:
        titled, captioned: another text was typed (content id, text).
        left: the keyboard is to go back to the photo.
    """

    titled = Signal(object, str)
    captioned = Signal(object, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content_id: int | None = None
        self._shown = ("", "")
        self.title = field(self.tr("Title"), self.tr("Add a title"), self)
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.editingFinished.connect(self._take)
        self.title.returnPressed.connect(self.left)
        self.caption = _Caption(self)
        self.caption.setAccessibleName(self.tr("Caption"))
        self.caption.setPlaceholderText(self.tr("Add a caption"))
        self.caption.finished.connect(self._take)
        self.caption.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.caption)

    def show_texts(self, photo: Photo | None, marks: Marks) -> None:
        """Show what is written of a photo. What is being typed is taken first, or stays if it is of this photo."""
        content_id, texts = None, ("", "")
        if photo is not None:
            content_id = photo.content_id
            texts = (said(marks.title, photo.facts.title), said(marks.caption, photo.facts.caption))
        if content_id == self._content_id and texts == self._shown:
            return
        if content_id != self._content_id:
            self._take()
        self._content_id = content_id
        typed, self._shown = self._shown, texts
        if self.title.text() == typed[0] or not self.title.hasFocus():
            self.title.setText(texts[0])
            self.title.setCursorPosition(0)
        if self.caption.toPlainText() == typed[1] or not self.caption.hasFocus():
            self.caption.setPlainText(texts[1])

    def _take(self) -> None:
        if self._content_id is None:
            return
        title, caption = self.title.text().strip(), self.caption.toPlainText().strip()
        shown, self._shown = self._shown, (title, caption)
        if title != shown[0]:
            self.titled.emit(self._content_id, title)
        if caption != shown[1]:
            self.captioned.emit(self._content_id, caption)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.title.setText(self._shown[0])
            self.caption.setPlainText(self._shown[1])
            self.left.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # the page would close on them
            super().keyPressEvent(event)


class _Caption(QPlainTextEdit):
    """A few lines. Enter is done, Shift+Enter begins another line; Tab goes on to the next field.

    Signals:
        finished: what is typed is to be taken.
        left: the keyboard is to go back.
    """

    finished = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * CAPTION_LINES + 16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.finished.emit()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # to the field around it
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finished.emit()


def said(own: str | None, of_file: str | None) -> str:
    """Return what is written of a photo: by the user, else in its file."""
    return (of_file or "") if own is None else own
