"""A picture of every page of the window, in both themes and languages, to be looked at: `make screenshots`.

The photos are painted here, so that two versions of the program can be laid side by side.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QLinearGradient, QPainter, QPolygonF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.dialogs.settings import SettingsPage
from app.look.theme import CHOICES
from app.program.startup import Program, make_application
from app.window.main_window import MainWindow
from core.copies import Likeness
from core.paths import LibraryPaths
from core.photo import Photo
from core.positions import Positions
from tests.app.fake_duplicates import group_of
from tests.app.fake_gateway import FakeGateway
from tests.app.fake_library import FakeLibrary, FakePlaceholders

LANGUAGES = ("en", "zh_CN")
THEMES = ("light", "dark")
PATIENCE_SECONDS = 15.0
SETTLING_SECONDS = 0.6
"""How long thumbnails may go on fading in."""

PHOTOS = 600
SHAPES = ((900, 600), (600, 900), (960, 540), (720, 720), (800, 600), (1200, 480))
TOWNS = ((48.86, 2.35), (52.52, 13.4), (39.9, 116.4), (-33.9, 151.2), (40.7, -74.0))

Key, Modifier = Qt.Key, Qt.KeyboardModifier


def day_of(content_id: int) -> int:
    """Return the day of a photo: twelve a month, the newest in December 2020."""
    months = 2020 * 12 + 11 - (PHOTOS - content_id) // 12
    return (months // 12) * 10_000 + (months % 12 + 1) * 100 + 28 - (PHOTOS - content_id) % 12


def size_of(content_id: int) -> tuple[int, int]:
    return SHAPES[content_id * 7 % len(SHAPES)]


@lru_cache(maxsize=256)
def landscape(content_id: int, times: float) -> bytes:
    """Return a JPEG of hills below a sky, at an hour and in a shape of its own."""
    width, height = (round(side * times) for side in size_of(content_id))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sky = QLinearGradient(0, 0, 0, height)
    sky.setColorAt(0, QColor.fromHsv(content_id * 37 % 360, 110, 200))
    sky.setColorAt(1, QColor.fromHsv(content_id * 37 % 360, 40, 245))
    painter.fillRect(0, 0, width, height, sky)
    painter.setPen(Qt.PenStyle.NoPen)
    for hill in range(3):
        painter.setBrush(QColor.fromHsv((content_id * 53 + 40 * hill) % 360, 90, 150 - 40 * hill))
        steps = [QPointF(width * x / 12, height * (0.45 + 0.18 * hill + _rise(content_id, hill, x))) for x in range(13)]
        painter.drawPolygon(QPolygonF([*steps, QPointF(width, height), QPointF(0, height)]))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    return bytes(buffer.data().data())


def _rise(content_id: int, hill: int, x: int) -> float:
    return 0.1 * float(np.sin(content_id + 2 * hill + x * (0.5 + 0.1 * (content_id % 5))))


class PaintedPlaceholders(FakePlaceholders):
    """The shapes of the painted photos."""

    def shapes(self, content_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        sizes = np.array([size_of(int(content_id)) for content_id in content_ids], np.float32).reshape(-1, 2)
        return sizes[:, 0] / sizes[:, 1]


class PaintedLibrary(FakeLibrary):
    """Photos of every shape, some of them with a place."""

    def __init__(self) -> None:
        super().__init__(PHOTOS)
        self.day_of = day_of
        ids = np.arange(1, 61)
        towns = np.array([TOWNS[number % len(TOWNS)] for number in ids])
        self.placeholders = PaintedPlaceholders()
        self.places = Positions(ids, towns[:, 0] + ids / 40, towns[:, 1] + ids / 30)

    def photo(self, content_id: int) -> Photo | None:
        photo = super().photo(content_id)
        if photo is None:
            return None
        width, height = size_of(content_id)
        day = day_of(content_id)
        taken = f"{day // 10_000}-{day // 100 % 100:02}-{day % 100:02}T18:03:55"
        facts = replace(photo.facts, width=4 * width, height=4 * height, taken_at=taken)
        if content_id <= len(self.places):
            place = self.places.latitudes[content_id - 1], self.places.longitudes[content_id - 1]
            facts = replace(facts, latitude=float(place[0]), longitude=float(place[1]))
        return replace(photo, facts=facts)

    def thumbnail(self, content_id: int) -> bytes | None:
        return landscape(content_id, 0.4)

    def preview(self, content_id: int, long_side: int) -> bytes | None:
        return landscape(content_id, 1.5)


def pages(window: MainWindow) -> dict[str, Callable[[], None]]:
    """Return what leads to each page."""
    dialogs, grid = window.dialogs, window.grid

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> Callable[[], None]:
        return lambda: QTest.keyClick(grid, key, modifier)

    choose_three = partial(grid.choose_rows, range(3))

    def ask(text: str) -> Callable[[], None]:
        return lambda: window.top.field.setText(text)

    def with_three(then: Callable[[], None]) -> Callable[[], None]:
        def lead() -> None:
            choose_three()
            settle()
            then()

        return lead

    return {
        "photos": window.pages.return_to_photos,
        "answer": ask("dog on the beach year:2019 -rain"),
        "nothing-found": ask("nothing"),
        "chosen": choose_three,
        "changed": with_three(press(Key.Key_F)),
        "one-photo": lambda: window.pages.show_large(grid.current_id),
        "one-photo-with-place": lambda: window.pages.show_large(30),
        "side-by-side": with_three(press(Key.Key_C)),
        "map": partial(show_map, window),
        "duplicates": window.pages.show_duplicates,
        "welcome": window.pages.show_welcome,
        "add-fact": lambda: QTest.keyClick(window, Key.Key_F, Modifier.ControlModifier | Modifier.ShiftModifier),
        "tags": with_three(press(Key.Key_T)),
        "new-album": with_three(press(Key.Key_N, Modifier.ControlModifier | Modifier.ShiftModifier)),
        "export": with_three(press(Key.Key_E, Modifier.ControlModifier | Modifier.ShiftModifier)),
        "print": with_three(press(Key.Key_P, Modifier.ControlModifier)),
        "folders": dialogs.show_folders,
        "skipped": dialogs.show_skipped,
        "settings": dialogs.show_settings,
        **{
            f"settings-{page.name.lower()}": lambda page=page: dialogs.show_settings(page)
            for page in list(SettingsPage)[1:]
        },
        "models": dialogs.show_models,
        "keys": dialogs.show_shortcuts,
        "how-to-ask": dialogs.show_asking,
        "go-to-date": lambda: dialogs.ask_date(window.photos.scrubber.timeline, window.pages.go_to),
        "about": dialogs.show_about,
    }


def show_map(window: MainWindow) -> None:
    """Show the map, with a picture on each of its marks."""
    window.pages.show_map()
    wait_for(lambda: window.map.map.complete)


def main(given: argparse.Namespace) -> None:
    """Write the pictures into a folder."""
    given.folder.mkdir(parents=True, exist_ok=True)
    application = make_application()
    font = application.font()
    font.setPointSizeF(font.pointSizeF() * given.text)
    application.setFont(font)
    if given.reverse:
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for language in given.languages:
        with tempfile.TemporaryDirectory() as aside:
            library = PaintedLibrary()
            library.duplicates.told = [
                group_of(likeness, 1 + 100 * number + 10 * row, 2 + (row + number) % 3)
                for number, likeness in enumerate(Likeness)
                for row in range(3)
            ]
            program = Program(application, LibraryPaths(Path(aside)), lambda library=library: library, FakeGateway())
            program.services.language.choose(language)
            program.start()
            wait_for(lambda program=program: program.services.library_tasks.status is not None)
            take_language(program, language, given)
            program.window.close()
            program.stop()


def take_language(program: Program, language: str, given: argparse.Namespace) -> None:
    program.window.close()
    window = MainWindow(program.services)  # in the language that was chosen
    window.resize(1180, 800)
    window.show()
    wait_for(lambda: len(window.grid.ids) > 0)
    for theme in given.themes:
        program.services.theme.choose(theme)
        for name, lead in pages(window).items():
            if not given.pages or name in given.pages:
                take(window, lead, given.folder / f"{name}-{theme}-{language}.png")
    window.close()


def take(window: MainWindow, lead: Callable[[], None], target: Path) -> None:
    """Go to a page, and keep what it looks like; a dialog is closed again."""
    window.pages.return_to_photos()
    window.top.field.clear()
    settle()
    window.grid.show_current(1)
    before = set(window.findChildren(QDialog))
    lead()
    settle()
    opened = [dialog for dialog in window.findChildren(QDialog) if dialog not in before and dialog.isVisible()]
    over = QApplication.activePopupWidget()
    shown: QWidget = opened[0] if opened else over or window
    shown.grab().save(str(target))
    sys.stdout.write(f"{target}\n")
    for dialog in opened:
        dialog.close()
    if over is not None:
        over.close()
    settle()
    window.undo_line.hide()
    window.activateWindow()
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
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # which only a running loop does itself
        time.sleep(0.01)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("dist/screenshots"))
    parser.add_argument("--languages", nargs="+", default=LANGUAGES, choices=LANGUAGES)
    parser.add_argument("--themes", nargs="+", default=THEMES, choices=CHOICES)
    parser.add_argument("--pages", nargs="+", default=(), help="only these")
    parser.add_argument("--text", type=float, default=1.0, help="how many times as large the system's text is")
    parser.add_argument("--reverse", action="store_true", help="from right to left")
    return parser.parse_args()


if __name__ == "__main__":
    main(arguments())
