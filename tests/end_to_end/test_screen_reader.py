"""The window as a screen reader meets it: over AT-SPI's own bus, from another process, on a screen of its own.

Asked for with RECOLLECT_SCREEN_READER=1, on Linux with Xvfb, at-spi2-core and systemd's busctl (as in continuous
integration). What Qt is told is tested everywhere (`tests/app/window/test_access.py`); that it is handed on, here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.stopwatch import Stopwatch

pytestmark = pytest.mark.skipif(
    os.environ.get("RECOLLECT_SCREEN_READER") != "1", reason="RECOLLECT_SCREEN_READER=1 asks for it"
)

HERE = Path(__file__).resolve().parents[2]
REGISTRY = ("/usr/libexec/at-spi2-registryd", "/usr/lib/at-spi2-core/at-spi2-registryd")
LAUNCHER = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
INTERFACE, ROOT = "org.a11y.atspi.Accessible", "/org/a11y/atspi/accessible/root"
EDITABLE, FOCUSABLE, SELECTED = 7, 11, 23
"""Bits of AtspiStateType. Nothing has the focus on a screen without a window manager: that is tested in the window."""
SECONDS = 120
WINDOW = """
import sys
from pathlib import Path
from app.program.startup import Program, make_application, run_program
from core.paths import LibraryPaths
from tests.app.fake_library import FakeLibrary
application = make_application()
program = Program(application, LibraryPaths(Path(sys.argv[1])), lambda: FakeLibrary(12))
program.services.language.choose("en")
run_program(program)
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A thing on the screen, as it is told."""

    path: str
    role: str
    name: str
    description: str
    states: int

    def has(self, state: int) -> bool:
        return bool(self.states >> state & 1)


class Reader:
    """Asks one program over the bus of AT-SPI."""

    def __init__(self, address: str, name: str) -> None:
        self._address = address
        self._name = name

    def call(self, path: str, interface: str, method: str, *arguments: str) -> Any:
        return _busctl(self._address, "call", self._name, path, interface, method, *arguments)["data"]

    def property(self, path: str, name: str) -> str:
        return str(_busctl(self._address, "get-property", self._name, path, INTERFACE, name)["data"])

    def one(self, role: str, name: str) -> Told:
        """Return what is called so, once it is there."""
        found: list[Told] = []

        def there() -> bool:
            told = map(self._told, (path for path in self._paths(ROOT) if self.property(path, "Name") == name))
            found.extend(one for one in told if one.role == role)
            return bool(found)

        _until(there)
        return found[0]

    def _paths(self, path: str) -> Iterator[str]:
        yield path
        for _, child in self.call(path, INTERFACE, "GetChildren")[0]:
            if not child.endswith("null"):
                yield from self._paths(child)

    def _told(self, path: str) -> Told:
        low, high = self.call(path, INTERFACE, "GetState")[0]
        role = self.call(path, INTERFACE, "GetRoleName")[0]
        return Told(path, role, self.property(path, "Name"), self.property(path, "Description"), low | high << 32)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    with ExitStack() as ending:
        screen_read, screen_write = os.pipe()
        _start(ending, ["Xvfb", "-displayfd", str(screen_write), "-screen", "0", "1200x900x24"], {}, screen_write)
        display = f":{os.read(screen_read, 16).decode().strip()}"
        bus_read, bus_write = os.pipe()
        _start(ending, ["dbus-daemon", "--session", "--nofork", f"--print-address={bus_write}"], {}, bus_write)
        session = {
            "DBUS_SESSION_BUS_ADDRESS": os.read(bus_read, 400).decode().strip(),
            "DISPLAY": display,
            "HOME": str(tmp_path),
            "XDG_RUNTIME_DIR": str(tmp_path),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHONPATH": str(HERE),
        }
        _start(ending, [_there(LAUNCHER), "--launch-immediately"], session)
        bus = session["DBUS_SESSION_BUS_ADDRESS"]
        address: list[str] = []
        _until(lambda: _known(bus, address))
        _start(ending, [_there(REGISTRY)], session)
        _start(ending, [sys.executable, "-c", WINDOW, str(tmp_path / "library")], session)
        names: list[str] = []
        _until(lambda: _joined(address[0], names))
        yield Reader(address[0], names[0])


def test_the_window_is_told_on_the_bus(reader: Reader) -> None:
    everything = reader.one("tree item", "All photos, 12")
    assert everything.has(SELECTED)
    assert reader.one("tree", "Places to look in")
    field = reader.one("text", "Search photos by describing them")
    assert field.has(FOCUSABLE) and field.has(EDITABLE)
    reader.call(field.path, "org.a11y.atspi.EditableText", "SetTextContents", "s", "beach year:2019")
    chip = reader.one("push button", "Year: 2019")
    assert chip.description == "Enter changes it, Delete takes it out" and chip.has(FOCUSABLE)
    grid = reader.one("filler", "Photos")
    assert grid.has(FOCUSABLE)


# Processes and the bus


def _there(places: tuple[str, ...]) -> str:
    return next(place for place in places if Path(place).exists())


def _start(ending: ExitStack, command: list[str], session: dict[str, str], *kept: int) -> None:
    """Start a process that ends with the test."""
    started = subprocess.Popen(command, env={**os.environ, **session}, pass_fds=kept)

    def end() -> None:
        started.terminate()
        started.wait(SECONDS)

    ending.callback(end)


def _busctl(address: str, *words: str) -> Any:
    command = ["busctl", f"--address={address}", "--json=short", *words]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=SECONDS, check=True).stdout
    return json.loads(said)


def _known(session: str, address: list[str]) -> bool:
    """Find where AT-SPI's own bus is."""
    try:
        address += _busctl(session, "call", "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")["data"]
    except subprocess.CalledProcessError:
        return False
    return True


def _joined(address: str, names: list[str]) -> bool:
    """Find the program among those that joined the bus."""
    try:
        words = ("org.a11y.atspi.Registry", ROOT, INTERFACE, "GetChildren")
        names += [name for name, _ in _busctl(address, "call", *words)["data"][0]]
    except subprocess.CalledProcessError:
        return False
    return bool(names)


def _until(done: Callable[[], bool]) -> None:
    with Stopwatch() as waiting:
        while not done():
            assert waiting.seconds < SECONDS, "it did not come"
