"""The heap of the window's process: shared by its threads, of which each would else keep a part of its own.

glibc gives threads that allocate at once up to eight arenas a processor, and gives back to the system what is free in
them only where nothing lies behind it. The window has two dozen threads that allocate seldom, and one at a time for
Python's lock: of two arenas it keeps less (`make soak` with either).
"""

from __future__ import annotations

import ctypes
import sys

ARENAS = 2
_ARENA_MAX = -8
"""M_ARENA_MAX of malloc.h: https://man7.org/linux/man-pages/man3/mallopt.3.html"""


def share_heap() -> bool:
    """Let all threads of this process allocate from few arenas; return whether the system's C library can.

    Processes that are started later decide for themselves: those of a model compute in several threads at once.
    """
    if sys.platform != "linux":
        return False
    try:
        return ctypes.CDLL(None).mallopt(_ARENA_MAX, ARENAS) == 1
    except AttributeError:  # musl, which has no arenas
        return False
