"""The story of somebody who reviews duplicates, at the real window over a real library, by keys and mouse alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.duplicates.tile import Tile
from app.program.startup import Program
from core.copies import Likeness
from core.paths import LibraryPaths
from core.setting_names import LEAVE_TEXT
from tests.app.test_stories import asked, left, opened, told
from tests.app.window.test_trash import bin_folder
from tests.core.indexer.test_groups_pass import scene
from tests.core.test_library import index, make_model

__all__ = ["bin_folder"]

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def prepare(folder: Path) -> Path:
    """Write a photo with a copy, a photo with a smaller one, and two photos of one moment; return their folder."""
    photos = folder / "photos"
    (photos / "sent").mkdir(parents=True)
    (photos / "sea.jpg").write_bytes(scene(1, (640, 480)))
    shutil.copy(photos / "sea.jpg", photos / "sent" / "sea.jpg")
    os.utime(photos / "sea.jpg", (1_600_000_000, 1_600_000_000))
    (photos / "hill.jpg").write_bytes(scene(2, (640, 480)))
    (photos / "sent" / "hill small.jpg").write_bytes(scene(2, (320, 240), 60))
    for second in (1, 2):
        exif = Image.Exif()
        exif[0x010F], exif[0x0110] = "Canon", "R5"
        exif.get_ifd(0x8769)[0x9003] = f"2024:05:17 18:03:0{second}"
        colours = Image.new("RGB", (320, 240), (250, 20 * second, 10))
        colours.save(photos / f"burst {second}.jpg", exif=exif)
    return photos


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, tmp_path: Path, bin_folder: Path) -> Iterator[Program]:
    with opened(LibraryPaths(tmp_path / "library"), make_model(tmp_path / "crayons")) as library:
        library.machine_settings.set(LEAVE_TEXT, True)
        library.add_root(prepare(tmp_path))
        index(library)
    layout = LibraryPaths(tmp_path / "library")
    made = Program(qapp, layout, lambda: opened(layout, tmp_path / "crayons"))
    made.services.language.choose("en")
    made.window.resize(1000, 700)
    made.start()
    qtbot.waitUntil(lambda: len(made.window.grid.ids) == 5, timeout=20_000)
    qtbot.waitUntil(lambda: not made.services.indexing.running, timeout=20_000)
    yield made
    for box in made.window.findChildren(QMessageBox):
        box.close()
    made.window.close()
    assert made.stop(), "a thread did not stop"
    made.window.deleteLater()


def test_review_duplicates(qtbot: QtBot, program: Program, tmp_path: Path, bin_folder: Path) -> None:
    window, photos = program.window, tmp_path / "photos"
    page, before = window.pages.duplicates, told(photos)

    def shows(likeness: Likeness, *keeper: str) -> bool:
        cards = page.view.cards()
        names = tuple(card.group.keeper.shown.location.path.name for card in cards)
        return page.likeness is likeness and names == keeper

    def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        qtbot.keyClick(QApplication.focusWidget(), key, modifiers)

    window.grid.setFocus()
    press(Key.Key_D, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: shows(Likeness.FILE, "sea.jpg") and isinstance(QApplication.focusWidget(), Tile))

    press(Key.Key_Delete)  # the copy goes, as suggested
    qtbot.waitUntil(lambda: [path.name for path in bin_folder.iterdir()] == ["sea.jpg"])
    assert (photos / "sea.jpg").exists() and not (photos / "sent" / "sea.jpg").exists()
    qtbot.waitUntil(page.empty.isVisible)
    press(Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: told(photos) == before)
    qtbot.waitUntil(lambda: shows(Likeness.FILE, "sea.jpg"), timeout=20_000)

    page.tabs.setFocus()
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: shows(Likeness.PICTURE, "hill.jpg"))
    qtbot.mouseClick(page.bulk, Qt.MouseButton.LeftButton)
    box = asked(qtbot, window, QMessageBox)
    (yes,) = [one for one in box.findChildren(QPushButton) if one.text() == "Move to the trash"]
    yes.setFocus()
    qtbot.keyClick(yes, Key.Key_Return)
    left(qtbot, window, QMessageBox)
    qtbot.waitUntil(lambda: [path.name for path in bin_folder.iterdir()] == ["hill small.jpg"])

    page.tabs.setFocus()
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: shows(Likeness.MOMENT, "burst 1.jpg"))
    qtbot.waitUntil(lambda: not page.bulk.isVisible())
    page.view.cards()[0].tiles[0].setFocus()
    press(Key.Key_A)  # both are kept, for good
    qtbot.waitUntil(page.empty.isVisible)
    program.services.duplicates.look()
    qtbot.waitUntil(lambda: page.tabs.tabText(2) == "Same moment")

    press(Key.Key_Escape)
    qtbot.waitUntil(window.grid.isVisible)
    assert sorted(path.name for path in photos.glob("*.jpg")) == ["burst 1.jpg", "burst 2.jpg", "hill.jpg", "sea.jpg"]
