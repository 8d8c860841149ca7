"""A picture of every page of the window, in both themes and languages, to be looked at: `make screenshots`.

The photos are painted here, so that two versions of the program can be laid side by side.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.program.startup import Program, make_application
from app.window.main_window import MainWindow
from core.paths import LibraryPaths
from tests.app.fake_gateway import FakeGateway
from tests.app.fake_library import FakeLibrary

LANGUAGES = ("en", "zh_CN")
THEMES = ("light", "dark")
PATIENCE_SECONDS = 15.0
SETTLING_SECONDS = 0.6
"""How long thumbnails may go on fading in."""


def day_of(content_id: int) -> int:
    """Return the day of a photo: twelve a month, the newest in December 2020."""
    months = 2020 * 12 + 11 - (600 - content_id) // 12
    return (months // 12) * 10_000 + (months % 12 + 1) * 100 + 28 - (600 - content_id) % 12


def pages(window: MainWindow) -> dict[str, Callable[[], None]]:
    """Return what leads to each page."""
    dialogs = window.dialogs
    return {
        "photos": window.pages.return_to_photos,
        "one-photo": lambda: window.pages.show_large(window.grid.current_id),
        "map": window.pages.show_map,
        "welcome": lambda: window.pages.show_welcome(None),
        "folders": dialogs.show_folders,
        "skipped": dialogs.show_skipped,
        "settings": dialogs.show_settings,
        "models": dialogs.show_models,
        "keys": dialogs.show_shortcuts,
        "how-to-ask": dialogs.show_asking,
        "go-to-date": lambda: dialogs.ask_date(window.photos.scrubber.timeline, window.pages.go_to),
        "about": dialogs.show_about,
    }


def main(folder: Path) -> None:
    """Write the pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application()
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as aside:
            library = FakeLibrary(600)
            library.day_of = day_of
            program = Program(application, LibraryPaths(Path(aside)), lambda library=library: library, FakeGateway())
            program.services.language.choose(language)
            program.start()
            wait_for(lambda program=program: program.services.library_tasks.status is not None)
            take_language(program, language, folder)
            program.window.close()
            program.stop()


def take_language(program: Program, language: str, folder: Path) -> None:
    program.window.close()
    window = MainWindow(program.services)  # in the language that was chosen
    window.resize(1180, 800)
    window.show()
    wait_for(lambda: len(window.grid.ids) > 0)
    window.grid.show_current(1)
    for theme in THEMES:
        program.services.theme.choose(theme)
        for name, lead in pages(window).items():
            take(window, lead, folder / f"{name}-{theme}-{language}.png")
    window.close()


def take(window: MainWindow, lead: Callable[[], None], target: Path) -> None:
    """Go to a page, and keep what it looks like; a dialog is closed again."""
    window.pages.return_to_photos()
    before = set(window.findChildren(QDialog))
    lead()
    settle()
    opened = [dialog for dialog in window.findChildren(QDialog) if dialog not in before and dialog.isVisible()]
    shown: QWidget = opened[0] if opened else window
    shown.grab().save(str(target))
    sys.stdout.write(f"{target}\n")
    for dialog in opened:
        dialog.close()
    settle()
    window.pages.setCurrentWidget(window.pages.main)


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


def settle() -> None:
    end = time.monotonic() + SETTLING_SECONDS
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist/screenshots"))
