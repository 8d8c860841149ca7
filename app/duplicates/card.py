"""One group on the page: its photos side by side, why one is suggested, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.duplicates.choices import Choices
from app.duplicates.layout import GAP, MOST_SHOWN
from app.duplicates.tile import Fate, Tile, size_of
from app.look.elided import Elided
from app.look.plain_text import set_tooltip
from app.look.theme import Theme
from app.look.widgets import button
from app.text import formatting
from app.text.translation import translated
from core.copies import Copy, CopyGroup, KeepReason, Likeness

HEAD_PAD = 8

_COMPARED = 4
"""Photos that the page for comparing shows side by side."""


class GroupCard(QFrame):
    """A group that is on screen. Its number among all is told to screen readers.

    Signals:
        changed: something else is to be kept.
        trash_wanted, keep_all_wanted: the group is done with.
        compare_wanted: photos are to be seen large, side by side (content ids).
        focused: the keyboard came here.
        menu_requested: the menu of a `Copy` is wanted at a global point.
    """

    changed = Signal()
    trash_wanted = Signal()
    keep_all_wanted = Signal()
    compare_wanted = Signal(object)
    focused = Signal()
    menu_requested = Signal(object, QPoint)

    def __init__(self, group: CopyGroup, choices: Choices, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.group = group
        self._choices = choices
        self._across = 1
        self._size = size_of(self)
        self.tiles = [self._tile(copy, theme) for copy in group.copies[:MOST_SHOWN]]
        self._head = QWidget(self)
        self._words = Elided("heading", self._head)
        self._compare = button(self.tr("Compare"), self._head)
        self._keep = button(self.tr("Keep all"), self._head)
        self._trash = button("", self._head)
        set_tooltip(self._compare, self.tr("See them large, side by side (C)"))
        set_tooltip(self._keep, self.tr("Keep all of them, and be asked again only if there is one more (A)"))
        self._compare.setVisible(group.likeness is not Likeness.FILE)
        self._build_head()
        self.show_choice()

    def _build_head(self) -> None:
        row = QHBoxLayout(self._head)
        row.setContentsMargins(GAP, HEAD_PAD, GAP, HEAD_PAD)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        for widget in (self._compare, self._keep, self._trash):
            row.addWidget(widget)
            widget.installEventFilter(self)
        self._compare.clicked.connect(self.compare)
        self._keep.clicked.connect(self.keep_all_wanted)
        self._trash.clicked.connect(self.trash_wanted)

    def _tile(self, copy: Copy, theme: Theme) -> Tile:
        tile = Tile(copy, theme, self, of_file=self.group.likeness is Likeness.FILE)
        tile.only.connect(lambda: self.choose(self._choices.keep_only, copy))
        tile.toggled_kept.connect(lambda: self.choose(self._choices.toggle, copy))
        tile.focused.connect(self.focused)
        tile.menu_requested.connect(lambda point: self.menu_requested.emit(copy, point))
        return tile

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        return super().eventFilter(watched, event)

    def say_place(self, place: str) -> None:
        """Tell a screen reader which group this is."""
        self.setAccessibleName(f"{place}: {self._words.text()}")

    def show_picture(self, content_id: int, picture: QPixmap) -> None:
        for tile in self.tiles:
            if tile.copy.shown.content_id == content_id:
                tile.show_picture(picture)

    def compare(self) -> None:
        """Have the photos seen large, from the one at hand on."""
        if self.group.likeness is Likeness.FILE:
            return
        first = next((number for number, tile in enumerate(self.tiles) if tile.hasFocus()), 0)
        tiles = self.tiles if len(self.tiles) <= _COMPARED else [*self.tiles[first:], *self.tiles[:first]]
        self.compare_wanted.emit([tile.copy.shown.content_id for tile in tiles])

    def choose(self, choose: Callable[[CopyGroup, Copy], None], copy: Copy) -> None:
        """Have it so for one of the photos."""
        choose(self.group, copy)
        self.show_choice()
        self.changed.emit()

    def show_choice(self) -> None:
        """Show what is kept now."""
        going = self._choices.going(self.group)
        count = len(self.tiles)
        for number, tile in enumerate(self.tiles, 1):
            place = self.tr("{number} of {count}").format(
                number=formatting.count(number), count=formatting.count(count)
            )
            tile.show_fate(self._fate(tile.copy, tile.copy.number in going), place)
        self._words.setText(self._told())
        set_tooltip(self._words, self._told())
        self._trash.setEnabled(bool(going))
        size = formatting.size(self._choices.size(self.group))
        said = self.tr("Move %Ln to the trash ({size})", "", len(going)).format(size=size)
        self._trash.setText(said if going else self.tr("Nothing goes"))
        set_tooltip(self._trash, self.tr("Move what is not kept to the trash (Delete)"))

    def _fate(self, copy: Copy, goes: bool) -> Fate:
        if copy.protected:
            return Fate(True, True, self.tr("Protected, stays"))
        if copy.offline:
            return Fate(True, True, self.tr("Not within reach, stays"))
        if goes:
            return Fate(False, False, self.tr("To the trash"))
        suggested = copy is self.group.keeper
        return Fate(True, False, self.tr("Keep (suggested)") if suggested else self.tr("Keep"))

    def _told(self) -> str:
        """Say how many there are, and why the first is suggested."""
        group = self.group
        if group.likeness is Likeness.FILE:
            number = formatting.files(len(group.copies))
        else:
            number = formatting.photos(len(group.copies))
        reason = translated(group.reason)
        if group.reasons == (KeepReason.NAME,):
            names = {copy.shown.location.path.name for copy in group.copies}
            folder = len(names) == 1
            reason = (
                self.tr("only the folder tells them apart") if folder else self.tr("only the name tells them apart")
            )
        name = group.keeper.shown.location.path.name
        suggested = self.tr("suggested to keep: {name} ({reason})").format(name=name, reason=reason)
        unseen = len(group.copies) - len(self.tiles)
        more = self.tr("%Ln more are not shown, and stay", "", unseen) if unseen else ""
        return " · ".join(filter(None, (number, suggested, more)))

    # Where things are

    def lay_out(self, across: int, size: QSize) -> None:
        """Put so many tiles of this size beside each other."""
        self._across, self._size = across, size
        self._place()

    def _place(self) -> None:
        self._head.setGeometry(0, 0, self.width(), head_height(self))
        size = self._size
        for number, tile in enumerate(self.tiles):
            x = GAP + number % self._across * (size.width() + GAP)
            y = self._head.height() + number // self._across * (size.height() + GAP)
            tile.setGeometry(QRect(QPoint(x, y), size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def tile_from(self, tile: Tile, key: Qt.Key) -> Tile | None:
        """Return where an arrow key leads inside the group; None if it leads out of it."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self._across, Qt.Key.Key_Down: self._across}
        number = self.tiles.index(tile) + steps[key]
        return self.tiles[number] if 0 <= number < len(self.tiles) else None

    def column_of(self, tile: Tile) -> int:
        return self.tiles.index(tile) % self._across

    def tile_in_column(self, column: int, *, last: bool) -> Tile:
        """Return the tile of the first or the last line that stands in a column, or nearest to it."""
        start = (len(self.tiles) - 1) // self._across * self._across if last else 0
        return self.tiles[min(start + column, len(self.tiles) - 1)]


def head_height(widget: QWidget) -> int:
    """Return how high the head of a card is in the font of a widget: that of a button, and room around it."""
    return max(20, widget.fontMetrics().height()) + 16 + 2 * HEAD_PAD
