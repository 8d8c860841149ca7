"""What can be opened over the window: one method a dialog."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.dialogs.about import AboutDialog
from app.dialogs.asking import AskingDialog
from app.dialogs.folders.dialog import FoldersDialog
from app.dialogs.jump import JumpDialog
from app.dialogs.keys import KeysPage
from app.dialogs.models.dialog import ModelsDialog
from app.dialogs.settings import SettingsDialog
from app.dialogs.shortcuts import ShortcutsDialog
from app.dialogs.storage import StoragePage
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

    def show_settings(self, *, keys: bool = False) -> None:
        """Show the settings, with the page of the keys first if `keys` is set."""
        services = self._services
        choices = services.language.choice, services.theme.choice, services.indexing.pauses_on_battery
        dialog = SettingsDialog(*choices, self._window)
        dialog.battery_chosen.connect(services.indexing.pause_on_battery)
        dialog.battery_chosen.connect(services.library_tasks.remember_battery)
        dialog.offer_stillness(services.theme.still)
        dialog.stillness_chosen.connect(self._on_stillness_chosen)
        dialog.offer_text(services.indexing.reads_texts)
        dialog.text_chosen.connect(services.indexing.read_texts)
        dialog.text_chosen.connect(services.library_tasks.remember_text)
        dialog.offer_sidecars(services.sidecars)
        dialog.offer_newer(services.update_check)
        dialog.add_storage(StoragePage(services.storage, services.messages, dialog))
        dialog.add_keys(KeysPage(self._keys, dialog), first=keys)
        dialog.theme_chosen.connect(self._on_theme_chosen)
        dialog.language_chosen.connect(self.language_chosen)
        self._open(dialog)

    def show_models(self) -> None:
        dialog = ModelsDialog(self._services.model_tasks, self._services.messages, self._window)
        self._services.indexing.ended.connect(dialog.look)
        self._open(dialog)

    def show_shortcuts(self) -> None:
        dialog = ShortcutsDialog(self._keys, self._window)
        dialog.change_wanted.connect(lambda: self.show_settings(keys=True))
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
