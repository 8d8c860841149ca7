"""Garbage is collected on the interface's thread, and nowhere else.

Python collects cycles in whatever thread happens to allocate. In a queue's thread it would take a closed dialog or
window apart there; the timers in it belong to the interface's thread, stay behind, and bring the program down when
they are due.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MILLISECONDS = 500


class GarbageCollection(QObject):
    """Takes over from Python's own collection, with its own measure of when it is time for which generation."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        # What is imported by now stays for good: looking through it again and again would only cost time.
        gc.freeze()
        self._timer = QTimer(self, interval=INTERVAL_MILLISECONDS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def _on_timeout(self) -> None:
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
