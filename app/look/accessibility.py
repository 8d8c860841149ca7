"""What the system says of how its user wants to see things: more contrast, less motion."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QStyleHints

_CLIENT_AREA_ANIMATION = 0x1042
"""SPI_GETCLIENTAREAANIMATION of Windows: "Animation effects" in its accessibility settings."""


class Contrast(QObject):
    """Whether the system wants high contrast, as far as Qt can tell (from 6.10 on).

    Signals:
        changed: it is another answer now.
    """

    changed = Signal()

    def __init__(self, hints: QStyleHints) -> None:
        super().__init__()
        self._kept = hints  # when it goes, PySide takes what it gave for gone, too
        self._accessibility = accessibility_of(hints)
        told = getattr(self._accessibility, "contrastPreferenceChanged", None)
        if told is not None:
            told.connect(lambda _: self.changed.emit())

    @property
    def wanted(self) -> bool:
        preference = getattr(self._accessibility, "contrastPreference", None)
        return preference is not None and preference().name == "HighContrast"


def accessibility_of(hints: QStyleHints) -> object:
    """Return Qt's own hints of this kind; None before Qt 6.10, or once those of an earlier theme are gone."""
    try:
        return getattr(hints, "accessibility", lambda: None)()
    except RuntimeError:
        return None


def wants_stillness() -> bool:
    """Return whether the system wants no motion on the screen; False where it does not tell."""
    if sys.platform == "win32":
        moves = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(moves), 0)
        return not moves.value
    config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return kde_wants_stillness(Path(config) / "kdeglobals") or gtk_wants_stillness(Path(config))


def kde_wants_stillness(settings: Path) -> bool:
    """Return whether KDE's animations were turned off."""
    speed = QSettings(str(settings), QSettings.Format.IniFormat).value("KDE/AnimationDurationFactor", "1")
    try:
        return float(str(speed)) == 0
    except ValueError:
        return False


def gtk_wants_stillness(config: Path) -> bool:
    """Return whether GTK's animations were turned off in its file, as KDE, Xfce and tools of GNOME write it."""
    for version in ("gtk-4.0", "gtk-3.0"):
        settings = QSettings(str(config / version / "settings.ini"), QSettings.Format.IniFormat)
        if str(settings.value("Settings/gtk-enable-animations", "true")).lower() in ("0", "false"):
            return True
    return False
