"""Work for a pool that goes wrong in every way a codec can; the name of a job's file says how."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable
from pathlib import Path

from core.decode.job import DecodeJob, Recognised

FINGERPRINT = b"f" * 16
OnRead = Callable[[int, int], None]


def misbehave(job: DecodeJob, on_read: OnRead) -> Recognised:
    """Answer like a decoder, unless the job's file is named after a mishap."""
    mishap = job.path.stem
    if mishap == "drive":
        time.sleep(60)
    on_read(100, 200)
    if mishap == "exit":
        os._exit(3)
    if mishap == "segfault":
        ctypes.string_at(0)
    if mishap == "hang":
        time.sleep(60)
    if mishap == "once" and not Path(job.path.parent / "tried").exists():
        Path(job.path.parent / "tried").touch()
        os._exit(3)
    if mishap == "eat":
        _eat()
    if mishap == "moment":
        time.sleep(1.0)
    if mishap == "slow":
        time.sleep(0.05)
    return Recognised(job.token, FINGERPRINT, os.getpid(), 0)


def _eat() -> None:
    """Take memory the way a codec does, past the limit of the process, and die of it as C++ does."""
    hoard: list[bytearray] = []
    try:
        while True:
            hoard.append(bytearray(32 * 1024**2))
    except MemoryError:
        os.abort()


class CannotStart:
    """Work that cannot even be loaded in a worker."""

    def __call__(self, job: DecodeJob, on_read: OnRead) -> Recognised:
        raise NotImplementedError

    def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:
        return os._exit, (7,)
