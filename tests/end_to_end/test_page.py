"""The page as a person meets it: the real server in a process, a real browser in front of it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from core.library import Library
from tests.core.serve.conftest import AnyWords
from tests.core.test_library import index, make_model, paint
from tests.end_to_end.chromium import Chromium, installed


def make_library(folder: Path) -> Path:
    for number, colour in enumerate(("red", "green", "blue")):
        paint(folder / "photos" / f"{colour}.png", colour, (80 + 40 * number, 60))
    with Library.open(folder / "library", model=str(make_model(folder / "m")), make_encoder=AnyWords) as library:
        library.add_root(folder / "photos")
        index(library)
    return folder / "library"


@contextlib.contextmanager
def serving(library: Path, *options: str) -> Generator[tuple[subprocess.Popen[str], str], None, None]:
    """Yield the server's process and the address it printed; it has ended afterwards."""
    command = [sys.executable, "-m", "core", "--library", str(library), "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


ended_by_signals = pytest.mark.skipif(os.name != "posix", reason="Windows ends console programs otherwise")


@ended_by_signals
def test_it_says_its_address_and_ends_when_asked(tmp_path: Path) -> None:
    with serving(make_library(tmp_path)) as (process, address):
        assert address.startswith("http://127.0.0.1:") and "?token=" in address
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130 and "Traceback" not in said


@ended_by_signals
def test_it_indexes_as_well_where_told(tmp_path: Path) -> None:
    library = make_library(tmp_path)
    with serving(library, "--watch") as (process, _):
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("Watching"):
                break
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130 and "Traceback" not in said


def test_an_address_that_is_taken_is_told(tmp_path: Path) -> None:
    library = make_library(tmp_path)
    with serving(library) as (_, address):
        port = address.split(":")[2].partition("/")[0]
        command = [sys.executable, "-m", "core", "--library", str(library), "serve", "--port", port]
        second = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert second.returncode == 1 and f"already answers at 127.0.0.1:{port}" in second.stderr


@pytest.mark.skipif(installed() is None, reason="no Chromium is installed")
def test_photos_are_found_looked_at_and_starred_by_keyboard(tmp_path: Path) -> None:
    with serving(make_library(tmp_path), "--write") as (_, address), Chromium(tmp_path / "profile") as browser:
        browser.emulate(1200, 800)
        browser.open(address)
        browser.wait("document.querySelectorAll('.cell.there').length === 3")
        assert browser.run("location.search") == ""  # the token is not left in the address
        browser.run("document.activeElement.blur()")
        browser.press("/", 191)
        browser.type("name:gre")
        browser.wait("document.querySelectorAll('.cell').length === 1")
        assert browser.run("document.querySelector('.chip').firstChild.data") == "name:gre"
        browser.press("ArrowDown", 40)
        browser.press("Enter", 13)
        browser.wait("document.querySelector('#viewer').open && !document.querySelector('#stars').hidden")
        browser.press("4", 52)
        browser.wait("document.querySelectorAll('#stars .lit').length === 4")
        browser.press("Escape", 27)
        browser.wait("!document.querySelector('#viewer').open && document.activeElement.className.includes('cell')")
        browser.run("document.querySelector('.chip').click()")
        browser.wait("document.querySelectorAll('.cell').length === 3")
        browser.emulate(390, 800, phone=True)
        assert browser.run("document.documentElement.scrollWidth") == 390
