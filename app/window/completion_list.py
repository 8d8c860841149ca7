"""The list below the bar of what a piece that is being typed could become."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.text import formatting, questions
from core.query.completion import Suggestion

MOST_ROWS = 9
"""Suggestions to be seen at once; the others are a few keys further."""

MOST = 200
_SIDE = Qt.ItemDataRole.UserRole
_PADDING = 8


class CompletionList(QListWidget):
    """Stands over the photos and never has the focus: the field keeps it, and its keys.

    Signals:
        accepted: the `Suggestion` that is wanted.
    """

    accepted = Signal(object)

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field.window())
        self._field = field
        self._offered: tuple[Suggestion, ...] = ()
        self.setObjectName("completion")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Suggestions"))
        self.setItemDelegate(_Row(self))
        self.itemClicked.connect(self._on_clicked)
        self.hide()

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these, none of them chosen yet; hide if there are none."""
        self._offered = tuple(suggestions[:MOST])
        self.clear()
        for one in self._offered:
            item = QListWidgetItem(name_of(one), self)
            item.setData(_SIDE, side_of(one))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name_of(one)}: {side_of(one)}")
        self.setVisible(bool(self._offered))
        if self._offered:
            self._place()
            self.raise_()

    def _place(self) -> None:
        below = self._field.mapTo(self._field.window(), QPoint(0, self._field.height() + 4))
        rows = min(MOST_ROWS, self.count())
        width = min(self._field.width(), 56 * self.fontMetrics().averageCharWidth())
        self.setGeometry(below.x() + 12, below.y(), width, rows * self.sizeHintForRow(0) + 10)

    @property
    def chosen(self) -> Suggestion | None:
        row = self.currentRow()
        return self._offered[row] if self.isVisible() and 0 <= row < len(self._offered) else None

    def step(self, rows: int) -> None:
        """Choose the next one, or the one before; from the last to the first."""
        at = self.currentRow()
        to = (at + rows) % self.count() if at >= 0 else 0 if rows > 0 else self.count() - 1
        self.setCurrentRow(to)
        one = self._offered[to]
        spoken = QAccessibleAnnouncementEvent(self._field, f"{name_of(one)}: {side_of(one)}")
        QAccessible.updateAccessibility(spoken)

    def take(self) -> None:
        """Take what is chosen, or else the first."""
        wanted = self.chosen or (self._offered[0] if self._offered else None)
        if wanted is not None:
            self.accepted.emit(wanted)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.setCurrentItem(item)
        self.take()


class _Row(QStyledItemDelegate):
    """A suggestion with what is said of it at the right, quieter."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        metrics = self._list().fontMetrics()
        return QSize(size.width(), metrics.height() + 2 * _PADDING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shown = self._list()
        style = QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, shown)
        chosen = index.row() == shown.currentRow()
        room = option.rect.adjusted(10, 0, -10, 0)  # type: ignore[attr-defined]
        side = str(index.data(_SIDE))
        metrics, palette = shown.fontMetrics(), shown.palette()
        painter.save()
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text))
        if chosen:
            painter.fillRect(option.rect, palette.highlight())  # type: ignore[attr-defined]
        left = room.width() - metrics.horizontalAdvance(side) - 16
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, max(left, room.width() // 2))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        if not chosen:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        rest = room.width() - metrics.horizontalAdvance(name) - 16
        side = metrics.elidedText(side, Qt.TextElideMode.ElideRight, rest)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, side)
        painter.restore()

    def _list(self) -> QListWidget:
        shown: QWidget | None = self.parent()  # pyright: ignore[reportAssignmentType]
        assert isinstance(shown, QListWidget)
        return shown


def name_of(one: Suggestion) -> str:
    """Return a suggestion as it is shown: a field as it is typed, a value in words."""
    return questions.value_words(one.field.name, one.value.value) if one.value is not None else one.text


def side_of(one: Suggestion) -> str:
    """Return what is said of a suggestion: how many photos have the value, or what the field asks for."""
    if one.value is not None:
        return formatting.count(one.value.photos)
    return questions.about(one.field) if one.text.endswith((":", "：")) else ""
