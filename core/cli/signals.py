"""Being ended from outside: `kill`, a terminal that closes, a session that ends."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

_NAMES = ("SIGTERM", "SIGHUP")
"""Windows has only the first, and sends neither."""
_PATIENCE_S, _LOOK_S = 1.5, 0.1
"""How long a program that was asked to end may stay where it is, and how often it is looked at."""
_PENDING_LOOK_S = 0.4
"""How often it is looked whether a signal found nobody: seldom enough to cost nothing."""


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


@contextmanager
def ended_though_stuck() -> Generator[None, None, None]:
    """End the program by a signal that its main thread cannot answer, because a call of the system does not return.

    A drive that stopped answering holds whoever asks it, and Python answers signals between two of its instructions.
    What was done is committed with each batch, and the processes that were started end with this one.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    ear, mouth = os.pipe()
    os.set_blocking(mouth, False)
    before = signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)  # written to at once, whatever Python is at
    threading.Thread(target=_listen, args=(ear, threading.get_ident()), name="signals", daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(mouth)


def _listen(ear: int, thread: int) -> None:
    """End the program where it should have ended by itself.

    A signal that reached it is told through `ear`. One that did not is pending: it waits with a main thread that is
    inside the system, where not even the handler that tells is called, and this thread sees it, which blocks it.
    """
    ending = {getattr(signal, name) for name in (*_NAMES, "SIGINT") if hasattr(signal, name)}
    signal.pthread_sigmask(signal.SIG_BLOCK, ending)
    pending_since: float | None = None
    with os.fdopen(ear, "rb", buffering=0) as numbers:
        while True:
            if select.select([numbers], [], [], _PENDING_LOOK_S)[0]:
                number = numbers.read(1)
                if not number:
                    return
                if number[0] in {one.value for one in ending} and _is_stuck(thread):
                    _end(number[0])
            pending = ending & signal.sigpending()
            if not pending:
                pending_since = None
            elif pending_since is None:
                pending_since = time.monotonic()
            elif time.monotonic() - pending_since >= _PATIENCE_S - _PENDING_LOOK_S:
                _end(min(pending))


def _end(number: int) -> NoReturn:
    os.write(sys.stderr.fileno(), b"recollect: stopped; a drive does not answer. What was done is kept.\n")
    os._exit(128 + number)  # as shells count


def _is_stuck(thread: int) -> bool:
    """Tell whether a thread stays at the same instruction for as long as one may wait for an answer."""
    until, place = time.monotonic() + _PATIENCE_S, _place(thread)
    while time.monotonic() < until:
        time.sleep(_LOOK_S)
        if _place(thread) != place:
            return False
    return True


def _place(thread: int) -> tuple[int, int] | None:
    frame = sys._current_frames().get(thread)  # pyright: ignore[reportPrivateUsage]
    return None if frame is None else (id(frame), frame.f_lasti)
