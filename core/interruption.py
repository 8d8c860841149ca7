"""Ctrl+C, and other signals that end the program, where it could not answer them well.

An exception raised in the middle of an import is told by Python itself, or swallowed where a module is being locked:
the program just ends then, without a word or a traceback. A process that is half started when one is raised would be
nobody's to end: the signal is answered after that.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")


@contextmanager
def ends_at_once() -> Generator[None]:
    """Let Ctrl+C end the program as it ends any other, where it would raise KeyboardInterrupt."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def answered_afterwards() -> Generator[None]:
    """Answer signals that end the program only after the block. A process started in it is not told of this."""
    if threading.current_thread() is not threading.main_thread():  # there signals are answered, and nowhere else
        yield
        return
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    before: dict[int, Any] = {}
    for number in (getattr(signal, name) for name in _ENDING if hasattr(signal, name)):
        if callable(signal.getsignal(number)):
            before[number] = signal.signal(number, note)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if asked:
            before[asked[0]](asked[0], None)
