"""The command line when it is ended, or not listened to any more: soon, in a sentence, and with nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from core.cli.session import readable
from core.library import Library
from tests.core.tiny_model import make_tiny_model

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals between processes")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    photos = tmp_path_factory.mktemp("photos")
    with Library.open(folder, model=str(make_tiny_model(folder / "tiny"))) as made:
        made.add_root(photos)
    return folder


def started(*arguments: object, program: str = "core", **more: str) -> subprocess.Popen[str]:
    """Start the program as users do: coverage, which answers SIGTERM itself, is not let in."""
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return subprocess.Popen(
        [sys.executable, "-m", program, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env={**unmeasured, "QT_QPA_PLATFORM": "offscreen", **more},
    )


@pytest.mark.parametrize("arguments", [("folders",), ("status", "--json"), ("--help",)])
def test_a_reader_that_has_seen_enough_is_no_failure(library: Path, arguments: tuple[str, ...]) -> None:
    process = started("--library", library, *arguments)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()  # as `head -0` does
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), said) == (0, "")


def is_alive(process: psutil.Process) -> bool:
    """False as well for what has ended and was not asked about yet; Python's own resource tracker follows by itself."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return False


STOPS_WHEN_IT_BEGINS = """
import os, signal, sys
if "spawn_main" in " ".join(sys.orig_argv):
    before = signal.signal
    def stops(number, handler):
        answer = before(number, handler)
        if (number, handler) == (signal.SIGTERM, signal.SIG_IGN):
            os.kill(os.getpid(), signal.SIGSTOP)
        return answer
    signal.signal = stops
"""
"""What a model's process runs first, so that it stops once it ignores signals: no search is over before it is ended."""


@pytest.mark.skipif(sys.platform != "linux", reason="looks for a process that is stopped")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_search_that_is_ended_ends_the_models_process_too(library: Path, tmp_path: Path, number: int) -> None:
    (tmp_path / "sitecustomize.py").write_text(STOPS_WHEN_IT_BEGINS)
    process = started("--library", library, "search", "a dog", PYTHONPATH=str(tmp_path))
    stopped: list[psutil.Process] = []
    until = time.monotonic() + 120
    while not stopped and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
        children = psutil.Process(process.pid).children(recursive=True)
        stopped = [child for child in children if child.status() == psutil.STATUS_STOPPED]
    assert stopped and process.poll() is None, "the model's process never came so far"
    process.send_signal(number)
    said = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert [part.strip() for part in said] == ["", "recollect: stopped; what was done so far is kept."]
    assert not any(map(is_alive, stopped))


ENDED_IN_THE_MIDDLE_OF_A_START = """
import multiprocessing.util, os, signal
before = multiprocessing.util.spawnv_passfds
def ended(path, arguments, fds):
    started = before(path, arguments, fds)
    if any(b"spawn_main" in os.fsencode(word) for word in arguments):
        os.kill(os.getpid(), int(os.environ["ENDED_BY"]))
        if os.environ["STOPS"]:
            os.kill(started, signal.SIGSTOP)
    return started
multiprocessing.util.spawnv_passfds = ended
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into how Python starts processes there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("stops", ["", "the process, too"])
def test_a_search_that_is_ended_while_it_starts_the_models_process(
    library: Path, tmp_path: Path, number: int, stops: str
) -> None:
    """A process that is half started would be nobody's to end."""
    (tmp_path / "sitecustomize.py").write_text(ENDED_IN_THE_MIDDLE_OF_A_START)
    more = {"PYTHONPATH": str(tmp_path), "ENDED_BY": str(int(number)), "STOPS": stops}
    process = started("--library", library, "search", "a dog", **more)
    said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert [part.strip() for part in said] == ["", "recollect: stopped; what was done so far is kept."]


@pytest.mark.parametrize("program", ["core", "app"])
def test_ctrl_c_while_it_is_imported_is_answered_in_a_line(program: str) -> None:
    """Where the interruption comes is made certain: at the import of the command line."""
    code = (
        "import runpy, sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'core.cli': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "sys.argv = ['recollect', 'status']\n"
        f"runpy.run_module('{program}', run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "recollect: stopped.\n")


@posix
@pytest.mark.parametrize("module", ["core.cli", "core.cli.state"])
@pytest.mark.parametrize("program", ["core", "app"])
def test_ctrl_c_in_the_middle_of_an_import_ends_it_without_a_word(program: str, module: str) -> None:
    """Python would tell where the import was, or swallow the interruption where a module is being locked."""
    code = (
        "import os, runpy, signal, sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}: os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "sys.argv = ['recollect', 'status']\n"
        f"runpy.run_module('{program}', run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


@pytest.mark.parametrize("program", ["core", "app"])
def test_next_to_nothing_is_imported_before_that(program: str) -> None:
    code = f"import sys; before = set(sys.modules); import {program}.__main__; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60)
    small = {"typing", "typing.re", "typing.io", "_typing", "collections.abc", "__future__"}
    assert set(done.stdout.split()) <= {program, f"{program}.__main__"} | small


STUCK = """
import signal, sys, threading, time
from core.cli import signals
signals._PATIENCE_S = 1.5 if sys.argv[1] == "slow" else 0.4
asked, main = [], threading.get_ident()

def tell_once_it_is_stuck():
    places = [None]
    while len(places) < 10 or len(set(places[-10:])) > 1:
        time.sleep(0.03)
        places.append(signals._place(main))
    print("ready", flush=True)

signal.signal(signal.SIGTERM, lambda *_: asked.append(1))
with signals.ended_though_stuck():
    if sys.argv[1] == "inside":  # the system: as with a thread that asks a drive there, no handler is called
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
        print("ready", flush=True)
        time.sleep(60)
    if sys.argv[1] == "stuck":
        threading.Thread(target=tell_once_it_is_stuck, daemon=True).start()
        time.sleep(60)  # goes on after a signal, as a call that asks a drive does
    print("ready", flush=True)
    while not asked:
        time.sleep(0.01)
    until = time.monotonic() + 2
    while time.monotonic() < until:  # never at one place for as long as is waited
        time.sleep(0.13)
        time.sleep(0.13)
print("in order")
"""


@posix
@pytest.mark.parametrize(
    ("way", "status", "last"), [("stuck", 143, "ready"), ("inside", 143, "ready"), ("slow", 0, "in order")]
)
def test_what_cannot_answer_a_signal_is_ended_by_it(way: str, status: int, last: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", STUCK, way], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    out, told = process.communicate(timeout=30)
    assert (process.returncode, (said + out).split("\n")[-2]) == (status, last)
    assert told == ("recollect: stopped; a drive does not answer. What was done is kept.\n" if status else "")


def test_a_folder_that_is_none_of_the_library_is_a_failure(library: Path, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        process = started("--library", library, "search", "a dog", "--in", folder)
        out, said = process.communicate(timeout=60)
        assert (process.returncode, out) == (1, "")
        assert f"“{folder}” is no folder of this library" in said


def test_names_do_not_steer_the_terminal() -> None:
    assert readable("\x1b]0;title\x07 a.jpg") == r"\x1b]0;title\x07 a.jpg"
    assert readable("\x9b31m\x00\r\x7f") == r"\x9b31m\x00\x0d\x7f"
    assert readable("照片 é\t\n") == "照片 é\t\n"
    assert readable("\udcff.jpg") == r"\udcff.jpg"


@posix
def test_a_name_reaches_a_terminal_readable_and_a_pipe_as_it_is(library: Path, tmp_path: Path) -> None:
    import pty

    folder = tmp_path / "\x1b[31mred"
    folder.mkdir()
    with Library.open(tmp_path / "library") as made:
        made.add_root(folder)
    arguments = [sys.executable, "-m", "core", "--library", str(tmp_path / "library"), "folders"]
    piped = subprocess.run(arguments, capture_output=True, cwd=ROOT, timeout=60)
    assert b"\x1b[31mred" in piped.stdout
    ours, theirs = pty.openpty()
    process = subprocess.Popen(arguments, stdout=theirs, stderr=subprocess.DEVNULL, cwd=ROOT)
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 1024):
            said += part
    except OSError:  # how Linux tells of the end
        pass
    os.close(ours)
    assert process.wait(60) == 0
    assert rb"\x1b[31mred" in said and b"\x1b[31m" not in said


@posix
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_command_needs_no_open_streams(tmp_path: Path, closed: str) -> None:
    with Library.open(tmp_path / "library") as made:
        made.add_root(tmp_path)
    command = f'exec "$0" -m core --library "$1" folders {closed}'
    arguments = ["sh", "-c", command, sys.executable, str(tmp_path / "library")]
    done = subprocess.run(arguments, capture_output=True, cwd=ROOT, timeout=60)
    assert done.returncode == 0 and done.stderr == b""
    assert bool(done.stdout) is (">&-" not in closed.replace("2>&-", ""))
