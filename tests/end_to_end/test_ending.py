"""Asked to end, by Ctrl+C or by the system, the program does so in order: soon, silently, and with nothing left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from core.library import Library
from core.paths import LibraryPaths

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals between processes"),
]
EITHER = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    (tmp_path / "photos").mkdir()
    with Library.open(folder) as made:
        made.add_root(tmp_path / "photos")
    return folder


def ended(arguments: list[str], number: int, ready: Callable[[], bool], output: Path) -> tuple[int, str]:
    """Start the program, send it a signal once it is ready; return its exit status and what it said."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONWARNINGS": "default"}
    with output.open("w") as said:
        process = subprocess.Popen([sys.executable, *arguments], stdout=said, stderr=said, env=environment)
    try:
        until = time.monotonic() + 60
        while not ready() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(number)
        status = process.wait(30)
    finally:
        process.kill()
    return status, output.read_text(encoding="utf-8")


@EITHER
def test_the_window_closes(library: Path, tmp_path: Path, number: int) -> None:
    log = LibraryPaths(library).lock
    before = log.stat().st_mtime_ns if log.exists() else 0

    def is_open() -> bool:
        return log.exists() and log.stat().st_mtime_ns > before

    status, said = ended(["-m", "app", "--library", str(library)], number, is_open, tmp_path / "said")
    assert (status, said) == (0, "")
    with Library.open(library) as again:
        assert again.check() == []


@EITHER
def test_watching_stops(library: Path, tmp_path: Path, number: int) -> None:
    output = tmp_path / "said"
    arguments = ["-m", "core", "--library", str(library), "index", "--watch"]
    status, said = ended(arguments, number, lambda: "Watching" in output.read_text(encoding="utf-8"), output)
    assert status == 0
    assert said.splitlines()[-1].startswith("Watching")
