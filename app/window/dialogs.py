"""What can be opened over the window: one method a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.dialogs.about import AboutDialog
from app.dialogs.asking import AskingDialog
from app.dialogs.connect import ConnectDialog
from app.dialogs.folders.dialog import FoldersDialog
from app.dialogs.folders.page import FoldersPage
from app.dialogs.general import GeneralPage
from app.dialogs.indexing import IndexingPage
from app.dialogs.jump import JumpDialog
from app.dialogs.keys import KeysPage
from app.dialogs.models.dialog import ModelsDialog
from app.dialogs.models.page import ModelsPage
from app.dialogs.settings import SettingsDialog, SettingsPage
from app.dialogs.shortcuts import ShortcutsDialog
from app.dialogs.storage import StoragePage
from app.look.scroll_area import FittingArea
from app.services.custom_keys import CustomKeys
from app.services.services import Services
from app.services.timeline import Timeline


class Dialogs(QObject):
    """The dialogs of a window, made when they are asked for and gone when they are closed.

    Signals:
        language_chosen: the interface's language, by its code or "system".
        asked: an example of a question is to be asked, its text.
    """

    language_chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, services: Services, keys: CustomKeys, window: QWidget) -> None:
        super().__init__(window)
        self._keys = keys
        self._services = services
        self._window = window

    def show_folders(self) -> None:
        self._open(self._folders())

    def show_skipped(self) -> None:
        dialog = self._folders()
        dialog.show_skipped()
        self._open(dialog)

    def show_settings(self, page: SettingsPage = SettingsPage.GENERAL) -> None:
        """Show the settings, and one of their pages first."""
        services = self._services
        makers = {
            SettingsPage.GENERAL: self._general,
            SettingsPage.FOLDERS: lambda parent: FoldersPage(services.library_tasks, services.messages, parent),
            SettingsPage.MODELS: self._models,
            SettingsPage.INDEXING: self._indexing,
            SettingsPage.KEYS: lambda parent: KeysPage(self._keys, parent),
            SettingsPage.STORAGE: lambda parent: _scrolled(
                StoragePage(services.storage, services.messages, parent), parent
            ),
        }
        dialog = SettingsDialog(makers, page, self._window)
        shortcut = QShortcut(QKeySequence(self._keys.now("F1")), dialog)
        shortcut.activated.connect(self.show_shortcuts)
        self._open(dialog)

    def _general(self, parent: QWidget) -> QWidget:
        services = self._services
        page = GeneralPage(services.language.choice, services.theme.choice, parent)
        page.offer_stillness(services.theme.still)
        page.offer_sidecars(services.sidecars)
        page.offer_tray(services.tray)
        page.offer_session_start(services.session_start)
        page.offer_newer(services.update_check)
        page.stillness_chosen.connect(self._on_stillness_chosen)
        page.theme_chosen.connect(self._on_theme_chosen)
        page.language_chosen.connect(self.language_chosen)
        return _scrolled(page, parent)

    def _models(self, parent: QWidget) -> QWidget:
        page = ModelsPage(self._services.model_tasks, self._services.messages, parent)
        self._services.indexing.ended.connect(page.look)
        return page

    def _indexing(self, parent: QWidget) -> QWidget:
        indexing, tasks = self._services.indexing, self._services.library_tasks
        page = IndexingPage(parent)
        page.offer_battery(indexing.pauses_on_battery)
        page.offer_hours(indexing.hours)
        page.offer_speed(indexing.speed)
        page.hours_chosen.connect(indexing.keep_hours)
        page.hours_chosen.connect(tasks.remember_hours)
        page.speed_chosen.connect(indexing.take_speed)
        page.speed_chosen.connect(tasks.remember_speed)
        page.offer_text(indexing.reads_texts)
        page.battery_chosen.connect(indexing.pause_on_battery)
        page.battery_chosen.connect(tasks.remember_battery)
        page.text_chosen.connect(indexing.read_texts)
        page.text_chosen.connect(tasks.remember_text)
        return _scrolled(page, parent)

    def show_models(self) -> None:
        dialog = ModelsDialog(self._services.model_tasks, self._services.messages, self._window)
        self._services.indexing.ended.connect(dialog.look)
        self._open(dialog)

    def show_shortcuts(self) -> None:
        dialog = ShortcutsDialog(self._keys, self._window)
        dialog.change_wanted.connect(lambda: self.show_settings(SettingsPage.KEYS))
        self._open(dialog)

    def show_asking(self) -> None:
        dialog = AskingDialog(self._window)
        dialog.asked.connect(self.asked)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()  # beside the answers to its examples

    def ask_date(self, timeline: Timeline | None, go: Callable[[int], None]) -> None:
        dialog = JumpDialog(timeline, self._window)
        dialog.chosen.connect(go)
        self._open(dialog)

    def show_connect(self) -> None:
        self._open(ConnectDialog(self._services.connecting, self._window))

    def show_about(self) -> None:
        self._open(AboutDialog(self._services.doctor, self._window))

    def _folders(self) -> FoldersDialog:
        return FoldersDialog(self._services.library_tasks, self._services.messages, self._window)

    def _on_theme_chosen(self, choice: str) -> None:
        self._services.preferences.theme = choice
        self._services.theme.choose(choice)

    def _on_stillness_chosen(self, still: bool) -> None:
        self._services.preferences.still = still
        self._services.theme.still = still

    def _open(self, dialog: QWidget) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()


def _scrolled(page: QWidget, parent: QWidget) -> QWidget:
    """Return a page that scrolls where the screen is small. Tab leads to what is on it, and past nothing unseen."""
    area = FittingArea(page, parent)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
