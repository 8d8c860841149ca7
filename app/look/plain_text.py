"""Text from outside (file names, folders, facts of a photo, errors) on the screen: always as it stands.

Qt takes a tooltip, a label or a message for HTML if it looks like it (`Qt.mightBeRichText`), and then loads what its
images name, in this process: a photo called `<img src="/dev/zero">` would fill the memory. Nothing in this program is
meant as HTML, so every label, tooltip and message box is made here; tests/app/test_plain_text.py looks for others.
Qt's side: https://doc.qt.io/qt-6/qtooltip.html and https://doc.qt.io/qt-6/qt.html#mightBeRichText.
"""

from __future__ import annotations

import html

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QMessageBox,
    QSpacerItem,
    QSystemTrayIcon,
    QToolTip,
    QTreeWidgetItem,
    QWidget,
)

from app.look.dialog_layout import TEXT_WIDTH
from app.look.text_size import wide


class PlainLabel(QLabel):
    """A label that shows its text as it stands, never as markup."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


class PlainMessageBox(QMessageBox):
    """A message box whose texts are shown as they stand. Its details (`setDetailedText`) are plain in Qt already."""

    def __init__(self, icon: QMessageBox.Icon, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIcon(icon)
        self.setWindowTitle(title)
        self.setText(text)

    def showEvent(self, event: QShowEvent) -> None:
        """Make it wide enough to be read: Qt breaks what is said below the title after four words."""
        layout = self.layout()  # another one than when it was made: Qt lays out anew with each part it gets
        if isinstance(layout, QGridLayout) and not event.spontaneous():
            layout.addItem(QSpacerItem(wide(TEXT_WIDTH), 0), layout.rowCount(), 0, 1, layout.columnCount())
        super().showEvent(event)


def plain(text: str) -> str:
    """Return a text for a tooltip, so written that Qt shows it as it stands.

    A tooltip has no text format to choose, so what would be taken for HTML becomes HTML that says the same. All else
    stays untouched, because screen readers read a tooltip where a widget has no description.
    """
    return f'<p style="white-space:pre">{html.escape(text)}</p>' if GuiQt.mightBeRichText(text) else text


def literal(text: str) -> str:
    """Return a text for a button, a box to tick or a menu, so written that an ampersand is one and no shortcut."""
    return text.replace("&", "&&")


def set_tooltip(shown: QWidget | QAction | QSystemTrayIcon | QTreeWidgetItem, text: str) -> None:
    """Give a widget, an action, an icon of the tray or an entry of a tree a tooltip that is shown as it stands."""
    if isinstance(shown, QTreeWidgetItem):
        shown.setToolTip(0, plain(text))
    else:
        shown.setToolTip(plain(text))


def show_tooltip(point: QPoint, text: str, widget: QWidget) -> None:
    """Show a tooltip now, at this point of the screen; none if the text is empty."""
    QToolTip.showText(point, plain(text), widget)
