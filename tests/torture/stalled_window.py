"""The window while the drive of its photos answers nothing: whatever is done, it goes on, and ends when it is closed.

Run as `python -m tests.torture.stalled_window FOLDER PHOTOS ASLEEP`: PHOTOS is on the drive, ASLEEP the file that lets
it answer nothing. Prints "asleep" and "closing" as it comes to that, and before the latter a line in JSON: the longest
time that the window did not look up, and what did not come although it does not need the drive.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.program.startup import Program, make_application, run_program
from app.services.marking import Rate
from core.encoder.protocol import Encoder
from core.library import Library
from core.models import ModelFolder, Tower
from core.paths import LibraryPaths
from core.setting_names import LEAVE_TEXT
from tests.app.test_stories import PatientEncoder
from tests.core.test_library import make_model

_TICK_MS = 10
_LIMIT_S = 20.0
"""How long something may take that does not need the drive: these processors are shared."""
_OPENED_S = 60.0

Until = Callable[[], bool]


class StalledWindow(QObject):
    """Does one thing after another in a window, and measures how long it does not look up."""

    def __init__(self, program: Program, photos: Path, asleep: Path) -> None:
        super().__init__(program)
        self._program, self._photos, self._asleep = program, photos, asleep
        self.longest_s, self.longest_in = 0.0, ""
        self.missing: list[str] = []
        self._answers = 0
        self._steps = self._story()
        self._doing: tuple[str, Until, float] = ("opening", lambda: True, time.monotonic() + _OPENED_S)
        self._ticked = time.monotonic()
        program.services.search.answered.connect(self._on_answered)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _on_answered(self, _results: object) -> None:
        self._answers += 1

    def _tick(self) -> None:
        now = time.monotonic()
        late, self._ticked = now - self._ticked, now
        name, done, until = self._doing
        if late > self.longest_s:
            self.longest_s, self.longest_in = late, name
        if not done() and now < until:
            return
        if not done():
            self.missing.append(name)
        step = next(self._steps, None)
        if step is None:
            self._close()
        else:
            self._doing = (*step, now + _LIMIT_S)
            self._ticked = time.monotonic()

    def _close(self) -> None:
        self._timer.stop()
        told = {"longest_s": round(self.longest_s, 2), "in": self.longest_in, "missing": self.missing}
        sys.stdout.write(f"{json.dumps(told)}\nclosing\n")
        sys.stdout.flush()
        QApplication.quit()

    def _story(self) -> Iterator[tuple[str, Until]]:
        window, services = self._program.window, self._program.services
        yield "photos", lambda: len(window.grid.ids) > 0 and not services.indexing.running
        yield "words", lambda: self._answers > 0
        self._asleep.touch()
        self.longest_s = 0.0
        sys.stdout.write("asleep\n")
        sys.stdout.flush()
        yield from self._ask("red")
        yield from self._look_large()
        yield from self._touch_files()
        yield from self._ask_with_pictures()
        yield from self._take_folders()

    def _ask(self, text: str) -> Iterator[tuple[str, Until]]:
        before, window = self._answers, self._program.window
        window.top.field.setText(text)
        yield f"answer to {text}", lambda: self._answers > before

    def _wait(self, seconds: float, name: str) -> tuple[str, Until]:
        """Let the window go on for a while: what is done in it has no end that could be seen."""
        until = time.monotonic() + seconds
        return name, lambda: time.monotonic() > until

    def _look_large(self) -> Iterator[tuple[str, Until]]:
        window = self._program.window
        window.grid.choose_all()
        window.grid.opened.emit(int(window.grid.ids[0]))
        yield "large view", window.preview.isVisible
        yield self._wait(0.5, "preview")
        window.preview.closed.emit()
        yield "grid", window.photos.isVisible
        yield from self._ask("green")

    def _touch_files(self) -> Iterator[tuple[str, Until]]:
        window, services = self._program.window, self._program.services
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        services.preferences.asks_before_trash = False
        window.grid.setFocus()
        window.grid.choose_all()
        services.indexing.look_through()
        for name, key, held in (
            ("copy", Qt.Key.Key_C, control),
            ("copy paths", Qt.Key.Key_C, control | shift),
            ("reveal", Qt.Key.Key_R, control),
            ("open outside", Qt.Key.Key_Return, control),
            ("move dialog", Qt.Key.Key_M, control | shift),
        ):
            QTest.keyClick(window.grid, key, held)
            yield self._wait(0.4, name)
        for dialog in window.findChildren(QFileDialog):
            dialog.close()
        QTest.keyClick(window.grid, Qt.Key.Key_Delete)
        yield self._wait(0.4, "trash")
        yield from self._star("after the trash")

    def _star(self, name: str) -> Iterator[tuple[str, Until]]:
        services, window = self._program.services, self._program.window
        said: list[bool] = []
        services.changes.changed.connect(lambda: said.append(True))
        services.changes.make(Rate(np.array(window.grid.ids[:1], np.int64), 3))
        yield f"a star {name}", lambda: bool(said)

    def _ask_with_pictures(self) -> Iterator[tuple[str, Until]]:
        window = self._program.window
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._photos / "red 00.png"))])
        QGuiApplication.clipboard().setMimeData(data)
        window.grid.setFocus()
        QTest.keyClick(window.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        yield self._wait(1.0, "paste")
        yield from self._ask("blue")

    def _take_folders(self) -> Iterator[tuple[str, Until]]:
        services = self._program.services
        services.library_tasks.add(self._photos / "new")
        yield self._wait(0.5, "add")
        counted: list[object] = []
        services.library_tasks.counted.connect(counted.append)
        services.library_tasks.count()
        yield "numbers after adding", lambda: bool(counted)


def encoder(model: ModelFolder, tower: Tower) -> Encoder:
    return PatientEncoder(model, tower)


def main(folder: Path, photos: Path, asleep: Path) -> int:
    model = folder / "crayons"
    if not model.exists():
        make_model(model)

    def opened() -> Library:
        return Library.open(folder / "library", model=str(model), make_encoder=encoder)

    with opened() as library:
        library.machine_settings.set(LEAVE_TEXT, True)
        if not library.roots():
            library.add_root(photos)
    program = Program(make_application(), LibraryPaths(folder / "library"), opened)
    stalled = StalledWindow(program, photos, asleep)
    assert stalled
    return run_program(program)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
