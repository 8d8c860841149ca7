"""Mistakes of ours: a report, one dialog, and on it goes."""

from __future__ import annotations

import faulthandler
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.program.crash_reports import CrashReports, report_of
from core.paths import LibraryPaths


@pytest.fixture
def crash_reports(qtbot: QtBot, tmp_path: Path) -> Iterator[CrashReports]:
    (tmp_path / "logs").mkdir()
    made = CrashReports(LibraryPaths(tmp_path))
    yield made
    made.close()
    # It took over the report of native crashes; the test run wants its own back.
    faulthandler.enable(sys.__stderr__ or sys.stderr)
    if made.dialog is not None:
        made.dialog.close()


def test_a_report_names_version_and_place() -> None:
    try:
        raise ValueError("wrong turn")
    except ValueError as error:
        text = report_of(error)
    assert "wrong turn" in text
    assert "test_crash_reports.py" in text
    assert text.startswith("Recollect ")


@pytest.mark.logs("ValueError: (first|second)")
def test_the_first_mistake_is_shown_and_all_are_written(
    qtbot: QtBot, crash_reports: CrashReports, tmp_path: Path
) -> None:
    crash_reports.report(ValueError("first"))
    crash_reports.report(ValueError("second"))
    qtbot.waitUntil(lambda: crash_reports.dialog is not None)
    box = crash_reports.dialog
    assert isinstance(box, QMessageBox)
    assert "first" in box.detailedText()
    next(b for b in box.findChildren(QPushButton) if b.text() == "Copy report").click()
    assert "first" in QGuiApplication.clipboard().text()
    assert box.isVisible()
    assert box.escapeButton() is box.defaultButton()
    assert box.close(), "it would not let the program end"
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "logs").glob("crash-*.txt"))
    assert "ValueError: first" in written and "ValueError: second" in written


@pytest.mark.logs("ValueError")
@pytest.mark.parametrize("word", ["gone", "a name that is no text: \udcff"])
def test_a_report_is_written_where_the_folder_of_logs_is_gone(
    qtbot: QtBot, crash_reports: CrashReports, tmp_path: Path, word: str
) -> None:
    (tmp_path / "logs").rmdir()
    crash_reports.report(ValueError(word))
    qtbot.waitUntil(lambda: crash_reports.dialog is not None)
    (written,) = (tmp_path / "logs").glob("crash-*.txt")
    shown = word.replace("\udcff", "\\udcff")
    assert f"ValueError: {shown}" in written.read_text(encoding="utf-8")
    assert crash_reports.dialog is not None
    assert "could not be written" not in crash_reports.dialog.informativeText()


@pytest.mark.logs("ValueError: lost", "the report could not be written")
def test_a_report_that_cannot_be_written_is_shown_with_a_sentence(
    qtbot: QtBot, crash_reports: CrashReports, tmp_path: Path
) -> None:
    (tmp_path / "logs").rmdir()
    (tmp_path / "logs").write_text("a file in the place of the folder")
    crash_reports.report(ValueError("lost"))
    qtbot.waitUntil(lambda: crash_reports.dialog is not None)
    assert crash_reports.dialog is not None
    assert "ValueError: lost" in crash_reports.dialog.detailedText()
    assert "could not be written to a file" in crash_reports.dialog.informativeText()


@pytest.mark.logs("deep down", "ZeroDivisionError")
def test_uncaught_exceptions_of_any_thread_are_reported(
    qtbot: QtBot, crash_reports: CrashReports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash_reports.install()
    qInstallMessageHandler(None)
    said: list[str] = []
    crash_reports.reported.connect(said.append)
    error = RuntimeError("deep down")
    sys.excepthook(RuntimeError, error, None)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert "deep down" in said[0]
    assert "ZeroDivisionError" in said[1]


@pytest.mark.logs("ValueError: first")
def test_the_message_belongs_to_the_window_on_screen(qtbot: QtBot, crash_reports: CrashReports) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    crash_reports.report(ValueError("first"))
    qtbot.waitUntil(lambda: crash_reports.dialog is not None)
    assert crash_reports.dialog is not None and crash_reports.dialog.parent() is window
    crash_reports.dialog.close()
    crash_reports.dialog = None  # it goes with its window
