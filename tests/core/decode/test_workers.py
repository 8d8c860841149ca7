"""Workers crash, hang, eat memory and get killed; each costs one file, and no result meets the wrong photo."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing.context import SpawnProcess
from pathlib import Path

import psutil
import pytest

from core.decode.job import GIB, DecodeJob, DecodeLimits, Recognised, Unreadable
from core.decode.workers import WorkerPool
from core.errors import RecollectError
from core.messages import title
from tests.core.decode.jobs_that_fail import CannotStart, misbehave
from tests.stopwatch import Stopwatch

Answer = Recognised | Unreadable
LIMITS = DecodeLimits(seconds=1.5, memory_bytes=GIB // 3)


def _pool(workers: int = 2, ahead: int = 24, limits: DecodeLimits = LIMITS) -> WorkerPool[DecodeJob, Recognised]:
    return WorkerPool(misbehave, workers=workers, limits=limits, ahead=ahead)


def _answers(pool: WorkerPool[DecodeJob, Recognised], names: list[Path]) -> dict[int, Answer]:
    """Put jobs through a pool, as fast as it takes them."""
    jobs: Iterator[DecodeJob] = (DecodeJob(token, path) for token, path in enumerate(names))
    answers: dict[int, Answer] = {}
    job = next(jobs, None)
    while len(answers) < len(names):
        while job is not None and pool.has_room:
            pool.submit(job)
            job = next(jobs, None)
        answer = pool.take(30)
        assert answer is not None and answer.token not in answers
        answers[answer.token] = answer
    return answers


@pytest.mark.parametrize(
    ("mishap", "words", "transient"),
    [
        ("exit", "crashes its decoder", False),
        ("segfault", "crashes its decoder", False),
        ("eat", "crashes its decoder|memory", False),
        ("hang", "longer than 1.5 seconds", True),
        ("drive", "did not deliver", True),
    ],
)
def test_a_mishap_costs_one_file(mishap: str, words: str, transient: bool) -> None:
    names = [Path(f"{mishap}.jpg") if token == 11 else Path("good.jpg") for token in range(40)]
    # On a busy machine even an allocation may outlast the time that is right for a file that hangs.
    patience = LIMITS if mishap in ("hang", "drive") else replace(LIMITS, seconds=20.0)
    with _pool(limits=patience) as pool:
        answers = _answers(pool, names)
    bad = answers.pop(11)
    assert isinstance(bad, Unreadable) and bad.transient == transient
    assert any(word in title(bad.reason) for word in words.split("|"))
    assert (bad.size, bad.mtime_ns) == ((None, None) if mishap == "drive" else (100, 200))
    assert all(isinstance(answer, Recognised) for answer in answers.values())
    assert sorted(answers) == [token for token in range(40) if token != 11]


def test_many_mishaps_in_a_row() -> None:
    mishaps = ("exit", "good", "segfault", "slow", "exit")
    names = [Path(f"{mishaps[token % 5]}.jpg") for token in range(15)]
    with _pool() as pool:
        answers = _answers(pool, names)
    for token, name in enumerate(names):
        expected = Unreadable if name.stem in ("exit", "segfault") else Recognised
        assert isinstance(answers[token], expected), name


def test_a_crash_that_does_not_repeat_costs_nothing(tmp_path: Path) -> None:
    with WorkerPool(misbehave, workers=1, limits=LIMITS, confined=False) as pool:  # it leaves a file
        answers = _answers(pool, [Path("good.jpg"), tmp_path / "once.jpg", Path("good.jpg")])
    assert all(isinstance(answer, Recognised) for answer in answers.values())


def test_a_worker_killed_from_outside_is_replaced() -> None:
    with _pool(workers=1) as pool:
        pool.submit(DecodeJob(0, Path("good.jpg")))
        first = pool.take(30)
        assert isinstance(first, Recognised)
        psutil.Process(first.size).kill()
        answers = _answers(pool, [Path("good.jpg")] * 10)
    assert all(isinstance(answer, Recognised) for answer in answers.values())


def test_workers_that_never_start_are_an_error() -> None:
    with (
        WorkerPool[DecodeJob, Recognised](CannotStart(), workers=2, limits=LIMITS) as pool,
        pytest.raises(RecollectError, match="cannot be started"),
    ):
        pool.submit(DecodeJob(0, Path("good.jpg")))
        pool.take(30)


def test_closing_is_quick_whatever_workers_do() -> None:
    pool = _pool(ahead=50)
    for token in range(30):
        pool.submit(DecodeJob(token, Path("hang.jpg" if token % 2 else "slow.jpg")))
    pool.take(30)
    with Stopwatch() as closing:
        pool.close()
    assert closing.seconds < 0.5
    assert not [child for child in multiprocessing.active_children() if child.name == "recollect-decode"]
    pool.close()
    assert pool.take() is None
    with pytest.raises(ValueError, match="closed"):
        pool.submit(DecodeJob(1, Path("good.jpg")))


def test_closing_waits_for_no_worker_that_is_slow_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others end all the same, and it does once it was started."""
    started, may_start = threading.Event(), threading.Event()
    start = SpawnProcess.start

    def slow(process: SpawnProcess) -> None:
        if len(multiprocessing.active_children()):
            started.set()
            may_start.wait(60)
        start(process)

    monkeypatch.setattr(SpawnProcess, "start", slow)
    pool = _pool()
    for token in range(2):
        pool.submit(DecodeJob(token, Path("hang.jpg")))
    assert started.wait(60)
    (first,) = multiprocessing.active_children()
    with Stopwatch() as closing:
        pool.close()
    assert closing.seconds < 1.5
    first.join(30)
    assert not first.is_alive()
    may_start.set()
    assert pool._collector is not None  # pyright: ignore[reportPrivateUsage]
    pool._collector.join(30)  # pyright: ignore[reportPrivateUsage]
    assert not [child for child in multiprocessing.active_children() if child.name == "recollect-decode"]


def test_closing_wakes_who_waits() -> None:
    pool = _pool(ahead=1)
    pool.submit(DecodeJob(0, Path("hang.jpg")))
    woken: list[object] = []
    threads = [
        threading.Thread(target=lambda: woken.append(pool.take())),
        threading.Thread(target=lambda: woken.append(_refusal(pool))),
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    pool.close()
    for thread in threads:
        thread.join(5)
    assert len(woken) == 2 and None in woken


def _refusal(pool: WorkerPool[DecodeJob, Recognised]) -> str:
    with pytest.raises(ValueError, match="closed") as caught:
        pool.submit(DecodeJob(1, Path("good.jpg")))
    return str(caught.value)


def test_looks_ahead_so_far_and_no_further() -> None:
    with _pool(ahead=3) as pool:
        assert pool.take() is None and pool.has_room and pool.pending == 0
        for token in range(3):
            pool.submit(DecodeJob(token, Path("good.jpg")))
        assert not pool.has_room and pool.pending == 3
        blocked = threading.Thread(target=pool.submit, args=(DecodeJob(3, Path("good.jpg")),))
        blocked.start()
        blocked.join(0.2)
        assert blocked.is_alive()
        assert pool.take(30) is not None
        blocked.join(5)
        assert not blocked.is_alive() and pool.pending == 3


def test_taking_with_a_time_limit() -> None:
    with _pool() as pool:
        pool.submit(DecodeJob(0, Path("hang.jpg")))
        assert pool.take(0.05) is None and pool.pending == 1


def test_nothing_starts_before_it_is_needed() -> None:
    with _pool():
        assert not [child for child in multiprocessing.active_children() if child.name == "recollect-decode"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_workers_leave_with_a_parent_that_dies(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os\nfrom pathlib import Path\n"
        "from core.decode.job import DecodeJob\nfrom core.decode.workers import WorkerPool\n"
        "from tests.core.decode.jobs_that_fail import misbehave\n"
        "if __name__ == '__main__':\n"
        "    pool = WorkerPool(misbehave, workers=1)\n"
        "    pool.submit(DecodeJob(0, Path('good.jpg')))\n"
        "    print(pool.take().size, flush=True)\n"
        "    pool.submit(DecodeJob(1, Path('hang.jpg')))\n"
        "    pool.take(0.3)\n"
        "    os._exit(0)\n"
    )
    root = Path(__file__).resolve().parents[3]
    output = subprocess.run([sys.executable, script], env={"PYTHONPATH": str(root)}, stdout=subprocess.PIPE, check=True)
    worker = int(output.stdout)
    deadline = time.monotonic() + 5
    while psutil.pid_exists(worker) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not psutil.pid_exists(worker) or psutil.Process(worker).status() == psutil.STATUS_ZOMBIE


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP here")
def test_a_worker_that_was_stopped_for_long_loses_no_photo() -> None:
    """As after a night's sleep: far more time passed than a picture may take, and nobody could use it."""
    with _pool(workers=1) as pool:
        first = _answers(pool, [Path("good.jpg")])[0]
        assert isinstance(first, Recognised)
        process = psutil.Process(first.size)  # a job that goes well answers with its process's id
        process.suspend()
        pool.submit(DecodeJob(7, Path("good.jpg")))
        assert pool.take(3 * LIMITS.seconds) is None
        process.resume()
        answer = pool.take(30)
    assert isinstance(answer, Recognised) and answer.size == first.size


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGSTOP here")
def test_a_program_that_was_stopped_for_long_loses_no_photo() -> None:
    code = (
        "from pathlib import Path\n"
        "from tests.core.decode.test_workers import DecodeJob, _pool\n"
        "if __name__ == '__main__':\n"
        "    with _pool(workers=1) as pool:\n"
        "        pool.submit(DecodeJob(1, Path('good.jpg')))\n"
        "        first = pool.take(60)\n"
        "        pool.submit(DecodeJob(2, Path('moment.jpg')))\n"
        "        print('begun', flush=True)\n"
        "        print(type(pool.take(60)).__name__)\n"
    )
    program = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None and program.stdout.readline() == "begun\n"
    family = [psutil.Process(program.pid), *psutil.Process(program.pid).children(recursive=True)]
    for process in family:
        process.suspend()
    time.sleep(2 * LIMITS.seconds)
    for process in family:
        process.resume()
    assert program.communicate(timeout=60)[0] == "Recognised\n"
