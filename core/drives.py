"""Asking a drive that may answer nothing: a network drive whose server is gone, a disk that fails.

Whoever asks such a drive waits inside the system, where no signal and no time limit reaches. So somebody else asks: a
thread that nobody waits for longer than is said, and that ends when the drive answers or the program does.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import Generic, TypeVar

from core.errors import DriveSilent
from core.messages import folder_messages

T = TypeVar("T")

PATIENCE_S = 10.0
"""How long a drive may take to answer: one that has to spin up first takes five seconds or more."""
LISTING_PATIENCE_S = 60.0
"""How long a listing may find nothing: a network drive whose own disks sleep takes half a minute."""
GLANCE_S = 0.1
"""How long a window may stand still for a drive."""
_LOOK_S = 0.2


class Look(Generic[T]):
    """A look at a drive that is asked for again and again. Whoever asks while one is under way waits for that one."""

    def __init__(self, look: Callable[[], T], path: Path) -> None:
        self._look, self._path = look, path
        self._answer: Future[T] | None = None

    def answer(self, seconds: float = PATIENCE_S) -> T:
        """Look, and return what was seen.

        Raises:
            DriveSilent: if there is no answer after so many seconds.
            Exception: whatever the look raises.
        """
        answer = self._answer
        if answer is None:
            answer = self._answer = Future[T]()
            threading.Thread(target=self._ask, args=(answer,), name="drive", daemon=True).start()
        try:
            seen = answer.result(seconds)
        except TimeoutError:
            if not answer.done():
                raise DriveSilent(folder_messages.DRIVE_SILENT(path=self._path)) from None
            self._answer = None
            raise  # the drive itself said that it took too long
        except Exception:
            self._answer = None
            raise
        self._answer = None
        return seen

    def _ask(self, answer: Future[T]) -> None:
        try:
            answer.set_result(self._look())
        except Exception as error:
            answer.set_exception(error)


def answered(look: Callable[[], T], path: Path, seconds: float = PATIENCE_S) -> T:
    """Call what looks at `path` once and return its answer; raises as `Look.answer`."""
    return Look(look, path).answer(seconds)


def require_answers(paths: Iterable[Path]) -> None:
    """Look at the folders of these files, before something is done with them that cannot be left in the middle.

    Raises:
        DriveSilent: if the drive of one answers nothing.
    """
    for folder in dict.fromkeys(path.parent for path in paths):
        answered(folder.exists, folder)


def is_file(path: Path, seconds: float = PATIENCE_S) -> bool:
    """Return whether a file is there; False too where its drive answers nothing."""
    try:
        return answered(path.is_file, path, seconds)
    except DriveSilent:
        return False


def resolved(path: Path, seconds: float = PATIENCE_S) -> Path:
    """Return a path with its links followed; as it is where its drive answers nothing or they lead in a circle."""
    try:
        return answered(lambda: Path(os.path.realpath(path)), path, seconds)
    except DriveSilent:
        return path


def while_answering(
    steps: Iterable[T], path: Path, last_sign: Callable[[], float], seconds: float = LISTING_PATIENCE_S
) -> Generator[T | None]:
    """Go through something that looks at `path` step by step; yield None every moment there is no step.

    Args:
        last_sign: tells when the drive last answered, within a step too (as `time.monotonic`).

    Raises:
        DriveSilent: if it has not answered for so many seconds.
        Exception: whatever a step raises.
    """
    told: queue.SimpleQueue[tuple[T | None, Exception | None, bool]] = queue.SimpleQueue()
    left = threading.Event()

    def go() -> None:
        try:
            for step in steps:
                if left.is_set():
                    return
                told.put((step, None, False))
            told.put((None, None, True))
        except Exception as error:
            told.put((None, error, True))

    threading.Thread(target=go, name="listing", daemon=True).start()
    begun = time.monotonic()
    try:
        while True:
            try:
                step, error, over = told.get(timeout=_LOOK_S)
            except queue.Empty:
                if time.monotonic() - max(begun, last_sign()) > seconds:
                    raise DriveSilent(folder_messages.DRIVE_SILENT(path=path)) from None
                yield None
                continue
            if error is not None:
                raise error
            if over:
                return
            yield step
    finally:
        left.set()
