"""Threads that allocate at once: how many parts of a heap they are given."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.program.heap import ARENAS, MANY_PHOTOS

ROOT = Path(__file__).resolve().parents[3]

ALLOCATING = """
import ctypes, sys, threading
from app.program.heap import share_heap
if sys.argv[1] == "shared":
    assert share_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.fopen.restype = ctypes.c_void_p
together = threading.Barrier(8)
def allocate():
    together.wait()
    for _ in range(50):
        libc.malloc(2000)
    together.wait()
threads = [threading.Thread(target=allocate) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
file = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""

PICTURES = """
import ctypes, sys
from app.program.heap import separate_large_blocks
if sys.argv[1] != "as it is":
    assert separate_large_blocks(int(sys.argv[1]))
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
libc.fopen.restype = ctypes.c_void_p
libc.free(libc.malloc(1_000_000))
pictures = []
for _ in range(100):
    pictures.append(libc.malloc(300_000))
    libc.malloc(2000)
for picture in pictures:
    libc.free(picture)
file = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


def holes(way: str) -> int:
    """Return how many bytes pictures leave free in the heap that something small lies behind."""
    done = subprocess.run(
        [sys.executable, "-c", PICTURES, way], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return int(re.findall('<total type="rest" count="[0-9]+" size="([0-9]+)"', done.stdout)[-1])


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has a threshold that grows")
def test_pictures_leave_no_holes_in_the_heap_of_a_usual_library() -> None:
    assert holes("as it is") > 20_000_000
    assert holes(str(MANY_PHOTOS)) > 20_000_000
    assert holes("1500") < 10_000_000


def arenas(way: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", ALLOCATING, way], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return len(re.findall("<heap nr=", done.stdout))


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_threads_share_a_heap() -> None:
    assert arenas("each its own") > ARENAS
    assert arenas("shared") <= ARENAS
