"""Make a worker process small, humble and quiet, before it imports a codec.

All that differs between operating systems in `core.decode` is here and in `confinement`.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import signal
import sys
from contextlib import suppress

import psutil

_NICENESS = 10
"""Half way down: behind everything the user does, before what is meant for idle hours only."""
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_NO_CRASH_DIALOGS = 0x0001 | 0x0002 | 0x8000
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX and SEM_NOOPENFILEERRORBOX of Windows' SetErrorMode."""


def bind(memory_bytes: int) -> None:
    """Bind the calling process: one thread a library, low priority, bounded memory, no output, no Ctrl-C."""
    for variable in _THREAD_VARIABLES:
        os.environ[variable] = "1"
    for number in (signal.SIGINT, signal.SIGTERM):  # the program that started us decides when we end
        signal.signal(number, signal.SIG_IGN)
    _lower_priority()
    _silence()
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_NO_CRASH_DIALOGS)
    else:
        _limit(memory_bytes)


def resident_bytes(pid: int) -> int:
    """Return the memory a process holds, 0 if it is gone."""
    try:
        return psutil.Process(pid).memory_info().rss
    except psutil.Error:
        return 0


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _lower_priority() -> None:
    with suppress(psutil.Error, OSError):
        below = psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else _NICENESS
        psutil.Process().nice(below)


def _limit(memory_bytes: int) -> None:
    resource = importlib.import_module("resource")
    # RLIMIT_DATA counts what is allocated; RLIMIT_AS would count every mapped library as well. macOS knows
    # both and keeps neither: there the pool watches the memory of its workers.
    limits = {"RLIMIT_DATA": memory_bytes, "RLIMIT_CORE": 0}
    for name, value in limits.items():
        with suppress(AttributeError, ValueError, OSError):
            kind = getattr(resource, name)
            resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))


def _silence() -> None:
    """Send what native codecs write to stdout and stderr (libtiff above all) nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (1, 2):
        with suppress(OSError):
            os.dup2(nowhere, handle)
    os.close(nowhere)
