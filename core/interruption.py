"""Ctrl+C before the program can answer it: while it is being imported it just ends, without a word or a traceback.

An exception raised in the middle of an import is told by Python itself, or swallowed where a module is being locked.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager


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
