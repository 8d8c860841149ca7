"""The heap of the window's process: shared by its threads, of which each would else keep a part of its own.

glibc gives threads that allocate at once up to eight arenas a processor, and gives back to the system what is free in
them only where nothing lies behind it. The window has two dozen threads that allocate seldom, and one at a time for
Python's lock: of two arenas it keeps less (`make soak` with either). What small blocks hold fast between them is given
back now and then: after two hours of the soak with 50,000 photos, 44 MB of 342.
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

WORTHWHILE_BYTES = 16 * 1024 * 1024
"""Free bytes below which nothing is given back: they are wanted again soon."""


class _Mallinfo2(ctypes.Structure):
    """struct mallinfo2 of malloc.h: https://man7.org/linux/man-pages/man3/mallinfo.3.html"""

    _fields_ = (
        *((name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks")),
        *((name, ctypes.c_size_t) for name in ("uordblks", "fordblks", "keepcost")),
    )


def give_back() -> bool:
    """Give whole pages that are free between blocks back to the system, where it is worthwhile; return whether it was.

    Any thread may call; what allocates from the same arena meanwhile waits.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None)
    try:
        library.mallinfo2.restype = _Mallinfo2
        return library.mallinfo2().fordblks >= WORTHWHILE_BYTES and library.malloc_trim(0) == 1
    except AttributeError:  # musl, and a glibc before 2.33
        return False


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
