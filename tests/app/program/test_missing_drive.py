"""The window of a library whose drive is not connected: one sentence, and nothing is made in the drive's place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.program.missing_drive import missing_drive, tell
from core import absent_drives
from core.paths import LibraryPaths
from core.store import Store


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(absent_drives, "PLUGGED_IN", (tmp_path,))
    (tmp_path / "stick").mkdir()
    return tmp_path


@pytest.fixture
def stays(qapp: QApplication) -> Iterator[None]:
    """Qt also asks to quit for the last window closed, once nothing runs any more: no later test could wait then."""
    before = qapp.quitOnLastWindowClosed()
    qapp.setQuitOnLastWindowClosed(False)
    yield
    qapp.setQuitOnLastWindowClosed(before)


@pytest.mark.usefixtures("stays")
def test_it_is_said_in_a_dialog_and_nothing_is_made(media: Path, qapp: QApplication) -> None:
    layout = LibraryPaths(media / "stick/library")
    missing = missing_drive(layout)
    assert missing is not None
    said: list[str] = []

    def read() -> None:
        box = next(widget for widget in qapp.topLevelWidgets() if isinstance(widget, QMessageBox))
        said.append(box.text())
        box.buttons()[0].click()

    QTimer.singleShot(0, read)
    tell(qapp, layout, missing)
    assert said == [f"The drive of “{media}/stick/library” is not connected."]
    assert [*media.rglob("*")] == [media / "stick"]


def test_a_library_that_is_there_opens(media: Path, tmp_path: Path) -> None:
    there = LibraryPaths(tmp_path / "library")
    there.folder.mkdir()
    Store.open(there).close()
    assert missing_drive(there) is None
    assert missing_drive(LibraryPaths(tmp_path / ("x" * 300))) is None  # the system refuses even to look
    assert missing_drive(LibraryPaths(tmp_path / "stick/x", "postgresql://u@h/d")) is None
