"""Indexing at certain hours only, and more slowly: chosen in the settings, remembered, and gone on with anyway."""

from __future__ import annotations

import time
from datetime import datetime, tzinfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from app.dialogs.indexing import IndexingPage
from app.dialogs.settings import SettingsPage
from app.program.startup import Program
from app.services import indexing
from core.indexing_settings import GENTLE
from core.setting_names import INDEXING_HOURS, INDEXING_SPEED
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary, a_run
from tests.app.window.test_window import press, words_on


class Clock(datetime):
    hour_now = 12

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # pyright: ignore[reportIncompatibleMethodOverride]
        return datetime(2026, 11, 26, cls.hour_now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr(indexing, "datetime", Clock)
    monkeypatch.setattr(indexing, "CLOCK_MILLISECONDS", 20)
    monkeypatch.setattr(Clock, "hour_now", 12)
    return Clock


@pytest.fixture
def library() -> FakeLibrary:
    made = FakeLibrary(12)
    made.events = a_run(300)
    made.pace = lambda: time.sleep(0.01)
    return made


def held(program: Program) -> bool:
    return "Paused: outside the hours" in words_on(program.window.indexing_bar)


def test_it_waits_for_its_hours_and_goes_on_by_itself(
    qtbot: QtBot, start: Start, library: FakeLibrary, clock: type[Clock]
) -> None:
    library.machine_settings.set(INDEXING_HOURS, "22:00-07:00")
    program = start(library)
    qtbot.waitUntil(lambda: held(program))
    clock.hour_now = 22
    library.pace = lambda: None
    qtbot.waitUntil(lambda: not held(program) and not program.services.indexing.running)
    assert library.runs


def test_go_on_anyway_until_the_hours_end_again(
    qtbot: QtBot, start: Start, library: FakeLibrary, clock: type[Clock]
) -> None:
    library.machine_settings.set(INDEXING_HOURS, "22:00-07:00")
    program = start(library)
    qtbot.waitUntil(lambda: held(program))
    press(qtbot, program.window.indexing_bar, "Go on anyway")
    qtbot.waitUntil(lambda: "Learning your photos" in words_on(program.window.indexing_bar))
    clock.hour_now = 23
    qtbot.wait(60)
    assert not held(program)
    clock.hour_now = 8
    qtbot.waitUntil(lambda: held(program))


def test_hours_and_speed_are_chosen_by_keys_and_remembered(
    qtbot: QtBot, start: Start, library: FakeLibrary, clock: type[Clock]
) -> None:
    program = start(library)
    qtbot.waitUntil(lambda: program.services.indexing.running)
    program.window.dialogs.show_settings(SettingsPage.INDEXING)
    (page,) = program.window.findChildren(IndexingPage)
    (only,) = (box for box in page.findChildren(QCheckBox) if "hours" in box.text())
    begin, end, speed = page.findChildren(QComboBox)
    assert not begin.isEnabled()
    qtbot.keyClick(only, Qt.Key.Key_Space)
    qtbot.keyClick(begin, Qt.Key.Key_Down)
    assert begin.isEnabled() and end.accessibleName() == "End of the hours"
    qtbot.waitUntil(lambda: library.machine_settings.text(INDEXING_HOURS) == "23:00-07:00")
    qtbot.waitUntil(lambda: held(program))
    qtbot.keyClick(speed, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: library.machine_settings.text(INDEXING_SPEED) == GENTLE)
    control = program.services.indexing._run._control  # pyright: ignore[reportPrivateUsage]
    assert control.share == 0.2
    qtbot.keyClick(only, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: library.machine_settings.text(INDEXING_HOURS) == "" and not held(program))
