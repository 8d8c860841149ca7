"""Sparing the battery: a checkbox, a line that says so, a way to go on anyway, and on mains it goes on by itself."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from app.dialogs.settings import SettingsPage
from app.program.startup import Program
from app.services import indexing
from app.services.indexing import PauseReason
from core.messages import engine_messages
from core.photo import Status
from core.setting_names import PAUSE_ON_BATTERY
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary, a_run
from tests.app.window.test_window import press, words_on
from tests.laptop import Laptop, make_laptop


@pytest.fixture
def laptop(monkeypatch: pytest.MonkeyPatch) -> Laptop:
    return make_laptop(monkeypatch, plugged=True)


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary(12)
    made.machine_settings.set(PAUSE_ON_BATTERY, True)
    made.events = a_run(300)
    made.pace = lambda: time.sleep(0.01)
    return made


def on_battery(qtbot: QtBot, program: Program) -> None:
    strip = program.window.indexing_bar
    qtbot.waitUntil(lambda: "Paused: on battery" in words_on(strip), timeout=5000)


def noticed(qtbot: QtBot, laptop: Laptop) -> None:
    """Wait until the program has looked at the plug, as it is now, and acted upon it."""
    looks = laptop.looks
    qtbot.waitUntil(lambda: laptop.looks >= looks + 3, timeout=5000)
    qtbot.wait(1)


def test_it_pauses_and_goes_on_by_itself(qtbot: QtBot, start: Start, library: FakeLibrary, laptop: Laptop) -> None:
    program = start(library)
    strip = program.window.indexing_bar
    qtbot.waitUntil(lambda: "of 300 photos" in words_on(strip), timeout=5000)
    laptop.plugged = False
    on_battery(qtbot, program)
    # Written by the chores' thread, after the strip has spoken: on mains the next start must not wait.
    qtbot.waitUntil(lambda: library.machine_settings.values.get("window.paused") is False)
    laptop.plugged, library.pace = True, lambda: None
    qtbot.waitUntil(lambda: not program.services.indexing.running, timeout=5000)
    qtbot.waitUntil(lambda: not strip.isVisible())
    laptop.plugged = False
    noticed(qtbot, laptop)
    assert not strip.isVisible(), "there is nothing to pause"


def test_go_on_anyway_until_plugged_in_once(qtbot: QtBot, start: Start, library: FakeLibrary, laptop: Laptop) -> None:
    laptop.plugged = False
    program = start(library)
    on_battery(qtbot, program)
    press(qtbot, program.window.indexing_bar, "Go on anyway")
    qtbot.waitUntil(lambda: "Learning your photos" in words_on(program.window.indexing_bar), timeout=5000)
    qtbot.wait(100)
    assert "Paused" not in words_on(program.window.indexing_bar)
    laptop.plugged = True
    noticed(qtbot, laptop)
    laptop.plugged = False
    on_battery(qtbot, program)


def test_a_photo_that_comes_on_battery_waits(qtbot: QtBot, start: Start, library: FakeLibrary, laptop: Laptop) -> None:
    library.pace = lambda: None
    program = start(library)
    qtbot.waitUntil(lambda: bool(library.runs) and not program.services.indexing.running, timeout=5000)
    laptop.plugged = False
    noticed(qtbot, laptop)
    runs = len(library.runs)
    library.on_dirty(1)
    on_battery(qtbot, program)
    assert len(library.runs) == runs
    laptop.plugged = True
    qtbot.waitUntil(lambda: library.runs[-1] == (1,), timeout=5000)


def test_the_wish_is_made_in_the_settings(qtbot: QtBot, start: Start, library: FakeLibrary, laptop: Laptop) -> None:
    library.machine_settings.set(PAUSE_ON_BATTERY, False)
    laptop.plugged = False
    program = start(library)
    qtbot.waitUntil(lambda: "of 300 photos" in words_on(program.window.indexing_bar), timeout=5000)
    for wished in (True, False, True):
        program.window.dialogs.show_settings(SettingsPage.INDEXING)
        boxes = program.window.findChildren(QCheckBox, options=Qt.FindChildOption.FindChildrenRecursively)
        box = [one for one in boxes if one.text() == "Pause on battery"][-1]
        assert box.isChecked() is not wished
        box.click()
        box.window().close()
        qtbot.waitUntil(lambda wished=wished: library.machine_settings.flag(PAUSE_ON_BATTERY) is wished)
        qtbot.waitUntil(
            lambda wished=wished: ("on battery" in words_on(program.window.indexing_bar)) is wished, timeout=5000
        )


def test_a_long_line_gives_way_to_a_small_window(qtbot: QtBot, start: Start, library: FakeLibrary) -> None:
    program = start(library)
    words = engine_messages.ON_PROCESSOR_INSTEAD(
        processor="a name as long as makers like them, 16 cores at 4 GHz", bits=16, reason=engine_messages.DRIVER_OLD()
    )
    program.window.line.show_status(Status(52_000, 1_200, 3, 50_800, 0, "siglip2-base-16", words, ()))
    program.window.indexing_bar.show_hold(PauseReason.BATTERY)
    for part in (program.window.line, program.window.indexing_bar):
        assert part.minimumSizeHint().width() <= program.window.minimumWidth()


def test_typing_makes_indexing_give_way(
    qtbot: QtBot, start: Start, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start(library)
    control = program.services.indexing._run._control  # pyright: ignore[reportPrivateUsage]
    assert not control.making_way
    qtbot.waitUntil(lambda: program.services.indexing.running)
    control = program.services.indexing._run._control  # pyright: ignore[reportPrivateUsage]
    with monkeypatch.context() as patient:
        patient.setattr(indexing, "WAY_SECONDS", 60)
        qtbot.keyClicks(program.window.top.field, "a dog")
        assert control.making_way
    qtbot.keyClicks(program.window.top.field, "s")
    qtbot.waitUntil(lambda: not control.making_way, timeout=3000)
