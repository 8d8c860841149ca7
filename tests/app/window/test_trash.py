"""Delete moves files to the trash, after a question, and Ctrl+Z brings them back."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QFile, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QProgressBar, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from app.services import progress, trash
from app.services.indexing import PauseReason
from app.window import change_progress
from app.window.main_window import MainWindow
from tests.app.fake_library import FakeLibrary
from tests.app.window.conftest import library_of_files
from tests.app.window.test_sidebar import items

Key = Qt.Key
NO_TRASH = "Its drive may have no trash, or no room in it: your file manager can delete it there."
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trash of the test's own: no test may fill the one of whoever runs it."""
    folder = tmp_path / "Trash" / "files"
    folder.mkdir(parents=True)

    class Bin(QFile):
        def moveToTrash(self) -> bool:  # type: ignore[override]
            path = Path(self.fileName())
            if path.name == "photo 9.jpg":
                return False
            self.setFileName(str(path.rename(folder / path.name)))
            return True

    monkeypatch.setattr(trash, "QFile", Bin)
    return folder


@pytest.fixture
def library(tmp_path: Path, bin_folder: Path) -> FakeLibrary:
    return library_of_files(tmp_path)


def answer(qtbot: QtBot, window: MainWindow, text: str, *, never_again: bool = False) -> None:
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    if never_again:
        box.checkBox().setChecked(True)
    (button,) = [b for b in box.findChildren(QPushButton) if b.text() == text]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def question(qtbot: QtBot, window: MainWindow) -> tuple[str, str]:
    """Return what is asked and what is said below it, and answer that nothing is to be done."""
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
    (box,) = window.findChildren(QMessageBox)
    said = box.text(), box.informativeText()
    answer(qtbot, window, "Cancel")
    return said


def names_shown(window: MainWindow) -> set[str]:
    return {label.text() for label in window.preview.findChildren(QLabel)}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_photos_go_to_the_trash_and_come_back(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary, bin_folder: Path
) -> None:
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    answer(qtbot, window, "Cancel")
    assert not names(bin_folder)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    answer(qtbot, window, "Move to the trash", never_again=True)
    qtbot.waitUntil(lambda: list(window.grid.ids) == list(range(10, 0, -1)))
    assert names(bin_folder) == {"photo 12.jpg", "photo 11.jpg"}
    assert window.grid.current_id == 10 and window.undo_line.text == "2 files moved to the trash"
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not names(bin_folder))
    assert len(names(library.disk / "trip")) == 12
    qtbot.waitUntil(lambda: window.undo_line.text.startswith("Undone: "))
    assert library.runs, "the folders were not looked through"
    window.grid.show_current(0)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    qtbot.waitUntil(lambda: names(bin_folder) == {"photo 10.jpg"})


def test_what_is_in_the_trash_counts_neither_as_a_favourite_nor_in_an_album(
    qtbot: QtBot, window: MainWindow, program: Program, library: FakeLibrary
) -> None:
    def numbers() -> tuple[str, ...]:
        found = items(window.splitter.sidebar)
        return found["Favourites"].text(1), found["Summer"].text(1) if "Summer" in found else ""

    program.services.preferences.asks_before_trash = False
    album = library.user_data.albums.create("Summer")
    library.user_data.albums.add(album.album_id, library.fingerprints((12, 11, 3)).values())
    window.grid.show_current(0)
    qtbot.keyClick(window.grid, Key.Key_F)
    qtbot.waitUntil(lambda: numbers() == ("1", "3"))
    qtbot.keyClick(window.grid, Key.Key_Delete)
    qtbot.waitUntil(lambda: numbers() == ("", "2"))


def test_what_comes_back_while_indexing_rests_is_told(qtbot: QtBot, window: MainWindow, program: Program) -> None:
    program.services.preferences.asks_before_trash = False
    program.services.indexing.pause()
    window.grid.show_current(0)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    qtbot.waitUntil(lambda: program.services.changes.stack.canUndo())
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    said = "What came back is shown when indexing goes on."
    qtbot.waitUntil(lambda: window.photos.banners.texts() == [said])
    (goes_on,) = [one for one in window.photos.banners.findChildren(QPushButton) if one.text() == "Go on"]
    qtbot.mouseClick(goes_on, Qt.MouseButton.LeftButton)
    assert program.services.indexing.hold is PauseReason.NONE and not window.photos.banners.texts()


def test_the_large_view_goes_on_with_the_next_photo(qtbot: QtBot, window: MainWindow, program: Program) -> None:
    program.services.preferences.asks_before_trash = False
    window.grid.show_current(4)
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.waitUntil(window.preview.isVisible)
    for expected in (7, 6):
        qtbot.keyClick(window.preview, Key.Key_Delete)
        qtbot.waitUntil(lambda expected=expected: window.preview.photo_id == expected)
        qtbot.waitUntil(lambda expected=expected: f"photo {expected}.jpg" in names_shown(window))
    assert window.preview.isVisible()


def test_what_cannot_be_moved_stays_and_is_said(qtbot: QtBot, window: MainWindow, program: Program) -> None:
    program.services.preferences.asks_before_trash = False
    window.grid.show_current(3)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    qtbot.waitUntil(
        lambda: f"“photo 9.jpg” could not be moved to the trash. {NO_TRASH}" in window.photos.banners.texts()
    )
    window.grid.selection.choose_ranges([range(2, 4)])
    qtbot.keyClick(window.grid, Key.Key_Delete)
    qtbot.waitUntil(lambda: window.undo_line.text == f"1 file moved to the trash. 1 could not be moved. {NO_TRASH}")
    qtbot.waitUntil(lambda: not window.photos.banners.texts(), timeout=5_000)  # a later success: it is over


def test_the_question_is_of_one_photo_or_of_several(qtbot: QtBot, window: MainWindow) -> None:
    window.grid.show_current(1)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    asked, told = question(qtbot, window)
    assert asked == "Move “photo 11.jpg” to the trash?"
    assert told == "Every file that holds it goes, copies in other folders too."
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    asked, told = question(qtbot, window)
    assert asked == "Move 2 photos to the trash?"
    assert told == "Every file that holds one of them goes, copies in other folders too."


def test_the_question_tells_of_what_is_shown_as_one(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.grid, "stands_for_others", lambda _: True)
    window.grid.show_current(1)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    assert question(qtbot, window)[1].endswith("\nIt stands for other photos, too: those stay.")
    window.grid.selection.choose_ranges([range(2)])
    qtbot.keyClick(window.grid, Key.Key_Delete)
    assert question(qtbot, window)[1].endswith("\nOf photos that are shown as one, only the one you see goes.")


def test_another_file_in_its_place_is_not_overwritten(
    qtbot: QtBot, window: MainWindow, program: Program, library: FakeLibrary, bin_folder: Path
) -> None:
    program.services.preferences.asks_before_trash = False
    window.grid.show_current(0)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    qtbot.waitUntil(lambda: names(bin_folder) == {"photo 12.jpg"})
    new = library.disk / "trip/photo 12.jpg"
    new.write_bytes(b"another")
    qtbot.waitUntil(lambda: program.services.changes.stack.canUndo())
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: "“photo 12.jpg” could not be put back from the trash." in window.photos.banners.texts())
    assert new.read_bytes() == b"another" and names(bin_folder) == {"photo 12.jpg"}


def test_the_line_tells_how_many_are_chosen_and_how_large(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.selection_bar.isVisible()
    qtbot.keyClick(window.grid, Key.Key_A, CONTROL)
    qtbot.waitUntil(lambda: window.selection_bar.text == "12 photos chosen 12.0 kB")
    assert window.selection_bar.isVisible()
    window.grid.choose_none()
    assert not window.selection_bar.isVisible()


def test_many_files_tell_how_far_they_are_and_can_be_stopped(
    qtbot: QtBot, window: MainWindow, program: Program, bin_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.services.preferences.asks_before_trash = False
    monkeypatch.setattr(progress, "TOLD_SECONDS", 0.0)
    monkeypatch.setattr(change_progress, "WAITED_MILLISECONDS", 0)
    goes_on, moves = threading.Event(), trash.to_trash

    def held(path: Path) -> Path | None:
        assert goes_on.wait(20)
        return moves(path)

    monkeypatch.setattr(trash, "to_trash", held)
    qtbot.keyClick(window.grid, Key.Key_A, CONTROL)
    qtbot.keyClick(window.grid, Key.Key_Delete)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(QProgressDialog)))
    (dialog,) = window.findChildren(QProgressDialog)
    assert dialog.labelText() == "0 of 12" and dialog.maximum() == 12
    assert not any(bar.isTextVisible() for bar in dialog.findChildren(QProgressBar)), "the bar is lower than its text"
    (stop,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "Stop here"]
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    goes_on.set()
    qtbot.waitUntil(lambda: len(window.grid.ids) == 11)
    assert names(bin_folder) == {"photo 12.jpg"} and window.undo_line.text == "1 file moved to the trash"
    qtbot.waitUntil(lambda: not window.findChildren(QProgressDialog))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.grid, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not names(bin_folder))


def test_taking_many_back_can_be_stopped_and_gone_on_with(
    qtbot: QtBot, window: MainWindow, program: Program, bin_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.services.preferences.asks_before_trash = False
    monkeypatch.setattr(progress, "TOLD_SECONDS", 0.0)
    monkeypatch.setattr(change_progress, "WAITED_MILLISECONDS", 0)
    window.grid.selection.choose_ranges([range(3)])
    qtbot.keyClick(window.grid, Key.Key_Delete)
    qtbot.waitUntil(lambda: window.undo_line.text == "3 files moved to the trash")
    qtbot.waitUntil(lambda: not window.findChildren(QProgressDialog))
    goes_on, puts_back = threading.Event(), trash.put_back

    def held(one: trash.Trashed) -> bool:
        return goes_on.wait(20) and puts_back(one)

    monkeypatch.setattr(trash, "put_back", held)
    program.services.changes.undo()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(QProgressDialog)))
    (stop,) = [one for one in window.findChildren(QPushButton) if one.text() == "Stop here"]
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    goes_on.set()
    said = "Stopped: 1 of 3 files are back. Undo goes on with the others."
    qtbot.waitUntil(lambda: window.undo_line.text == said)
    assert names(bin_folder) == {"photo 10.jpg", "photo 11.jpg"} and not program.services.changes.stack.canRedo()
    program.services.changes.undo()
    qtbot.waitUntil(lambda: window.undo_line.text == "Undone: 3 files moved to the trash")
    assert not names(bin_folder)


def test_what_is_taken_back_while_the_program_closes_comes_back_whole(library: FakeLibrary, bin_folder: Path) -> None:
    moved = trash.TrashPhotos(np.array([1, 2, 3])).apply(library)
    assert moved is not None and isinstance(moved.back, trash.RestoreFiles)
    closing, stopped = progress.Progress(), progress.Progress()
    stopped.stop()
    left = moved.back.carry_out(library, stopped)
    assert left.back is None and left.rest is not None and (left.rest.done, left.rest.total) == (0, 3)
    closing.close()
    assert moved.back.carry_out(library, closing).rest is None and not names(bin_folder)


def test_a_file_that_only_got_a_second_name_in_the_trash_stays(
    tmp_path: Path, bin_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, info = tmp_path / "photo.jpg", bin_folder.parent / "info" / "photo.jpg.trashinfo"
    photo.write_bytes(b"photo")
    info.parent.mkdir()

    class Bin(QFile):
        def moveToTrash(self) -> bool:  # type: ignore[override]
            """As Qt does it in a folder that may not be changed: the file is in both places then."""
            (bin_folder / photo.name).hardlink_to(photo)
            info.write_text("[Trash Info]")
            self.setFileName(str(bin_folder / photo.name))
            return True

    monkeypatch.setattr(trash, "QFile", Bin)
    assert trash.to_trash(photo) is None
    assert photo.read_bytes() == b"photo" and not names(bin_folder) and not info.exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the trash lies elsewhere")
def test_a_new_user_without_a_folder_for_data_has_a_trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo, data = tmp_path / "photo.jpg", tmp_path / "home" / "share"
    photo.write_bytes(b"photo")

    class Bin(QFile):
        def moveToTrash(self) -> bool:  # type: ignore[override]
            if data.exists():
                self.setFileName(str(photo.rename(data / photo.name)))
            return data.exists()

    monkeypatch.setattr(trash, "QFile", Bin)
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    assert trash.to_trash(photo) == data / "photo.jpg"
