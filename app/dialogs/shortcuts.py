"""The list of keys."""

from __future__ import annotations

import sys

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from app.look.dialog_layout import BETWEEN_GROUPS, dialog_column
from app.look.flow import FlowLayout
from app.look.scroll_area import FittingArea, fit_to_screen
from app.look.widgets import button, foot, label
from app.services.custom_keys import CustomKeys


class ShortcutsDialog(QDialog):
    """Groups of keys: anywhere, among the photos, in the large view, among duplicates.

    Signals:
        change_wanted: the user wants other keys.
    """

    change_wanted = Signal()

    def __init__(self, keys: CustomKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        columns = _Columns(self)
        for title, listed in (
            (self.tr("Anywhere"), self._anywhere()),
            (self.tr("Among the photos"), self._among()),
            (self.tr("One photo, large"), self._large()),
            (self.tr("Among duplicates"), self._duplicates()),
        ):
            self._add_group(columns, title, listed)
        close = button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        change = button(self.tr("Change keys…"), self)
        change.clicked.connect(self.accept)
        change.clicked.connect(self.change_wanted)
        column = dialog_column(self, BETWEEN_GROUPS)
        column.addWidget(FittingArea(columns, self), 1)
        column.addLayout(foot(change, right=(close,)))
        fit_to_screen(self)

    def _anywhere(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl+F", self.tr("Describe a photo")),
            ("Ctrl+Shift+F", self.tr("Add a fact")),
            ("Ctrl+Space", self.tr("Offer every field")),
            ("Ctrl+S", self.tr("Save this question")),
            ("Ctrl+V", self.tr("Search with the picture in the clipboard")),
            ("Esc", self.tr("Clear the words, go back")),
            ("Ctrl++", self.tr("Larger thumbnails")),
            ("Ctrl+-", self.tr("Smaller thumbnails")),
            ("F9", self.tr("Show or fold the sidebar")),
            ("Ctrl+]", self.tr("Count more as likely")),
            ("Ctrl+[", self.tr("Count fewer as likely")),
            ("Ctrl+Z", self.tr("Undo")),
            ("Ctrl+Shift+Z", self.tr("Redo")),
            ("Ctrl+M", self.tr("Map")),
            ("Ctrl+Shift+D", self.tr("Duplicates")),
            ("Ctrl+G", self.tr("Go to a date")),
            ("Ctrl+O", self.tr("Add a folder")),
            ("Ctrl+,", self.tr("Settings")),
            ("Alt+Return", self.tr("Take the fact that is offered")),
            ("Shift+F1", self.tr("How to ask")),
            ("F5", self.tr("Slideshow")),
            ("F11", self.tr("Full screen")),
            ("F1", self.tr("This list")),
            ("Ctrl+Q", self.tr("Quit")),
        ]

    def _among(self) -> list[tuple[str, str]]:
        on_mac = sys.platform == "darwin"
        return [
            ("Return", self.tr("Show large")),
            ("Space", self.tr("Show large, without details")),
            ("Ctrl+Return", self.tr("Open with default app")),
            ("Ctrl+Shift+Return", self.tr("Open with another app")),
            ("Ctrl+R", self.tr("Show in folder")),
            ("Ctrl+E", self.tr("Find similar photos")),
            ("F", self.tr("Favourite")),
            ("0 – 5", self.tr("Stars")),
            ("C", self.tr("Show side by side")),
            ("G", self.tr("Open or close the group")),
            ("R", self.tr("Turn right")),
            ("Shift+R", self.tr("Turn left")),
            ("T", self.tr("Tags")),
            ("Ctrl+Shift+N", self.tr("New album of these photos")),
            ("Ctrl+Shift+E", self.tr("Export")),
            ("Ctrl+P", self.tr("Print")),
            ("Ctrl+Shift+M", self.tr("Move to another folder")),
            ("Ctrl+Shift+S", self.tr("Write XMP files beside photos")),
            ("Delete", self.tr("Move to the trash")),
            ("Ctrl+A", self.tr("Select all")),
            ("Ctrl+Shift+A", self.tr("Select this day, month or year")),
            ("Ctrl+I", self.tr("Invert selection")),
            ("Ctrl+Space", self.tr("Select or deselect one")),
            ("Ctrl+C", self.tr("Copy picture and file")),
            ("Ctrl+Shift+C", self.tr("Copy path")),
            ("Ctrl+Shift+T", self.tr("Copy text")),
            ("Ctrl+Up" if on_mac else "Home", self.tr("First photo")),
            ("Ctrl+Down" if on_mac else "End", self.tr("Last photo")),
            ("Menu", self.tr("Menu of the photo")),
        ]

    def _large(self) -> list[tuple[str, str]]:
        return [
            ("Left", self.tr("Previous photo")),
            ("Right", self.tr("Next photo")),
            ("+", self.tr("Zoom in")),
            ("-", self.tr("Zoom out")),
            ("Z", self.tr("Fit to window, or actual size")),
            ("Ctrl+0", self.tr("Fit to window")),
            ("Ctrl+1", self.tr("Actual size")),
            ("I", self.tr("Show or hide details")),
            ("Ctrl+2", self.tr("Fill the window")),
            ("P", self.tr("Search with a part of the photo")),
            ("W", self.tr("Select text in the photo")),
            ("A", self.tr("Hold or play a moving picture")),
            ("B", self.tr("Show or hide the photos before and after")),
        ]

    def _duplicates(self) -> list[tuple[str, str]]:
        return [
            ("Return", self.tr("Keep only this one")),
            ("Space", self.tr("Keep this one, or let it go")),
            ("Delete", self.tr("Move the rest to the trash")),
            ("A", self.tr("Keep all")),
            ("C", self.tr("Show side by side")),
        ]

    def _add_group(self, columns: _Columns, title: str, keys: list[tuple[str, str]]) -> None:
        group = QWidget(columns)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(title, self, "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        for row, (key, what) in enumerate(keys):
            native = QKeySequence(self._keys.now(key)).toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(label(key if "–" in key else native or "–", self, "key"), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(what, self), row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addStretch()
        columns.flow.addWidget(group)


class _Columns(QWidget):
    """The groups beside each other where there is room, below each other where there is not."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self, spacing=44, from_top=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in map(self.flow.itemAt, range(self.flow.count())) if item is not None]
        width = sum(size.width() for size in sizes) + self.flow.spacing() * (len(sizes) - 1)
        return QSize(width, max(size.height() for size in sizes))
