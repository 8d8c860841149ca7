"""The settings that matter: language, look, the battery, newer versions; and the library's files."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QTabWidget, QVBoxLayout, QWidget

from app.dialogs.keys import KeysPage
from app.dialogs.storage import StoragePage
from app.look.plain_text import set_tooltip
from app.look.scroll_area import FittingArea
from app.look.text_size import wide
from app.look.theme import CHOICES
from app.look.widgets import add_row, button, foot, label
from app.services.sidecars import SidecarWriting
from app.services.update_check import UpdateCheck
from app.text.language import NAMES, SYSTEM


class SettingsDialog(QDialog):
    """Every change takes effect at once.

    Signals:
        language_chosen, theme_chosen: the choice.
        battery_chosen: whether indexing is to wait while the computer runs on its battery.
        text_chosen: whether what is written in pictures is to be read.
        stillness_chosen: whether nothing is to move by itself.
    """

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    battery_chosen = Signal(bool)
    text_chosen = Signal(bool)
    stillness_chosen = Signal(bool)

    def __init__(self, language: str, theme: str, on_battery: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._language = QComboBox(self)
        self._language.addItem(self.tr("As the system"), SYSTEM)
        for code, name in NAMES.items():
            self._language.addItem(name, code)
        self._language.setCurrentIndex(max(0, self._language.findData(language)))
        self._language.activated.connect(self._on_language_activated)
        self._theme = QComboBox(self)
        looks = (self.tr("As the system"), self.tr("Light"), self.tr("Dark"), self.tr("High contrast"))
        for choice, name in zip(CHOICES, looks, strict=True):
            self._theme.addItem(name, choice)
        self._theme.setCurrentIndex(max(0, self._theme.findData(theme)))
        self._theme.activated.connect(self._on_theme_activated)
        self._battery = QCheckBox(self.tr("Pause on battery"), self)
        set_tooltip(self._battery, self.tr("New photos wait until the computer is plugged in; searching goes on"))
        self._battery.setChecked(on_battery)
        self._battery.toggled.connect(self.battery_chosen)
        self._form = QFormLayout()
        self._pages = QTabWidget(self)
        self._lay_out()

    def offer_text(self, reads: bool) -> None:
        """Let the user choose whether what is written in pictures is read."""
        box = QCheckBox(self.tr("Read text in pictures"), self)
        set_tooltip(box, self.tr("In the background, when nothing else is to be done; on this computer alone"))
        box.setChecked(reads)
        box.toggled.connect(self.text_chosen)
        add_row(self._form, "", box, self)

    def offer_stillness(self, still: bool) -> None:
        """Let the user choose whether anything moves by itself."""
        box = QCheckBox(self.tr("Reduce motion"), self)
        set_tooltip(box, self.tr("Photos do not fade in, and moving pictures wait until A is pressed"))
        box.setChecked(still)
        box.toggled.connect(self.stillness_chosen)
        self._form.insertRow(2, "", box)

    def offer_sidecars(self, sidecars: SidecarWriting) -> None:
        """Let the user choose whether what is said of photos is written beside them."""
        box = QCheckBox(self.tr("Write XMP files beside photos"), self)
        box.setChecked(sidecars.wanted)
        box.toggled.connect(sidecars.choose)
        note = label(
            self.tr(
                "Your stars, tags, titles, captions and favourites then go into a file beside each photo "
                "(photo.jpg.xmp), where Lightroom, digiKam, darktable and others read them: all there are now, and "
                "whatever you change. What others wrote there stays, and the photos themselves are never changed."
            ),
            self,
            "quiet",
        )
        note.setWordWrap(True)
        add_row(self._form, self.tr("Other programs"), box, self)
        add_row(self._form, "", note, self)

    def add_storage(self, page: StoragePage) -> None:
        """Add the page of the library's files."""
        self._pages.addTab(page, self.tr("Storage"))

    def add_keys(self, page: KeysPage, *, first: bool = False) -> None:
        """Add the page of the keys; `first` shows it."""
        self._pages.addTab(page, self.tr("Keys"))
        if first:
            self._pages.setCurrentWidget(page)

    def offer_newer(self, update_check: UpdateCheck) -> None:
        """Let the user be told of newer versions, in a program that knows where to look for them."""
        if not update_check.host:
            return
        box = QCheckBox(self.tr("Look for a newer version once a day"), self)
        box.setChecked(update_check.wanted)
        box.toggled.connect(update_check.choose)
        text = self.tr("Asks {host} for its number. Nothing about you or your photos is sent; nothing is downloaded.")
        note = label(text.format(host=update_check.host), self, "quiet")
        note.setWordWrap(True)
        add_row(self._form, self.tr("Updates"), box, self)
        add_row(self._form, "", note, self)

    def _lay_out(self) -> None:
        form = self._form
        form.setSpacing(14)
        add_row(form, self.tr("Language"), self._language, self)
        add_row(form, self.tr("Appearance"), self._theme, self)
        add_row(form, self.tr("Indexing"), self._battery, self)
        close = button(self.tr("Close"), self)
        close.clicked.connect(self.accept)
        general = QWidget(self)
        rows = QVBoxLayout(general)
        rows.setContentsMargins(0, 12, 0, 0)
        rows.addLayout(form)
        rows.addStretch()
        self._pages.tabBar().setDrawBase(False)
        self._pages.addTab(FittingArea(general, self), self.tr("General"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 18)
        column.setSpacing(20)
        column.addWidget(self._pages)
        column.addLayout(foot(right=(close,)))
        self.setMinimumWidth(wide(480))

    def _on_language_activated(self, _index: int) -> None:
        self.language_chosen.emit(self._language.currentData())

    def _on_theme_activated(self, _index: int) -> None:
        self.theme_chosen.emit(self._theme.currentData())
