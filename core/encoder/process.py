"""A model in a process of its own, behind the same protocol.

Importing torch holds Python's lock for over a second and its kernels keep every core busy; in its own process the
window never feels either, and a driver that crashes or hangs takes a worker with it and not the user's window.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
import psutil
from numpy.typing import NDArray

from core.encoder.idle import IdleTimer
from core.encoder.processor import CPU_BATCH
from core.encoder.protocol import Backend
from core.encoder.worker import Call, Failure, LoadEncoder, Logged, Ready, load_open_clip, serve
from core.errors import ModelError
from core.interruption import answered_afterwards
from core.messages import Message, engine_messages
from core.models import ModelFolder, Tower
from core.pixels import PixelSpec

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")

START_LIMIT_S = 1800.0
"""How long loading may take. A large model is converted to a faster engine once, which takes minutes."""
CALL_LIMIT_S = 300.0
"""How long a call may take: the largest model of the list embeds its batch in a tenth of it on one slow core."""
REST_AFTER_S: Mapping[Tower, float] = {"images": 300.0, "texts": 900.0}
"""After how long without work a model gives its memory back. Its next call loads it again, which somebody waits for
who typed words."""
LOOK_S = 1.0
"""How often a waiting call looks whether the process could work meanwhile."""
_END_S = 2.0
"""How long a process that was killed, or crashed, may take to be gone."""
_KILL = 9
"""The signal that ends a process at once, also where memory ends; Windows has none."""


class EncoderProcess:
    """One tower of a model in a child process that starts with `start` or the first call.

    Calls are served one at a time; any thread may call. After a crash, or minutes without work, the next call starts a
    fresh process; a process that does not answer is ended and the call made once more, in a fresh one.
    """

    def __init__(
        self,
        model: ModelFolder,
        tower: Tower,
        *,
        device: str = "auto",
        backend: Backend = "auto",
        cache: Path | None = None,
        load: LoadEncoder = load_open_clip,
    ) -> None:
        """Say what to load; see `core.encoder.openclip.OpenClipEncoder`. `load` does it, in the child."""
        self._model = model
        self._tower: Tower = tower
        self._load = functools.partial(load, model, tower, device=device, backend=backend, cache=cache)
        self._calls = threading.Lock()
        self._idle = IdleTimer(REST_AFTER_S[tower], self.rest)
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._ready: Ready | None = None
        self._closed = False

    @property
    def key(self) -> str:
        return self._model.key

    @property
    def dimension(self) -> int:
        return self._model.dimension

    @property
    def pixels(self) -> PixelSpec:
        return self._model.pixels

    @property
    def batch_size(self) -> int:
        """What the device likes; until the process has said so, what a processor does."""
        return self._ready.batch_size if self._ready else CPU_BATCH

    @property
    def device(self) -> Message | None:
        return self._ready.device if self._ready else None

    @property
    def notes(self) -> tuple[Message, ...]:
        return self._ready.notes if self._ready else ()

    @property
    def provisional(self) -> bool:
        """Whether it runs on the engine that was at hand; False until the process has said so."""
        return bool(self._ready and self._ready.provisional)

    def start(self) -> None:
        """Load the model now, and return when it is ready.

        Raises:
            ModelError: if it cannot be loaded.
        """
        with self._calls:
            self._or_once_more(self._ensure_ready)
            self._idle.touch()

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Embed pictures, uint8 (n, height, width, 3) → float32 (n, dimension)."""
        return self._answer(Call("encode_images", pixels))

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed descriptions → float32 (n, dimension)."""
        return self._answer(Call("encode_texts", list(texts)))

    def close(self) -> None:
        """End the process at once, also in the middle of a call, which then fails with ModelError."""
        self._closed = True
        self._idle.stop()
        self._end()

    def rest(self) -> None:
        """End the process until the next call, unless one is under way."""
        if self._calls.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._calls.release()

    def _answer(self, call: Call) -> NDArray[np.float32]:
        def work() -> NDArray[np.float32]:
            self._ensure_ready()
            return self._ask(call)

        with self._calls:
            answer = self._or_once_more(work)
            self._idle.touch()
            return answer

    def _or_once_more(self, work: Callable[[], Answer]) -> Answer:
        """Do it, and once more in a fresh process if this one does not answer."""
        try:
            return work()
        except Hung as hung:
            logger.warning("the process of %s did not answer within %.0f s and is started anew", self.key, hung.limit)
            self._end()
        try:
            return work()
        except Hung as hung:
            self._end()
            raise ModelError(engine_messages.HUNG(name=self._model.name)) from hung

    def _ensure_ready(self) -> None:
        if self._closed:
            raise ModelError(engine_messages.CLOSED())
        if self._ready and self._is_listening():
            return
        self._end()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._connection = ours
        self._process = context.Process(
            target=serve,
            args=(theirs, self._model, self._tower, self._load),
            name=f"recollect-{self._tower}",
            daemon=True,
        )
        with answered_afterwards():
            self._process.start()
        theirs.close()
        self._ready = cast("Ready", self._receive(START_LIMIT_S))

    def _is_listening(self) -> bool:
        """Tell whether the process waits for a call: between two calls there is nothing to read but its end."""
        process, connection = self._process, self._connection
        if process is None or connection is None or not process.is_alive():
            return False
        try:
            return not connection.poll()
        except OSError:
            return False

    def _ask(self, call: Call) -> NDArray[np.float32]:
        connection = self._connection
        if connection is None:
            raise self._died()
        try:
            connection.send(call)
        except (OSError, ValueError) as error:
            raise self._died() from error
        return cast("NDArray[np.float32]", self._receive(CALL_LIMIT_S))

    def _receive(self, limit: float) -> object:
        """Return what the process says.

        Raises:
            ModelError: what it failed in, or that it is gone.
            Hung: if it says nothing within `limit` seconds.
        """
        connection, process = self._connection, self._process
        if connection is None or process is None:
            raise self._died()
        try:
            answer: object = None
            while answer is None or isinstance(answer, Logged):
                wait_for_answer(connection, process, limit)
                answer = connection.recv()
                if isinstance(answer, Logged):
                    logging.getLogger(answer.name).log(answer.level, "%s", answer.text)
        except (EOFError, OSError, TypeError, ValueError) as error:  # the last two: `close` closed it meanwhile
            raise self._died() from error
        if isinstance(answer, Failure):
            if answer.details:
                logger.error("%s, %s: %s", self.key, self._tower, answer.details)
            raise ModelError(answer.message)
        return answer

    def _died(self) -> ModelError:
        process = self._process
        if process is not None and not self._closed:
            process.join(_END_S)  # its exit code says more than that it is gone
        self._end()
        if self._closed:
            return ModelError(engine_messages.CLOSED())
        code = None if process is None else process.exitcode
        if code is None or code == -_KILL:
            return ModelError(engine_messages.STOPPED(name=self._model.name))
        return ModelError(engine_messages.CRASHED(name=self._model.name, how=_exit_in_words(code)))

    def _end(self) -> None:
        self._ready = None
        connection, self._connection = self._connection, None
        process, self._process = self._process, None
        if process is not None and process.is_alive():
            process.kill()
            process.join(_END_S)
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()


class Hung(Exception):
    """A process did not answer in the time it was given."""

    def __init__(self, limit: float) -> None:
        super().__init__(limit)
        self.limit = limit


def wait_for_answer(connection: Connection, process: BaseProcess, limit: float) -> None:
    """Wait until there is something to read, for `limit` seconds in which the process could work.

    The time in which the computer sleeps, or in which this program or the process is stopped, does not count: what
    passes between two looks counts as no more than twice what they are apart.

    Raises:
        Hung: if there is nothing.
    """
    waited = 0.0
    while waited < limit:
        began = time.monotonic()
        if connection.poll(LOOK_S):
            return
        if not is_stopped(process):
            waited += min(time.monotonic() - began, 2 * LOOK_S)
    raise Hung(limit)


def is_stopped(process: BaseProcess) -> bool:
    try:
        return psutil.Process(process.pid).status() == psutil.STATUS_STOPPED
    except psutil.Error:  # it ended: the connection tells
        return False


def _exit_in_words(code: int) -> str:
    """Return the name of the signal that ended a process, or its exit code as its system writes such codes."""
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"{code:#x}" if code > 255 else str(code)
