"""The first page of the settings: language, look, other programs, newer versions."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.look.plain_text import PlainLabel, set_tooltip
from app.look.theme import CHOICES
from app.look.widgets import add_row, button, label
from app.services.session_start import SessionStart
from app.services.sidecars import SidecarWriting
from app.services.tray import Tray
from app.services.update_check import UpdateCheck
from app.text.language import NAMES, SYSTEM


class GeneralPage(QWidget):
    """Every change takes effect at once.

    Signals:
        language_chosen, theme_chosen: the choice.
        stillness_chosen: whether nothing is to move by itself.
    """

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    stillness_chosen = Signal(bool)

    def __init__(self, language: str, theme: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self._form = QFormLayout()
        self._form.setSpacing(14)
        add_row(self._form, self.tr("Language"), self._language, self)
        add_row(self._form, self.tr("Appearance"), self._theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addLayout(self._form)
        column.addStretch()

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
        add_row(self._form, self.tr("Other programs"), box, self)
        self._add_note(
            self.tr(
                "Your stars, tags, titles, captions and favourites then go into a file beside each photo "
                "(photo.jpg.xmp), where Lightroom, digiKam, darktable and others read them: all there are now, and "
                "whatever you change. What others wrote there stays, and the photos themselves are never changed."
            )
        )

    def offer_tray(self, tray: Tray) -> None:
        """Let the user have the program go on without a window, where the desktop has a place for its icon."""
        stays = QCheckBox(self.tr("Go on watching in the tray when the window is closed"), self)
        stays.setChecked(tray.wanted)
        starts = QCheckBox(self.tr("Start in the tray, without a window"), self)
        starts.setChecked(tray.begins_hidden)
        stays.setEnabled(tray.available)
        starts.setEnabled(tray.available and tray.wanted)
        stays.toggled.connect(tray.choose)
        stays.toggled.connect(starts.setEnabled)
        starts.toggled.connect(tray.begin_hidden)
        add_row(self._form, self.tr("Background"), stays, self)
        add_row(self._form, "", starts, self)
        if tray.available:
            self._add_note(self.tr("New photos are then learned as they come. Quit, in the icon's menu, ends it."))
        else:
            self._add_note(self.tr("This desktop shows no tray, so closing the window ends the program."))

    def offer_session_start(self, session_start: SessionStart) -> None:
        """Let the user have the program start with the session, where it may say so."""
        if not session_start.available:
            return
        box = QCheckBox(self.tr("Start when I log in"), self)
        box.setChecked(session_start.wanted)
        add_row(self._form, self.tr("At login"), box, self)
        note = self._add_note(self.tr("In the tray if that is turned on above, else with its window minimised."))

        def toggled(wanted: bool) -> None:
            if not session_start.choose(wanted):
                note.setText(self.tr("The system did not allow that."))

        box.toggled.connect(toggled)

    def offer_newer(self, update_check: UpdateCheck) -> None:
        """Let the user look for a newer version, in a program that knows where to look."""
        if not update_check.host:
            return
        row = QHBoxLayout()
        look = button(self.tr("Look for a newer version"), self)
        told = label("", self, "quiet")
        told.setWordWrap(True)
        row.addWidget(look)
        row.addWidget(told, 1)
        look.clicked.connect(lambda: self._look_now(update_check, look, told))
        update_check.looked.connect(lambda version: self._on_looked(version, look, told))
        add_row(self._form, self.tr("Updates"), row, self)
        box = QCheckBox(self.tr("Look for a newer version once a day"), self)
        box.setChecked(update_check.wanted)
        box.toggled.connect(update_check.choose)
        add_row(self._form, "", box, self)
        text = self.tr("Asks {host} for its number. Nothing about you or your photos is sent; nothing is downloaded.")
        self._add_note(text.format(host=update_check.host))

    def _look_now(self, update_check: UpdateCheck, look: QPushButton, told: PlainLabel) -> None:
        look.setEnabled(False)
        told.setText(self.tr("Looking…"))
        update_check.look_now()

    def _on_looked(self, version: str | None, look: QPushButton, told: PlainLabel) -> None:
        look.setEnabled(True)
        if version is None:
            told.setText(self.tr("There was no answer. Try again later."))
        elif version:
            told.setText(self.tr("Recollect {version} is available.").format(version=version))
        else:
            told.setText(self.tr("This is the newest version."))

    def _add_note(self, text: str) -> PlainLabel:
        note = label(text, self, "quiet")
        note.setWordWrap(True)
        add_row(self._form, "", note, self)
        return note

    def _on_language_activated(self, _index: int) -> None:
        self.language_chosen.emit(self._language.currentData())

    def _on_theme_activated(self, _index: int) -> None:
        self.theme_chosen.emit(self._theme.currentData())
