"""Light or dark: follows the system unless the user chose."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.look.palette import DARK, LIGHT, Palette
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
        self.palette = LIGHT
        application.setStyle(QStyleFactory.create("Fusion"))
        application.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)
        self._dress()

    @property
    def choice(self) -> str:
        return self._choice

    @property
    def dark(self) -> bool:
        return self.palette is DARK

    def choose(self, choice: str) -> None:
        """Use "light", "dark" or what the "system" uses."""
        if choice != self._choice:
            self._choice = choice
            self._dress()

    def _on_color_scheme_changed(self) -> None:
        if self._choice == "system":
            self._dress()

    def _wanted(self) -> Palette:
        if self._choice == "system":
            system = self._application.styleHints().colorScheme()
            return DARK if system == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    def _names(self) -> dict[str, str]:
        """Return what the names in the style sheet stand for: colours, and where the small drawings are."""
        drawings = (resources() / "styles").as_posix()
        return {**self.palette.named(), "drawings": drawings, "mode": "dark" if self.dark else "light"}

    def _dress(self) -> None:
        self.palette = self._wanted()
        self._application.setPalette(self.palette.palette())
        self._application.setStyleSheet(filled(self._sheet, self._names()))
        self.changed.emit()


def filled(sheet: str, names: dict[str, str]) -> str:
    """Put values in the place of their @names. Longer names first: one name may be the beginning of another."""
    for name, value in sorted(names.items(), key=lambda item: -len(item[0])):
        sheet = sheet.replace(f"@{name}", value)
    return sheet
