"""Opening, sharing, refusing and repairing a library's files."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from core.errors import DiskFull, LibraryBusy, LibraryDamaged, LibraryError, LibraryReadOnly
from core.messages import library_errors
from core.paths import LibraryPaths
from core.photo import Root
from core.store import Batch, Store, connections
from tests.core.loading import loaded
from tests.core.store.conftest import embedded, identity, put, stamp, unit
from tests.stopwatch import Stopwatch


def test_it_is_there_after_reopening(layout: LibraryPaths, photos: Path) -> None:
    with Store.open(layout) as store:
        content_id = put(store, store.add_root(photos), 1, "a")
        store.set_setting("zoom", {"level": [1, None, "ü"]})
    with Store.open(layout, write=False) as store:
        assert store.photo(content_id) is not None
        assert store.setting("zoom") == {"level": [1, None, "ü"]}
        assert store.setting("nothing", "default") == "default"
        with pytest.raises(LibraryError):
            store.set_setting("zoom", 1)


def test_one_process_writes(layout: LibraryPaths, store: Store) -> None:
    code = (
        "import sys; from pathlib import Path; from core.paths import LibraryPaths; from core.store import Store;"
        "from core.errors import LibraryBusy\n"
        "try: Store.open(LibraryPaths(Path(sys.argv[1])))\n"
        "except LibraryBusy as error: print(error.title, error.advice); sys.exit(7)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(layout.folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 7 and "already open" in done.stdout and done.stderr == ""
    with Store.open(layout, write=False) as reader:  # readers need no lock
        assert reader.check() == []
    with pytest.raises(LibraryBusy):
        Store.open(layout)
    store.close()
    Store.open(layout).close()


def test_a_lock_that_is_let_go_a_moment_later_is_no_other_program(
    layout: LibraryPaths, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: store.close())  # between two looks at the lock
    Store.open(layout).close()


def test_closing_twice_is_fine(layout: LibraryPaths) -> None:
    store = Store.open(layout)
    store.close()
    store.close()


def test_reading_needs_a_library(layout: LibraryPaths) -> None:
    with pytest.raises(LibraryError, match="no library"):
        Store.open(layout, write=False)
    assert not layout.folder.exists()


def test_readers_never_wait_for_the_writer(store: Store, root: Root) -> None:
    """While batches are written without a break, readers on several threads see whole batches only, and fast."""
    size, batches = 40, 30
    slowest: list[float] = []
    torn: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            with Stopwatch() as reading:
                count = store.counts("m").photos
                loaded(store, "m")
            slowest.append(reading.seconds)
            if count % size:
                torn.append(count)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(batches):
        first = number * size
        store.record(Batch("m", tuple(embedded(n, stamp(root, f"{n}.jpg")) for n in range(first, first + size))))
    done.set()
    for thread in threads:
        thread.join()
    assert not torn and slowest and max(slowest) < connections.BUSY_TIMEOUT_S / 2
    assert store.counts("m").photos == size * batches


def test_a_reader_is_not_kept_out_by_an_open_write_transaction(layout: LibraryPaths, store: Store, root: Root) -> None:
    put(store, root, 1, "a")
    writer = connections.open_writer(layout.database)
    try:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM files")
        with Stopwatch() as reading:
            assert store.counts("m").photos == 1
        assert reading.seconds < 1
    finally:
        writer.close()


def test_a_foreign_writer_makes_the_library_busy(layout: LibraryPaths, store: Store, root: Root) -> None:
    intruder = connections.open_writer(layout.database)
    try:
        intruder.execute("BEGIN IMMEDIATE")
        writer = store._writer  # pyright: ignore[reportPrivateUsage]
        assert writer is not None
        writer.conn.execute("PRAGMA busy_timeout=50")
        with pytest.raises(LibraryBusy) as raised:
            put(store, root, 1, "a")
        assert raised.value.advice
    finally:
        intruder.close()
    put(store, root, 1, "a")
    assert store.check() == []


def test_a_full_disk_loses_nothing(layout: LibraryPaths, store: Store, root: Root) -> None:
    put(store, root, 1, "first")
    writer = store._writer  # pyright: ignore[reportPrivateUsage]
    assert writer is not None
    pages = writer.conn.execute("PRAGMA page_count").fetchone()[0]
    writer.conn.execute(f"PRAGMA max_page_count={pages + 2}")
    big = Batch("m", tuple(embedded(n, stamp(root, f"{n:04}" * 50)) for n in range(2, 400)))
    with pytest.raises(DiskFull) as raised:
        store.record(big)
    assert raised.value.advice and store.counts("m").photos == 1 and store.check() == []
    writer.conn.execute("PRAGMA max_page_count=100000")
    store.record(big)
    assert store.counts("m").photos == 399 and store.check() == []


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs to mount a small disk")
def test_a_really_full_disk_loses_nothing(tmp_path: Path, photos: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        _fill_disk(disk, photos)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _fill_disk(disk: Path, photos: Path) -> None:
    ballast = disk / "ballast"
    with Store.open(LibraryPaths(disk / "library")) as store:
        root = store.add_root(photos)
        kept = 0
        with pytest.raises(DiskFull):
            for number in range(1000):
                big = Batch("m", (embedded(number, stamp(root, f"{number}.jpg")),))
                store.thumbnails.put([(identity(number), os.urandom(30_000))])
                store.record(big)
                kept += 1
        assert 0 < kept < 1000 and not ballast.exists()
        assert store.counts("m").photos == kept
        assert store.check() == []
    with Store.open(LibraryPaths(disk / "library"), write=False) as store:
        assert store.counts("m").photos == kept


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_read_only_folder_is_said(layout: LibraryPaths) -> None:
    layout.folder.mkdir()
    layout.folder.chmod(0o500)
    with pytest.raises(LibraryReadOnly):
        Store.open(layout)


def test_where_no_folder_can_be_is_said(monkeypatch: pytest.MonkeyPatch, layout: LibraryPaths) -> None:
    def no_drive(_: Path, *_args: object, **_named: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "no such drive")

    monkeypatch.setattr(Path, "mkdir", no_drive)  # as below /proc, and on a drive letter of Windows without a drive
    with pytest.raises(LibraryReadOnly) as raised:
        Store.open(layout)
    assert raised.value.message == library_errors.READ_ONLY(folder=layout.folder)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs to mount read-only")
def test_a_write_protected_disk_can_be_searched(tmp_path: Path, layout: LibraryPaths, photos: Path) -> None:
    with Store.open(layout) as store:
        content_id = put(store, store.add_root(photos), 1, "a")
    disk = tmp_path / "protected"
    disk.mkdir()
    commands = (["mount", "--bind", str(layout.folder), str(disk)], ["mount", "-o", "remount,ro,bind", str(disk)])
    if any(subprocess.run(command, capture_output=True, check=False).returncode for command in commands):
        subprocess.run(["umount", "-l", str(disk)], capture_output=True, check=False)
        pytest.skip("mounting is not allowed here")
    try:
        with pytest.raises(LibraryReadOnly) as raised:
            Store.open(LibraryPaths(disk))
        assert raised.value.advice
        with Store.open(LibraryPaths(disk), write=False) as store:
            assert store.photo(content_id) is not None and store.thumbnail(content_id) == b"jpeg 1"
            assert store.check() == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_file_that_is_no_database_is_said(layout: LibraryPaths) -> None:
    layout.folder.mkdir()
    layout.database.write_bytes(b"this is no database" * 1000)
    for write in (True, False):
        with pytest.raises(LibraryDamaged) as raised:
            Store.open(layout, write=write)
        assert raised.value.advice
    layout.database.unlink()
    Store.open(layout).close()  # the lock was let go


def test_a_damaged_database_is_found(layout: LibraryPaths, photos: Path) -> None:
    with Store.open(layout) as store:
        root = store.add_root(photos)
        store.record(Batch("m", tuple(embedded(n, stamp(root, f"{n}.jpg")) for n in range(500))))
    damaged = bytearray(layout.database.read_bytes())
    late = len(damaged) * 3 // 4 // 4096 * 4096  # behind the tables' own descriptions, which opening reads
    damaged[late : late + 16384] = os.urandom(16384)
    layout.database.write_bytes(damaged)
    with Store.open(layout) as store:
        assert store.check()


def test_a_format_of_tables_that_is_none_is_damage(layout: LibraryPaths) -> None:
    Store.open(layout).close()
    for path in (layout.thumbnails, layout.database):
        content = bytearray(path.read_bytes())
        content[44:48] = (77).to_bytes(4, "big")  # the schema format number: there are 1 to 4
        path.write_bytes(content)
        if path == layout.thumbnails:
            with Store.open(layout) as store:
                assert store.check() == []
        else:
            with pytest.raises(LibraryDamaged):
                Store.open(layout)


def test_damaged_thumbnails_are_made_anew(layout: LibraryPaths, photos: Path) -> None:
    with Store.open(layout) as store:
        content_id = put(store, store.add_root(photos), 1, "a")
    layout.thumbnails.write_bytes(b"nonsense" * 5000)
    with Store.open(layout, write=False) as reader:
        assert reader.thumbnail(content_id) is None
    with Store.open(layout) as store:
        assert store.thumbnail(content_id) is None and store.check() == []
        put(store, store.roots()[0], 1, "a")
        assert store.thumbnail(content_id) == b"jpeg 1"


def test_check_finds_what_does_not_fit(layout: LibraryPaths, store: Store, root: Root) -> None:
    ids = [put(store, root, number, f"{number}") for number in range(4)]
    intruder = sqlite3.connect(layout.database)
    intruder.execute("UPDATE vectors SET vector = x'0000' WHERE content_id = ?", (ids[0],))
    intruder.execute("UPDATE files SET content_id = NULL WHERE content_id = ?", (ids[1],))
    intruder.execute("DELETE FROM contents WHERE id = ?", (ids[2],))
    intruder.commit()
    assert len(store.check()) == 4  # size, neither photo nor skipped, dangling rows twice over
    intruder.execute("DELETE FROM vectors WHERE content_id <= ?", (ids[2],))
    intruder.execute("DELETE FROM files WHERE content_id IS NULL OR content_id = ?", (ids[2],))
    zeros = np.zeros(unit(0).size, "<f2").tobytes()
    intruder.execute("UPDATE vectors SET vector = ?", (zeros,))
    intruder.commit()
    intruder.close()
    assert store.check() == [library_errors.CHECK_VECTOR_LENGTHS(count=1, model="m")]


# Schema
