"""A drive that stops answering holds up nobody: window, questions and the end of the program go on without it.

Several starts of the real program: part of `make torture`, here only with RECOLLECT_TORTURE set. The drive is a real
one, which sleeps (`sleeping_drive`), and one that is made by a layer below the program, where FUSE is not to be had.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from core.library import Library
from tests.core.fakes import write_photo
from tests.core.test_library import COLOURS, paint
from tests.torture import stalling_drive
from tests.torture.fault_layer import build_stalls, compiler

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(200),
    pytest.mark.skipif("RECOLLECT_TORTURE" not in os.environ, reason="part of make torture"),
    pytest.mark.skipif(sys.platform != "linux", reason="for Linux"),
]
ROOT = Path(__file__).resolve().parents[2]
ENDS_WITHIN_S = 2.2
"""Two seconds, and what the system takes to tell of it."""
LOOKS_UP_WITHIN_S = 1.0
"""A tenth of a second on a machine of its own; what is stuck does not look up for as long as the drive sleeps."""
PHOTOS = 20


class Drive:
    """A library whose photos lie on a drive that can be told to stop answering."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.kind, self.folder, self.asleep = kind, folder, folder / "asleep"
        self.shown = self.photos = folder / "photos"
        self._library = folder / "library"
        self._env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        self._server: subprocess.Popen[str] | None = None
        self.shown.mkdir(parents=True)
        if kind == "layer":
            names = {"RECOLLECT_STALLS": str(self.photos), "RECOLLECT_STALLED": str(self.asleep)}
            self._env |= {"LD_PRELOAD": str(build_stalls(folder)), **names}
        else:
            self.photos = folder / "drive"
            command = [sys.executable, "-m", "tests.torture.stalling_drive"]
            self._server = subprocess.Popen(
                [*command, str(self.shown), str(self.photos), str(self.asleep), kind],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            assert self._server.stdout is not None and self._server.stdout.readline() == "mounted\n"

    def fill(self) -> None:
        """Put photos there, and index them."""
        for number in range(PHOTOS):
            write_photo(self.shown / f"{number}.png", number)
        with Library.open(self._library) as library:
            library.add_root(self.photos)
        process = self.start("index")
        process.communicate(timeout=120)
        assert process.returncode == 0

    def wake(self) -> None:
        self.asleep.unlink(missing_ok=True)

    def take_down(self) -> None:
        self.wake()
        if self._server is not None:
            self._server.communicate("", timeout=30)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return self.run("app", "--library", str(self._library), *arguments)

    def run(self, module: str, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env=self._env,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )


def unavailable(kind: str) -> str:
    """Return why there is no such drive here; nothing if there is."""
    if kind == "layer":
        return "" if compiler() else "the layer needs a C compiler"
    return stalling_drive.refusal()


def made(folder: Path, kind: str) -> Drive:
    if reason := unavailable(kind):
        pytest.skip(reason)
    return Drive(folder, kind)


@pytest.fixture(scope="module", params=["layer", "ends"])
def drive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drive]:
    drive = made(tmp_path_factory.mktemp("drive"), request.param)
    try:
        drive.fill()
        yield drive
    finally:
        drive.take_down()


def test_a_question_is_answered(drive: Drive) -> None:
    drive.asleep.touch()
    try:
        process = drive.start("search", "red")
        answer = process.communicate(timeout=30)[0]
        assert process.returncode == 0 and len(answer.splitlines()) >= 1
    finally:
        drive.wake()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", [["index"], ["index", "--watch"], ["search", "--like"], []])
def test_the_program_ends_in_two_seconds(drive: Drive, command: list[str], number: int) -> None:
    write_photo(drive.shown / f"{time.monotonic_ns()}.png", time.monotonic_ns() % 1000)
    drive.asleep.touch()
    try:
        if "--like" in command:
            command = [*command, str(drive.photos / "0.png")]
        process = drive.start(*command)
        time.sleep(6)  # there is nothing to wait for: it does nothing any more
        asked = time.monotonic()
        process.send_signal(number)
        said = process.communicate(timeout=30)[1]
        assert time.monotonic() - asked < ENDS_WITHIN_S
        assert "Traceback" not in said and process.returncode in (0, 128 + number, -number)
    finally:
        drive.wake()


def test_the_library_is_whole_after_all_that(drive: Drive) -> None:
    process = drive.start("check")
    assert process.communicate(timeout=120) and process.returncode == 0


@pytest.mark.parametrize("kind", ["layer", "ends", "holds"])
def test_the_window_goes_on_and_ends(tmp_path: Path, kind: str) -> None:
    drive = made(tmp_path, kind)
    try:
        for number in range(6):
            paint(drive.shown / f"{COLOURS[number % 3]} {number:02}.png", COLOURS[number % 3], (80 + number, 60))
        (drive.shown / "new").mkdir()
        process = drive.run(
            "tests.torture.stalled_window", str(tmp_path / "window"), str(drive.photos), str(drive.asleep)
        )
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(3)]
        closing = time.monotonic()
        assert told[0] == "asleep\n" and told[2] == "closing\n", told
        figures = json.loads(told[1])
        assert figures["missing"] == [] and figures["longest_s"] < LOOKS_UP_WITHIN_S, figures
        assert _ended(process, closing + ENDS_WITHIN_S)
    finally:
        drive.take_down()
    assert "Traceback" not in process.communicate(timeout=30)[1]


def _ended(process: subprocess.Popen[str], until: float) -> bool:
    """Tell whether a process is over by then; one that waits inside the system for a drive is, once all else is."""
    watched = psutil.Process(process.pid)
    while time.monotonic() < until:
        if process.poll() is not None or watched.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False
