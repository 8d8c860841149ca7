"""The groups on screen, a card each: only these are widgets, however many groups there are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from app.duplicates.card import GroupCard, head_height
from app.duplicates.choices import Choices
from app.duplicates.layout import GAP, GroupLayout, Measures, across
from app.duplicates.loader import Loader
from app.duplicates.tile import PAD, Tile, height_of, size_of
from app.look.theme import Theme
from app.services.duplicates import Duplicates
from app.services.photo_details import PhotoDetails
from app.text import formatting
from core.copies import CopyGroup, Likeness
from core.duplicates import GroupList

MARGIN = 12
AHEAD = 4
"""Groups looked up before they come into view."""
FRAME_MILLISECONDS = 16
USUAL_SIZE = 800, 500
"""What it asks for: a group of three photos with all that is said of them. It is given what the page has."""


class GroupView(QAbstractScrollArea):
    """The list of groups, a card each.

    Signals:
        changed: something else of a group is to be kept.
        trash_wanted, keep_all_wanted: a `CopyGroup` is done with.
        compare_wanted: photos are to be seen large (content ids).
        menu_requested: the menu of a `Copy` in a `CopyGroup` is wanted at a global point.
        left: Escape was pressed.
    """

    changed = Signal()
    trash_wanted = Signal(object)
    keep_all_wanted = Signal(object)
    compare_wanted = Signal(object)
    menu_requested = Signal(object, object, QPoint)
    left = Signal()

    def __init__(self, duplicates: Duplicates, details: PhotoDetails, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.choices = Choices()
        self.loader = Loader(duplicates, details, self)
        self._likeness = Likeness.FILE
        self._numbers = np.empty(0, np.int64)
        self._counts = np.empty(0, np.int64)
        self._layout: GroupLayout | None = None
        self._cards: dict[int, GroupCard] = {}
        self._awaited: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Groups of duplicates"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._timer = QTimer(self, singleShot=True, interval=FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._ask)
        self.loader.arrived.connect(self._on_arrived)
        self.loader.pictured.connect(self._on_pictured)

    # What is shown

    @property
    def numbers(self) -> list[int]:
        """The groups, in the order shown."""
        return self._numbers.tolist()

    def show_list(self, likeness: Likeness, listed: GroupList) -> None:
        """Show the groups of a kind. Where it is the same kind, what is looked at stays on screen."""
        same = likeness is self._likeness
        row, held = self._row_at_hand() if same else (0, None)
        offset, focus = self.verticalScrollBar().value(), same and self._has_focus_inside()
        self._likeness, self._numbers, self._counts = likeness, listed.numbers, listed.counts
        self._clear()
        self.loader.begin(likeness)
        self._lay_out()
        known = np.flatnonzero(self._numbers == held) if held is not None else []
        now = int(known[0]) if len(known) else min(row, max(0, len(self._numbers) - 1))
        self.verticalScrollBar().setValue(offset if same else 0)
        if focus and len(self._numbers):
            self._awaited = now
        self._fill()

    def known(self, row: int) -> CopyGroup | None:
        """Return a group that is in memory."""
        return self.loader.group(int(self._numbers[row])) if row < len(self._numbers) else None

    def take_away(self, group: CopyGroup) -> None:
        """Show the others: this one is done with, and the keyboard goes to the one after it."""
        row = self._row_of(group)
        if row is None:
            return
        self._awaited = row if self._has_focus_inside() else None
        left = np.arange(len(self._numbers)) != row
        self._numbers, self._counts = self._numbers[left], self._counts[left]
        self._clear()
        self._lay_out()
        self._fill()

    def card_of(self, row: int) -> GroupCard | None:
        """Return the card of a group that is on screen."""
        return self._cards.get(row)

    def cards(self) -> list[GroupCard]:
        """Return the cards that are on screen."""
        return list(self._cards.values())

    def focus_first(self) -> None:
        """Bring the keyboard to the first group on screen, as soon as it is there."""
        self._awaited = next(iter(self._visible()), 0)
        self._fill()

    # Where things are

    def _measures(self) -> Measures:
        number, width = across(self.viewport().width() - 2 * MARGIN - 2 * GAP, size_of(self).width())
        return Measures(number, width, height_of(self, width), head_height(self))

    def _lay_out(self) -> None:
        self._layout = GroupLayout(self._counts, self._measures())
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._layout.height - self.viewport().height()))
        bar.setPageStep(max(1, self.viewport().height()))
        bar.setSingleStep(40)

    def _visible(self) -> range:
        if self._layout is None or not len(self._numbers):
            return range(0)
        top = self.verticalScrollBar().value()
        return self._layout.rows_within(top, top + self.viewport().height())

    def _row_of(self, group: CopyGroup) -> int | None:
        rows = np.flatnonzero(self._numbers == group.number)
        return int(rows[0]) if len(rows) and group.likeness is self._likeness else None

    def _row_at_hand(self) -> tuple[int, int | None]:
        """Return the row where the keyboard is, or else the first on screen, and its group's number."""
        focused = next(
            (row for row, card in self._cards.items() if card.isAncestorOf(self.focusWidget() or self)), None
        )
        row = focused if focused is not None else next(iter(self._visible()), 0)
        return row, int(self._numbers[row]) if row < len(self._numbers) else None

    def _has_focus_inside(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def _clear(self) -> None:
        if self._has_focus_inside():
            self.setFocus()  # else Qt hands the keyboard to the next widget, out of the list
        for card in self._cards.values():
            card.hide()
            card.deleteLater()
        self._cards.clear()

    def _fill(self) -> None:
        """Put a card where each group is that is on screen and known, and ask for those that are not."""
        layout, visible = self._layout, self._visible()
        if layout is None:
            return
        self._leave_out(visible)
        offset = self.verticalScrollBar().value()
        for row in visible:
            group = self.known(row)
            if row not in self._cards and group is not None:
                self._cards[row] = self._card(row, group)
        width = self.viewport().width() - 2 * MARGIN
        for row, card in self._cards.items():
            card.setGeometry(QRect(MARGIN, layout.top(row) - offset, width, layout.height_of(row)))
            card.lay_out(layout.measures.across, QSize(layout.measures.tile_width, layout.measures.tile_height))
            card.show()
        if self._awaited is not None and self._awaited in self._cards:
            row, self._awaited = self._awaited, None
            self._cards[row].tiles[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._timer.start()

    def _leave_out(self, visible: range) -> None:
        """Take away the cards that are out of sight, but for the one with the keyboard in it."""
        held = self._card_at_hand()
        for row in [row for row, card in self._cards.items() if row not in visible and card is not held]:
            self._cards.pop(row).deleteLater()

    def _card(self, row: int, group: CopyGroup) -> GroupCard:
        card = GroupCard(group, self.choices, self._theme, self.viewport())
        place = self.tr("Group {number} of {count}")
        card.say_place(place.format(number=formatting.count(row + 1), count=formatting.count(len(self._numbers))))
        card.changed.connect(self.changed)
        card.trash_wanted.connect(lambda: self._trash(card))
        card.keep_all_wanted.connect(lambda: self.keep_all_wanted.emit(group))
        card.compare_wanted.connect(self.compare_wanted)
        card.focused.connect(lambda: self._show(row))
        card.menu_requested.connect(lambda copy, point: self.menu_requested.emit(group, copy, point))
        for tile in card.tiles:
            tile.show_picture(self.loader.picture_of(tile.copy.shown.content_id))
        return card

    def _show(self, row: int) -> None:
        """Scroll so far that a group is on screen, as much of it as there is room for."""
        if self._layout is None or row >= len(self._numbers):
            return
        top, height, room = self._layout.top(row), self._layout.height_of(row), self.viewport().height()
        tile = self._focused_tile()
        if height > room and tile is not None:
            top, height = top + tile.y() - GAP, tile.height() + 2 * GAP
        bar = self.verticalScrollBar()
        if top - GAP < bar.value():
            bar.setValue(top - GAP)
        elif top + height + GAP > bar.value() + room:
            bar.setValue(min(top - GAP, top + height + GAP - room))

    # What is asked for

    def _ask(self) -> None:
        visible = self._visible()
        ahead = range(max(0, visible.start - AHEAD), min(len(self._numbers), visible.stop + AHEAD))
        wanted = [int(self._numbers[row]) for row in ahead]
        self.loader.want(wanted)
        if self.isVisible():
            side = round((self._measures().tile_width - 2 * PAD) * self.devicePixelRatioF())
            self.loader.want_pictures(wanted[::-1], side)

    def _on_arrived(self, groups: Sequence[CopyGroup]) -> None:
        counts = self._counts.copy()
        for group in groups:
            counts[self._numbers == group.number] = len(group.copies)
        if not np.array_equal(counts, self._counts):  # they grew, or lost something, since they were listed
            self._counts = counts
            self._lay_out()
        self._fill()

    def _on_pictured(self, content_id: int) -> None:
        for card in self._cards.values():
            card.show_picture(content_id, self.loader.picture_of(content_id))

    # What is done

    def _trash(self, card: GroupCard) -> None:
        if self.choices.going(card.group):
            self.trash_wanted.emit(card.group)

    def _focused_tile(self) -> Tile | None:
        focused = QApplication.focusWidget()
        return focused if isinstance(focused, Tile) else None

    def _card_at_hand(self) -> GroupCard | None:
        focused = QApplication.focusWidget()
        return next((card for card in self._cards.values() if focused is not None and card.isAncestorOf(focused)), None)

    def event(self, event: QEvent) -> bool:
        """Have letters and Delete mean here what they mean here, not what they mean among the photos."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        card, tile, key = self._card_at_hand(), self._focused_tile(), Qt.Key(event.key())
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace) and not event.modifiers():
            self.left.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(0 if key == Qt.Key.Key_Home else len(self._numbers) - 1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            rows = max(1, len(self._visible()) - 1)
            self._go_to(self._row_at_hand()[0] + (rows if key == Qt.Key.Key_PageDown else -rows))
        elif key in _ARROWS:
            self._move(card, tile, key)
        elif card is not None and _is_delete(event):
            self._trash(card)
        elif card is not None and key == Qt.Key.Key_A and not event.modifiers():
            self.keep_all_wanted.emit(card.group)
        elif card is not None and key == Qt.Key.Key_C and not event.modifiers():
            card.compare()
        else:
            event.ignore()

    def _move(self, card: GroupCard | None, tile: Tile | None, key: Qt.Key) -> None:
        if card is None:
            self.focus_first()
            return
        inside = card.tiles[0] if tile is None else card.tile_from(tile, key)
        if inside is not None:
            inside.setFocus(Qt.FocusReason.TabFocusReason)
            return
        back = key in (Qt.Key.Key_Up, Qt.Key.Key_Left)
        row = self._row_at_hand()[0] + (-1 if back else 1)
        self._go_to(row, 0 if tile is None else card.column_of(tile), last=back)

    def _go_to(self, row: int, column: int = 0, *, last: bool = False) -> None:
        """Bring the keyboard to a group."""
        if not 0 <= row < len(self._numbers):
            row = min(max(row, 0), len(self._numbers) - 1)
        if row < 0:
            return
        self._show(row)
        card = self._cards.get(row)
        if card is None:
            self._awaited = row
            self._fill()
        else:
            card.tile_in_column(column, last=last).setFocus(Qt.FocusReason.TabFocusReason)

    # What a scroll area is told

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        row, _ = self._row_at_hand()
        shift = 0 if self._layout is None or row >= len(self._numbers) else self._layout.top(row) - self._bar_value()
        self._lay_out()
        if self._layout is not None and row < len(self._numbers) and event.oldSize().width() != event.size().width():
            self.verticalScrollBar().setValue(self._layout.top(row) - shift)
        self._fill()

    def _bar_value(self) -> int:
        return self.verticalScrollBar().value()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._layout is not None:
            self._lay_out()
            self._fill()

    def sizeHint(self) -> QSize:
        return QSize(*USUAL_SIZE)


_ARROWS = frozenset((Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down))


def _is_delete(event: QKeyEvent) -> bool:
    command = event.key() == Qt.Key.Key_Backspace and event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return event.key() == Qt.Key.Key_Delete or bool(command)


def _is_ours(event: QKeyEvent) -> bool:
    bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
    return (bare and event.key() < 0x80) or _is_delete(event)
