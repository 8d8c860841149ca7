"""Gives tags to photos and takes them away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QDialog, QListWidget, QListWidgetItem, QWidget

from app.look.dialog_layout import LIST_HEIGHT, QUESTION_WIDTH, dialog_column
from app.look.text_size import roomy, wide
from app.look.widgets import button, field, foot, label
from app.services.tagging import TagsInUse
from app.text import formatting

MOST_ROWS = 9


class TagsDialog(QDialog):
    """A field that completes what is typed, and the tags of the photos with a box each; half ticked: only some have it.

    Signals:
        tagged: the names of the tags to give to all the photos, and of those to take from them.
    """

    tagged = Signal(tuple, tuple)

    def __init__(self, tags: TagsInUse, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = {
            name: Qt.CheckState.Checked if number == tags.photos else Qt.CheckState.PartiallyChecked
            for name, number in tags.having.items()
        }
        self.setWindowTitle(self.tr("Tags"))
        self.setMinimumWidth(wide(QUESTION_WIDTH))
        asked = self.tr("Add a tag to {photos}").format(photos=formatting.photos(tags.photos))
        self._field = field(asked, self.tr("A word or a name, then Enter"), self)
        completer = QCompleter(sorted({*tags.known, *tags.having}, key=str.casefold), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._field.setCompleter(completer)
        self._list = QListWidget(self)
        self._list.setSpacing(3)
        self._list.setAccessibleName(self.tr("Tags of the photos"))
        for name in tags.having:
            self._show_tag(name, self._before[name])
        self._list.setVisible(bool(tags.having))  # no empty frame before there is a tag
        self._lay_out(asked)
        # A moment later: a completion that Enter takes is put into the field after this.
        self._field.returnPressed.connect(lambda: QTimer.singleShot(0, self, self._take))
        completer.activated.connect(lambda: QTimer.singleShot(0, self, self._take))
        self._list.itemClicked.connect(lambda _: self._field.setFocus())

    def _lay_out(self, asked: str) -> None:
        yes, no = button(self.tr("Save"), self, "primary"), button(self.tr("Cancel"), self)
        yes.setDefault(True)
        column = dialog_column(self)
        column.addWidget(label(asked, self))
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        column.addLayout(foot(right=(no, yes)))
        no.clicked.connect(self.reject)
        yes.clicked.connect(self._on_yes)
        self._field.setFocus()

    def sizeHint(self) -> QSize:
        room = roomy(self, QUESTION_WIDTH, LIST_HEIGHT)
        return QSize(room.width(), super().sizeHint().height()) if self._list.isHidden() else room

    def _make_room(self) -> None:
        if self._list.isHidden():
            self._list.show()
            self.resize(self.width(), max(self.height(), self.sizeHint().height()))

    def _show_tag(self, name: str, state: Qt.CheckState) -> None:
        item = QListWidgetItem(name)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(state)
        self._list.addItem(item)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    def _take(self) -> None:
        """Tick the tag that is typed; a new one joins the list."""
        name = " ".join(self._field.text().split())
        if not name:
            return
        self._field.clear()
        known = next((item for item in self._items() if item.text().casefold() == name.casefold()), None)
        if known is None:
            self._show_tag(name, Qt.CheckState.Checked)
            self._make_room()
            self._list.scrollToBottom()
        else:
            known.setCheckState(Qt.CheckState.Checked)
            self._list.scrollToItem(known)

    def _on_yes(self) -> None:
        self._take()
        states = {item.text(): item.checkState() for item in self._items()}
        off = Qt.CheckState.Unchecked
        changed = {name: state for name, state in states.items() if state is not self._before.get(name, off)}
        given = tuple(name for name, state in changed.items() if state is Qt.CheckState.Checked)
        taken = tuple(name for name, state in changed.items() if state is off)
        self.accept()
        if given or taken:
            self.tagged.emit(given, taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field takes what is typed; with nothing typed it presses the button, as in any dialog."""
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if not (entered and self._field.hasFocus() and self._field.text().strip()):
            super().keyPressEvent(event)
