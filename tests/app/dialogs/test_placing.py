"""Where folders and thumbnails of a library on a server lie on this computer, in the settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.dialogs.folders.dialog import FoldersDialog
from app.dialogs.folders.placing import FolderPlacing
from app.dialogs.storage import StoragePage
from app.dialogs.thumbnails import ThumbnailsPlace
from app.program.startup import Program
from app.services.storage import Storage
from core.errors import FolderError
from core.messages import folder_messages, title
from core.paths import LibraryPaths
from core.photo import Root
from core.store.storages import OwnFolders
from core.store.storages import Storage as SharedFolder
from tests.app.conftest import Start
from tests.app.dialogs.test_storage import boxes, pressed
from tests.app.fake_library import FakeLibrary
from tests.app.window.test_window import words_on

ADDED = "/mnt/photos"


class FakeStorages(OwnFolders):
    """One folder, which lies in `drive` on this computer; thumbnails, in the database or in a folder."""

    def __init__(self, drive: Path) -> None:
        self.drive = drive
        self.here: Path | None = None
        self.thumbnails: str | None = None

    def all(self) -> tuple[SharedFolder, ...]:
        return (SharedFolder(1, "a-name", ADDED, self.here),)

    def place(self, storage: SharedFolder, path: Path) -> None:
        if path != self.drive:
            raise FolderError(folder_messages.STORAGE_OTHER(folder=path, storage=storage.added))
        self.here = path

    def thumbnail_folder(self) -> str | None:
        return self.thumbnails

    def keep_thumbnails_in(self, folder: Path) -> int:
        if folder.name == "full":
            raise FolderError(folder_messages.THUMBNAILS_NOT_EMPTY(folder=folder))
        self.thumbnails = str(folder)
        return 1_234

    def keep_thumbnails_with_library(self) -> int:
        self.thumbnails = None
        return 1_234


class SharedLibrary(FakeLibrary):
    """A library on a server, whose only folder is elsewhere."""

    def __init__(self, drive: Path) -> None:
        super().__init__(12, roots=(Path(ADDED),))
        self.kept = FakeStorages(drive)
        self.storages = self.kept

    def roots(self) -> tuple[Root, ...]:
        here = self.kept.here
        return tuple(
            replace(root, path=here or root.path, offline=None if here else folder_messages.NOT_HERE())
            for root in super().roots()
        )


def button_of(widget: FolderPlacing | ThumbnailsPlace, text: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text)


def choose(widget: FolderPlacing | ThumbnailsPlace, text: str, folder: Path) -> None:
    """Press a button that asks for a folder, and choose one."""
    button_of(widget, text).click()
    (dialog,) = (one for one in widget.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(str(folder))
    dialog.close()


def placing_of(program: Program) -> FolderPlacing:
    program.window.dialogs.show_folders()
    placing = program.window.findChild(FoldersDialog).findChild(FolderPlacing)  # type: ignore[union-attr]
    assert isinstance(placing, FolderPlacing)
    return placing


ASKS = "Where is it on this computer?…"


def test_a_folder_that_lies_elsewhere_is_named_and_comes_within_reach(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    library = SharedLibrary(tmp_path)
    program = start(library)
    placing = placing_of(program)
    qtbot.waitUntil(placing.isVisible)
    assert placing.said == title(folder_messages.NOT_HERE())
    runs = len(library.runs)
    choose(placing, ASKS, tmp_path)
    qtbot.waitUntil(lambda: placing.said == f"Added as “{ADDED}”; it lies here at a path of its own.")
    qtbot.waitUntil(lambda: len(library.runs) > runs)  # it is looked through, as one that was added
    assert library.kept.here == tmp_path


def test_a_folder_with_other_photos_is_refused_in_a_sentence(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    library = SharedLibrary(tmp_path)
    placing = placing_of(start(library))
    qtbot.waitUntil(placing.isVisible)
    choose(placing, ASKS, tmp_path / "other")
    qtbot.waitUntil(lambda: "does not hold the photos of “/mnt/photos”" in placing.said)
    assert "recollect" not in placing.said and button_of(placing, ASKS).isEnabled()
    assert library.kept.here is None


def test_the_folders_of_this_computers_own_library_lie_where_they_are(start: Start, qtbot: QtBot) -> None:
    program = start(FakeLibrary(12))
    placing = placing_of(program)
    told: list[object] = []
    program.services.library_tasks.storages(told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [()] and not placing.isVisible()


@pytest.fixture
def shared(start: Start, tmp_path: Path) -> Iterator[tuple[StoragePage, SharedLibrary, Program]]:
    """The page about files of a library on a server."""
    library = SharedLibrary(tmp_path)
    program = start(library)
    storage = Storage(LibraryPaths(tmp_path, "postgresql://photos.example/library"))
    page = StoragePage(storage, program.services.messages, program.window)
    storage.open(library)
    page.show()
    yield page, library, program
    assert storage.stop(10**9)


def thumbnails_on(page: StoragePage) -> ThumbnailsPlace:
    found = page.findChild(ThumbnailsPlace)
    assert isinstance(found, ThumbnailsPlace)
    return found


def test_thumbnails_go_to_a_folder_on_a_yes_and_come_back(
    shared: tuple[StoragePage, SharedLibrary, Program], qtbot: QtBot, tmp_path: Path
) -> None:
    page, library, program = shared
    thumbnails = thumbnails_on(page)
    qtbot.waitUntil(lambda: "Thumbnails are in the database." in words_on(page))
    choose(thumbnails, "Keep thumbnails in a folder…", tmp_path / "thumbs")
    assert library.kept.thumbnails is None, "nothing is carried before the yes"
    pressed(boxes(program)[0], "Carry them there")
    qtbot.waitUntil(lambda: f"Thumbnails are in “{tmp_path / 'thumbs'}”; 1,234 were carried there." in words_on(page))
    qtbot.waitUntil(lambda: f"Thumbnails are in the folder “{tmp_path / 'thumbs'}”." in words_on(page))
    choose(thumbnails, "Where is the folder on this computer?…", tmp_path / "drive")
    qtbot.waitUntil(lambda: library.kept.thumbnails == str(tmp_path / "drive"))
    qtbot.waitUntil(button_of(thumbnails, "Keep thumbnails in the database…").isEnabled)
    button_of(thumbnails, "Keep thumbnails in the database…").click()
    qtbot.waitUntil(lambda: bool(boxes(program)))
    pressed(boxes(program)[0], "Bring them back")
    qtbot.waitUntil(lambda: "Thumbnails are in the database; 1,234 were brought back." in words_on(page))
    qtbot.waitUntil(lambda: not button_of(thumbnails, "Keep thumbnails in the database…").isVisible())


def test_a_folder_that_does_not_do_is_told(
    shared: tuple[StoragePage, SharedLibrary, Program], qtbot: QtBot, tmp_path: Path
) -> None:
    page, library, program = shared
    qtbot.waitUntil(lambda: "Thumbnails are in the database." in words_on(page))
    choose(thumbnails_on(page), "Keep thumbnails in a folder…", tmp_path / "full")
    pressed(boxes(program)[0], "Carry them there")
    qtbot.waitUntil(lambda: "is not empty" in words_on(page))
    assert library.kept.thumbnails is None
