"""The grid under a user's hands: keys, mouse, wheel, and what a screen reader is told."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.grid.geometry import TOP
from app.grid.keys import ENDS_ON_MAC, destination, is_way_to_an_end
from app.grid.pointer import Move, Pointer
from app.grid.sections import heading_at
from app.grid.thumbnail_area import LARGEST, SMALLEST, ThumbnailArea
from app.look.pinch import pinch_of
from app.look.plain_text import show_tooltip
from app.look.theme import Theme
from app.look.widgets import WHEEL_NOTCH
from app.services.photo_details import PhotoDetails
from app.text import formatting
from core.photo import Photo

WHEEL_STEP = 16
"""Pixels that a notch of the wheel, with Ctrl, makes the cells larger."""

_TABBED = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Grid(ThumbnailArea):
    """Photos that can be looked through, chosen and opened.

    Signals:
        opened, peeked: a photo is to be shown large, for good or for a glance (content id).
        menu_requested: a context menu is wanted at this global point.
        dragged: the selection is being dragged out.
        group_wanted: the group of this photo is to be opened, or closed (content id).
    """

    opened = Signal(object)
    peeked = Signal(object)
    menu_requested = Signal(QPoint)
    dragged = Signal()
    group_wanted = Signal(object)

    def __init__(self, details: PhotoDetails, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(details, theme, parent)
        self._pointer = Pointer(self.selection)
        self._size_between = 0.0
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if is_way_to_an_end(key, modifiers):
            key, modifiers = ENDS_ON_MAC[Qt.Key(key)], modifiers & ~Qt.KeyboardModifier.ControlModifier
        row = destination(key, self.selection.current, self.geometry_of_cells)
        if row is not None:
            self._move_to(row, modifiers)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id is not None:
            self.opened.emit(self.current_id)
        elif event.key() == Qt.Key.Key_Space and self.current_id is not None:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._toggle_current()
            else:
                self.peeked.emit(self.current_id)
        else:
            super().keyPressEvent(event)

    def _move_to(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.selection.extend(row)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self.selection.current = row
        else:
            self.selection.choose(row)
        self._after_move()

    def show_current(self, row: int) -> None:
        """Move the keyboard to a row and select it."""
        if 0 <= row < len(self._ids):
            self.selection.choose(row)
            self._after_move()

    def enter(self) -> None:
        """Take the keyboard, with a photo chosen that it can begin with."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if not len(self.selection):
            self.show_current(self.selection.current or 0)

    def choose_rows(self, rows: range) -> None:
        """Select these rows and no others; the keyboard goes to the first."""
        self.selection.choose_ranges([rows])
        self.selection.current = self.selection.anchor = rows.start
        self._after_selecting()

    def choose_section(self, section: int, *, adding: bool = False) -> None:
        """Select the photos of a section; `adding` them to what is selected, or taking them out if all of them are."""
        rows = self.rows_of(section)
        if not adding:
            self.choose_rows(rows)
            return
        self.selection.toggle_range(rows)
        self.selection.current = self.selection.anchor = rows.start
        self._after_selecting()

    def choose_current_section(self) -> None:
        """Select the day, month or year of the photo that the keyboard is at; without dates nothing."""
        row = self.selection.current
        if self.level is not None and len(self._ids):
            row = self._visible().start if row is None else row
            self.choose_section(self.geometry_of_cells.sections.of(row))

    def go_to(self, row: int) -> None:
        """Bring a row to the top of the window, and the keyboard to it."""
        if 0 <= row < len(self._ids):
            self.verticalScrollBar().setValue(self.geometry_of_cells.rect(row).top() - TOP)
            self.show_current(row)
            self.setFocus()

    def _toggle_current(self) -> None:
        if self.selection.current is not None:
            self.selection.toggle(self.selection.current)
            self._after_move()

    def choose_all(self) -> None:
        self.selection.choose_all(len(self._ids))
        self._after_selecting()

    def invert(self) -> None:
        """Select what is not selected, and nothing else."""
        self.selection.invert(len(self._ids))
        self._after_selecting()

    def choose_none(self) -> None:
        self.selection.clear()
        self._after_selecting()

    def _after_move(self) -> None:
        if self.selection.current is not None:
            self._scroll_to(self.selection.current)
        self._announce()
        self._after_selecting()

    def _after_selecting(self) -> None:
        self.viewport().update()
        self.selected.emit()

    # Mouse

    def _content(self, point: QPoint) -> QPoint:
        return point + QPoint(0, self._offset())

    def _group_at(self, point: QPoint) -> int | None:
        """Return the photo whose group's badge is there."""
        row = self.geometry_of_cells.row_at(point)
        return None if row is None or not self.badge_of(row).contains(point) else int(self._ids[row])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        leader = self._group_at(self._content(event.position().toPoint()))
        if leader is not None and event.button() == Qt.MouseButton.LeftButton:
            self.group_wanted.emit(leader)
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            point = self._content(event.position().toPoint())
            heading = self._heading_under(point)
            if heading is not None:
                adding = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self.choose_section(heading, adding=adding)
                return
            self._pointer.press(point, self.geometry_of_cells, event.modifiers())
            if event.button() == Qt.MouseButton.RightButton:
                self._pointer.cancel()
            self._announce()
            self._after_selecting()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._content(event.position().toPoint())
        if event.buttons() & Qt.MouseButton.LeftButton:
            move = self._pointer.move(point, self.geometry_of_cells)
            if move is Move.DRAG:
                self.dragged.emit()
            elif move is Move.BAND:
                self._band = self._pointer.band
                self._scroll_with_band(event.position().toPoint())
                self._after_selecting()
        self._hover(self.geometry_of_cells.row_at(point))
        self._hover_heading(self._heading_under(point) if not event.buttons() else None)

    def _heading_under(self, point: QPoint) -> int | None:
        """Return the section whose heading of a date is at a point of the content."""
        section = heading_at(self.geometry_of_cells, point)
        return section if section is not None and self.heading_of(section).count else None

    def _scroll_with_band(self, point: QPoint) -> None:
        beyond = min(0, point.y()) + max(0, point.y() - self.viewport().height())
        self.verticalScrollBar().setValue(self._offset() + beyond // 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.release()
            self._band = None
            self._after_selecting()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = self._content(event.position().toPoint())
        row = self.geometry_of_cells.row_at(point)
        if event.button() == Qt.MouseButton.LeftButton and row is not None and self._group_at(point) is None:
            self._pointer.cancel()
            self.opened.emit(int(self._ids[row]))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        point = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.selection.current is not None:
            self._scroll_to(self.selection.current)
            point = self.viewport().mapToGlobal(self._on_screen(self.selection.current).center())
        self.menu_requested.emit(point)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._resize_smoothly(self._exact_size() + WHEEL_STEP * event.angleDelta().y() / WHEEL_NOTCH)
            event.accept()
        else:
            super().wheelEvent(event)

    def _exact_size(self) -> float:
        """Return the size of the cells with the part of a pixel that small steps of a touchpad have led to."""
        return self._size_between if round(self._size_between) == self._wanted else float(self._wanted)

    def _resize_smoothly(self, size: float) -> None:
        self._size_between = min(max(size, float(SMALLEST)), float(LARGEST))
        self.resize_cells(round(self._size_between))

    def _hover(self, row: int | None) -> None:
        if row != self._hovered:
            for changed in (self._hovered, row):
                if changed is not None:
                    self.viewport().update(self._on_screen(changed))
            self._hovered = row

    def _hover_heading(self, section: int | None) -> None:
        if section != self._hovered_heading:
            self._hovered_heading = section
            self.viewport().setCursor(
                Qt.CursorShape.ArrowCursor if section is None else Qt.CursorShape.PointingHandCursor
            )
            self.viewport().update()

    # The rest of what a scroll area is told

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
            self._hover_heading(None)
        pinch = pinch_of(event, self.viewport())
        if pinch is not None:
            self._resize_smoothly(self._exact_size() * pinch.factor)
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self.geometry_of_cells.row_at(self._content(event.pos()))
            photo = None if row is None else self.photo_of(int(self._ids[row]))
            over = self.purpose_of_headings() if self._hovered_heading is not None else ""
            show_tooltip(event.globalPos(), over if photo is None else self._told(photo), self)
            return True
        return super().viewportEvent(event)

    def _told(self, photo: Photo) -> str:
        """Tell of a photo what it is, and why it is shown."""
        alike = self.alike(photo.content_id)
        return "\n".join(
            filter(None, (formatting.tooltip(photo), alike[:1].upper() + alike[1:], self.why(photo.content_id)))
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.selection.current is None and len(self._ids) and event.reason() in _TABBED:
            self.selection.current = self.selection.anchor = 0
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
