"""Being ended from outside: `kill`, a terminal that closes, a session that ends."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_NAMES = ("SIGTERM", "SIGHUP")
"""Windows has only the first, and sends neither."""


class Terminated(BaseException):
    """The program was asked to end, by the signal of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def raised_as_exceptions() -> Generator[None, None, None]:
    """Raise `Terminated` where the program is asked to end, so that it ends on its way out what it has started.

    Ended at once instead, it would leave the process of a model behind until that finds its pipe closed, which takes
    seconds while torch is imported there. A second signal is obeyed at once.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, Any] = {}
    for number in (getattr(signal, name) for name in _NAMES if hasattr(signal, name)):
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup has its reasons for ignoring one
            before[number] = signal.signal(number, _raise)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)
    raise Terminated(number)
