"""Light, dark or in high contrast: follows the system unless the user chose."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.look.accessibility import Contrast, wants_stillness
from app.look.palette import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Palette, in_system_colours, luminance
from app.look.text_size import text_sizes
from core.paths import resources

CHOICES = ("system", "light", "dark", "contrast")


class Theme(QObject):
    """Dresses the application, and again whenever the system or the user changes from light to dark.

    A system in high contrast gets it whatever was chosen here.

    Signals:
        changed: the colours are other ones now.

    Attributes:
        still: nothing is to move by itself.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: str = "system", *, still: bool | None = None) -> None:
        super().__init__()
        self._application = application
        self._choice = choice
        self.still = wants_stillness() if still is None else still
        self._sheet, self._contrast_sheet = (
            (resources() / "styles" / name).read_text(encoding="utf-8") for name in ("recollect.qss", "contrast.qss")
        )
        self.palette = LIGHT
        application.setStyle(QStyleFactory.create("Fusion"))
        self.contrast = Contrast(application.styleHints())
        self.contrast.changed.connect(self._dress)
        application.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)
        self._dress()

    @property
    def choice(self) -> str:
        return self._choice

    @property
    def dark(self) -> bool:
        return self.palette.dark

    @property
    def high_contrast(self) -> bool:
        return self._choice == "contrast" or self.contrast.wanted

    def choose(self, choice: str) -> None:
        """Use "light", "dark", "contrast" or what the "system" uses."""
        if choice != self._choice:
            self._choice = choice
            self._dress()

    def _on_color_scheme_changed(self) -> None:
        if self._choice in ("system", "contrast"):
            self._dress()

    def _wanted(self) -> Palette:
        dark = self._choice == "dark"
        if self._choice in ("system", "contrast"):
            dark = self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        if not self.high_contrast:
            return DARK if dark else LIGHT
        given = in_system_colours(self._system_palette()) if self.contrast.wanted else None
        return given or (CONTRAST_DARK if dark else CONTRAST_LIGHT)

    def _system_palette(self) -> QPalette:
        """Return the palette of the system: what the application has where none was set."""
        self._application.setPalette(QPalette())
        return self._application.palette()

    def _names(self) -> dict[str, str]:
        """Return what the names in the style sheet stand for: colours, sizes, and where the small drawings are."""
        drawings = (resources() / "styles").as_posix()
        ticked = "dark" if luminance(self.palette.on_accent) < luminance(self.palette.accent) else "light"
        sizes = text_sizes(self._application.font())
        return {**self.palette.named(), **sizes, "drawings": drawings, "mode": ticked}

    def _dress(self) -> None:
        self.palette = self._wanted()
        sheet = self._sheet + (self._contrast_sheet if self.high_contrast else "")
        self._application.setPalette(self.palette.palette())
        self._application.setStyleSheet(filled(sheet, self._names()))
        self.changed.emit()


def filled(sheet: str, names: dict[str, str]) -> str:
    """Put values in the place of their @names. Longer names first: one name may be the beginning of another."""
    for name, value in sorted(names.items(), key=lambda item: -len(item[0])):
        sheet = sheet.replace(f"@{name}", value)
    return sheet
