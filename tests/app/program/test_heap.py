"""Threads that allocate at once: how many parts of a heap they are given."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.program import heap_trimming
from app.program.heap import ARENAS, MANY_PHOTOS
from app.program.heap_trimming import HeapTrimming

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


KEEPING = """
import ctypes, psutil, sys
from app.program.heap import give_back
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free.argtypes = [ctypes.c_void_p]
libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
def held():
    return psutil.Process().memory_info().rss
pictures = []
for _ in range(int(sys.argv[1])):
    pictures.append(libc.malloc(100_000))
    libc.memset(pictures[-1], 1, 100_000)
    libc.malloc(2000)
for picture in pictures:
    libc.free(picture)
before = held()
print(give_back(), before - held())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc tells what is free")
@pytest.mark.parametrize(("pictures", "given"), [(500, True), (20, False)])
def test_what_small_blocks_hold_fast_is_given_back_where_it_is_much(pictures: int, given: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KEEPING, str(pictures)], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60
    )
    assert done.returncode == 0, done.stderr
    said, bytes_given = done.stdout.split()
    assert said == str(given) and (int(bytes_given) > 30_000_000) == given


def test_it_is_given_back_beside_the_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    monkeypatch.setattr(heap_trimming, "INTERVAL_MILLISECONDS", 5)
    monkeypatch.setattr(heap_trimming, "give_back", lambda: threads.append(threading.get_ident()))
    trimming = HeapTrimming()
    qtbot.waitUntil(lambda: bool(threads))
    assert threading.get_ident() not in threads
    trimming.deleteLater()
