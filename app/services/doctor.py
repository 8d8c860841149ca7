"""The program, asked about itself: `recollect doctor`, run as a process of its own so that whatever a driver or a
broken installation does happens there.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from core.paths import resources

MERCY_MILLISECONDS = 1_000
"""From the request to end until it is no request any more."""

_MILLISECONDS = 1000


class Doctor(QObject):
    """Runs one at a time.

    Signals:
        reported: the text of the report.
        failed: what the process said instead; empty if it could not be started or said nothing.
    """

    reported = Signal(str)
    failed = Signal(str)

    def __init__(self, library: Path) -> None:
        super().__init__()
        self._library = library
        self._process: QProcess | None = None

    def start(self) -> None:
        """Begin, from the start if one is under way."""
        self.cancel()
        program, *arguments = command(self._library)
        process = QProcess(self)
        process.setProgram(program)
        process.setArguments(arguments)
        # Where Python looks first for what it is told to run; a built program looks nowhere.
        process.setWorkingDirectory(str(resources().parent))
        process.finished.connect(lambda *_: self._on_ended(process))
        process.errorOccurred.connect(lambda error: self._on_error(process, error))
        self._process = process
        process.start(QProcess.OpenModeFlag.ReadOnly)

    def cancel(self) -> None:
        """End the one under way; nothing is heard of it any more."""
        process, self._process = self._process, None
        if process is None or process.state() == QProcess.ProcessState.NotRunning:
            return
        if sys.platform == "win32":
            process.kill()
        else:  # asked, it ends what it has started itself
            process.terminate()
            QTimer.singleShot(MERCY_MILLISECONDS, process, process.kill)

    def stop(self, deadline: float) -> bool:
        """End for good; False if a process is still there at `deadline` (monotonic)."""
        self.cancel()
        left = self.findChildren(QProcess)
        for process in left:
            if process.state() != QProcess.ProcessState.NotRunning:
                process.waitForFinished(max(0, round(_MILLISECONDS * (deadline - time.monotonic()) / 2)))
                process.kill()
                process.waitForFinished(max(0, round(_MILLISECONDS * (deadline - time.monotonic()))))
        return all(process.state() == QProcess.ProcessState.NotRunning for process in left)

    def _on_error(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._on_ended(process)

    def _on_ended(self, process: QProcess) -> None:
        process.deleteLater()
        if process is not self._process:
            return
        self._process = None
        said = text_of(process.readAllStandardOutput().data())
        well = process.exitStatus() == QProcess.ExitStatus.NormalExit and process.exitCode() == 0
        if well and said:
            self.reported.emit(said)
        else:
            self.failed.emit(text_of(process.readAllStandardError().data()))


def command(library: Path) -> list[str]:
    """Return the command that examines this installation: of the built program, or of the checkout."""
    arguments = ["--library", str(library), "doctor"]
    program = Path(sys.executable)
    if not getattr(sys, "frozen", False):
        return [str(program), "-m", "app", *arguments]
    # Windows binds a program to a console or to none; the one that can print has a name of its own.
    return [str(program.with_name("recollect-cli.exe") if sys.platform == "win32" else program), *arguments]


def text_of(said: bytes | bytearray | memoryview) -> str:
    return bytes(said).decode("utf-8", "replace").replace("\r\n", "\n").strip()
