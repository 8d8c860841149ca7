"""The bar at the top: the search field in the middle and its chips below it, folders and menu at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QToolButton, QWidget

from app.look.icon_button import IconButton
from app.look.icons import app_icon
from app.look.page_layout import BUTTON_MARGIN, PAGE_MARGIN
from app.look.widgets import label
from app.window.chips import ChipRow
from app.window.search_field import SearchField

LOGO = 30


class TopBar(QWidget):
    """The bar at the top: search field, chips, buttons.

    Signals:
        folders_requested: the folders are wanted.
        sidebar_toggled: the sidebar is to be shown or folded away.
    """

    folders_requested = Signal()
    sidebar_toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        logo = label("", self)
        logo.setPixmap(app_icon().pixmap(LOGO, LOGO))
        self.field = SearchField(self)
        self.chips = ChipRow(self)
        self.chips.leader = self.field
        self.chips.setMaximumWidth(self.field.maximumWidth())
        sidebar = IconButton("sidebar", self.tr("Show or fold the sidebar (F9)"), self)
        sidebar.clicked.connect(self.sidebar_toggled)
        folders = IconButton("folder", self.tr("Folders"), self)
        folders.clicked.connect(self.folders_requested)
        self._menu = IconButton("menu", self.tr("Menu"), self)
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        grid = QGridLayout(self)
        grid.setContentsMargins(PAGE_MARGIN, 12, BUTTON_MARGIN, 2)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(6)
        grid.addWidget(sidebar, 0, 0)
        grid.addWidget(logo, 0, 1)
        grid.addWidget(self.field, 0, 3)
        grid.addWidget(self.chips, 1, 3)
        grid.addWidget(folders, 0, 5)
        grid.addWidget(self._menu, 0, 6)
        for column, share in ((2, 1), (3, 20), (4, 1)):
            grid.setColumnStretch(column, share)

    def set_menu(self, menu: QMenu) -> None:
        self._menu.setMenu(menu)
