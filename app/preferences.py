"""What the window remembers between two starts: its place, its look, its language.

It lies in the library's folder, so that whoever moves that folder (a flag, a test) moves everything.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

from app.grid.view import USUAL
from core.paths import Layout

FILE = "window.ini"


class Preferences:
    """Typed values over one small file."""

    def __init__(self, layout: Layout) -> None:
        self._settings = QSettings(str(layout.folder / FILE), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """ "system", or the code of a language there is a translation for."""
        return str(self._settings.value("language", "system"))

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("language", code)

    @property
    def theme(self) -> str:
        """ "system", "light" or "dark"."""
        return str(self._settings.value("theme", "system"))

    @theme.setter
    def theme(self, choice: str) -> None:
        self._settings.setValue("theme", choice)

    @property
    def cell_size(self) -> int:
        try:
            return int(str(self._settings.value("cell_size", USUAL)))
        except ValueError:
            return USUAL

    @cell_size.setter
    def cell_size(self, size: int) -> None:
        self._settings.setValue("cell_size", size)

    @property
    def geometry(self) -> QByteArray:
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)
