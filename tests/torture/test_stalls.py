"""A drive that stops answering holds up nobody: questions are answered, and the program ends in two seconds.

Several starts of the real program: part of `make torture`, here only with RECOLLECT_TORTURE set.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.library import Library
from tests.core.fakes import write_photo
from tests.torture.layer import build_stalls, compiler

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("RECOLLECT_TORTURE" not in os.environ, reason="part of make torture"),
    pytest.mark.skipif(sys.platform != "linux" or compiler() is None, reason="for Linux, with a C compiler"),
]
ROOT = Path(__file__).resolve().parents[2]
ENDS_WITHIN_S = 2.2
"""Two seconds, and what the system takes to tell of it."""
PHOTOS = 20


class Drive:
    """A library whose photos lie on a drive that can be told to stop answering."""

    def __init__(self, folder: Path) -> None:
        self.photos, self._library, self._stands = folder / "photos", folder / "library", folder / "stalled"
        layer = build_stalls(folder)
        self._env = {
            **os.environ,
            "LD_PRELOAD": str(layer),
            "RECOLLECT_STALLS": str(self.photos),
            "RECOLLECT_STALLED": str(self._stands),
            "QT_QPA_PLATFORM": "offscreen",
        }
        for number in range(PHOTOS):
            write_photo(self.photos / f"{number}.png", number)
        with Library.open(self._library) as library:
            library.add_root(self.photos)
        assert self.ends_well("index")

    def stall(self) -> None:
        self._stands.touch()

    def answer(self) -> None:
        self._stands.unlink()

    def ends_well(self, *arguments: str) -> bool:
        process = self.start(*arguments)
        process.communicate(timeout=120)
        return process.returncode == 0

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "app", "--library", str(self._library), *arguments],
            env=self._env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )


@pytest.fixture(scope="module")
def drive(tmp_path_factory: pytest.TempPathFactory) -> Drive:
    return Drive(tmp_path_factory.mktemp("drive"))


def test_a_question_is_answered(drive: Drive) -> None:
    drive.stall()
    try:
        process = drive.start("search", "red")
        answer = process.communicate(timeout=30)[0]
        assert process.returncode == 0 and len(answer.splitlines()) >= 1
    finally:
        drive.answer()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", [["index"], ["index", "--watch"], ["search", "--like"], []])
def test_the_program_ends_in_two_seconds(drive: Drive, command: list[str], number: int) -> None:
    write_photo(drive.photos / f"{time.monotonic_ns()}.png", time.monotonic_ns() % 1000)
    drive.stall()
    try:
        if "--like" in command:
            command = [*command, str(drive.photos / "0.png")]
        process = drive.start(*command)
        time.sleep(6)  # there is nothing to wait for: it does nothing any more
        asked = time.monotonic()
        process.send_signal(number)
        said = process.communicate(timeout=30)[1]
        assert time.monotonic() - asked < ENDS_WITHIN_S
        assert "Traceback" not in said and process.returncode in (0, 128 + number)
    finally:
        drive.answer()


def test_the_library_is_whole_after_all_that(drive: Drive) -> None:
    assert drive.ends_well("check")
