"""A line over the lower edge of the window: what was just changed, and the offer to take it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.look.icon_button import IconButton
from app.look.page_layout import PAGE_MARGIN
from app.look.widgets import button, label
from app.services.changes import Told

SHOWN_MILLISECONDS = 8_000
ABOVE_EDGE = 64
GAP = 8
"""Pixels between the line and the bars below it."""

_MOVING = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class UndoLine(QFrame):
    """Lies over the page, so that nothing moves when it comes, and goes away by itself.

    Args:
        over: what it lies over.
        above: bars at the lower edge that it leaves free while they are shown.
    """

    def __init__(
        self, undo: Callable[[], None], redo: Callable[[], None], over: QWidget, above: Sequence[QWidget] = ()
    ) -> None:
        super().__init__(over)
        self._over = over
        self._above = tuple(above)
        self.setProperty("role", "toast")
        self._words = label("", self)
        self._undo = button(self.tr("Undo"), self, "plain")
        self._redo = button(self.tr("Redo"), self, "plain")
        away = IconButton("clear", self.tr("Dismiss"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(PAGE_MARGIN, 6, 6, 6)
        row.setSpacing(10)
        row.addWidget(self._words)
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addWidget(away)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MILLISECONDS)
        self._timer.timeout.connect(self.hide)
        self._follow(self._undo, undo)
        self._follow(self._redo, redo)
        away.clicked.connect(self.hide)
        for watched in (over, *self._above):
            watched.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def tell(self, told: Told) -> None:
        """Show what was done, in the place of what was shown before."""
        self._words.setText(self.tr("Undone: {change}").format(change=told.text) if told.undone else told.text)
        self._undo.setVisible(told.undoable and not told.undone)
        self._redo.setVisible(told.undoable and told.undone)
        self.setAccessibleName(self._words.text())
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _follow(self, pressed: QPushButton, action: Callable[[], None]) -> None:
        def clicked() -> None:
            self.hide()
            action()

        pressed.clicked.connect(clicked)

    def _place(self) -> None:
        self.adjustSize()
        width = min(self.width(), self._over.width() - 24)
        self.resize(width, self.height())
        bars = [one.mapTo(self._over, QPoint()).y() - GAP for one in self._above if one.isVisibleTo(self._over)]
        lower = min((self._over.height() - ABOVE_EDGE, *bars))
        self.move((self._over.width() - width) // 2, max(0, lower - self.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVING and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEvent) -> None:  # type: ignore[override]
        """Whoever reads it, or is about to press, has the time to."""
        super().enterEvent(event)  # type: ignore[arg-type]
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start()
