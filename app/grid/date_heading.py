"""The heading of what is first on screen: it stays above the photos until the next one pushes it out."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from app.grid.heading_painter import HeadingPainter
from app.grid.layout import MARGIN, TOP
from app.grid.view import Grid
from app.look.plain_text import set_tooltip
from app.look.theme import Theme

WIDTH = 120
"""What it asks for: a month and its year. It is given the whole width of the photos."""


class DateHeading(QPushButton):
    """Goes on where the headings between the photos leave the grid at its upper edge, as if it were a part of it.

    A press selects all photos of the section, with Ctrl besides what is selected.
    """

    def __init__(self, grid: Grid, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = grid
        self._theme = theme
        self._section = 0
        self._pointed: QPoint | None = None
        self.setAutoDefault(True)  # Enter presses it, not only Space
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(self._on_clicked)
        grid.verticalScrollBar().valueChanged.connect(self.follow)
        grid.layout_changed.connect(self.follow)
        grid.selected.connect(self.update)
        theme.changed.connect(self.update)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, self._grid.heading_height - TOP)

    def follow(self) -> None:
        """Say the section of the photo that is first on screen."""
        shown = self._grid.level is not None
        if shown:
            tops = self._grid.geometry_of_cells.heading_tops - self._offset()
            self._section = max(0, int(np.searchsorted(tops, -self.sizeHint().height(), side="right")) - 1)
            title = self._grid.title_of(self._section)
            if title != self.text():
                self.setText(title)
            purpose = self._grid.purpose_of_headings()
            if purpose != self.accessibleDescription():
                self.setAccessibleDescription(purpose)
                set_tooltip(self, purpose)
        self.setVisible(shown)
        self.update()

    def _offset(self) -> int:
        return self._grid.verticalScrollBar().value()

    def _next_top(self) -> int:
        """Return the height, in this widget, at which the next heading begins."""
        tops = self._grid.geometry_of_cells.heading_tops
        if self._section + 1 >= len(tops):
            return self.height()
        return min(self.height(), int(tops[self._section + 1]) - self._offset() + self.height())

    def _section_at(self, point: QPoint | None) -> int:
        return self._section + (point is not None and point.y() >= self._next_top())

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        headings = HeadingPainter(painter, palette, self.devicePixelRatioF())
        high, pushed = self.height(), self._next_top()
        for section, top in ((self._section, pushed - high), (self._section + 1, pushed)):
            if top < high:
                rect = QRect(MARGIN, top, self.width() - 2 * MARGIN, high)
                hovered = self._pointed is not None and section == self._section_at(self._pointed)
                headings.paint(rect, self._grid.heading_of(section, hovered=hovered))
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(MARGIN - 8, 2, -2, -2), 6, 6)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._pointed = event.position().toPoint()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointed = event.position().toPoint()
        super().mousePressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._pointed = event.position().toPoint()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._pointed = None
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._grid.viewport(), event)

    def _on_clicked(self) -> None:
        adding = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
        self._grid.choose_section(self._section_at(self._pointed), adding=adding)
