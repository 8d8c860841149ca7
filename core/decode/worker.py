"""The life of a worker process: be confined, then answer one job after another.

    parent ──jobs──► listening thread ──► queue ──► this loop: work(job)
    parent ◄──Ready, Read, Answer──────────────────────┘

The listening thread empties the pipe at once, so that the parent never waits in sending, and sees its end the
moment the parent dies, whatever a codec is doing. This module imports nothing heavy: the parent imports it too.
"""

from __future__ import annotations

import os
import pickle
import queue
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from core.decode.confinement import NotConfined, give_up_rights
from core.decode.process_limits import bind, resident_bytes

FILES_PER_WORKER = 2000
"""After so many files a worker is replaced: codecs leak, a little each."""

RESIDENT_LIMIT = 640 * 1024**2
"""A worker that still holds more than this after a file is replaced."""

Work = Callable[[Any, Callable[[int, int], None]], Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """Imports are done; jobs given so far start now."""


@dataclass(frozen=True, slots=True)
class Read:
    """The file of the running job was read; its stamp."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The running job is done. A worker that says it is `worn` ends now, whatever waits in its queue."""

    reply: Any
    worn: bool


def run(
    work: bytes, memory_bytes: int, confined: bool, jobs: Connection[Any, Any], replies: Connection[Any, Any]
) -> None:
    """Answer jobs until the parent goes away. `work` is pickled: unpickling it imports the codecs.

    `confined`: without network, writing and other programs, from before the first job, where the system allows it.
    """
    bind(memory_bytes)
    inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(jobs, inbox), daemon=True).start()
    warnings.simplefilter("ignore")
    answer: Work = pickle.loads(work)
    if confined:
        with suppress(NotConfined):  # `recollect doctor` tells
            give_up_rights()
    try:
        replies.send(Ready())
        for done in range(1, FILES_PER_WORKER + 1):
            reply = answer(inbox.get(), lambda size, mtime_ns: replies.send(Read(size, mtime_ns)))
            worn = done == FILES_PER_WORKER or resident_bytes(os.getpid()) > RESIDENT_LIMIT
            replies.send(Answer(reply, worn))
            if worn:
                return
    except BrokenPipeError:
        return  # the parent is gone


def _listen(jobs: Connection[Any, Any], inbox: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            inbox.put(jobs.recv())
    except (EOFError, OSError):
        os._exit(0)
