"""A model in a process of its own, behind the same protocol.

Importing torch holds Python's lock for over a second and its kernels keep every core busy; in its own process the
window never feels either, and a driver that crashes takes a worker with it and not the user's window.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import ModelError
from core.messages import engine_messages
from core.models import ModelFolder
from core.pixels import PixelSpec

Tower = Literal["images", "texts"]
Backend = Literal[
    "auto", "torch", "torch-16", "openvino", "openvino-32", "onnxruntime"
]  # as in core.encoder.backend_selection

_CPU_BATCH = 8  # until the process has said what its device likes


@dataclass(frozen=True, slots=True)
class _Ready:
    """What the process says when its model is loaded."""

    device: str
    batch_size: int
    notes: tuple[str, ...]


class EncoderProcess:
    """One tower of a model in a child process that starts with `start` or the first call.

    Calls are served one at a time; any thread may call. After a crash the next call starts a fresh process.
    """

    def __init__(
        self,
        model: ModelFolder,
        tower: Tower,
        *,
        device: str = "auto",
        backend: Backend = "auto",
        cache: Path | None = None,
    ) -> None:
        """Say what to load; see `core.encoder.openclip.OpenClipEncoder` for the arguments."""
        self._model = model
        self._tower: Tower = tower
        self._wanted: dict[str, Any] = {"device": device, "backend": backend, "cache": cache}
        self._calls = threading.Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._ready: _Ready | None = None
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
        return self._ready.batch_size if self._ready else _CPU_BATCH

    @property
    def device(self) -> str:
        """Device and precision in words; empty until the model is loaded."""
        return self._ready.device if self._ready else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was tried and is not used, and why; empty until the model is loaded."""
        return self._ready.notes if self._ready else ()

    def start(self) -> None:
        """Load the model now, and return when it is ready.

        Raises:
            ModelError: if it cannot be loaded.
        """
        with self._calls:
            self._ensure_ready()

    def encode_images(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Embed pictures, uint8 (n, height, width, 3) → float32 (n, dimension)."""
        return self._call("encode_images", pixels)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed descriptions → float32 (n, dimension)."""
        return self._call("encode_texts", list(texts))

    def close(self) -> None:
        """End the process at once, also in the middle of a call, which then fails with ModelError."""
        self._closed = True
        self._end()

    def _call(self, method: str, argument: Any) -> NDArray[np.float32]:
        with self._calls:
            self._ensure_ready()
            vectors = self._ask((method, argument))
        return vectors

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
            target=_serve,
            args=(theirs, self._model, self._tower, self._wanted),
            name=f"recollect-{self._tower}",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        self._ready = self._receive()

    def _is_listening(self) -> bool:
        """Tell whether the process waits for a call: between two calls there is nothing to read but its end."""
        process, connection = self._process, self._connection
        if process is None or connection is None or not process.is_alive():
            return False
        try:
            return not connection.poll()
        except OSError:
            return False

    def _ask(self, request: tuple[str, Any]) -> Any:
        connection = self._connection
        if connection is None:
            raise self._died()
        try:
            connection.send(request)
        except (OSError, ValueError) as error:
            raise self._died() from error
        return self._receive()

    def _receive(self) -> Any:
        connection = self._connection
        if connection is None:
            raise self._died()
        try:
            kind, value = connection.recv()
        except (EOFError, OSError, TypeError) as error:  # TypeError: closed by `close` while it was waiting
            raise self._died() from error
        if kind == "error":
            raise ModelError(value)
        return value

    def _died(self) -> ModelError:
        self._end()
        if self._closed:
            return ModelError(engine_messages.CLOSED())
        return ModelError(engine_messages.STOPPED(name=self._model.name))

    def _end(self) -> None:
        self._ready = None
        connection, self._connection = self._connection, None
        process, self._process = self._process, None
        if process is not None and process.is_alive():
            process.kill()
            process.join(2)
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()


def _serve(connection: Connection, model: ModelFolder, tower: Tower, wanted: dict[str, Any]) -> None:
    """Run in the child: load the tower, then answer requests until the other end is closed."""
    _be_courteous(tower)
    try:
        from core.encoder.openclip import OpenClipEncoder

        encoder = OpenClipEncoder(model, tower, **wanted)
        if tower == "texts":
            encoder.encode_texts(["a photo"])  # the first call of this size builds kernels; pay for it here
        connection.send(("ready", _Ready(encoder.device, encoder.batch_size, encoder.choice.notes)))
        while True:
            method, argument = connection.recv()
            try:
                connection.send(("vectors", getattr(encoder, method)(argument)))
            except ModelError as error:
                connection.send(("error", error.message))
    except ModelError as error:
        with contextlib.suppress(OSError):
            connection.send(("error", error.message))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _be_courteous(tower: Tower) -> None:
    """Wait without spinning and, for indexing, at low priority, so that the window and other programs come first.

    The variables are read once, when torch loads its thread pool, which is why they are set here and not earlier.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to a whole group; who started us decides when we end
        signal.signal(number, signal.SIG_IGN)
    with contextlib.suppress(ImportError):
        from tqdm import tqdm

        # Its own lock is a semaphore of the system's, which stays behind when this process is killed.
        tqdm.set_lock(threading.RLock())
    if tower == "images":
        import psutil

        with contextlib.suppress(psutil.Error, OSError):
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else 10)
