"""The heap of the window's process: shared by its threads, of which each would else keep a part of its own.

glibc gives threads that allocate at once up to eight arenas a processor, and gives back to the system what is free in
them only where nothing lies behind it. The window has two dozen threads that allocate seldom, and one at a time for
Python's lock: of two arenas it keeps less (`make soak` with either).
"""

from __future__ import annotations

import ctypes
import sys

ARENAS = 2
LARGE_BYTES, MANY_PHOTOS = 256 * 1024, 100_000
_ARENA_MAX, _MMAP_THRESHOLD = -8, -3
"""M_ARENA_MAX and M_MMAP_THRESHOLD of malloc.h: https://man7.org/linux/man-pages/man3/mallopt.3.html"""
_LARGEST_THRESHOLD = 32 * 1024 * 1024
"""What glibc lets it grow to by itself."""


def share_heap() -> bool:
    """Let all threads of this process allocate from few arenas; return whether the system's C library can.

    Processes that are started later decide for themselves: those of a model compute in several threads at once.
    """
    return _set(_ARENA_MAX, ARENAS)


def separate_large_blocks(photos: int) -> bool:
    """Have large blocks given back when they are freed, in a library of so many photos; return whether that can be.

    Once one was freed, glibc takes those of its size from the heap, where pictures leave holes that nothing fits.
    Arrays over very many photos come and go with each letter that is typed: those are better kept than asked for anew.
    """
    return _set(_MMAP_THRESHOLD, LARGE_BYTES if photos < MANY_PHOTOS else _LARGEST_THRESHOLD)


def _set(parameter: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    try:
        return ctypes.CDLL(None).mallopt(parameter, value) == 1
    except AttributeError:  # musl, which has no arenas
        return False
