"""A newer version is looked for only when that was turned on, once a day, and told in a quiet line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QDialog
from pytestqt.qtbot import QtBot

from app.dialogs.general import GeneralPage
from app.program.startup import Program
from app.services import desktop
from app.services.update_check import UpdateCheck
from tests.app.conftest import Start
from tests.app.fake_library import FakeLibrary
from tests.app.window.test_window import press, words_on
from tests.core.test_releases import Hub, hub

__all__ = ["hub"]

Built = Callable[[FakeLibrary], tuple[Program, UpdateCheck]]


@pytest.fixture
def built(start: Start, hub: Hub) -> Iterator[Built]:
    """Start a program that knows where to look: the hub of this machine."""
    made: list[UpdateCheck] = []

    def begin(library: FakeLibrary) -> tuple[Program, UpdateCheck]:
        program = start(library)
        parts = program.services
        made.append(UpdateCheck(parts.preferences, parts.model_tasks, parts.messages, hub.address))
        made[-1]._version = "1.1"  # pyright: ignore[reportPrivateUsage]
        return program, made[-1]

    yield begin
    assert all([update_check.stop(time.monotonic() + 10) for update_check in made])


def texts(program: Program) -> list[str]:
    return program.window.photos.banners.texts()


def test_it_is_off_until_turned_on_then_asked_once_a_day(qtbot: QtBot, built: Built, hub: Hub) -> None:
    hub.publish("v1.2")
    program, update_check = built(FakeLibrary(3))
    update_check.look()
    qtbot.wait(50)
    assert hub.asked == [] and not update_check.wanted
    update_check.choose(True)
    qtbot.waitUntil(lambda: texts(program) == ["Recollect 1.2 is available."])
    update_check.look()
    update_check.choose(False)
    update_check.choose(True)
    qtbot.wait(50)
    assert len(hub.asked) == 1
    program.services.preferences.looked_at = time.time() - 25 * 60 * 60
    update_check.look()
    qtbot.waitUntil(lambda: len(hub.asked) == 2)


def test_the_button_opens_the_page_and_nothing_else(
    qtbot: QtBot, built: Built, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(desktop, "open_page", opened.append)
    hub.publish("v1.2", "http://127.0.0.1/the/page")
    program, update_check = built(FakeLibrary(3))
    update_check.choose(True)
    press(qtbot, program.window.photos.banners, "Open its page")
    assert opened == ["http://127.0.0.1/the/page"]
    assert len(hub.asked) == 1


def test_a_failure_is_silent(qtbot: QtBot, built: Built, hub: Hub) -> None:
    hub.status = 500
    program, update_check = built(FakeLibrary(3))
    update_check.choose(True)
    qtbot.waitUntil(lambda: len(hub.asked) == 1)
    qtbot.wait(100)
    assert texts(program) == []


def test_a_look_without_an_answer_is_not_taken_for_one_that_ended(
    qtbot: QtBot, built: Built, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever ends the program has to know of a thread that is still there: Qt aborts if it is taken apart."""
    asked, over = threading.Event(), threading.Event()

    def no_answer(*_: object, **__: object) -> None:
        asked.set()
        over.wait(30)

    monkeypatch.setattr("app.services.update_check.newer_release", no_answer)
    program, update_check = built(FakeLibrary(3))
    object.__setattr__(program.services, "update_check", update_check)
    update_check.choose(True)
    qtbot.waitUntil(asked.is_set)
    assert not program.stop()
    over.set()
    assert update_check.stop(time.monotonic() + 10)


def test_the_proxy_of_the_models_is_used(qtbot: QtBot, start: Start, hub: Hub) -> None:
    hub.publish("v9")
    library = FakeLibrary(3)
    library.machine_settings.set("hub_proxy", f"http://127.0.0.1:{hub.server_port}")
    program = start(library)
    parts = program.services
    update_check = UpdateCheck(parts.preferences, parts.model_tasks, parts.messages, "http://recollect.invalid/latest")
    update_check.choose(True)
    qtbot.waitUntil(lambda: texts(program) == ["Recollect 9 is available."])
    assert update_check.stop(time.monotonic() + 10)


def test_settings_offer_it_only_where_it_is_known_where_to_look(qtbot: QtBot, built: Built, hub: Hub) -> None:
    hub.publish("v1.0")
    program, update_check = built(FakeLibrary(3))

    def boxes() -> list[QCheckBox]:
        program.window.dialogs.show_settings()
        dialog = next(d for d in program.window.findChildren(QDialog) if d.isVisible())
        return [box for box in dialog.findChildren(QCheckBox) if "newer" in box.text()]

    assert boxes() == []
    next(d for d in program.window.findChildren(QDialog) if d.isVisible()).close()
    qtbot.waitUntil(lambda: not any(d.isVisible() for d in program.window.findChildren(QDialog)))
    object.__setattr__(program.services, "update_check", update_check)
    (box,) = boxes()
    assert not box.isChecked()
    box.setChecked(True)
    qtbot.waitUntil(lambda: len(hub.asked) == 1)
    assert program.services.preferences.looks_for_newer
    assert update_check.findChildren(QTimer)[0].isActive()
    box.setChecked(False)
    assert not update_check.findChildren(QTimer)[0].isActive()


def test_a_click_asks_at_once_and_turns_nothing_on(qtbot: QtBot, built: Built, hub: Hub) -> None:
    hub.publish("v1.2")
    program, update_check = built(FakeLibrary(3))
    object.__setattr__(program.services, "update_check", update_check)
    program.window.dialogs.show_settings()
    (page,) = program.window.findChildren(GeneralPage)
    press(qtbot, page, "Look for a newer version")
    qtbot.waitUntil(lambda: "Recollect 1.2 is available." in words_on(page))
    assert texts(program) == ["Recollect 1.2 is available."], "with the button that opens its page"
    hub.publish("v1.1")
    press(qtbot, page, "Look for a newer version")
    qtbot.waitUntil(lambda: "This is the newest version." in words_on(page))
    hub.status = 500
    press(qtbot, page, "Look for a newer version")
    qtbot.waitUntil(lambda: "There was no answer" in words_on(page))
    assert len(hub.asked) == 3 and not update_check.wanted
