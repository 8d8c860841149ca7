"""Light or dark: follows the system unless the user chose."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.look.tones import DARK, LIGHT, Tones
from core.paths import resources

CHOICES = ("system", "light", "dark")


class Theme(QObject):
    """Dresses the application, and again whenever the system or the user changes from light to dark.

    Signals:
        changed: the colours are other ones now.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: str = "system") -> None:
        super().__init__()
        self._application = application
        self._choice = choice
        self._sheet = (resources() / "styles" / "recollect.qss").read_text(encoding="utf-8")
        self.tones = LIGHT
        application.setStyle(QStyleFactory.create("Fusion"))
        application.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)
        self._dress()

    @property
    def choice(self) -> str:
        return self._choice

    @property
    def dark(self) -> bool:
        return self.tones is DARK

    def choose(self, choice: str) -> None:
        """Use "light", "dark" or what the "system" uses."""
        if choice != self._choice:
            self._choice = choice
            self._dress()

    def _on_color_scheme_changed(self) -> None:
        if self._choice == "system":
            self._dress()

    def _wanted(self) -> Tones:
        if self._choice == "system":
            system = self._application.styleHints().colorScheme()
            return DARK if system == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _dress(self) -> None:
        self.tones = self._wanted()
        self._application.setPalette(self.tones.palette())
        self._application.setStyleSheet(filled(self._sheet, self.tones))
        self.changed.emit()


def filled(sheet: str, tones: Tones) -> str:
    """Put colours in the place of their @names. Longer names first: @on_accent holds @accent's letters."""
    for name, colour in sorted(tones.named().items(), key=lambda item: -len(item[0])):
        sheet = sheet.replace(f"@{name}", colour)
    return sheet
