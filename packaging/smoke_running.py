"""The program while its window is open: what it has loaded, what it started, how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

CLOSES_WITHIN = 5.0
_SYSTEM = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
_FOREIGN = re.compile(r"site-packages|dist-packages|libpython|libQt|/python3[^/]*/")
_T = TypeVar("_T")


class Wrong(Exception):
    """The running program does something it must not."""


class Running:
    """The program, started; `stop` or `close_by` has to follow."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path, bundle: Path) -> None:
        self._bundle = bundle
        self._carried = {_stem(path) for path in bundle.rglob("*.so*")}
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            command, env=dict(environment), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def until(self, found: Callable[[], _T | None], seconds: float = 60.0) -> _T:
        """Return the first thing that `found` finds."""
        while time.monotonic() < self.started + seconds:
            if self._process.poll() is not None:
                raise Wrong(f"the window ended by itself, status {self._process.returncode}:\n{self._said()}")
            if (thing := found()) is not None:
                return thing
            time.sleep(0.01)
        self.kill()
        raise Wrong(f"no window after {seconds:.0f} s:\n{self._said()}")

    def check_loaded(self) -> int:
        """Fail if the program or a process of its has loaded code from outside; return how many processes it has."""
        processes = list(_family(self._process.pid))
        loaded = {pid: _mapped(pid) for pid in processes}
        for library in {library for pid, own in loaded.items() if not self._is_starting(pid, own) for library in own}:
            if not library.is_relative_to(self._bundle) and self._is_ours(library):
                self.kill()
                raise Wrong(f"loaded from outside the program: {library}")
        return len(processes)

    def _is_starting(self, pid: int, loaded: set[Path]) -> bool:
        """Tell whether this is the program's launcher, which has the system's libz until it starts itself again.

        PyInstaller's launcher is linked to libz, sets the path to the program's own libraries and replaces itself.
        """
        try:
            launcher = Path(f"/proc/{pid}/exe").readlink().is_relative_to(self._bundle)
        except OSError:  # it ended just now
            return True
        return launcher and not any(library.is_relative_to(self._bundle) for library in loaded)

    def _is_ours(self, library: Path) -> bool:
        """Tell whether this library from elsewhere should have been the program's own."""
        place = str(library)
        return _stem(library) in self._carried or not place.startswith(_SYSTEM) or bool(_FOREIGN.search(place))

    def close_by(self, ask: Callable[[], None]) -> float:
        """Ask the window to close; return how many seconds it took to be gone with all its processes."""
        family = list(_family(self._process.pid))
        asked = time.monotonic()
        ask()
        self._end(family, (0,))
        return time.monotonic() - asked

    def terminate(self) -> None:
        """End the program as a logout does."""
        family = list(_family(self._process.pid))
        self._process.terminate()
        self._end(family, (0, -signal.SIGTERM) if sys.platform != "win32" else (0, 1))

    def kill(self) -> None:
        self._process.kill()

    def _end(self, family: list[int], expected: tuple[int, ...]) -> None:
        try:
            status = self._process.wait(CLOSES_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Wrong(f"still there {CLOSES_WITHIN:.0f} s after being closed:\n{self._said()}") from None
        said = self._said()
        if status not in expected or said:
            raise Wrong(f"the window ended with status {status} and said:\n{said}")
        deadline = time.monotonic() + CLOSES_WITHIN
        while left := [pid for pid in family if _is_alive(pid)]:
            if time.monotonic() > deadline:
                raise Wrong(f"processes left behind: {left}")
            time.sleep(0.02)

    def _said(self) -> str:
        return (self._process.stdout.read() if self._process.stdout else b"").decode("utf-8", "replace").strip()


class Screen:
    """An X server of our own, without a window manager."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as answer:
            self.display = f":{answer.readline().strip()}"
        if self.display == ":":
            raise Wrong("Xvfb does not start")

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.terminate()
        self._server.wait()


def missing_libraries(bundle: Path) -> list[str]:
    """Return what the program's files are linked to and this system does not have."""
    inside = next(iter(bundle.glob("_internal")), bundle)
    environment = {"LD_LIBRARY_PATH": str(inside), "PATH": "/usr/bin:/bin"}
    missing: list[str] = []
    for path in sorted(bundle.rglob("*")):
        if path.is_symlink() or not path.is_file() or not (".so" in path.name or os.access(path, os.X_OK)):
            continue
        listed = subprocess.run(["ldd", str(path)], env=environment, capture_output=True, text=True, check=False).stdout
        missing += [
            f"{path.relative_to(bundle)}: {line.strip()}" for line in listed.splitlines() if "not found" in line
        ]
    return missing


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it (Linux only; elsewhere, nothing)."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.name))
    waiting = [pid] if parents else []
    while waiting:
        each = waiting.pop()
        yield each
        waiting += parents.get(each, [])


def _mapped(pid: int) -> set[Path]:
    try:
        lines = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:  # it ended just now
        return set()
    places = (line.split(maxsplit=5)[5] for line in lines if line.count("/"))
    return {Path(place) for place in places if ".so" in place and place != "/etc/ld.so.cache"}


def _stem(library: Path) -> str:
    """Return a library's name without its version, which differs between a link and the file behind it."""
    return library.name.partition(".so")[0]


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
