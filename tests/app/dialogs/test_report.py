"""Details for a bug report: gathered by another process, shown, copied; nothing is left when the dialog closes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QProgressBar
from pytestqt.qtbot import QtBot

from app.dialogs.about import AboutDialog
from app.dialogs.report import ReportDialog
from app.services import doctor
from app.services.doctor import Doctor, command
from tests.app.window.test_window import press, words_on


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Doctor]:
    made = Doctor(tmp_path)
    yield made
    assert made.stop(time.monotonic() + 10)


def instead(monkeypatch: pytest.MonkeyPatch, *program: str) -> None:
    monkeypatch.setattr(doctor, "command", lambda _: list(program))


def opened(qtbot: QtBot, asked: Doctor) -> ReportDialog:
    dialog = ReportDialog(asked)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def text_in(dialog: ReportDialog) -> str:
    return dialog.findChildren(QPlainTextEdit)[0].toPlainText()


@pytest.mark.slow
def test_the_real_report_is_shown_and_copied(qtbot: QtBot, asked: Doctor) -> None:
    about = AboutDialog(asked)
    qtbot.addWidget(about)
    about.show()
    press(qtbot, about, "Details for a bug report…")
    dialog = about.findChildren(ReportDialog)[0]
    assert dialog.findChildren(QProgressBar)[0].isVisible()
    qtbot.waitUntil(lambda: "Codecs" in text_in(dialog), timeout=120_000)
    assert "Nothing is sent" in words_on(dialog)
    assert not dialog.findChildren(QProgressBar)[0].isVisible()
    press(qtbot, dialog, "Copy")
    assert QGuiApplication.clipboard().text().startswith("Recollect")
    dialog.close()


def test_a_failure_is_told_with_what_was_said(qtbot: QtBot, asked: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, sys.executable, "-c", "import sys; sys.exit('no such driver 驱动')")
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    dialog = opened(qtbot, asked)
    qtbot.waitUntil(lambda: text_in(dialog) == "no such driver 驱动", timeout=20_000)
    assert "could not be gathered" in words_on(dialog)
    instead(monkeypatch, sys.executable, "-c", "print('all well')")
    press(qtbot, dialog, "Try again")
    qtbot.waitUntil(lambda: text_in(dialog) == "all well", timeout=20_000)


def test_a_program_that_is_not_there_is_told(
    qtbot: QtBot, asked: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    instead(monkeypatch, str(tmp_path / "nothing"))
    dialog = opened(qtbot, asked)
    qtbot.waitUntil(lambda: "did not start" in words_on(dialog))


def test_closing_ends_the_process(qtbot: QtBot, asked: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sign = tmp_path / "pid"
    script = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(60)"
    instead(monkeypatch, sys.executable, "-c", script, str(sign))
    dialog = opened(qtbot, asked)
    qtbot.waitUntil(lambda: sign.exists() and bool(sign.read_text()), timeout=20_000)
    dialog.close()
    qtbot.waitUntil(lambda: not is_running(int(sign.read_text())), timeout=10_000)


def is_running(pid: int) -> bool:
    import psutil

    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_a_built_program_tells_the_licence_of_the_whole(
    qtbot: QtBot, asked: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = AboutDialog(asked)
    qtbot.addWidget(about)
    about.show()
    assert "Apache" in words_on(about) and "GNU" not in words_on(about)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    built = AboutDialog(asked)
    qtbot.addWidget(built)
    built.show()
    assert "Apache" in words_on(built) and "GNU General Public License 3" in words_on(built)


def test_the_command_of_a_checkout_and_of_a_built_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command(tmp_path) == [sys.executable, "-m", "app", "--library", str(tmp_path), "doctor"]
    built = tmp_path / "Recollect" / "recollect.exe"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(built))
    monkeypatch.setattr(sys, "platform", "linux")
    assert command(tmp_path)[0] == str(built)
    monkeypatch.setattr(sys, "platform", "win32")
    assert Path(command(tmp_path)[0]) == built.with_name("recollect-cli.exe")
