"""A page that is as large as its content where the screen has the room, and scrolls where it has not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget


class FittingArea(QScrollArea):
    """Wants to be as large as what lies in it."""

    def __init__(self, content: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._content = content
        content.setObjectName("page")
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        size = self._content.sizeHint().expandedTo(self._content.minimumSize())
        if self._content.hasHeightForWidth():  # text that is wrapped
            height = self._content.heightForWidth(size.width())
            fixed = self._content.minimumWidth() == self._content.maximumWidth()
            size.setHeight(height if fixed else max(size.height(), height))
        return size + QSize(self.verticalScrollBar().sizeHint().width(), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # more lies in it now, or larger text
        return super().eventFilter(watched, event)


def fit_to_screen(dialog: QDialog) -> None:
    """Make a dialog as large as it wants to be, or as the screen allows; by itself Qt stops at two thirds of it."""
    dialog.resize(dialog.sizeHint().boundedTo(dialog.screen().availableSize() * 0.9))
