"""What the window remembers between two starts: its place, its look, its language.

It lies in the library's folder, so that whoever moves that folder (a flag, a test) moves everything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, QSettings

from core.paths import LibraryPaths

USUAL_CELL_SIZE = 184
"""Pixels a side of a photo's cell, until the user chooses: six in a row of the window's first size."""

USUAL_SLIDESHOW_SECONDS = 4


class Preferences:
    """Typed values over one small file."""

    def __init__(self, layout: LibraryPaths) -> None:
        self._settings = QSettings(str(layout.window_settings), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """ "system", or the code of a language there is a translation for."""
        return str(self._settings.value("language", "system"))

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("language", code)

    @property
    def theme(self) -> str:
        """ "system", "light", "dark" or "contrast"."""
        return str(self._settings.value("theme", "system"))

    @theme.setter
    def theme(self, choice: str) -> None:
        self._settings.setValue("theme", choice)

    @property
    def still(self) -> bool | None:
        """Whether nothing is to move by itself; None if the user did not say."""
        said = str(self._settings.value("still", ""))
        return None if not said else said == "yes"

    @still.setter
    def still(self, still: bool) -> None:
        self._settings.setValue("still", "yes" if still else "no")

    @property
    def cell_size(self) -> int:
        try:
            return int(str(self._settings.value("cell_size", USUAL_CELL_SIZE)))
        except ValueError:
            return USUAL_CELL_SIZE

    @cell_size.setter
    def cell_size(self, size: int) -> None:
        self._settings.setValue("cell_size", size)

    @property
    def equal_cells(self) -> bool:
        """Whether photos lie in cells of one size, not in rows of their own shape."""
        return str(self._settings.value("equal_cells", "no")) == "yes"

    @equal_cells.setter
    def equal_cells(self, equal: bool) -> None:
        self._settings.setValue("equal_cells", "yes" if equal else "no")

    @property
    def folds_groups(self) -> bool:
        """Whether one photo stands for all that show the same picture or moment."""
        return str(self._settings.value("folds_groups", "yes")) == "yes"

    @folds_groups.setter
    def folds_groups(self, folds: bool) -> None:
        self._settings.setValue("folds_groups", "yes" if folds else "no")

    @property
    def headings(self) -> str:
        """Which headings stand between photos in the order of their dates: a value of `app.grid.headings`."""
        return str(self._settings.value("headings", "size"))

    @headings.setter
    def headings(self, choice: str) -> None:
        self._settings.setValue("headings", choice)

    @property
    def shows_sidebar(self) -> bool:
        return str(self._settings.value("sidebar", "yes")) == "yes"

    @shows_sidebar.setter
    def shows_sidebar(self, shown: bool) -> None:
        self._settings.setValue("sidebar", "yes" if shown else "no")

    @property
    def sidebar_width(self) -> int:
        """Pixels; 0 until the user chooses."""
        try:
            return max(0, int(str(self._settings.value("sidebar_width", 0))))
        except ValueError:
            return 0

    @sidebar_width.setter
    def sidebar_width(self, width: int) -> None:
        self._settings.setValue("sidebar_width", width)

    @property
    def asks_before_trash(self) -> bool:
        return str(self._settings.value("ask_before_trash", "yes")) == "yes"

    @asks_before_trash.setter
    def asks_before_trash(self, asks: bool) -> None:
        self._settings.setValue("ask_before_trash", "yes" if asks else "no")

    @property
    def export_choices(self) -> dict[str, str]:
        """What was chosen for the export before; empty at first."""
        names = ("folder", "format", "side", "quality", "names", "metadata")
        kept = {name: self._settings.value(f"export/{name}") for name in names}
        return {name: str(value) for name, value in kept.items() if value is not None}

    @export_choices.setter
    def export_choices(self, choices: dict[str, str]) -> None:
        for name, value in choices.items():
            self._settings.setValue(f"export/{name}", value)

    @property
    def print_choices(self) -> dict[str, str]:
        """What was chosen for printed pages before; empty at first."""
        kept = {name: self._settings.value(f"print/{name}") for name in ("per_page", "fill", "captions", "paper")}
        return {name: str(value) for name, value in kept.items() if value is not None}

    @print_choices.setter
    def print_choices(self, choices: dict[str, str]) -> None:
        for name, value in choices.items():
            self._settings.setValue(f"print/{name}", value)

    @property
    def slideshow_seconds(self) -> int:
        """How long each photo of a slideshow stays."""
        try:
            return max(1, int(str(self._settings.value("slideshow_seconds", USUAL_SLIDESHOW_SECONDS))))
        except ValueError:
            return USUAL_SLIDESHOW_SECONDS

    @slideshow_seconds.setter
    def slideshow_seconds(self, seconds: int) -> None:
        self._settings.setValue("slideshow_seconds", seconds)

    @property
    def slideshow_shuffles(self) -> bool:
        return str(self._settings.value("slideshow_order", "row")) == "random"

    @slideshow_shuffles.setter
    def slideshow_shuffles(self, shuffles: bool) -> None:
        self._settings.setValue("slideshow_order", "random" if shuffles else "row")

    @property
    def slideshow_repeats(self) -> bool:
        return str(self._settings.value("slideshow_repeats", "yes")) == "yes"

    @slideshow_repeats.setter
    def slideshow_repeats(self, repeats: bool) -> None:
        self._settings.setValue("slideshow_repeats", "yes" if repeats else "no")

    @property
    def shows_film_strip(self) -> bool:
        return str(self._settings.value("film_strip", "yes")) == "yes"

    @shows_film_strip.setter
    def shows_film_strip(self, shown: bool) -> None:
        self._settings.setValue("film_strip", "yes" if shown else "no")

    @property
    def stays_in_tray(self) -> bool:
        """True if the program is to go on in the tray when its window is closed; off until asked for."""
        return str(self._settings.value("stays_in_tray", "no")) == "yes"

    @stays_in_tray.setter
    def stays_in_tray(self, wanted: bool) -> None:
        self._settings.setValue("stays_in_tray", "yes" if wanted else "no")

    @property
    def starts_in_tray(self) -> bool:
        """True if it is to start there, without a window."""
        return str(self._settings.value("starts_in_tray", "no")) == "yes"

    @starts_in_tray.setter
    def starts_in_tray(self, wanted: bool) -> None:
        self._settings.setValue("starts_in_tray", "yes" if wanted else "no")

    @property
    def showed_examples(self) -> bool:
        """True once questions to begin with were shown: a hint is given once."""
        return str(self._settings.value("showed_examples", "no")) == "yes"

    @showed_examples.setter
    def showed_examples(self, showed: bool) -> None:
        self._settings.setValue("showed_examples", "yes" if showed else "no")

    @property
    def looks_for_newer(self) -> bool:
        """True if the user wants to be told of newer versions; off until then."""
        return str(self._settings.value("look_for_newer", "no")) == "yes"

    @looks_for_newer.setter
    def looks_for_newer(self, wanted: bool) -> None:
        self._settings.setValue("look_for_newer", "yes" if wanted else "no")

    @property
    def looked_at(self) -> float:
        """When that was last asked, in seconds since 1970; 0 if never."""
        try:
            return float(str(self._settings.value("looked_for_newer_at", 0)))
        except ValueError:
            return 0.0

    @looked_at.setter
    def looked_at(self, moment: float) -> None:
        self._settings.setValue("looked_for_newer_at", moment)

    @property
    def keys(self) -> dict[str, str]:
        """The keys the user gave to actions, by the keys those were made with; "" is none."""
        try:
            kept = json.loads(str(self._settings.value("keys", "{}")))
        except (ValueError, RecursionError):
            return {}
        return {str(usual): str(key) for usual, key in kept.items()} if isinstance(kept, dict) else {}

    @keys.setter
    def keys(self, chosen: Mapping[str, str]) -> None:
        self._settings.setValue("keys", json.dumps(dict(chosen)))

    @property
    def known_libraries(self) -> list[str]:
        """The libraries that were opened beside this computer's own, the last first: addresses without passwords."""
        try:
            kept = json.loads(str(self._settings.value("known_libraries", "[]")))
        except (ValueError, RecursionError):
            return []
        return [str(one) for one in kept] if isinstance(kept, list) else []

    @known_libraries.setter
    def known_libraries(self, places: Sequence[str]) -> None:
        self._settings.setValue("known_libraries", json.dumps(list(places)))

    @property
    def last_library(self) -> str:
        """The library that was chosen last; "" for this computer's own."""
        return str(self._settings.value("last_library", ""))

    @last_library.setter
    def last_library(self, place: str) -> None:
        self._settings.setValue("last_library", place)
        self._settings.sync()  # the program starts again at once, and reads it

    @property
    def geometry(self) -> QByteArray:
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)
