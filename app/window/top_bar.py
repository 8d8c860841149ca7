"""The bar at the top: the search field in the middle, folders and menu at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.look.icon_button import IconButton
from app.look.icons import app_icon
from app.look.widgets import label
from app.window.search_field import SearchField

LOGO = 30


class TopBar(QWidget):
    """Signals:
    folders_requested: the folders are wanted.
    """

    folders_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        logo = label("", self)
        logo.setPixmap(app_icon().pixmap(LOGO, LOGO))
        self.field = SearchField(self)
        folders = IconButton("folder", self.tr("Folders"), self)
        folders.clicked.connect(self.folders_requested)
        self._menu = IconButton("menu", self.tr("Menu"), self)
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 12, 6)
        row.setSpacing(6)
        row.addWidget(logo)
        row.addSpacing(6)
        row.addStretch(1)
        row.addWidget(self.field, 20)
        row.addStretch(1)
        row.addWidget(folders)
        row.addWidget(self._menu)

    def set_menu(self, menu: QMenu) -> None:
        self._menu.setMenu(menu)
