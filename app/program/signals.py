"""Ctrl+C in the terminal, the end of a session, `kill`: the window closes as if the user had closed it.

Qt's event loop never lets Python look at signals. But Python writes a byte into a socket for each, which Qt watches.
"""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class SignalHandler(QObject):
    """Calls `end` when the program is asked to end. A second time is for the system, which asks nobody."""

    def __init__(self, end: Callable[[], None]) -> None:
        super().__init__()
        self._end = end
        self._ear, self._bell = socket.socketpair()
        self._ear.setblocking(False)
        self._bell.setblocking(False)
        self._before = {number: signal.signal(number, _on_signal) for number in SIGNALS}
        self._wakeup = signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_activated)

    def close(self) -> None:
        """Leave the signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._ear.close()
        self._bell.close()

    def _on_activated(self) -> None:
        heard = b""
        with contextlib.suppress(OSError):
            heard = self._ear.recv(64)
        if any(number in heard for number in SIGNALS):  # others (a child that ended) ring here, too
            for number in SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            self._end()


def _on_signal(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: that there is a handler makes Python ring."""
