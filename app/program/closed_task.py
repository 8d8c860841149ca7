"""What is done with the library's files between two windows: after one has closed, before the next opens."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QProcess, Qt
from PySide6.QtWidgets import QMessageBox, QProgressDialog

from app.look.dialog_layout import QUESTION_WIDTH
from app.look.plain_text import PlainLabel, PlainMessageBox
from app.look.text_size import wide
from app.program.arguments import Options
from app.services.jobs import TaskQueue
from app.services.messages import sentence
from app.services.storage import ClosedTask
from core.errors import RecollectError
from core.paths import resources

logger = logging.getLogger(__name__)

_STOP_SECONDS = 1.0


def carry_out(task: ClosedTask, tell: Callable[[QMessageBox.Icon, str], None] | None = None) -> None:
    """Do it while a small window says so, and tell how it ended. Returns when that was read."""
    queue, loop = TaskQueue("closed"), QEventLoop()
    dialog = QProgressDialog("", "", 0, 0)
    dialog.setLabel(PlainLabel(task.meanwhile, dialog))
    dialog.setCancelButton(None)  # half of a move or a repair is neither
    dialog.setWindowTitle(_recollect())
    dialog.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
    dialog.setMinimumDuration(0)
    dialog.setMinimumWidth(wide(QUESTION_WIDTH))
    ended: list[tuple[QMessageBox.Icon, str]] = []

    def done(said: str) -> None:
        ended.append((QMessageBox.Icon.Information, said))
        loop.quit()

    def failed(error: Exception) -> None:
        if not isinstance(error, RecollectError):
            logger.error("a task on the closed library failed", exc_info=error)
        ended.append((QMessageBox.Icon.Warning, _in_words(error)))
        loop.quit()

    queue.ask(task.work, done, failed=failed)
    dialog.show()
    loop.exec()
    dialog.close()
    queue.stop(time.monotonic() + _STOP_SECONDS)
    (tell or _tell)(*ended[0])


def start_again(options: Options) -> bool:
    """Start the program as it was started; False if that cannot be done."""
    arguments = [] if getattr(sys, "frozen", False) else ["-m", "app"]
    for name, value in (("--library", options.library), ("--model", options.model)):
        arguments += [name, value] if value else []
    return QProcess.startDetached(sys.executable, arguments, str(_folder()))[0]


def _folder() -> Path:
    """Return where Python looks first for what it is told to run; a built program looks nowhere."""
    return Path.cwd() if getattr(sys, "frozen", False) else resources().parent


def _in_words(error: Exception) -> str:
    if isinstance(error, RecollectError):
        return sentence(error)
    said = QCoreApplication.translate("ClosedTask", "Something unexpected happened: {error}. Nothing was taken away.")
    return said.format(error=error)


def _tell(icon: QMessageBox.Icon, text: str) -> None:
    box = PlainMessageBox(icon, _recollect(), text)
    box.addButton(QCoreApplication.translate("ClosedTask", "Open Recollect"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def _recollect() -> str:
    return QCoreApplication.translate("ClosedTask", "Recollect")
