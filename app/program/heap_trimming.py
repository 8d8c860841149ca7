"""Memory that is free in the heap goes back to the system now and then."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer

from app.program.heap import give_back

INTERVAL_MILLISECONDS = 120_000


class HeapTrimming(QObject):
    """Gives free memory back every two minutes, in a thread of its own: it takes some 20 ms for 50 MB."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=INTERVAL_MILLISECONDS)
        self._timer.timeout.connect(lambda: threading.Thread(target=give_back, name="heap", daemon=True).start())
        self._timer.start()
