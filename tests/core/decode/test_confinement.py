"""What a picture can do that takes its decoder over: nothing but answer."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.decode import answers, confinement, seccomp
from core.decode.job import Decoded, DecodeJob, Previewed, Recognised, Unreadable
from core.decode.worker import Answer, Read, Ready
from core.decode.workers import WorkerPool
from core.messages import file_reasons
from core.messages.message import OTHER
from core.photo import Facts

REASON = subprocess.run(
    [sys.executable, "-c", "from core.decode import confinement; print(confinement.tried())"],
    capture_output=True,
    encoding="utf-8",
    check=True,
).stdout.strip()
needs_confinement = pytest.mark.skipif(bool(REASON), reason=REASON)


def attempts(path: Path) -> dict[str, Callable[[], object]]:
    """Return what a worker may not do, by name."""
    return {
        "network": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("127.0.0.1", 9)),
        "network 6": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).connect(("::1", 9)),
        "local socket": lambda: socket.socket(socket.AF_UNIX).bind(str(path.with_name("socket"))),
        "new file": lambda: path.with_name("new").write_bytes(b"x"),
        "write over": lambda: path.write_bytes(b"x"),
        "append": lambda: path.open("ab"),
        "remove": path.unlink,
        "rename": lambda: path.rename(path.with_name("renamed")),
        "link": lambda: os.link(path, path.with_name("link")),
        "symlink": lambda: path.with_name("symlink").symlink_to(path),
        "folder": lambda: path.with_name("folder").mkdir(),
        "mode": lambda: path.chmod(0o777),
        "times": lambda: os.utime(path, (1, 1)),
        "truncate": lambda: os.truncate(path, 0),
        "fork": os.fork,
        "program": lambda: subprocess.run(["true"], check=True),
        "become": lambda: os.execv("/bin/true", ["true"]),
        "signal": lambda: os.kill(os.getppid(), 0),
        "queue": lambda: os.open("/dev/shm/recollect-test", os.O_CREAT | os.O_RDWR),
    }


def try_everything(job: DecodeJob, on_read: Callable[[int, int], None]) -> Unreadable:
    """Answer with the names of what worked that should not have, and of what did not that should."""
    on_read(1, 1)
    failed: list[str] = []
    for name, attempt in attempts(job.path).items():
        try:
            attempt()
            failed.append(name)
        except OSError:
            continue
    thread = threading.Thread(target=lambda: failed.extend([] if job.path.read_bytes() == b"photo" else ["reading"]))
    thread.start()
    thread.join()
    return Unreadable(job.token, OTHER(text=", ".join(failed)))


class Harmful:
    """Makes a folder when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., None], tuple[str]]:
        return os.mkdir, (str(self.path),)


def answer_harmfully(job: DecodeJob, on_read: Callable[[int, int], None]) -> Recognised:
    on_read(1, 1)
    return Recognised(job.token, Harmful(job.path), 1, 1)  # type: ignore[arg-type]


@needs_confinement
def test_a_worker_can_read_and_answer_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"photo")
    with WorkerPool[DecodeJob, Unreadable](try_everything, workers=1) as pool:
        pool.submit(DecodeJob(0, path))
        answer = pool.take(60)
    assert answer == Unreadable(0, OTHER(text=""))
    assert [one.name for one in tmp_path.iterdir()] == ["photo.jpg"] and path.read_bytes() == b"photo"


def test_an_answer_that_would_call_something_costs_its_file_only(tmp_path: Path) -> None:
    with WorkerPool[DecodeJob, Recognised](answer_harmfully, workers=1) as pool:
        pool.submit(DecodeJob(7, tmp_path / "called"))
        answer = pool.take(60)
    assert isinstance(answer, Unreadable) and answer.reason == file_reasons.CRASHES_DECODER()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("data", [b"", b"\x80", b"cos\nsystem\n(S'true'\ntR.", pickle.dumps(os.getcwd), b"\xff" * 99])
def test_what_is_no_record_is_not_unpacked(data: bytes) -> None:
    with pytest.raises(OSError, match="nonsense"):
        answers.unpacked(data)


def test_what_workers_answer_is_unpacked() -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    decoded = Decoded(1, b"f" * 16, pixels, b"jpeg", Facts(keywords=("a",)), 5, 6, (pixels,))
    for protocol in (4, 5):
        again = answers.unpacked(pickle.dumps(Answer(decoded, worn=False), protocol))
        assert again.reply.facts == decoded.facts and (again.reply.pixels == pixels).all()
        assert (again.reply.parts[0] == pixels).all()
    for said in (Ready(), Read(1, 2), Previewed(1, b"x"), Unreadable(1, file_reasons.TOO_LARGE(size=1, limit=2))):
        assert answers.unpacked(pickle.dumps(said)) == said


@pytest.mark.skipif(sys.platform != "linux", reason="the calls are those of Linux")
def test_where_it_cannot_be_had_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_machine: str, _pid: int) -> None:
        return None

    monkeypatch.setattr(seccomp, "program", unknown)
    assert "does not know the system calls" in confinement.tried()


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_filter_ends_in_an_answer_and_no_jump_leaves_it(machine: str) -> None:
    made = seccomp.program(machine, 1)
    assert made is not None
    filters = [made[0][at : at + 8] for at in range(0, len(made[0]), 8)]
    assert 20 < len(filters) < 4096 and filters[-1][0] == 0x06
    for at, one in enumerate(filters):
        if one[0] in (0x15, 0x35, 0x45):
            assert at + 1 + max(one[2], one[3]) < len(filters)
