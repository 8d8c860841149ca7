"""Questions with pictures: pasted, dropped on the bar, drawn on a photo; their chips, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.program.startup import Program
from app.services.question_pictures import pixels_of
from app.viewer.part_chooser import PartChooser
from core.query import PhotoLike, PictureLike
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary, painted

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BUTTON, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def program(qtbot: QtBot, start: Start, library: FakeLibrary) -> Program:
    made = start(library)
    qtbot.waitUntil(lambda: len(made.window.grid.ids) == 12)
    qtbot.waitUntil(made.window.isActiveWindow)
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a dog.jpg"
    path.write_bytes(painted(40, 60, 40))
    return path


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def picture(kind: str, content: bytes) -> QMimeData:
    data = QMimeData()
    data.setData(kind, content)
    return data


def asked_with(program: Program) -> list[object]:
    return [term.subject for term in program.services.search.query.terms]


def kept(program: Program) -> list[Path]:
    return [subject.path for subject in asked_with(program) if isinstance(subject, PictureLike)]


def test_a_copied_file_is_pasted_into_the_bar(qtbot: QtBot, program: Program, library: FakeLibrary, file: Path) -> None:
    QGuiApplication.clipboard().setMimeData(files(file))
    field = program.window.top.field
    field.setText("sunset")
    qtbot.keyClick(field, Key.Key_V, CONTROL)
    assert asked_with(program)[1:] == [PictureLike(file)] and field.text().startswith("sunset + like:")
    (chip,) = program.window.top.chips.chips
    assert chip.body.text() == "like a dog.jpg"
    qtbot.waitUntil(lambda: not chip.body.icon().isNull())
    assert library.sampled == [file]


def test_a_picture_in_the_clipboard_is_kept_as_it_came(qtbot: QtBot, program: Program, library: FakeLibrary) -> None:
    QGuiApplication.clipboard().setMimeData(picture("image/jpeg", b"not decoded here"))
    program.window.grid.setFocus()
    qtbot.keyClick(program.window.grid, Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: bool(kept(program)))
    (name,) = kept(program)
    assert library.asked_pictures.file(name).read_bytes() == b"not decoded here" and name.suffix == ".jpg"
    assert program.window.top.chips.chips[0].body.text() == "like a pasted picture"


def test_a_bitmap_without_a_format_becomes_a_file(qtbot: QtBot, program: Program, library: FakeLibrary) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(program.window.top.field, Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: bool(kept(program)))
    assert library.asked_pictures.file(kept(program)[0]).read_bytes().startswith(b"\x89PNG")


def test_only_files_are_read_for_a_chip(qtbot: QtBot, program: Program, library: FakeLibrary, file: Path) -> None:
    field = program.window.top.field
    field.setText(f'like:"{file.parent}"')
    field.setText(f'like:"{file}x"')
    field.setText(f'like:"{file}"')
    qtbot.waitUntil(lambda: not program.window.top.chips.chips[0].body.icon().isNull())
    assert library.sampled == [file]


def test_text_is_pasted_as_text(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    data = picture("image/png", b"a picture of the text, as office programs add it")
    data.setText("grey\ncat")
    QGuiApplication.clipboard().setMimeData(data)
    program.window.grid.setFocus()
    qtbot.keyClick(program.window.grid, Key.Key_V, CONTROL)
    assert program.window.top.field.text() == "grey cat"
    program.window.top.field.clear()
    program.window.top.field.setFocus()
    qtbot.keyClick(program.window.top.field, Key.Key_V, CONTROL)
    assert program.window.top.field.text().split() == ["grey", "cat"]


def dropped(program: Program, data: QMimeData) -> tuple[bool, bool]:
    """Drag and drop something on the bar; return whether the bar took the one and the other."""
    field = program.window.top.field
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, BUTTON, NO_KEY)
    field.dragEnterEvent(enter)
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, BUTTON, NO_KEY)
    if enter.isAccepted():
        field.dropEvent(drop)
    return enter.isAccepted(), drop.isAccepted()


def test_pictures_are_dropped_on_the_bar(qtbot: QtBot, program: Program, file: Path) -> None:
    other = file.with_name("b.png")
    other.write_bytes(b"")
    assert dropped(program, files(file, other)) == (True, True)
    assert asked_with(program) == [PictureLike(file), PictureLike(other)]
    assert dropped(program, files(file)) == (True, True)
    assert asked_with(program) == [PictureLike(file)]


def test_a_picture_dragged_from_a_browser_is_taken(qtbot: QtBot, program: Program, library: FakeLibrary) -> None:
    data = picture("image/png", b"from the web")
    data.setUrls([QUrl("https://example.org/dog.png")])
    assert dropped(program, data) == (True, True)
    qtbot.waitUntil(lambda: bool(kept(program)))
    assert library.asked_pictures.file(kept(program)[0]).read_bytes() == b"from the web"


def test_a_folder_dropped_on_the_bar_is_left_to_the_window(program: Program, file: Path) -> None:
    assert dropped(program, files(file.parent))[0] is False
    assert dropped(program, files(file, file.parent))[0] is False


def dropped_on_window(program: Program, data: QMimeData) -> Qt.DropAction:
    """Drag and drop something beside the bar, as a file manager does; return what it is told was done with it."""
    offered = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(QPoint(50, 300), offered, data, BUTTON, NO_KEY)
    QApplication.sendEvent(program.window, enter)
    drop = QDropEvent(QPointF(50, 300), offered, data, BUTTON, NO_KEY)
    drop.setDropAction(Qt.DropAction.MoveAction)
    if enter.isAccepted():
        QApplication.sendEvent(program.window, drop)
    return drop.dropAction()


def test_a_picture_dropped_beside_the_bar_is_asked_with(program: Program, file: Path) -> None:
    assert dropped_on_window(program, files(file)) == Qt.DropAction.CopyAction
    assert asked_with(program) == [PictureLike(file)]


def test_a_picture_of_a_browser_dropped_beside_the_bar_is_asked_with(qtbot: QtBot, program: Program) -> None:
    dropped_on_window(program, picture("image/png", b"from the web"))
    qtbot.waitUntil(lambda: bool(kept(program)))


def test_a_picture_of_a_browser_is_not_taken_while_there_is_nothing_to_ask(qtbot: QtBot, start: Start) -> None:
    program, data = start(FakeLibrary(0, roots=())), picture("image/png", b"from the web")
    qtbot.waitUntil(program.window.welcome.isVisible)
    enter = QDragEnterEvent(QPoint(50, 300), Qt.DropAction.CopyAction, data, BUTTON, NO_KEY)
    QApplication.sendEvent(program.window, enter)
    assert not enter.isAccepted()


def test_a_folder_that_is_dropped_is_never_said_to_have_been_moved(program: Program, file: Path) -> None:
    assert dropped_on_window(program, files(file.parent)) == Qt.DropAction.CopyAction
    assert asked_with(program) == []


def test_the_bar_shows_that_it_takes_what_is_dragged(program: Program, file: Path) -> None:
    field, data = program.window.top.field, files(file)
    field.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, BUTTON, NO_KEY))
    assert field.property("target") is True
    field.dragLeaveEvent(QDragLeaveEvent())
    assert field.property("target") is False
    dropped(program, data)
    assert field.property("target") is False


def test_escape_leads_back_step_by_step(qtbot: QtBot, program: Program, file: Path) -> None:
    window = program.window
    window.top.field.setText("3 4 5")
    qtbot.waitUntil(lambda: len(window.grid.ids) == 3)
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_E, CONTROL)
    qtbot.waitUntil(lambda: len(window.grid.ids) == 5)
    assert asked_with(program) == [PhotoLike(5)]
    QGuiApplication.clipboard().setMimeData(files(file))
    qtbot.keyClick(window.grid, Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: len(window.grid.ids) == 12)
    qtbot.keyClick(window.grid, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(window.grid.ids) == 5)
    qtbot.keyClick(window.grid, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(window.grid.ids) == 3)
    assert window.top.field.text() == "3 4 5"


def test_escape_in_the_bar_leads_back_to_the_words(qtbot: QtBot, program: Program, file: Path) -> None:
    field = program.window.top.field
    field.setText("sunset")
    QGuiApplication.clipboard().setMimeData(files(file))
    qtbot.keyClick(field, Key.Key_V, CONTROL)
    qtbot.keyClick(field, Key.Key_Escape)
    assert field.text() == "sunset"
    qtbot.keyClick(field, Key.Key_Escape)
    assert field.text() == ""


def chooser(qtbot: QtBot, program: Program) -> PartChooser:
    """Show a photo large and begin to draw."""
    window = program.window
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Key.Key_Home)
    qtbot.keyClick(window.grid, Key.Key_Return)
    qtbot.waitUntil(lambda: window.preview.canvas.picture_side > 192)
    qtbot.keyClick(window.preview, Key.Key_P)
    (found,) = window.preview.findChildren(PartChooser)
    qtbot.waitUntil(found.isVisible)
    return found


def test_a_part_is_drawn_with_the_mouse(qtbot: QtBot, program: Program, library: FakeLibrary) -> None:
    drawing = chooser(qtbot, program)
    place = program.window.preview.canvas.picture_place
    start, end = place.topLeft().toPoint() + QPoint(10, 10), place.center().toPoint()
    qtbot.mousePress(drawing, BUTTON, pos=start)
    qtbot.mouseMove(drawing, end)
    qtbot.mouseRelease(drawing, BUTTON, pos=end)
    qtbot.waitUntil(lambda: bool(kept(program)))
    image = QImage.fromData(library.asked_pictures.file(kept(program)[0]).read_bytes())
    assert 380 < image.width() <= 450 and 240 < image.height() <= 300
    assert not program.window.pages.shows(program.window.preview)
    assert program.window.top.chips.chips[0].body.text() == "like a part of a photo"


def test_a_part_is_drawn_with_keys(qtbot: QtBot, program: Program, library: FakeLibrary) -> None:
    drawing = chooser(qtbot, program)
    for _ in range(3):
        qtbot.keyClick(drawing, Key.Key_Left)
        qtbot.keyClick(drawing, Key.Key_Down, SHIFT)
    qtbot.keyClick(drawing, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(kept(program)))


def test_escape_ends_the_drawing_and_nothing_else(qtbot: QtBot, program: Program, library: FakeLibrary) -> None:
    drawing = chooser(qtbot, program)
    qtbot.keyClick(drawing, Key.Key_Escape)
    assert not drawing.isVisible() and program.window.pages.shows(program.window.preview)
    assert kept(program) == []
    qtbot.keyClick(program.window.preview, Key.Key_P)
    qtbot.mouseClick(drawing, BUTTON, pos=QPoint(50, 50))
    assert drawing.isVisible() and kept(program) == []


def test_a_photo_out_of_reach_is_cut_from_what_is_on_screen(
    qtbot: QtBot, program: Program, library: FakeLibrary
) -> None:
    drawing = chooser(qtbot, program)
    library.offline = {12}
    qtbot.keyClick(drawing, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(kept(program)))
    assert not QImage.fromData(library.asked_pictures.file(kept(program)[0]).read_bytes()).isNull()


def test_parts_are_whole_pixels_inside_the_picture() -> None:
    image = QImage(100, 50, QImage.Format.Format_RGB32)
    assert pixels_of(QRectF(0.5, 0.5, 0.5, 0.5), image).getRect() == (50, 25, 50, 25)
    assert pixels_of(QRectF(0.999, 0.999, 0.0001, 0.0001), image).getRect() == (99, 49, 1, 1)
