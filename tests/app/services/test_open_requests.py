"""What someone outside names is shown, offered to the library, or explained."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.program.application import Application
from app.program.single_instance import rang, taken_notes
from app.program.startup import Program
from app.window.folder_filter import FolderFilter
from core.errors import LibraryBusy
from core.messages import file_reasons, library_errors
from core.paths import LibraryPaths
from core.photo import PathInfo, Root
from core.store.lock import WriterLock
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary
from tests.app.window.test_window import press, shown, words_on
from tests.stopwatch import Stopwatch

PHOTOS = Path("/photos")


def named(program: Program, *paths: Path) -> None:
    program.services.open_requests.name(paths)


def told(qtbot: QtBot, program: Program) -> str:
    """Wait for a message and return it."""
    qtbot.waitUntil(lambda: bool(program.window.photos.banners.texts()))
    return program.window.photos.banners.texts()[-1]


def test_a_folder_inside_the_library_is_looked_in(qtbot: QtBot, start: Start) -> None:
    library, trip = FakeLibrary(12), PHOTOS / "trip"
    library.known[trip] = PathInfo(trip, trip, is_folder=True)
    program = start(library)
    program.window.top.field.setText("3 4")
    shown(qtbot, program, 2)
    named(program, trip)
    shown(qtbot, program, 12)
    assert program.services.search.query.folder == trip
    assert program.window.top.field.text() == ""
    combo = program.window.photos.header.folders
    assert combo.isVisible() and combo.folder == trip
    program.services.library_tasks.count()
    qtbot.wait(50)
    assert combo.folder == trip


def test_a_picture_is_opened_large(qtbot: QtBot, start: Start) -> None:
    library, picture = FakeLibrary(12), PHOTOS / "trip" / "photo 7.jpg"
    library.known[picture] = PathInfo(picture, picture.parent, 7)
    program = start(library)
    named(program, picture)
    qtbot.waitUntil(program.window.preview.isVisible)
    assert program.window.preview.photo_id == 7
    named(program, picture)  # and once more, from the large view
    qtbot.waitUntil(lambda: program.window.preview.isVisible() and program.window.preview.photo_id == 7)


def test_a_strange_folder_is_offered_and_never_added_by_itself(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    library, strange = FakeLibrary(12), tmp_path / "雪 📷"
    strange.mkdir()
    program = start(library)
    named(program, strange)
    assert "雪 📷” is not in your library" in told(qtbot, program)
    assert strange not in library.folders.values()
    press(qtbot, program.window.photos.banners, "Add this folder")
    qtbot.waitUntil(lambda: strange in library.folders.values())
    qtbot.waitUntil(lambda: program.services.search.query.folder == strange)


def test_a_strange_picture_offers_its_folder(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    (tmp_path / "a b.jpg").touch()
    library = FakeLibrary(12)
    program = start(library)
    named(program, tmp_path / "a b.jpg")
    assert "“a b.jpg” is not in your library" in told(qtbot, program)
    press(qtbot, program.window.photos.banners, "Add its folder")
    qtbot.waitUntil(lambda: tmp_path in library.folders.values())


def test_several_strangers_are_one_question(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    for name in ("one", "one/inner", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "two" / "x.jpg").touch()
    library = FakeLibrary(12)
    program = start(library)
    named(program, tmp_path / "one", tmp_path / "one/inner", tmp_path / "two/x.jpg")
    assert told(qtbot, program) == "2 folders are not in your library."
    press(qtbot, program.window.photos.banners, "Add them")
    qtbot.waitUntil(lambda: {tmp_path / "one", tmp_path / "two"} <= set(library.folders.values()))


def test_a_first_start_puts_it_on_the_list_of_the_welcome_page(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    program = start(FakeLibrary(0, roots=()))
    qtbot.waitUntil(program.window.welcome.isVisible)
    named(program, tmp_path)
    qtbot.waitUntil(lambda: tmp_path in program.window.welcome.folders())


def test_what_cannot_be_shown_is_explained(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    library = FakeLibrary(12)
    bad, new = PHOTOS / "bad.jpg", PHOTOS / "new.jpg"
    library.known[bad] = PathInfo(bad, PHOTOS, reason=file_reasons.EMPTY())
    library.known[new] = PathInfo(new, PHOTOS)
    program = start(library)
    for path, sentence in (
        (tmp_path / "gone", "There is no file or folder"),
        (tmp_path / "notes.txt", "“notes.txt” is no picture that Recollect can read."),
        (bad, "“bad.jpg” was skipped: The file is empty."),
        (new, "“new.jpg” is new."),
    ):
        named(program, path)
        qtbot.waitUntil(lambda said=sentence: any(said in t for t in program.window.photos.banners.texts()))


def test_what_is_named_before_the_library_is_open_waits(qtbot: QtBot, start: Start) -> None:
    library, picture = FakeLibrary(12), PHOTOS / "x.jpg"
    library.known[picture] = PathInfo(picture, PHOTOS, 5)
    gate = library.hold("latest")
    program = start(library)
    named(program, picture)
    gate.set()
    qtbot.waitUntil(lambda: program.window.preview.isVisible() and program.window.preview.photo_id == 5)


def test_a_second_start_hands_over(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    library, picture = FakeLibrary(12), PHOTOS / "trip" / "a\n 📷.jpg"
    library.known[picture] = PathInfo(picture, PHOTOS, 5)
    layout = LibraryPaths(tmp_path)
    lock = WriterLock(layout.lock)
    lock.acquire()
    program = start(library)
    qtbot.waitUntil(lambda: layout.visits.is_dir())
    qtbot.wait(50)
    answers = list[bool]()
    second = threading.Thread(target=lambda: answers.append(rang(layout, [picture])))
    second.start()
    qtbot.waitUntil(lambda: program.window.preview.isVisible() and program.window.preview.photo_id == 5)
    second.join(10)
    lock.release()
    assert answers == [True]
    assert list(layout.visits.iterdir()) == []
    assert "Similar" not in words_on(program.window.photos.header)


def test_whoever_is_refused_the_library_hands_over(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    """Two pictures opened at once: the second start found nobody to ring, and then the library taken."""
    layout = LibraryPaths(tmp_path)
    layout.visits.mkdir()
    lock = WriterLock(layout.lock)
    lock.acquire()

    def taken() -> FakeLibrary:
        raise LibraryBusy(library_errors.OPEN_ELSEWHERE())

    program = Program(qapp, layout, taken)
    program.services.open_requests.name([PHOTOS / "x.jpg"])
    program.start()
    heard = list[Path]()

    def listen() -> bool:
        heard.extend(taken_notes(layout.visits))
        return bool(heard)

    qtbot.waitUntil(listen)
    qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=5000)
    lock.release()
    assert heard == [PHOTOS / "x.jpg"]
    assert program.code == 0
    assert program.stop()
    program.window.deleteLater()


def test_notes_of_this_moment_are_read_and_old_ones_thrown_away(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    layout, library = LibraryPaths(tmp_path), FakeLibrary(12)
    layout.visits.mkdir()
    fresh, old = layout.visits / "1.note", layout.visits / "2.note"
    for note in (fresh, old):
        folder = PHOTOS / note.stem
        library.known[folder] = PathInfo(folder, folder, is_folder=True)
        note.write_bytes(os.fsencode(folder))
    os.utime(old, (0, 0))
    program = start(library)
    qtbot.waitUntil(lambda: program.services.search.query.folder == PHOTOS / "1")
    assert list(layout.visits.iterdir()) == []


def test_nobody_answers_where_no_window_is(tmp_path: Path) -> None:
    layout = LibraryPaths(tmp_path)
    assert not rang(layout, [PHOTOS])
    layout.visits.mkdir()
    with Stopwatch() as ringing:
        assert not rang(layout, [PHOTOS])  # nobody holds the library, so nobody is waited for
    assert ringing.seconds < 2
    lock = WriterLock(layout.lock)
    lock.acquire()
    assert not rang(layout, [PHOTOS], patience=0.1)  # the command line holds it
    lock.release()
    assert list(layout.visits.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="a Windows name is Unicode")
def test_a_note_keeps_any_name(tmp_path: Path) -> None:
    strange = Path(os.fsdecode(b"/x/\xff \n.jpg"))
    (tmp_path / "1.note").write_bytes(os.fsencode(strange))
    (tmp_path / "2.part").write_bytes(b"/half")
    assert taken_notes(tmp_path) == [strange]


@pytest.mark.skipif(os.name == "nt", reason="no queues among files there")
@pytest.mark.timeout(20)
def test_what_is_no_note_holds_up_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "1.note")
    (tmp_path / "2.note").mkdir()
    with (tmp_path / "3.note").open("wb") as file:
        file.truncate(1 << 40)
    (tmp_path / "4.note").write_bytes(b"/photo.jpg")
    assert taken_notes(tmp_path) == [Path("/photo.jpg")]


@given(st.binary(max_size=200))
def test_any_note_names_places_or_none(note: bytes) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "1.note").write_bytes(note)
        assert len(taken_notes(Path(folder))) == len([name for name in note.split(b"\0") if name])


def test_a_mac_names_files_by_an_event(qtbot: QtBot, tmp_path: Path) -> None:
    asked = list[list[Path]]()
    # stands in for the application, of which there can be only one
    spoken = SimpleNamespace(asked=SimpleNamespace(emit=asked.append))
    event = QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "a b.jpg")))
    assert Application.event(cast("Application", spoken), event)
    assert asked == [[tmp_path / "a b.jpg"]]


def test_the_folder_filter_keeps_a_folder_inside_one_it_offers(qtbot: QtBot) -> None:
    combo = FolderFilter()
    qtbot.addWidget(combo)
    left = list[object]()
    combo.chosen.connect(left.append)
    combo.show_roots([Root(1, PHOTOS)])
    assert combo.isHidden()
    combo.show_folder(PHOTOS / "trip")
    assert combo.folder == PHOTOS / "trip"
    combo.show_roots([Root(1, PHOTOS), Root(2, Path("/more"))])
    assert combo.folder == PHOTOS / "trip" and left == []
    combo.show_roots([Root(2, Path("/more"))])
    assert combo.folder is None and left == [None]
