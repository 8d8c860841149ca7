"""Stories of people at the real window, over a real library of real files. Only the model is one that knows colours.

Nearly all are told twice: with the library in a folder, and with the same library on a server.

Whatever happens in them, the folder of photos is in the end what it was, to the byte and the minute: nothing is written
there that was not asked for, and what was asked for is taken back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from app.dialogs.export import ExportDialog
from app.dialogs.name import NameDialog
from app.dialogs.tags import TagsDialog
from app.program.startup import Program
from app.services.saved_searches import SaveSearch
from app.window.main_window import MainWindow
from core.encoder.protocol import Encoder
from core.library import Library
from core.library_models import LibraryModels
from core.maintenance.copying import copy_library
from core.models import ModelFolder, Tower
from core.opening import opened_user_data
from core.paths import LibraryPaths
from core.setting_names import LEAVE_TEXT
from tests.app.window.test_trash import bin_folder
from tests.core.test_library import COLOURS, ColourEncoder, index, make_model, paint

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PHOTOS = 12

__all__ = ["bin_folder"]


class PatientEncoder(ColourEncoder):
    """Takes words that are no colours for grey: a question is asked at every letter."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        grey = np.full(3, 3**-0.5, np.float32)
        rows = np.eye(3, dtype=np.float32)
        return np.stack([rows[COLOURS.index(text)] if text in COLOURS else grey for text in texts])


def encoder(model: ModelFolder, tower: Tower) -> Encoder:
    return PatientEncoder(model, tower)


def opened(layout: LibraryPaths, model: Path) -> Library:
    return Library.open(layout.folder, server=layout.server, model=str(model), make_encoder=encoder)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with photos and the library of them, indexed once for all the stories."""
    folder = tmp_path_factory.mktemp("stories")
    for number in range(PHOTOS):
        colour, shade = COLOURS[number % 3], 255 - 10 * number
        path = paint(folder / "kept" / "photos" / f"{colour} {number:02}.png", f"rgb{shades(number % 3, shade)}")
        month = datetime(2019, PHOTOS - number, 15, tzinfo=UTC).timestamp()
        os.utime(path, (month, month))
    shutil.copytree(folder / "kept" / "photos", folder / "photos")
    with opened(LibraryPaths(folder / "kept" / "library"), make_model(folder / "crayons")) as library:
        library.machine_settings.set(LEAVE_TEXT, True)
        library.add_root(folder / "photos")
        index(library)
    return folder


def shades(channel: int, value: int) -> tuple[int, ...]:
    return tuple(value if one == channel else 0 for one in range(3))


def told(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def photos(prepared: Path) -> Iterator[Path]:
    folder = prepared / "photos"
    before = told(folder)
    assert len(before) == PHOTOS
    yield folder
    assert told(folder) == before
    shutil.rmtree(folder / "best", ignore_errors=True)


@pytest.fixture(params=["folder", "server"])
def layout(request: pytest.FixtureRequest, prepared: Path) -> Iterator[LibraryPaths]:
    """The library as it was indexed, in a folder or on a server."""
    kept, here = LibraryPaths(prepared / "kept" / "library"), LibraryPaths(prepared / "library")
    shutil.rmtree(here.folder, ignore_errors=True)
    if request.param == "folder":
        shutil.copytree(kept.folder, here.folder)
        yield here
        return
    pytest.importorskip("psycopg", reason="the extra recollect[shared] is not installed")
    from tests.core.shared.server import address_on, new_address

    with new_address(request.getfixturevalue("server")) as address:
        there = LibraryPaths(here.folder, address_on(address))
        copy_library(kept, there)
        yield there


@pytest.fixture(autouse=True)
def nothing_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start no process that would load torch: colours have no tower to be made ready for the next start."""
    monkeypatch.setattr(LibraryModels, "prepare_words", lambda *_: None)


@pytest.fixture
def program(
    qtbot: QtBot, qapp: QApplication, prepared: Path, layout: LibraryPaths, photos: Path, bin_folder: Path
) -> Iterator[Program]:
    made = Program(qapp, layout, lambda: opened(layout, prepared / "crayons"))
    made.services.language.choose("en")
    made.window.resize(1000, 700)
    made.start()
    qtbot.waitUntil(lambda: len(made.window.grid.ids) == PHOTOS, timeout=20_000)
    qtbot.waitUntil(lambda: not made.services.indexing.running, timeout=20_000)
    yield made
    for box in made.window.findChildren(QMessageBox):
        box.close()
    made.window.close()
    assert made.stop(), "a thread did not stop"
    made.window.deleteLater()


@pytest.fixture
def window(program: Program) -> MainWindow:
    return program.window


def ask(qtbot: QtBot, window: MainWindow, text: str, photos: int) -> None:
    """Type a question from wherever the keyboard is, and go on to its photos with the Down key."""
    qtbot.keyClick(window.focusWidget() or window, Key.Key_F, CONTROL)
    field = window.top.field
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: window.top.field.text() == text and len(window.grid.ids) == photos)
    to_photos(qtbot, window)


def to_photos(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Key.Key_Home)


def asked(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> QDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)))
    (dialog,) = window.findChildren(kind)
    return dialog


def left(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> None:
    qtbot.waitUntil(lambda: not window.findChildren(kind))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def entries(window: MainWindow, text: str) -> list[QTreeWidgetItem]:
    return window.splitter.sidebar.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)


def name_of_first(window: MainWindow) -> str:
    return _name(window, int(window.grid.ids[0]))


def name_of_current(window: MainWindow) -> str:
    return _name(window, window.grid.current_id or 0)


def _name(window: MainWindow, content_id: int) -> str:
    """Return the name of a photo; empty until the library has told it, which is after the grid has made room for it."""
    photo = window.grid.photo_of(content_id)
    return "" if photo is None else photo.place.path.name


def painted(window: MainWindow) -> QImage:
    """Return how the first photo is painted."""
    return window.grid.viewport().grab(window.grid.geometry_of_cells.rect(0)).toImage()


def test_find_and_star(qtbot: QtBot, window: MainWindow, layout: LibraryPaths) -> None:
    ask(qtbot, window, "blue", PHOTOS)
    qtbot.waitUntil(lambda: name_of_first(window).startswith("blue"))
    window.top.field.setFocus()
    qtbot.keyClick(window.top.field, Key.Key_Down)
    qtbot.waitUntil(lambda: window.grid.hasFocus() and len(window.grid.selection) == 1)
    qtbot.keyClick(window.grid, Key.Key_Home)  # the answer may have come after one of the newest was chosen
    found = window.grid.current_id
    assert found is not None and window.grid.selection.current == 0
    unrated = painted(window)
    qtbot.keyClick(window.grid, Key.Key_5)
    qtbot.waitUntil(lambda: window.undo_line.text == "★★★★★ for 1 photo")
    qtbot.waitUntil(lambda: window.grid.marks_of(found).rating == 5 and painted(window) != unrated)
    said = opened_user_data(layout, write=False)
    assert list(said.ratings.all().values()) == [5]
    said.close()
    ask(qtbot, window, "rating:5", 1)
    assert window.grid.ids.tolist() == [found]


def test_an_album_from_a_search(qtbot: QtBot, window: MainWindow, program: Program) -> None:
    ask(qtbot, window, "name:blue", 4)
    qtbot.keyClick(window.grid, Key.Key_A, CONTROL)
    qtbot.keyClick(window.grid, Key.Key_N, CONTROL | SHIFT)
    dialog = asked(qtbot, window, NameDialog)
    (field,) = dialog.findChildren(QLineEdit)
    qtbot.keyClicks(field, "The sea")
    qtbot.keyClick(field, Key.Key_Return)
    left(qtbot, window, NameDialog)
    qtbot.waitUntil(
        lambda: [(one.name, one.photos) for one in program.services.overview.contents.albums] == [("The sea", 4)]
    )
    ask(qtbot, window, "red", PHOTOS)
    sidebar = window.splitter.sidebar
    (entry,) = entries(window, "The sea")
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=sidebar.visualItemRect(entry).center())
    qtbot.waitUntil(lambda: len(window.grid.ids) == 4)


def test_an_album_of_a_saved_search(qtbot: QtBot, window: MainWindow, program: Program) -> None:
    program.services.changes.make(SaveSearch("Sea", "name:blue"))
    sidebar = window.splitter.sidebar
    qtbot.waitUntil(lambda: bool(entries(window, "Sea")))
    (entry,) = entries(window, "Sea")
    sidebar.setCurrentItem(entry)
    place = sidebar.visualItemRect(entry).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, sidebar.viewport().mapToGlobal(place))
    QApplication.sendEvent(sidebar, event)
    (menu,) = sidebar.findChildren(QMenu)
    (make,) = [action for action in menu.actions() if action.text() == "Make an album of what it finds"]
    make.trigger()
    menu.close()
    qtbot.waitUntil(lambda: not sidebar.findChildren(QMenu))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    albums = program.services.overview
    qtbot.waitUntil(lambda: [(one.name, one.photos) for one in albums.contents.albums] == [("Sea", 4)])
    to_photos(qtbot, window)
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not albums.contents.albums)


def test_export_ten(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    to_photos(qtbot, window)
    for _ in range(9):
        qtbot.keyClick(window.grid, Key.Key_Right, SHIFT)
    assert window.selection_bar.isVisible()
    qtbot.keyClick(window.grid, Key.Key_E, CONTROL | SHIFT)
    dialog = asked(qtbot, window, ExportDialog)
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    folder = fields["Folder"]
    folder.setFocus()
    qtbot.keyClick(folder, Key.Key_A, CONTROL)
    qtbot.keyClicks(folder, str(tmp_path / "out"))
    qtbot.keyClick(folder, Key.Key_Return)
    left(qtbot, window, ExportDialog)
    done = "10 photos exported to"
    qtbot.waitUntil(lambda: any(done in text for text in window.photos.banners.texts()), timeout=20_000)
    written = sorted((tmp_path / "out").glob("*.jpg"))
    assert {path.stem[-2:] for path in written} == {f"{number:02}" for number in range(10)}, "the newest ten"
    for path in written:
        with Image.open(path) as image:
            assert image.size == (80, 60)


def test_undo_a_trash(qtbot: QtBot, window: MainWindow, photos: Path, bin_folder: Path) -> None:
    to_photos(qtbot, window)
    qtbot.keyClick(window.grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    box = asked(qtbot, window, QMessageBox)
    (yes,) = [one for one in box.findChildren(QPushButton) if one.text() == "Move to the trash"]
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    left(qtbot, window, QMessageBox)
    qtbot.waitUntil(lambda: len(window.grid.ids) == PHOTOS - 2)
    assert len(list(bin_folder.iterdir())) == 2 and len(told(photos)) == PHOTOS - 2
    to_photos(qtbot, window)
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: len(window.grid.ids) == PHOTOS, timeout=20_000)
    assert not list(bin_folder.iterdir())


def test_keyboard_only(qtbot: QtBot, window: MainWindow) -> None:
    to_photos(qtbot, window)
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.waitUntil(window.preview.isVisible)
    first = window.preview.photo_id
    qtbot.keyClick(window.preview, Key.Key_Right)
    qtbot.waitUntil(lambda: window.preview.photo_id != first)
    qtbot.keyClick(window.preview, Key.Key_F)
    qtbot.waitUntil(lambda: window.undo_line.text == "1 photo added to the favourites")
    qtbot.keyClick(window.preview, Key.Key_T)
    dialog = asked(qtbot, window, TagsDialog)
    (field,) = dialog.findChildren(QLineEdit)
    qtbot.keyClicks(field, "sea")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.waitUntil(lambda: not field.text())
    qtbot.keyClick(field, Key.Key_Return)
    left(qtbot, window, TagsDialog)
    second = window.preview.photo_id
    qtbot.keyClick(window.preview, Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.preview.isVisible())
    ask(qtbot, window, "is:favourite tag:sea", 1)
    assert window.grid.ids.tolist() == [second]
    qtbot.keyClick(window.grid, Key.Key_F)
    qtbot.waitUntil(lambda: len(window.grid.ids) == 0)
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: window.grid.ids.tolist() == [second])


@pytest.mark.parametrize("layout", ["folder"], indirect=True)
def test_move_to_another_folder_and_back(qtbot: QtBot, window: MainWindow, program: Program, photos: Path) -> None:
    (photos / "best").mkdir(exist_ok=True)
    ask(qtbot, window, "name:blue", 4)
    qtbot.keyClick(window.grid, Key.Key_A, CONTROL)
    ids = window.grid.ids.tolist()
    qtbot.keyClick(window.grid, Key.Key_M, CONTROL | SHIFT)
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(photos / "best"))
    dialog.close()
    left(qtbot, window, QFileDialog)
    qtbot.waitUntil(lambda: window.undo_line.text.startswith("4 photos moved to"))
    assert len(list((photos / "best").iterdir())) == 4
    qtbot.waitUntil(lambda: not program.services.indexing.running, timeout=20_000)
    ask(qtbot, window, "folder:best", 4)
    assert window.grid.ids.tolist() == ids, "they are the same photos, embedded once"
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not list((photos / "best").iterdir()))
    qtbot.waitUntil(lambda: len(window.grid.ids) == 0, timeout=20_000)
    assert not window.photos.banners.texts(), "four of twelve are gone from a folder, and nobody is asked"
