"""The settings, as pages: General, Folders, Models, Indexing, Keys, Storage."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from app.look.dialog_layout import PAGE_SIZE, page_column
from app.look.text_size import roomy
from app.look.widgets import button, foot


class SettingsPage(Enum):
    """The pages, in their order."""

    GENERAL = auto()
    FOLDERS = auto()
    MODELS = auto()
    INDEXING = auto()
    KEYS = auto()
    STORAGE = auto()


class SettingsDialog(QDialog):
    """Makes each page when it is shown for the first time: some ask the disk. Every change takes effect at once."""

    def __init__(
        self,
        pages: dict[SettingsPage, Callable[[QWidget], QWidget]],
        page: SettingsPage = SettingsPage.GENERAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._makers = dict(pages)
        self._tabs = QTabWidget(self)
        self._tabs.tabBar().setDrawBase(False)
        names = {
            SettingsPage.GENERAL: self.tr("General"),
            SettingsPage.FOLDERS: self.tr("Folders"),
            SettingsPage.MODELS: self.tr("Models"),
            SettingsPage.INDEXING: self.tr("Indexing"),
            SettingsPage.KEYS: self.tr("Keys"),
            SettingsPage.STORAGE: self.tr("Storage"),
        }
        self._order = [one for one in SettingsPage if one in pages]
        self._columns: list[QVBoxLayout] = []
        for one in self._order:
            holder = QWidget(self._tabs)
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 12, 0, 0)
            self._columns.append(column)
            self._tabs.addTab(holder, names[one])
        self._close = button(self.tr("Close"), self)
        self._foot = foot(right=(self._close,))
        self._tabs.currentChanged.connect(self._make)
        for step, keys in ((1, ("Ctrl+Tab", "Ctrl+PgDown")), (-1, ("Ctrl+Shift+Tab", "Ctrl+PgUp"))):
            for key in keys:
                # From everywhere: a page with tabs of its own would keep the key to itself.
                QShortcut(QKeySequence(key), self).activated.connect(lambda step=step: self._turn(step))
        self._lay_out()
        self.show_page(page)
        self._make(self._tabs.currentIndex())

    def show_page(self, page: SettingsPage) -> None:
        self._tabs.setCurrentIndex(self._order.index(page))

    def _turn(self, step: int) -> None:
        """Show the next page, or the one before; the keyboard is then at their names."""
        self._tabs.setCurrentIndex((self._tabs.currentIndex() + step) % self._tabs.count())
        self._tabs.tabBar().setFocus()

    def _make(self, index: int) -> None:
        maker = self._makers.pop(self._order[index], None)
        if maker is None:
            return
        self._columns[index].addWidget(maker(self))
        # Tab leads through widgets as they came into the window, and the button came before the page.
        self._foot.removeWidget(self._close)
        self._close.setParent(None)
        self._foot.addWidget(self._close)
        self._close.show()

    def _lay_out(self) -> None:
        self._close.clicked.connect(self.accept)
        column = page_column(self)
        column.addWidget(self._tabs, 1)
        column.addLayout(self._foot)
        self.resize(roomy(self, *PAGE_SIZE))
