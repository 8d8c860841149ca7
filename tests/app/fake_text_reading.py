"""A reading of text in pictures that reads nothing, as slowly as a test wants it to."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from core.events import Control, Event, Progress, ReadingText


class FakeTextReading:
    """Reads the text of as many photos as it is told to."""

    def __init__(self) -> None:
        self.waiting = 0
        self.runs = 0
        self.without: tuple[int, ...] = ()
        self.release = threading.Event()
        self.release.set()

    def due(self) -> int:
        return self.waiting

    def left_out(self) -> tuple[int, ...]:
        return self.without

    def leave_out(self, root_id: int, left: bool) -> None:
        self.without = (root_id,) if left else ()

    def run(self, control: Control) -> Iterator[Event]:
        self.runs += 1
        while self.waiting and control.wait():
            self.waiting -= 1
            yield ReadingText(Progress(1, 1 + self.waiting, 0, 1.0, None), 1)
            while not self.release.wait(0.01):
                if control.stopped:
                    return
