"""`recollect PATH` as a person meets it: the real program, started once and once more."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.library import Library
from core.paths import LibraryPaths

pytestmark = pytest.mark.slow


def started(*arguments: object, folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(
        [sys.executable, "-m", "app", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        cwd=folder,
        env=environment,
    )


def test_a_second_start_shows_its_folder_in_the_first_window(tmp_path: Path) -> None:
    photos = tmp_path / "照片 📷"
    photos.mkdir()
    layout = LibraryPaths(tmp_path / "library")
    with Library.open(layout.folder) as library:
        library.add_root(photos)
    window = started("--library", "library", photos.name, folder=tmp_path)
    try:
        until = time.monotonic() + 60
        while not layout.visits.is_dir() and window.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        second = started("./照片 📷", "--library", "library", folder=tmp_path)
        said, _ = second.communicate(timeout=60)
        assert (second.returncode, said) == (0, "")
        assert window.poll() is None
        assert list(layout.visits.iterdir()) == []
    finally:
        window.terminate()
        said, _ = window.communicate(timeout=60)
    assert said == ""


def test_a_word_that_is_neither_command_nor_place_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "add").mkdir()
    for words in (["serach"], ["add"]):
        done = started("--library", "library", *words, folder=tmp_path)
        said, _ = done.communicate(timeout=60)
        assert done.returncode == 2, said
        assert "Usage: recollect" in said
