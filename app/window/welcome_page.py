"""The first page a new user sees: what this is, that nothing leaves the computer, which folders to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.look.dialog_layout import FORM_WIDTH
from app.look.folder_dialog import ask_for_folder
from app.look.icons import app_icon
from app.look.plain_text import literal, set_tooltip
from app.look.scroll_area import FittingArea
from app.look.text_size import wide
from app.look.widgets import button, label
from app.services.first_folders import FirstFolders
from app.text import formatting

if TYPE_CHECKING:
    from core.usual_folders import PictureCount


class WelcomePage(QWidget):
    """The page that a new user begins on.

    Signals:
        accepted: the folders to begin with, a list of `Path`.
    """

    accepted = Signal(object)

    def __init__(self, folders: FirstFolders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._first_folders = folders
        self._boxes: list[tuple[QCheckBox, Path]] = []
        self._counts: dict[Path, QLabel] = {}
        self._found: set[Path] = set()
        self._content = QWidget(self)
        self._area = FittingArea(self._content, self)
        self._choose = button(self.tr("Choose a folder…"), self, "plain")
        self._list = QGridLayout()
        self._list.setHorizontalSpacing(16)
        self._list.setVerticalSpacing(10)
        self._list.setColumnStretch(0, 1)
        folders.found.connect(self._on_found)
        folders.counted.connect(self._on_counted)
        self._start = button(self.tr("Start"), self, "primary")
        self._start.clicked.connect(self._on_start_clicked)
        self._lay_out()
        self._update_start()

    def look(self) -> None:
        """Look for folders to begin with; they come on the list one after the other."""
        self._first_folders.look()

    def add(self, path: Path) -> None:
        """Put a folder on the list, checked; the number of its photos follows."""
        if any(known == path for _, known in self._boxes):
            return
        box = QCheckBox(literal(formatting.folder(path)), self)
        box.setChecked(True)
        set_tooltip(box, str(path))
        box.toggled.connect(self._update_start)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        count = label("…", self, "quiet")
        row = len(self._boxes)
        self._boxes.append((box, path))
        self._counts[path] = count
        self._list.addWidget(box, row, 0)
        self._list.addWidget(count, row, 1, Qt.AlignmentFlag.AlignRight)
        self._first_folders.count(path)
        self._choose.setText(self.tr("Choose another folder…"))
        self._update_start()

    def _on_found(self, folders: Sequence[Path]) -> None:
        self._found.update(folders)
        for folder in folders:
            self.add(folder)
        if self.folders() and self.focusWidget() is self._choose:
            self._start.setFocus()  # Enter begins, now that there is something to begin with

    def _on_counted(self, path: Path, count: PictureCount) -> None:
        """Say how many photos a folder has; one without any that was not asked for is not begun with."""
        for box, known in self._boxes:
            if known != path:
                continue
            number = formatting.photos(count.photos)
            words = self.tr("more than {photos}").format(photos=number) if count.more else number
            self._counts[path].setText(words)
            box.setAccessibleDescription(words)
            if path in self._found and not count.photos and not count.more:
                box.setChecked(False)

    def folders(self) -> list[Path]:
        return [path for box, path in self._boxes if box.isChecked()]

    def _lay_out(self) -> None:
        picture = label("", self)
        picture.setPixmap(app_icon().pixmap(96, 96))
        title = label(self.tr("Find any photo by describing it"), self, "title")
        title.setWordWrap(True)
        text = label(
            self.tr(
                "Recollect looks at every picture in the folders you choose and learns what is in it. "
                "Then you type a sentence, like “grandma blowing out candles”, and the photo is there."
            ),
            self,
        )
        text.setWordWrap(True)
        private = label(
            self.tr("Nothing leaves this computer: no account, no upload. Your photos stay where they are."),
            self,
            "quiet",
        )
        private.setWordWrap(True)
        inner = QVBoxLayout()
        inner.setSpacing(14)
        for widget in (picture, title, text, private):
            inner.addWidget(widget)
        inner.addSpacing(4)
        inner.addWidget(self._panel())
        inner.setContentsMargins(0, 0, 0, 0)
        self._content.setLayout(inner)
        self._centre()

    def _centre(self) -> None:
        """Put all in the middle; on a low screen what stands above the button scrolls, and the button is there."""
        width, bar = wide(FORM_WIDTH), self._area.verticalScrollBar().sizeHint().width()
        self._content.setFixedWidth(width)
        self._area.setFixedWidth(width + bar)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab scrolls
        buttons = self._buttons()
        buttons.setContentsMargins(0, 0, bar, 0)
        inner = QVBoxLayout()
        inner.setSpacing(14)
        inner.addWidget(self._area)
        inner.addLayout(buttons)
        row = QHBoxLayout()  # an alignment would give it the height of lines that are not broken
        row.addStretch()
        row.addLayout(inner)
        row.addStretch()
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def _panel(self) -> QFrame:
        panel = QFrame(self)
        panel.setProperty("role", "panel")
        column = QVBoxLayout(panel)
        column.setContentsMargins(18, 16, 18, 12)
        column.setSpacing(12)
        column.addWidget(label(self.tr("Folders to look in"), self, "heading"))
        column.addLayout(self._list)
        self._choose.clicked.connect(self._on_choose_clicked)
        column.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignLeft)
        return panel

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(self.tr("You can add and remove folders at any time."), self, "quiet"))
        row.addStretch()
        self._start.setMinimumWidth(2 * self._start.sizeHint().width())  # what the page is for
        row.addWidget(self._start)
        return row

    def _update_start(self) -> None:
        self._start.setEnabled(bool(self.folders()))

    def _on_choose_clicked(self) -> None:
        ask_for_folder(self, self.tr("Choose a folder of photos"), self.add)

    def _on_start_clicked(self) -> None:
        self.accepted.emit(self.folders())
