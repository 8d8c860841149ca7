"""What happens when the mistake is ours: a report on disk, one dialog, and the window goes on if it can."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from datetime import datetime
from types import TracebackType
from typing import IO

import PySide6
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QPushButton, QWidget

from app.look.plain_text import PlainMessageBox
from core.log import WINDOW_LOG, end_log, keep_log
from core.paths import LibraryPaths
from core.version import program_version

logger = logging.getLogger("recollect")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashReports(QObject):
    """Catches what nobody caught, in any thread, and shows the first of it.

    A mistake in one place tends to repeat with every repaint: after the first dialog the rest is only logged.
    """

    reported = Signal(str)

    def __init__(self, layout: LibraryPaths) -> None:
        super().__init__()
        self._folder = layout.log
        self._written = True
        self.dialog: QMessageBox | None = None
        self._native: IO[str] | None = None
        self._log: logging.Handler | None = None
        self.reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch everything from now on, and keep a log."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._log = keep_log(self._folder, WINDOW_LOG)
            # Where a native library brings the process down no Python code runs any more; this still writes.
            self._native = (self._folder / "native.log").open("a", encoding="utf-8")
            faulthandler.enable(self._native)
        except OSError as error:  # a library that cannot be written to has its own message, later
            logger.warning("no log can be kept: %s", error)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def close(self) -> None:
        """Let go of the log and the file for native crashes, at the very end."""
        if self._log is not None:
            end_log(self._log)
        if self._native is not None:
            faulthandler.disable()
            self._native.close()

    def report(self, error: BaseException) -> None:
        """Write a report about an exception and show it. From any thread."""
        text = report_of(error)
        logger.error("%s", text)
        self._written = self._write(text)
        self.reported.emit(text)

    def _on_exception(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
        else:
            self.report(error)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    def _write(self, text: str) -> bool:
        """Write a report behind those of the same second; return whether that was possible."""
        path = self._folder / f"crash-{datetime.now():%Y%m%d-%H%M%S}.txt"
        try:
            self._folder.mkdir(0o700, parents=True, exist_ok=True)  # it may have gone with the library
            with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(f"{text}\n")
        except OSError as error:
            logger.warning("the report could not be written: %s", error)
            return False
        return True

    def _on_reported(self, text: str) -> None:
        if self.dialog is not None:
            return
        said = self.tr("Recollect made a mistake.")
        box = PlainMessageBox(QMessageBox.Icon.Critical, self.tr("Recollect"), said, _window_on_screen())
        advice = self.tr(
            "Your photos and your library are safe. You can go on; if something looks wrong, close Recollect "
            "and start it again. The report below stays on this computer unless you send it to someone."
        )
        if not self._written:
            advice += " " + self.tr("It could not be written to a file: copy it if you want to keep it.")
        box.setInformativeText(advice)
        box.setDetailedText(text)
        copy = QPushButton(self.tr("Copy report"), box)
        box.addButton(copy, QMessageBox.ButtonRole.ActionRole)
        # Qt closes a message box on any of its buttons; this one is to stay.
        copy.clicked.disconnect()
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        go_on = box.addButton(self.tr("Go on"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(go_on)
        # Of several buttons Qt takes none for Esc, and then refuses to close: with it, the program could not end.
        box.setEscapeButton(go_on)
        self.dialog = box
        box.open()


def _window_on_screen() -> QWidget | None:
    """Return the window that the message belongs to: without it, it may come to lie behind it, and stop it there."""
    windows = QApplication.topLevelWidgets()
    return next((one for one in windows if isinstance(one, QMainWindow) and one.isVisible()), None)


def report_of(error: BaseException) -> str:
    """Return everything that helps to find a mistake, and nothing about the user's photos but what it names."""
    lines = [
        f"Recollect {program_version()}, {datetime.now().isoformat(timespec='seconds')}",
        f"{platform.platform()}, Python {platform.python_version()}, PySide6 {PySide6.__version__}",
        "",
        *traceback.format_exception(error),
    ]
    text = "\n".join(line.rstrip("\n") for line in lines)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # names of files may hold what is no text


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    category = str(context.category or "default")
    logging.getLogger(f"qt.{category}").log(_LEVELS.get(kind, logging.INFO), message)
