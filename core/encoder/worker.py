"""What runs in a model's process: load a tower, then answer calls until the other end is closed."""

from __future__ import annotations

import contextlib
import functools
import logging
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Generator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.encoder.protocol import Backend, Encoder
from core.errors import ModelError
from core.log import SendingHandler
from core.messages import Message, engine_messages
from core.models import ModelFolder, Tower

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Ready:
    """The answer to being started: the model is loaded."""

    device: Message | None
    batch_size: int
    notes: tuple[Message, ...]
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """The answer to what failed. `details` is the traceback of an exception nobody foresaw, else empty."""

    message: Message
    details: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """A line for the log, said before an answer: the process has no log of its own."""

    name: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked of the encoder."""

    method: Literal["encode_images", "encode_texts"]
    argument: NDArray[np.uint8] | list[str]


class LoadEncoder(Protocol):
    """Loads one tower of a model in this process; see `core.encoder.openclip.OpenClipEncoder`."""

    def __call__(
        self, model: ModelFolder, tower: Tower, *, device: str, backend: Backend, cache: Path | None
    ) -> Encoder: ...


def load_open_clip(model: ModelFolder, tower: Tower, *, device: str, backend: Backend, cache: Path | None) -> Encoder:
    """Load a tower with open_clip, and what is slow about its first call."""
    from core.encoder.openclip import OpenClipEncoder

    return _with_first_call(OpenClipEncoder(model, tower, device=device, backend=backend, cache=cache), tower)


def load_for_later(model: ModelFolder, tower: Tower, *, device: str, backend: Backend, cache: Path | None) -> Encoder:
    """Find the best engine for a tower and convert it, while others work: for the next start."""
    from core.encoder.openclip import OpenClipEncoder

    _lower_priority()
    return OpenClipEncoder(model, tower, device=device, backend=backend, cache=cache)


def load_at_once(model: ModelFolder, tower: Tower, *, device: str, backend: Backend, cache: Path | None) -> Encoder:
    """Load a tower on the engine that is known to be right, without a look for a faster one."""
    from core.encoder.openclip import OpenClipEncoder

    encoder = OpenClipEncoder(model, tower, device=device, backend=backend, cache=cache, at_once=True)
    return _with_first_call(encoder, tower)


def _with_first_call(encoder: Encoder, tower: Tower) -> Encoder:
    if tower == "texts":
        encoder.encode_texts(["a photo"])  # the first call of this size builds kernels; pay for it here
    return encoder


def serve(connection: Connection, model: ModelFolder, tower: Tower, load: Callable[[], Encoder]) -> None:
    """Load the encoder, tell of it, then answer calls. No exception ends it but the end of the connection."""
    end_with_parent()
    be_courteous(tower)
    logging.getLogger("core").setLevel(logging.INFO)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        with _logging_to(connection):
            encoder = _tried(load, model)
        if isinstance(encoder, Failure):
            connection.send(encoder)
            return
        provisional = bool(getattr(encoder, "provisional", False))
        connection.send(Ready(encoder.device, encoder.batch_size, encoder.notes, provisional))
        while True:
            call: Call = connection.recv()
            with _logging_to(connection):
                answer = _tried(functools.partial(getattr(encoder, call.method), call.argument), model)
            connection.send(answer)


@contextlib.contextmanager
def _logging_to(connection: Connection) -> Generator[None]:
    """Send what is logged meanwhile. Between two calls nothing is sent, so that only an end can be read there."""
    handler = SendingHandler(lambda name, level, text: connection.send(Logged(name, level, text)))
    ours = logging.getLogger("core")
    ours.addHandler(handler)
    ours.propagate = False  # a library that calls `logging.warning` makes the root logger print to the terminal
    try:
        yield
    finally:
        ours.removeHandler(handler)
        ours.propagate = True


def _tried(work: Callable[[], Answer], model: ModelFolder) -> Answer | Failure:
    try:
        return work()
    except ModelError as error:
        return Failure(error.message)
    except Exception as error:  # engines and drivers each have their own; one picture may be to blame, and not the next
        reason = str(error).strip().partition("\n")[0][:200]
        named = f"{type(error).__name__}: {reason}" if reason else type(error).__name__
        return Failure(engine_messages.UNEXPECTED(name=model.name, error=named), traceback.format_exc())


def end_with_parent() -> None:
    """End as soon as the program is gone, however it went: a conversion would notice only minutes later."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=follow, name="parent", daemon=True).start()


def be_courteous(tower: Tower) -> None:
    """Wait without spinning and, for indexing, at low priority, so that the window and other programs come first.

    The variables are read once, when torch loads its thread pool, which is why they are set here and not earlier.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to a whole group; who started us decides when we end
        signal.signal(number, signal.SIG_IGN)
    if tower == "images":
        _lower_priority()


def _lower_priority() -> None:
    import psutil

    with contextlib.suppress(psutil.Error, OSError):
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else 10)
