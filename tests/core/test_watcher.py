"""Hints arrive, come late enough, and nothing that happens to a folder ends the watch."""

from __future__ import annotations

import errno
import shutil
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from watchdog.observers.api import BaseObserver

from core import watcher
from core.messages import Message, folder_messages, title
from core.photo import Root
from core.watcher import Rhythm, Watcher
from tests.stopwatch import Stopwatch

QUICK = Rhythm(quiet=0.2, unrest=1.0, presence=0.2, rescan=0.5)


class Listener:
    """Collects what a watcher tells."""

    def __init__(self) -> None:
        self.dirty: list[tuple[float, int]] = []
        self.notes: list[Message] = []

    def on_dirty(self, root_id: int) -> None:
        self.dirty.append((time.monotonic(), root_id))

    def wait(self, count: int = 1, seconds: float = 10.0) -> list[int]:
        """Return the roots called dirty once there are `count`, or what there is after some time."""
        until = time.monotonic() + seconds
        while len(self.dirty) < count and time.monotonic() < until:
            time.sleep(0.01)
        return [root_id for _, root_id in self.dirty]

    def settle(self) -> None:
        """Forget what was told, once nothing more comes."""
        count = -1
        while count != len(self.dirty):
            count = len(self.dirty)
            time.sleep(0.6)
        self.dirty.clear()


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.01)


Watch = Callable[..., Watcher]


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def roots(tmp_path: Path) -> list[Root]:
    folders = [tmp_path / name for name in ("a", "b")]
    for folder in folders:
        (folder / "sub").mkdir(parents=True)
    return [Root(number, folder) for number, folder in enumerate(folders, 1)]


@pytest.fixture
def watch(listener: Listener, roots: list[Root]) -> Iterator[Watch]:
    started: list[Watcher] = []

    def start(rhythm: Rhythm = QUICK) -> Watcher:
        started.append(Watcher(roots, listener.on_dirty, listener.notes.append, rhythm=rhythm))
        assert started[-1].ready(30)
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_a_new_photo_makes_its_root_dirty_once(watch: Watch, listener: Listener, roots: list[Root]) -> None:
    watch(Rhythm(quiet=1.0, unrest=20, presence=5))
    (roots[1].path / "sub/a.jpg").write_bytes(b"x")
    assert listener.wait() == [2]
    time.sleep(1.3)
    assert listener.wait() == [2]


@pytest.mark.parametrize("change", ["create", "modify", "rename", "delete", "new folder", "delete folder", "move in"])
def test_every_kind_of_change(watch: Watch, listener: Listener, roots: list[Root], tmp_path: Path, change: str) -> None:
    root = roots[0].path
    (root / "old.jpg").write_bytes(b"x")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/in.jpg").write_bytes(b"x")
    watch()
    {
        "create": lambda: (root / "new.jpg").write_bytes(b"x"),
        "modify": lambda: (root / "old.jpg").write_bytes(b"xy"),
        "rename": lambda: (root / "old.jpg").rename(root / "other.jpg"),
        "delete": lambda: (root / "old.jpg").unlink(),
        "new folder": lambda: shutil.copytree(tmp_path / "outside", root / "deep"),
        "delete folder": lambda: shutil.rmtree(root / "sub"),
        "move in": lambda: (tmp_path / "outside").rename(root / "moved in"),
    }[change]()
    assert set(listener.wait()) == {1}


def test_reading_and_hidden_files_are_no_change(watch: Watch, listener: Listener, roots: list[Root]) -> None:
    photo = roots[0].path / "a.jpg"
    photo.write_bytes(b"x")
    watch()
    photo.read_bytes()
    (roots[0].path / ".DS_Store").write_bytes(b"x")
    list(roots[0].path.iterdir())
    time.sleep(0.8)
    assert listener.dirty == []


def test_a_burst_is_one_hint_after_it_came_to_rest(watch: Watch, listener: Listener, roots: list[Root]) -> None:
    watch(Rhythm(quiet=1.5, unrest=30, presence=5, rescan=300))
    last = 0.0
    for number in range(50):
        time.sleep(0.01)
        last = time.monotonic()
        (roots[0].path / f"{number}.jpg").write_bytes(b"x")
    assert listener.wait() == [1]
    assert listener.dirty[0][0] - last > 1.4
    time.sleep(1.8)
    assert len(listener.dirty) == 1


def test_a_photo_carried_to_another_root_makes_both_dirty_together(
    watch: Watch, listener: Listener, roots: list[Root]
) -> None:
    """Also while the other root is still busy: looked at alone, the first would forget a photo that only moved."""
    photo = roots[0].path / "photo.jpg"
    photo.write_bytes(b"x")
    watch(Rhythm(quiet=0.6, unrest=20.0, presence=5.0))
    stop = threading.Event()

    def keep_busy() -> None:
        number = 0
        while not stop.wait(0.05):
            number += 1
            (roots[1].path / f"{number}.jpg").write_bytes(b"x")

    thread = threading.Thread(target=keep_busy)
    photo.rename(roots[1].path / "photo.jpg")
    thread.start()
    try:
        assert set(listener.wait(2)) == {1, 2}
        assert listener.dirty[1][0] - listener.dirty[0][0] < 0.3
    finally:
        stop.set()
        thread.join()


def test_endless_unrest_is_told_all_the_same(watch: Watch, listener: Listener, roots: list[Root]) -> None:
    watch(Rhythm(quiet=5, unrest=1, presence=5, rescan=300))
    stop = threading.Event()

    def scribble() -> None:
        while not stop.wait(0.05):
            (roots[0].path / "growing.jpg").write_bytes(b"x")

    thread = threading.Thread(target=scribble)
    thread.start()
    try:
        with Stopwatch() as telling:
            assert listener.wait()[:1] == [1]
        assert telling.seconds < 4
    finally:
        stop.set()
        thread.join()


def test_a_root_that_goes_and_comes_back(watch: Watch, listener: Listener, roots: list[Root], tmp_path: Path) -> None:
    watch()
    roots[0].path.rename(tmp_path / "unplugged")
    assert 1 in listener.wait()
    listener.settle()
    (tmp_path / "unplugged").rename(roots[0].path)
    assert 1 in listener.wait()
    listener.settle()
    (roots[0].path / "sub/new.jpg").write_bytes(b"x")  # and it is watched again
    assert listener.wait() == [1]


def test_a_root_deleted_and_made_again(watch: Watch, listener: Listener, roots: list[Root]) -> None:
    watch()
    shutil.rmtree(roots[0].path)
    assert 1 in listener.wait()
    listener.settle()
    roots[0].path.mkdir()
    assert 1 in listener.wait()
    listener.settle()
    (roots[0].path / "new.jpg").write_bytes(b"x")
    assert listener.wait() == [1]


def test_a_root_that_is_not_there_yet(watch: Watch, listener: Listener, roots: list[Root]) -> None:
    shutil.rmtree(roots[0].path)
    watch()
    assert listener.dirty == []
    roots[0].path.mkdir()
    assert set(listener.wait()) == {1}


def test_a_folder_moved_out_and_back_does_no_harm(
    watch: Watch, listener: Listener, roots: list[Root], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """watchdog goes on watching what left, and warns when it returns; neither may reach the user."""
    folder = roots[0].path / "sub"
    for number in range(20):
        (folder / f"deeper {number}").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        watch()
        for _ in range(2):
            folder.rename(tmp_path / "out")
            time.sleep(1.2)  # watchdog waits half a second for the other end of a move
            (tmp_path / "out/ghost.jpg").write_bytes(b"x")
            (tmp_path / "out").rename(folder)
            time.sleep(0.3)
        listener.settle()
        (folder / "deeper 3/new.jpg").write_bytes(b"x")
        assert listener.wait() == [1]
    captured = capfd.readouterr()
    assert "Warning" not in captured.err + captured.out


def test_a_folder_that_is_watched_late_is_looked_at_again(
    listener: Listener, roots: list[Root], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waited for it went ahead and looked, before the system told of changes."""
    schedule, may_go = BaseObserver.schedule, threading.Event()

    def slow(self: BaseObserver, handler: object, path: str, **options: bool) -> object:
        assert path == str(roots[0].path) or may_go.wait(30)
        return schedule(self, handler, path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(watcher.Watcher, "_exhausted", lambda _: None)
    monkeypatch.setattr(BaseObserver, "schedule", slow)
    with Watcher(roots, listener.on_dirty, listener.notes.append, rhythm=Rhythm()) as late:
        assert not late.ready(0.1)
        may_go.set()
        assert 2 in listener.wait()
        assert late.ready(30)
    assert not listener.notes


@pytest.mark.skipif(sys.platform != "linux", reason="no such limits here")
@pytest.mark.parametrize(
    ("number", "limit"), [(errno.ENOSPC, "max_user_watches=1048576"), (errno.EMFILE, "max_user_instances=1024")]
)
def test_watches_used_up(
    watch: Watch,
    listener: Listener,
    roots: list[Root],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    limit: str,
) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise OSError(number, "inotify limit reached")

    monkeypatch.setattr(BaseObserver, "schedule", exhausted)
    watch()
    assert len(listener.notes) == 2
    for note in listener.notes:
        assert "minutes late" in title(note) and f"sudo sysctl fs.inotify.{limit}" in title(note)
    assert {1, 2} <= set(listener.wait(count=4))


def test_watches_used_up_below_the_root(
    watch: Watch, listener: Listener, roots: list[Root], monkeypatch: pytest.MonkeyPatch
) -> None:
    """watchdog says nothing when it cannot watch a sub-folder; asking for one watch more tells."""
    schedule = BaseObserver.schedule

    def nearly_exhausted(self: BaseObserver, handler: object, path: str, **options: bool) -> object:
        if path == "/":
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return schedule(self, handler, path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(BaseObserver, "schedule", nearly_exhausted)
    watch()
    assert len(listener.notes) == 2 and listener.notes[0].code == "watch_exhausted"
    (roots[0].path / "a.jpg").write_bytes(b"x")  # what is watched still tells
    assert 1 in listener.wait()


def test_network_drives_are_looked_at_regularly(
    watch: Watch, listener: Listener, roots: list[Root], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Mount:
        mountpoint = str(roots[0].path)
        fstype = "nfs4"

    monkeypatch.setattr(psutil, "disk_partitions", lambda all: [Mount()])
    watch()
    assert len(listener.notes) == 1 and listener.notes[0] == folder_messages.WATCH_REMOTE(path=roots[0].path, minutes=1)
    assert listener.wait(count=2) == [1, 1]


@pytest.mark.logs("a listener of the watcher failed")
def test_a_listener_that_fails_does_not_end_the_watch(roots: list[Root]) -> None:
    calls: list[int] = []

    def fail(root_id: int) -> None:
        calls.append(root_id)
        raise RuntimeError("the window is gone")

    with Watcher(roots, fail, fail, rhythm=QUICK) as watching:  # type: ignore[arg-type]
        assert watching.ready(30)
        for number in range(2):
            (roots[0].path / f"{number}.jpg").write_bytes(b"x")
            wait_until(lambda number=number: len(calls) > number)


def test_closing_is_quick_and_final(listener: Listener, roots: list[Root]) -> None:
    for number in range(300):
        (roots[0].path / f"{number}").mkdir()
    one = Watcher(roots, listener.on_dirty, listener.notes.append)
    assert one.ready(30)
    with Stopwatch() as closing:
        one.close()
    assert closing.seconds < 1.0
    one.close()
    (roots[0].path / "a.jpg").write_bytes(b"x")
    time.sleep(0.3)
    assert listener.dirty == []
    assert not [thread for thread in threading.enumerate() if thread.name == "watcher"]


def test_closing_waits_no_longer_than_it_is_told(roots: list[Root]) -> None:
    inside, over = threading.Event(), threading.Event()

    def stuck(_: int) -> None:
        inside.set()
        over.wait(30)

    one = Watcher(roots, stuck, lambda _: None, rhythm=QUICK)
    assert one.ready(30)
    (roots[0].path / "a.jpg").write_bytes(b"x")
    assert inside.wait(30)
    with Stopwatch() as closing:
        assert not one.close(0.2)
    assert closing.seconds < 1.0
    over.set()
    assert one.close(30)


def test_it_may_be_closed_from_its_own_callback(roots: list[Root]) -> None:
    closed = threading.Event()
    holder: list[Watcher] = []

    def close(_: int) -> None:
        holder[0].close()
        closed.set()

    holder.append(Watcher(roots, close, lambda _: None, rhythm=QUICK))
    assert holder[0].ready(30)
    (roots[0].path / "a.jpg").write_bytes(b"x")
    assert closed.wait(5)
    holder[0].close()


def test_the_defaults_are_patient() -> None:
    rhythm = Rhythm()
    assert rhythm.quiet >= 1 and rhythm.unrest <= 10 and rhythm.rescan >= 120
    assert {"nfs", "cifs", "smbfs", "fuse.sshfs"} <= watcher._NETWORK  # pyright: ignore[reportPrivateUsage]
