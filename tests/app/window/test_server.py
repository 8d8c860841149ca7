"""A library on a server in the window: what it is called, how one goes back, and what is seen while it is away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from app.services import server_watch
from core.errors import LibraryError, LibraryReadOnly
from core.events import Control, Event
from core.library import Library
from core.likelihood import LIKELY
from core.messages import library_errors
from core.paths import LibraryPaths, library_paths, own_library_folder
from core.query import Query
from core.results import Results
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary

ADDRESS = "postgresql://ann@server/photos"


class FarLibrary(FakeLibrary):
    """A library whose server can go away."""

    is_away = False

    def _answer(self) -> None:
        if self.is_away:
            raise LibraryError(library_errors.SERVER_AWAY(detail="Connection refused"))

    def catch_up(self) -> bool:
        self._answer()
        return False

    def thumbnail(self, content_id: int) -> bytes | None:
        self._answer()
        return super().thumbnail(content_id)

    def find(self, query: Query, *, likely_from: float = LIKELY, fold: bool = True, listings: bool = False) -> Results:
        self._answer()
        return super().find(query, likely_from=likely_from, fold=fold, listings=listings)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_watch, "AGAIN_MILLISECONDS", 30)


def test_a_server_that_is_away_is_one_sentence_until_it_is_back(qtbot: QtBot, start: Start) -> None:
    library = FarLibrary()
    program = start(library)
    window = program.window
    qtbot.waitUntil(lambda: len(window.grid.ids) == 12)
    library.is_away = True
    program.services.search.type("dog")
    program.services.search.submit()
    program.services.details.want_cells([3, 4], 999)
    sentence = program.services.server_watch.sentence
    qtbot.waitUntil(lambda: window.photos.banners.texts() == [sentence])
    assert len(window.grid.ids) == 12, "what is shown stays"
    library.is_away = False
    with qtbot.waitSignal(program.services.search.refreshed):
        qtbot.waitUntil(lambda: not window.photos.banners.texts())


class ReadLibrary(FakeLibrary):
    """A library that this user may only search."""

    def index(self, control: Control, *, root_ids: tuple[int, ...] | None = None) -> Iterator[Event]:
        raise LibraryReadOnly(library_errors.SERVER_READ_ONLY(detail="permission denied for table revision"))


def test_who_may_only_search_is_not_told_that_nothing_was_indexed(qtbot: QtBot, start: Start) -> None:
    program = start(ReadLibrary())
    qtbot.waitUntil(lambda: len(program.window.grid.ids) == 12)
    with qtbot.waitSignal(program.services.indexing.ended):
        program.services.indexing.look_through()
    assert not program.window.photos.banners.texts()
    program.services.changes.failed.emit(LibraryReadOnly(library_errors.SERVER_READ_ONLY(detail="…")))
    (told,) = program.window.photos.banners.texts()
    assert told.startswith("This user may search the library on the server, but not change it.")


def test_the_window_says_which_library_is_open(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    layout = LibraryPaths(tmp_path / "there", ADDRESS)
    program = Program(qapp, layout, FakeLibrary)
    assert program.window.windowTitle() == "photos · server – Recollect"
    menu = program.window.libraries
    menu.fill()
    texts = [action.text() for action in menu.menu.actions() if action.text()]
    assert texts == ["Connect…", "On this computer", "photos · server"]
    (own,) = [action for action in menu.menu.actions() if action.text() == "On this computer"]
    own.trigger()
    assert program.next_library == str(own_library_folder())
    assert program.stop()


def test_a_server_that_is_away_at_the_start_leaves_a_way_home(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    def opened() -> Library:
        raise LibraryError(library_errors.SERVER_AWAY(detail="Connection refused"))

    program = Program(qapp, LibraryPaths(tmp_path / "there", ADDRESS), opened)
    program.start()
    qtbot.waitUntil(lambda: bool(program.window.findChildren(QMessageBox)))
    (box,) = program.window.findChildren(QMessageBox)
    assert "does not answer" in box.text()
    (home,) = [one for one in box.findChildren(QPushButton) if one.text() == "Open the library on this computer"]
    home.click()
    assert program.next_library == str(own_library_folder())
    assert program.stop()


def test_the_folder_of_a_server_is_named_by_its_address() -> None:
    assert library_paths(ADDRESS).folder == library_paths(ADDRESS.replace("ann@", "ann:secret@")).folder
