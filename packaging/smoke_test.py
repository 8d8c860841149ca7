"""Start the built program as a user would and fail at the first thing that is not as it should be.

    python packaging/smoke_test.py dist/recollect/recollect
    python3 smoke_test.py /usr/bin/recollect --expect "a cup of coffee=coffee.png" --photos FOLDER

Needs Python and nothing else. Every run has an empty environment, a home folder with spaces, Chinese and an emoji
in its path, a program folder that cannot be written to, and no network where the system lets us take it away.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import smoke_photos
import smoke_running
import smoke_window

LINUX = sys.platform == "linux"
QUERY = "a blue circle on yellow"
_SILENT: tuple[str, ...] = ()
_ADDED = (r"Added .+\. Next: recollect index",)
_INDEXED = (
    r".+: \d+ new, \d+ changed, \d+ moved, \d+ gone, \d+ unchanged",
    rf"Skipped .+{re.escape(smoke_photos.DAMAGED)}: .+",
    r"Done in .+: \d+ photos made searchable, \d+ recognised, \d+ skipped, \d+ removed\.",
    r"What is written in \d+ photos is not read yet: recollect index --text",
)
"""What each command may say on standard error; any other line is a failure."""

_SETTLED = 6.0
"""Seconds until a window has opened its library and started the model's process."""


class Failed(Exception):
    """The program is not fit to be given to anybody."""


class User:
    """Somebody with a home folder of their own who runs the program."""

    def __init__(self, program: Path, home: Path, arguments: argparse.Namespace) -> None:
        self.program, self.home, self._options = program, home, arguments
        self.environment = _environment(home)
        self._prefix = _apart(program)
        self.model = ["--model", str(arguments.model)] if arguments.model else []

    def run(self, *arguments: str, says: tuple[str, ...] = _SILENT, status: int = 0) -> str:
        """Run a command; return its answer."""
        done = subprocess.run(
            [*self._prefix, str(self._command_line()), *arguments],
            env=self.environment,
            cwd=self.home,
            capture_output=True,
            timeout=self._options.timeout,
        )
        errors = done.stderr.decode("utf-8", "replace").splitlines()
        unexpected = [line for line in errors if line and not any(re.fullmatch(pattern, line) for pattern in says)]
        if done.returncode != status or unexpected:
            raise Failed(f"{arguments[0]}: exit status {done.returncode}, and on standard error:\n" + "\n".join(errors))
        return done.stdout.decode("utf-8")

    def start(self, **environment: str) -> smoke_running.Running:
        """Open the window."""
        command = [*self._prefix, str(self.program), *self.model]
        return smoke_running.Running(command, {**self.environment, **environment}, self.home, bundle_of(self.program))

    def library(self) -> Path:
        """Return where this user's library lies."""
        return Path(json.loads(self.run("status", "--json"))["library"])

    def _command_line(self) -> Path:
        # On Windows the program with the window has no standard output.
        return self.program.with_name("recollect-cli.exe") if sys.platform == "win32" else self.program


def main() -> int:
    """Run every check and print what was measured."""
    options = _options()
    program = options.program.absolute()
    before = _listing(bundle_of(program))
    folder = Path(tempfile.mkdtemp(prefix="recollect smoke "))
    try:
        _check(options, program, folder)
        if _listing(bundle_of(program)) != before:
            raise Failed("the program's folder was changed by running it")
    except (Failed, smoke_running.Wrong, subprocess.SubprocessError) as error:
        print(f"FAILED  {error}")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("passed")
    return 0


def _check(options: argparse.Namespace, program: Path, folder: Path) -> None:
    if LINUX and (missing := smoke_running.missing_libraries(bundle_of(program))):
        raise Failed("missing libraries:\n" + "\n".join(missing))
    user = User(program, _home(folder, "用户 Ann 📷"), options)
    other = User(program, _home(folder, "Bob Größe"), options)
    print(f"network  {'cut off' if _is_cut_off(program) else 'NOT cut off: not permitted here'}")
    print(f"version  {_version(user, options.version)}")
    photos = user.home / "Bilder 照片"
    count = smoke_photos.draw(photos)
    _index(user, photos, count)
    _search(user, count)
    _doctor(user, count)
    if json.loads(other.run("doctor", "--json"))["library"]["exists"]:
        raise Failed("two users share one library")
    if options.photos:
        _expect(user, options.photos, options.expect)
    if not options.no_window:
        _offscreen(user)
        if LINUX and shutil.which("Xvfb"):
            _on_screens(user, other)
        elif sys.platform == "win32":
            _on_screen(user, smoke_window.Windows(), {})
    _logs(user.library())


def _version(user: User, wanted: str | None) -> str:
    says = user.run("--version").strip()
    found = re.fullmatch(r"recollect, version (\S+)", says)
    if not found or (wanted and found[1] != wanted):
        raise Failed(f"--version says {says!r}")
    return f"{found[1]}, in {_seconds(user, '--version'):.2f} s"


def _index(user: User, photos: Path, count: int) -> None:
    user.run("add", str(photos), says=_ADDED)
    started = time.monotonic()
    totals = json.loads(user.run("index", "--json", *user.model, says=_INDEXED))
    print(f"index    {totals['embedded']} photos in {time.monotonic() - started:.1f} s from the first process on")
    if totals["embedded"] != count or totals["skipped"] != 1:
        raise Failed(f"index: {count} photos and one damaged file, but {totals}")
    again = json.loads(user.run("index", "--json", *user.model, says=_INDEXED))
    if again["embedded"] or again["removed"]:
        raise Failed(f"indexing again was not free: {again}")


def _search(user: User, count: int) -> None:
    answer = json.loads(user.run("search", "--each", QUERY, "--json", *user.model))
    hits: list[dict[str, Any]] = answer["hits"]
    scores = [hit["score"] for hit in hits]
    if len(hits) != count or scores != sorted(scores, reverse=True) or len(set(scores)) < count // 2:
        raise Failed(f"search: {count} photos, but {scores}")
    if not all(Path(hit["path"]).is_file() for hit in hits):
        raise Failed(f"search names files that are not there: {[hit['path'] for hit in hits]}")
    print(f"search   {len(hits)} hits with {answer['model']}, in {_seconds(user, 'search', QUERY, *user.model):.2f} s")
    if user.run("check", says=("The library is whole.",)):
        raise Failed("check: the library is not whole")


def _doctor(user: User, count: int) -> None:
    text = user.run("doctor")
    report = json.loads(user.run("doctor", "--json"))
    private = [str(user.home), user.home.name, "照片", "sunset"]
    told = [word for word in private if word in text or word in json.dumps(report, ensure_ascii=False)]
    if told:
        raise Failed(f"doctor tells {told}")
    missing = [name for name, state in report["codecs"].items() if not state]
    if missing or not report["frozen"]:
        raise Failed(f"doctor: frozen {report['frozen']}, missing codecs {missing}")
    if report["library"]["photos"] != count or report["library"]["problems"]:
        raise Failed(f"doctor: {report['library']}")
    print(f"doctor   {', '.join(f'{name} {version}' for name, version in report['packages'].items())}")


def _expect(user: User, photos: Path, expected: list[str]) -> None:
    """Ask for photos that were given to us; each has to be among the first three."""
    user.run("add", str(photos), says=_ADDED)
    user.run("index", *user.model, says=(*_INDEXED, r"Skipped .+"))
    for query, _, name in (pair.rpartition("=") for pair in expected):
        found = user.run("search", query, "--limit", "3", "--paths", "--in", str(photos), *user.model).splitlines()
        print(f"search   {query!r}: {[Path(path).name for path in found]}")
        if name not in (Path(path).name for path in found):
            raise Failed(f"search: {name} is not among the first three for {query!r}")


def _offscreen(user: User) -> None:
    """Open the window where nothing is shown, and end it as a logout does."""
    running = user.start(QT_QPA_PLATFORM="offscreen")
    # A process of its own for the words' tower shows that workers start from the built program.
    wanted = 2 if LINUX else 0
    running.until(lambda: True if running.check_loaded() > wanted or time.monotonic() > running.started + 8 else None)
    running.terminate()
    print("window   offscreen: opened and ended")


def _on_screens(user: User, other: User) -> None:
    """Open the window, then those of two users at once, then close one that has only just appeared."""
    with smoke_running.Screen() as screen, smoke_running.Screen() as beside:
        desktop = smoke_window.X11(screen.display)
        _on_screen(user, desktop, {"DISPLAY": screen.display})
        pairs = [
            (user.start(DISPLAY=screen.display), desktop),
            (other.start(DISPLAY=beside.display), smoke_window.X11(beside.display)),
        ]
        windows = [running.until(lambda seen=seen: seen.find("Recollect")) for running, seen in pairs]
        time.sleep(_SETTLED)
        for (running, seen), window in zip(pairs, windows, strict=True):
            running.close_by(lambda seen=seen, window=window: seen.close(window))
        print("window   two users at once: opened and closed")
        running = user.start(DISPLAY=screen.display)
        window = running.until(lambda: desktop.find("Recollect"))
        running.close_by(lambda: desktop.close(window))
        print("window   closed the moment it appeared")


def _on_screen(user: User, desktop: smoke_window.X11 | smoke_window.Windows, environment: dict[str, str]) -> None:
    running = user.start(**environment)
    window = running.until(lambda: desktop.find("Recollect"))
    shown = time.monotonic() - running.started
    time.sleep(_SETTLED)
    processes = running.check_loaded()
    closed = running.close_by(lambda: desktop.close(window))
    print(f"window   visible after {shown:.2f} s, {processes} processes, gone {closed:.2f} s after being closed")


def _logs(library: Path) -> None:
    """Fail on what the window logged: warnings, crash reports, a native crash."""
    folder = library / "logs"
    crashes = [path.name for path in folder.glob("crash-*")]
    native = folder / "native.log"
    if crashes or (native.is_file() and native.stat().st_size):
        raise Failed(f"the window crashed: {crashes or native.read_text(encoding='utf-8')}")
    for log in folder.glob("recollect.log*"):
        bad = [
            line
            for line in log.read_text(encoding="utf-8").splitlines()
            if re.search(r" (WARNING|ERROR|CRITICAL) ", line)
        ]
        if bad:
            raise Failed("the window's log:\n" + "\n".join(bad))


def _seconds(user: User, *arguments: str) -> float:
    """Return how long a command takes, the middle of three runs."""
    times: list[float] = []
    for _ in range(3):
        started = time.monotonic()
        user.run(*arguments)
        times.append(time.monotonic() - started)
    return statistics.median(times)


def bundle_of(program: Path) -> Path:
    """Return the folder that is the program: behind a link in /usr/bin, around a program in a macOS bundle."""
    real = program.resolve()
    return real.parent.parent if sys.platform == "darwin" else real.parent


def _environment(home: Path) -> dict[str, str]:
    if sys.platform == "win32":
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC") if name in os.environ}
        places = {name: str(home / "AppData") for name in ("APPDATA", "LOCALAPPDATA", "TEMP", "TMP")}
        return {**kept, **places, "USERPROFILE": str(home), "PATH": rf"{kept.get('SYSTEMROOT', '')}\System32"}
    runtime = home / ".run"
    return {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(runtime)}


def _home(folder: Path, name: str) -> Path:
    home = folder / name
    (home / ".run").mkdir(parents=True, mode=0o700)
    (home / "AppData").mkdir()
    return home


def _apart(program: Path) -> list[str]:
    """Return the command that takes away the network and the right to write into the program's folder."""
    if not LINUX:
        return []
    if os.geteuid() == 0:
        read_only = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
        return ["unshare", "--net", "--mount", "sh", "-c", read_only, str(bundle_of(program))]
    if os.access(bundle_of(program), os.W_OK):
        print("note     the program's folder can be written to by this user")
    return []


def _is_cut_off(program: Path) -> bool:
    return LINUX and (bool(_apart(program)) or [name for _, name in socket.if_nameindex()] == ["lo"])


def _listing(folder: Path) -> list[tuple[str, int, int]]:
    files = (path for path in sorted(folder.rglob("*")) if not path.is_symlink() and path.is_file())
    return [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path, help="the built or installed program")
    parser.add_argument("--model", type=Path, help="a model folder, in place of the built-in model")
    parser.add_argument("--version", help="the version it has to be")
    parser.add_argument("--photos", type=Path, help="more photos to search")
    parser.add_argument("--expect", action="append", default=[], metavar="QUERY=NAME", help="a photo to be found there")
    parser.add_argument("--no-window", action="store_true", help="only the command line")
    parser.add_argument("--timeout", type=float, default=180.0, help="seconds a command may take")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
