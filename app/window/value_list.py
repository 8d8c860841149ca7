"""Values of a fact with how many photos each leaves, to be ticked: a list, or a tree of folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from app.text import formatting
from app.text.questions import value_words
from core.query import Text, Value
from core.query.facet import Facet, ValueCount

_VALUE = Qt.ItemDataRole.UserRole
_NAME, _COUNT = 0, 1


class ValueList(QTreeWidget):
    """Space ticks a value, Enter takes what is ticked, or else the one that is current.

    Signals:
        accepted: what is chosen is to be taken.
    """

    accepted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setAccessibleName(self.tr("Values, with how many photos each leaves"))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_COUNT, QHeaderView.ResizeMode.ResizeToContents)
        self.itemDoubleClicked.connect(self._on_double_clicked)

    def show_facet(self, facet: Facet, chosen: tuple[Value, ...]) -> None:
        """Offer these values; those that are chosen already are ticked, even where no photo is left of them."""
        self.clear()
        offered = [one.value for one in facet.values]
        absent = [ValueCount(value, 0) for value in chosen if isinstance(value, Text) and value not in offered]
        folders: dict[Path, QTreeWidgetItem] = {}
        for one in (*absent, *facet.values):
            item = self._item(facet.field, one, ticked=one.value in chosen)
            if facet.field == "in" and isinstance(one.value, Text):
                self._hang(item, Path(one.value.text), folders)
            else:
                self.addTopLevelItem(item)
        self.setRootIsDecorated(facet.field == "in")
        for at in range(self.topLevelItemCount()):
            top = self.topLevelItem(at)
            if top is not None:
                top.setExpanded(True)
        ticked = next((item for item in self._items() if item.checkState(_NAME) is Qt.CheckState.Checked), None)
        first = ticked or self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)  # which scrolls to it

    def _item(self, field: str, one: ValueCount, *, ticked: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([value_words(field, one.value), formatting.count(one.photos) if one.photos else ""])
        item.setData(_NAME, _VALUE, one.value)
        item.setCheckState(_NAME, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setTextAlignment(_COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(_COUNT, self.palette().placeholderText())
        item.setData(_NAME, Qt.ItemDataRole.AccessibleTextRole, f"{item.text(_NAME)}: {formatting.photos(one.photos)}")
        return item

    def _hang(self, item: QTreeWidgetItem, path: Path, folders: dict[Path, QTreeWidgetItem]) -> None:
        """Put a folder below the one it lies in. They come in the order of their paths."""
        folders[path] = item
        outer = folders.get(path.parent)
        if outer is None:
            self.addTopLevelItem(item)
        else:
            item.setText(_NAME, path.name)
            outer.addChild(item)

    def narrow(self, text: str) -> None:
        """Show only values with this in their names, and what they lie in."""
        wanted = text.strip().casefold()
        items = self._items()
        for item in items:
            item.setHidden(wanted not in item.text(_NAME).casefold())
        for item in items:
            outer = item.parent()
            while outer is not None and not item.isHidden():  # pyright: ignore[reportUnnecessaryComparison]
                outer.setHidden(False)
                outer.setExpanded(True)
                outer = outer.parent()
        current = self.currentItem()
        if current is None or wanted not in current.text(_NAME).casefold():
            shown = [item for item in items if wanted in item.text(_NAME).casefold()]
            self.setCurrentItem(shown[0] if shown else None)  # pyright: ignore[reportArgumentType]

    def ticked(self) -> tuple[Value, ...]:
        checked = [item for item in self._items() if item.checkState(_NAME) is Qt.CheckState.Checked]
        return tuple(item.data(_NAME, _VALUE) for item in checked)

    def chosen(self) -> tuple[Value, ...]:
        """Return what is ticked, or else the current value."""
        current = self.currentItem()
        if current is None or current.isHidden():  # pyright: ignore[reportUnnecessaryComparison]
            return self.ticked()
        return self.ticked() or (current.data(_NAME, _VALUE),)

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        iterator = QTreeWidgetItemIterator(self)
        while (item := iterator.value()) is not None:  # pyright: ignore[reportUnnecessaryComparison]
            found.append(item)
            iterator += 1
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def _on_double_clicked(self, item: QTreeWidgetItem) -> None:
        item.setCheckState(_NAME, Qt.CheckState.Checked)
        self.accepted.emit()
